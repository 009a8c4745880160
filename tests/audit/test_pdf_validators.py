"""Two further validators of PDFs, `outloud` and `pdfua`, beside `page-validation` in `tests/pdf/`.

Each finding that remains is explained here, and the test checks that it is the one explained.
"""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfWriter

from conftest import tool
from macros.catalogue.catalogue import Catalogue
from macros.pdf.compiler import pdfs
from macros.pdf.sheets import papers
from macros.wording.sentences import plain_text, title

SPOKEN_SIZE = 3  # points; text that is read, but not seen, is smaller
PAPERS = ("flipkart", "matrix", "warehouse-poc", "handbook")


@pytest.fixture(scope="module")
def files(catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A sheet, the matrix, the sheet of a role and the handbook."""
    folder = tmp_path_factory.mktemp("pdf")
    found = {}
    for paper, pdf in pdfs(catalogue, [paper for paper in papers(catalogue) if paper.id in PAPERS]):
        found[paper.id] = folder / f"{paper.id}.pdf"
        found[paper.id].write_bytes(pdf)
    return found


def validate(program: str, *arguments: str | Path) -> Any:
    """The JSON report of a validator."""
    command = [tool(program), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout, done.stderr
    return json.loads(done.stdout[done.stdout.index("{") :])


def outloud(file: Path) -> dict[str, Any]:
    result: dict[str, Any] = validate("outloud", file, "--quiet", "--json", "-")["results"][0]
    assert result["error"] is None
    return result


def is_running_header(finding: dict[str, Any], catalogue: Catalogue) -> bool:
    """TAG-002, "real content is marked as an artifact": the running header at the top of each page, and below it
    the heading of a procedure that continues from the page before, where it is read.

    ISO 14289-1, 7.8 requires running headers to be artifacts. `outloud` recognises one only if its
    text is the same on several pages; this one names the section. Title and section are also read as
    title and heading, and document control as content: `tests/pdf/test_spoken.py`.
    """
    header, *headings = finding["evidence"].split("; ")
    titles = [title(one, catalogue) for one in catalogue.all_procedures()]
    if any(one.partition(" · Fingerprint ")[0] not in titles for one in headings):
        return False
    name, found, version = header.removesuffix("…").partition(" Version not stated")
    is_named = name == catalogue.sop.title or name.startswith(f"{catalogue.sop.title} · ")
    return bool(found) and is_named and " · source modified 15 Feb 2023".startswith(version)


def is_the_matrix(finding: dict[str, Any], catalogue: Catalogue) -> bool:
    """TBL-014, "a drawn grid that no table announces": the matrix of owners.

    It is tagged as a table, with a row of header cells. `outloud` looks for its page in /Pg of the
    table itself, which is optional (ISO 32000-1, table 323); the cells have it.
    """
    return catalogue.roles["increff-poc"].name in finding["evidence"]


def is_on_several_sheets(finding: dict[str, Any], catalogue: Catalogue) -> bool:
    """PAG-001, "running header or footer is tagged as content": sentences that are on several sheets.

    An open question about several marketplaces is printed on the sheet of each, and each role says
    that its contact is not stated. `outloud` takes the same sentence at the end or the beginning of
    three pages for a header; these are content, and are read on each sheet. It takes the number of a step,
    which is read before the step and 2 points high, for the number of a page.
    """
    if finding["message"].startswith("page numbers"):
        return all(box["y1"] - box["y0"] < SPOKEN_SIZE for box in finding["boxes"])
    texts = [plain_text(gap.text, catalogue) for gap in catalogue.gaps.values()]
    parts = [re.sub(r"^\?\d+ ", "", part).removesuffix("…") for part in finding["evidence"].split("; ")]
    return all(
        any(text.startswith(part) for text in (*texts, "Contact: not stated in the source")) for part in parts
    )


EXPLAINED = {"TAG-002": is_running_header, "TBL-014": is_the_matrix, "PAG-001": is_on_several_sheets}


@pytest.mark.parametrize("id", PAPERS)
def test_outloud_finds_only_what_is_explained(files: dict[str, Path], catalogue: Catalogue, id: str) -> None:
    result = outloud(files[id])
    findings = result["findings"]
    assert sum(rule["status"] == "ran" for rule in result["rules"]) > 40
    unexplained = [
        one for one in findings if one["rule"] not in EXPLAINED or not EXPLAINED[one["rule"]](one, catalogue)
    ]
    assert unexplained == []


@pytest.mark.parametrize("id", PAPERS)
def test_pdfua_finds_nothing(files: dict[str, Path], id: str) -> None:
    """`pdfua` cannot run one of its rules, "heading elements are not empty" (UA-14-001).

    It asks an array for an attribute that only numbers have, with each version of pikepdf; so it
    stops at the first heading whose content is an array. `tests/pdf/test_spoken.py` checks headings.
    """
    report = validate("pdfua", "check", "--format", "json", files[id])
    assert report["findings"] == []
    assert [rule["rule_id"] for rule in report["skipped"]] == ["UA-14-001"]
    assert report["summary"]["rules_run"] >= 11


def test_both_validators_find_a_fault(files: dict[str, Path], tmp_path: Path) -> None:
    worse = tmp_path / "worse.pdf"
    writer = PdfWriter(clone_from=files["flipkart"])
    del writer.root_object["/StructTreeRoot"]
    writer.write(worse)
    assert "DOC-002" in {one["rule"] for one in outloud(worse)["findings"]}
    found = validate("pdfua", "check", "--format", "json", worse)["findings"]
    assert "UA-01-005" in {one["rule_id"] for one in found}
