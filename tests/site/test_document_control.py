"""Document control on every page and sheet, and the clock of reviews."""

import datetime
import re
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from conftest import Open, copy_project, serve
from macros.catalogue.catalogue import Catalogue
from macros.checks.runner import load_catalogue
from macros.parsing.problems import InvalidSop
from macros.pdf.compiler import pdfs
from macros.pdf.sheets import papers

FILLED = """title: Marketplace Escalation SOP
source:
  name: Help-desk article "Marketplace Escalation SOP"
  modified: 2023-02-15 16:07
  timezone: IST
id: SOP-7
version: "1.2"
author: Operations
owner: Head of operations
approver: Head of quality
effective: 2026-04-01
review: 2027-05-01
interval: 6
"""
LINE = (
    'Source: Help-desk article "Marketplace Escalation SOP". Source modified: 15 Feb 2023, 16:07 (IST). '
    "Document id: SOP-7. Version: 1.2. Author: Operations. Owner: Head of operations. "
    "Approver: Head of quality. Effective: 1 Apr 2026. Next review: 1 May 2027. Review interval: 6 months."
)
SILENT = (
    'Source: Help-desk article "Marketplace Escalation SOP". '
    "Source modified: 15 Feb 2023, 16:07 (no time zone given). Not stated: document id, version, "
    "author, owner, approver, effective, next review, review interval."
)


def fill(data: Path, text: str = FILLED) -> None:
    """State document control, and take back the gaps that say it is not stated."""
    (data / "sop.yml").write_text(text, encoding="utf-8")
    gaps = data / "gaps.yml"
    left = re.sub(r"no-(document-control|timezone):\n(  .*\n)+", "", gaps.read_text(encoding="utf-8"))
    gaps.write_text(left, encoding="utf-8")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose document control is stated."""
    project = copy_project(tmp_path_factory.mktemp("filled"))
    fill(project / "sop_data")
    return project


def foot(page: Path) -> str:
    found = re.findall(r'<p class="sop-controlled">(.*?)</p>', page.read_text(encoding="utf-8"))
    assert len(found) == 1, page
    return str(found[0]).replace("&#34;", '"')


def test_every_page_ends_with_document_control(
    site: Path, filled: Path, build: Callable[[Path], Path]
) -> None:
    for folder, line in ((site, SILENT), (build(filled), LINE)):
        pages = [path for path in folder.rglob("*.html") if path.name != "404.html"]
        assert len(pages) > 25
        assert {foot(page) for page in pages} == {line}


def words(pdf: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages]


@pytest.mark.parametrize("stated", [False, True])
def test_every_sheet_carries_document_control(catalogue: Catalogue, filled: Path, stated: bool) -> None:
    sop, line = (load_catalogue(filled / "sop_data"), LINE) if stated else (catalogue, SILENT)
    for paper, pdf in pdfs(sop, papers(sop)):
        pages = words(pdf)[1:] if paper.id == "handbook" else words(pdf)  # the cover has its own words
        assert all(line in page for page in pages), paper.id


@pytest.mark.parametrize(
    ("today", "colour"),
    [
        ("2027-04-12", None),
        ("2027-04-13", "amber"),
        ("2027-05-01", "amber"),
        ("2027-05-02", "red"),
        ("2031-01-01", "red"),
    ],
)
def test_a_page_turns_amber_and_red_by_itself(visit: Open, reviewed: str, today: str, colour: str) -> None:
    noon = datetime.datetime.fromisoformat(f"{today}T12:00:00")
    one = visit("marketplaces/flipkart/", base=reviewed, clock=noon)
    notes = one.page.locator(".sop-review:visible")
    shown = [str(notes.nth(at).get_attribute("class")) for at in range(notes.count())]
    assert shown == ([f"sop-review sop-{colour}"] if colour else [])
    if colour == "red":
        says = notes.first.inner_text()
        assert (
            says == "The review was due on 1 May 2027. That alone does not make the SOP wrong. Ask its owner."
        )
    assert "obsolete" not in one.page.content()


@pytest.fixture(scope="module")
def reviewed(filled: Path, build: Callable[[Path], Path]) -> Iterator[str]:
    with serve(build(filled)) as base:
        yield base


def test_without_a_review_date_there_is_no_clock(site: Path) -> None:
    assert "data-from" not in (site / "index.html").read_text(encoding="utf-8")


def test_an_interval_needs_a_review_to_count_from(data: Path) -> None:
    fill(data, FILLED.replace("review: 2027-05-01", "review:"))
    with pytest.raises(InvalidSop, match="an interval needs the date of the next review"):
        load_catalogue(data)
