"""Sheets and handbook as people use them: legible, with boxes to tick, nothing repeated, no page mostly empty."""

import re
from collections import Counter
from ctypes import c_float
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from pypdf import PdfReader

from conftest import ANSWERED_SOP, MARKETPLACES, SOURCE_SOP, replace_in_file
from macros.catalogue.catalogue import Catalogue
from macros.catalogue.questions import gap_numbers
from macros.checks.runner import load_catalogue
from macros.pages.ordering import by_frequency
from macros.pdf.compiler import pdfs
from macros.pdf.sheets import papers
from macros.wording.questions import decision
from macros.wording.sentences import plain_text

FOOT, HEAD = 52, 43  # points at the bottom and top of a page: document control and the running header
HEADINGS = (10.5, 12, 20)  # the sizes of their type, in points
MARK = re.compile(r"[?\d, ]*")  # the number of a step, and those of its open questions


@dataclass(frozen=True)
class CompiledSop:
    """The PDFs of an SOP by id."""

    catalogue: Catalogue
    pdfs: dict[str, bytes]


@pytest.fixture(scope="module", params=[SOURCE_SOP, ANSWERED_SOP], ids=["source", "answered"])
def compiled_sop(request: pytest.FixtureRequest) -> CompiledSop:
    catalogue = load_catalogue(request.param)
    return CompiledSop(catalogue, {paper.id: pdf for paper, pdf in pdfs(catalogue, papers(catalogue))})


def texts(page: pypdfium2.PdfPage) -> list[tuple[float, float, str]]:
    """The size, the bottom and the text of each piece of text between header and footer, in points."""
    textpage, found = page.get_textpage(), []
    for one in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], max_depth=9):
        left, bottom, right, top = one.get_bounds()
        if bottom > FOOT and top < page.get_height() - HEAD + 15:
            size = c_float()
            pdfium.FPDFTextObj_GetFontSize(one.raw, size)
            text = textpage.get_text_bounded(left, bottom, right, top).strip()
            found.append((round(size.value * one.get_matrix().d, 1), bottom, text))
    return found


def body_lines(page: pypdfium2.PdfPage) -> list[str]:
    """The lines of a page."""
    return [line.strip() for line in page.get_textpage().get_text_range().splitlines() if line.strip()]


def boxes(pdf: bytes) -> int:
    """The boxes to tick of a PDF: squares of 9 to 11 points."""
    count = 0
    for page in pypdfium2.PdfDocument(pdf):
        for one in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=9):
            left, bottom, right, top = one.get_bounds()
            width, height = right - left, top - bottom
            count += 9 < width < 10.9 and abs(width - height) < 0.2
    return count


def test_all_text_of_steps_is_9_points_or_more(compiled_sop: CompiledSop) -> None:
    for id in compiled_sop.pdfs:
        for page in pypdfium2.PdfDocument(compiled_sop.pdfs[id]):
            small = [text for size, _, text in texts(page) if 1 < size < 9 and not MARK.fullmatch(text)]
            lanes = {role.name for role in compiled_sop.catalogue.roles.values()}
            assert not {*small} - {word for name in lanes for word in (name, *name.split())}, id


def test_a_sheet_with_room_has_larger_type(catalogue: Catalogue) -> None:
    wanted = [paper for paper in papers(catalogue) if paper.id in ("flipkart", "client-poc")]
    sizes = {}
    for paper, pdf in pdfs(catalogue, wanted):
        document = pypdfium2.PdfDocument(pdf)
        usual = Counter(size for page in document for size, _, _ in texts(page)).most_common(1)
        sizes[paper.id] = (usual[0][0], len(document))
    assert sizes == {"flipkart": (9.9, 1), "client-poc": (9, 2)}


@pytest.mark.parametrize("id", MARKETPLACES)
def test_each_step_of_a_procedure_has_a_box(compiled_sop: CompiledSop, id: str) -> None:
    steps = sum(len(one.steps) for one in compiled_sop.catalogue.procedures[id])
    assert boxes(compiled_sop.pdfs[id]) == steps > 0


def test_what_a_role_does_has_a_box_and_what_it_is_told_has_none(compiled_sop: CompiledSop) -> None:
    sop = compiled_sop.catalogue
    for role in sop.roles:
        does = [one for of in sop.issue_types for one in sop.index.steps_of(role, of)]
        assert boxes(compiled_sop.pdfs[role]) == len(does), role


