"""A screen reader reads a PDF in the order in which the page shows it: down, or to the right."""

from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from pypdf import PdfReader

from macros.catalogue.catalogue import Catalogue
from macros.pdf.compiler import pdfs
from macros.pdf.sheets import papers

PAPERS = ("flipkart", "matrix", "warehouse-poc", "handbook")
LEEWAY = 3  # points; capitals and small text of one line differ in height


class Text(NamedTuple):
    """A text of a page, and where it is, in points from the left and from below."""

    page: int
    words: str
    left: float
    right: float
    top: float


@pytest.fixture(scope="module")
def files(catalogue: Catalogue) -> dict[str, bytes]:
    """A sheet, the matrix, the sheet of a role and the handbook."""
    wanted = [paper for paper in papers(catalogue) if paper.id in PAPERS]
    return {paper.id: pdf for paper, pdf in pdfs(catalogue, wanted)}


@pytest.fixture(scope="module")
def texts_by_pdf(files: dict[str, bytes]) -> dict[str, list[Text]]:
    """All texts of each PDF, in the order of its structure tree."""
    return {id: list(texts(pdf)) for id, pdf in files.items()}


def texts(pdf: bytes) -> Iterator[Text]:
    shown = [dict(page_texts(page, at)) for at, page in enumerate(pypdfium2.PdfDocument(pdf))]
    for page, number in order(PdfReader(BytesIO(pdf))):
        if number in shown[page]:  # else an element without text
            yield shown[page][number]


def page_texts(page: pypdfium2.PdfPage, at: int) -> Iterator[tuple[int, Text]]:
    """The number of each marked content of a page that has text, and the text."""
    boxes: dict[int, list[tuple[float, float, float, float]]] = {}
    for one in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], max_depth=9):
        boxes.setdefault(pdfium.FPDFPageObj_GetMarkedContentID(one.raw), []).append(one.get_bounds())
    textpage = page.get_textpage()
    for number, found in boxes.items():
        left, bottom, right, top = (
            choose(values)
            for choose, values in zip((min, min, max, max), zip(*found, strict=True), strict=True)
        )
        words = textpage.get_text_bounded(left, bottom, right, top)
        yield number, Text(at, words, left, right, top)


def order(reader: PdfReader) -> Iterator[tuple[int, int]]:
    """The page and the number of each marked content, in the order of the structure tree."""
    pages = {
        page.indirect_reference.idnum: at for at, page in enumerate(reader.pages) if page.indirect_reference
    }

    def walk(node: Any) -> Iterator[tuple[int, int]]:
        children = node.get("/K", [])
        for child in (one.get_object() for one in (children if isinstance(children, list) else [children])):
            if isinstance(child, int):
                yield pages[node["/Pg"].indirect_reference.idnum], int(child)
            elif "/MCID" in child:
                page = child.get("/Pg", None) or node["/Pg"]
                yield pages[page.indirect_reference.idnum], int(child["/MCID"])
            elif "/S" in child:
                yield from walk(child)

    root: Any = reader.trailer["/Root"]
    yield from walk(root["/StructTreeRoot"])


def jumps(found: list[Text]) -> list[tuple[Text, Text]]:
    """The texts that are read after a text below them or to the right of them."""
    return [
        (one, following)
        for one, following in pairwise(found)
        if following.page < one.page
        or (
            following.page == one.page
            and following.top > one.top + LEEWAY
            and following.left < one.right - LEEWAY
        )
    ]


@pytest.mark.parametrize("id", PAPERS)
def test_what_is_read_follows_the_page(texts_by_pdf: dict[str, list[Text]], id: str) -> None:
    assert len(texts_by_pdf[id]) > 40
    assert jumps(texts_by_pdf[id]) == []


@pytest.mark.parametrize("id", PAPERS)
def test_another_order_is_found(texts_by_pdf: dict[str, list[Text]], id: str) -> None:
    assert jumps([*texts_by_pdf[id][10:], *texts_by_pdf[id][:10]])
    assert jumps(texts_by_pdf[id][::-1])


@pytest.mark.parametrize("id", PAPERS)
def test_texts_that_are_not_read_are_of_headers_footers_numbers_and_lanes(
    files: dict[str, bytes], texts_by_pdf: dict[str, list[Text]], catalogue: Catalogue, id: str
) -> None:
    """Numbers and the names of lanes are read with each step (`test_spoken.py`); a heading once, not on each page."""
    found = {text for page in pypdfium2.PdfDocument(files[id]) for text in artifact_texts(page)}
    names = {role.name for role in catalogue.roles.values()}
    words = " ".join(" ".join(one.words.split()) for one in texts_by_pdf[id])
    others = [text for text in found if not text.isdigit() and text not in names]
    assert [text for text in others if any(part not in words for part in text.split(" · "))] == []
    assert found or id not in ("flipkart", "handbook")


def artifact_texts(page: pypdfium2.PdfPage) -> Iterator[str]:
    """The texts of artifacts that are no running header or footer (those have three parameters, others one or none)."""
    textpage = page.get_textpage()
    for one in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], max_depth=9):
        marks = [
            pdfium.FPDFPageObj_GetMark(one.raw, at) for at in range(pdfium.FPDFPageObj_CountMarks(one.raw))
        ]
        if pdfium.FPDFPageObj_GetMarkedContentID(one.raw) < 0 and not any(
            pdfium.FPDFPageObjMark_CountParams(mark) == 3 for mark in marks
        ):
            yield textpage.get_text_bounded(*one.get_bounds()).strip()