def test_a_role_does_daily_steps_first(data: Path) -> None:
    path = data / "playbooks" / "order-issue-via-client.yml"
    last = path.read_text(encoding="utf-8").rstrip().splitlines()[-1]
    replace_in_file(path, last, f"{last}\n    frequency: every week")
    path = data / "playbooks" / "order-issue-via-increff.yml"
    replace_in_file(path, "    actor: client-poc\n", "    actor: client-poc\n    frequency: Daily, at noon\n")
    sop = load_catalogue(data)
    ((_, pdf),) = pdfs(sop, [paper for paper in papers(sop) if paper.id == "client-poc"])
    text = text_of(pdf)
    at = text.index("Order-related issue")
    does = by_frequency(sop.index.steps_of("client-poc", "order-related"))
    assert [one.step.frequency for one in does][:2] == ["Daily, at noon", "every week"]
    for one in does:
        at = text.index(plain_text(one.step.text, sop) + ".", at) + 1


def text_of(pdf: bytes) -> str:
    pages = (page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))
    return " ".join(" ".join(pages).split())


def test_no_line_begins_or_ends_with_a_separator(compiled_sop: CompiledSop) -> None:
    for id, pdf in compiled_sop.pdfs.items():
        for page in pypdfium2.PdfDocument(pdf):
            assert [line for line in body_lines(page) if line.startswith("·") or line.endswith("·")] == [], id


def test_a_sheet_has_its_title_once(compiled_sop: CompiledSop) -> None:
    sop = compiled_sop.catalogue
    for kind in ("marketplace", "role", "system", "issue_type"):
        for id, record in sop.records[kind].items():
            reader = PdfReader(BytesIO(compiled_sop.pdfs[id]))
            titles = list(flat(reader.outline))
            assert titles[0] == record.name
            assert not [title for title in titles[1:] if record.name in title], id
            first, *others = (body_lines(page)[0] for page in pypdfium2.PdfDocument(compiled_sop.pdfs[id]))
            assert record.name not in first
            assert all(record.name in line for line in others)


def flat(outline: Any) -> Any:
    for one in outline:
        if isinstance(one, list):
            yield from flat(one)
        else:
            yield str(one.title)


@pytest.mark.parametrize("id", MARKETPLACES)
def test_open_questions_are_one_line_that_leads_to_their_sheet(compiled_sop: CompiledSop, id: str) -> None:
    sop, text = compiled_sop.catalogue, text_of(compiled_sop.pdfs[id])
    number, listed = gap_numbers(sop), text_of(compiled_sop.pdfs["gaps"])
    own = sop.gaps_at("marketplace", id)
    for procedure in sop.procedures[id]:
        found = {*procedure.gaps, *own}
        shown = ", ".join(str(number[gap]) for gap in sorted(found, key=number.__getitem__))
        assert not found or f"Open questions: ?{shown}" in text
        for gap in found | {*procedure.decided}:
            question = plain_text(sop.gaps[gap].text, sop)
            assert question not in text
            assert f"{number[gap]}. {question}" in listed
            assert decision(sop.gaps[gap], sop) in listed
    assert text.count('See the sheet "Open questions".') == len(sop.procedures[id])
    assert sorted(number.values()) == list(range(1, len(sop.gaps) + 1))


def test_no_page_of_the_handbook_is_mostly_empty(compiled_sop: CompiledSop) -> None:
    for number, page in enumerate(list(pypdfium2.PdfDocument(compiled_sop.pdfs["handbook"]))[1:-1], start=2):
        height = page.get_height()
        used = height - HEAD - min(bottom for _, bottom, _ in texts(page))
        assert used / (height - HEAD - FOOT) > 0.5, number


def test_no_heading_is_the_last_thing_of_a_page(compiled_sop: CompiledSop) -> None:
    for id, pdf in compiled_sop.pdfs.items():
        for number, page in enumerate(list(pypdfium2.PdfDocument(pdf))[id == "handbook" :], start=1):
            size, _, text = min(texts(page), key=lambda one: one[1])
            assert size not in HEADINGS, (id, number, text)
