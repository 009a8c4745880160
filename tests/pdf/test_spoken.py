"""What a screen reader reads of a PDF: the structure tree, in order."""

from collections.abc import Iterator
from ctypes import c_ushort, create_string_buffer, sizeof
from io import BytesIO
from itertools import takewhile
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from pypdf import PdfReader

from macros.catalogue.catalogue import Catalogue
from macros.pdf.compiler import pdfs
from macros.pdf.sheets import papers
from macros.wording.phrases import WORDS
from macros.wording.sentences import actor_names, control_line, plain_text

PAPERS = ("flipkart", "matrix", "warehouse-poc", "handbook", "gaps", "unfulfillable", "omni-support")
Tree = list[tuple[str, str]]  # tag and own text of each element, in order


@pytest.fixture(scope="module")
def trees(catalogue: Catalogue) -> dict[str, Tree]:
    wanted = [paper for paper in papers(catalogue) if paper.id in PAPERS]
    return {paper.id: list(elements(pdf)) for paper, pdf in pdfs(catalogue, wanted)}


@pytest.fixture(scope="module")
def titles(catalogue: Catalogue) -> dict[str, str]:
    wanted = [paper for paper in papers(catalogue) if paper.id in PAPERS]
    found = ((paper.id, PdfReader(BytesIO(pdf)).metadata) for paper, pdf in pdfs(catalogue, wanted))
    return {id: str(metadata and metadata.title) for id, metadata in found}


def elements(pdf: bytes) -> Iterator[tuple[str, str]]:
    """The tag of each element of the structure tree, and the text directly in it."""
    reader = PdfReader(BytesIO(pdf))
    numbers = {
        page.indirect_reference.idnum: at for at, page in enumerate(reader.pages) if page.indirect_reference
    }
    marked = [dict(marked_texts(page)) for page in pypdfium2.PdfDocument(pdf)]

    def text(child: Any, node: Any) -> str:
        """The text of a number of marked content, or of a reference to it."""
        own = child if isinstance(child, dict) else {}
        if (page := own.get("/Pg", None) or node.get("/Pg", None)) is None:
            return ""
        number = numbers[page.indirect_reference.idnum]
        return marked[number].get(int(own["/MCID"]) if own else int(child), "")

    def walk(node: Any) -> Iterator[tuple[str, str]]:
        node = node.get_object()
        children = node.get("/K", [])
        own: list[str] = []
        below: list[tuple[str, str]] = []
        for child in (one.get_object() for one in (children if isinstance(children, list) else [children])):
            if isinstance(child, int) or "/MCID" in child:
                below.append(("", text(child, node)))
                own.append(below[-1][1])
            elif "/S" in child:
                below += walk(child)
        yield str(node.get("/S", "")), " ".join(own)
        yield from below

    root: Any = reader.trailer["/Root"]
    yield from walk(root["/StructTreeRoot"])


def marked_texts(page: pypdfium2.PdfPage) -> Iterator[tuple[int, str]]:
    """The number of each marked content of a page, and its text."""
    textpage = page.get_textpage()
    texts: dict[int, list[str]] = {}
    for one in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], max_depth=9):
        size = pdfium.FPDFTextObj_GetText(one.raw, textpage.raw, None, 0)
        buffer = create_string_buffer(size)
        pdfium.FPDFTextObj_GetText(
            one.raw, textpage.raw, (c_ushort * (size // sizeof(c_ushort))).from_buffer(buffer), size
        )
        texts.setdefault(pdfium.FPDFPageObj_GetMarkedContentID(one.raw), []).append(
            buffer.raw.decode("utf-16-le").rstrip("\0")
        )
    yield from ((number, "".join(found)) for number, found in texts.items())


def reading_text(tree: Tree) -> str:
    """All text in the order of the tree, its white space evened out."""
    return " ".join(" ".join(text for tag, text in tree if not tag).split())


@pytest.mark.parametrize("id", PAPERS)
def test_document_control_is_read_once(trees: dict[str, Tree], catalogue: Catalogue, id: str) -> None:
    text = reading_text(trees[id])
    assert text.count("Uncontrolled when printed") == 1
    if id == "handbook":
        assert text.count("Source modified 15 Feb 2023, 16:07") == 1
    else:
        line, note = (
            control_line(catalogue),
            WORDS["uncontrolled" if id == "flipkart" else "uncontrolled_summary"],
        )
        assert text.endswith(f"{line} {note}")


@pytest.mark.parametrize("id", ["flipkart", "handbook"])
def test_steps_are_read_in_the_order_of_the_page(
    trees: dict[str, Tree], catalogue: Catalogue, id: str
) -> None:
    text, at = reading_text(trees[id]), 0
    for marketplace in catalogue.marketplaces if id == "handbook" else [id]:
        for procedure in catalogue.procedures[marketplace]:
            for step in procedure.steps:
                for part in (
                    f"{step.number} {actor_names(step, catalogue)}",
                    step.condition,
                    plain_text(step.text, catalogue),
                ):
                    at = text.index(part, at) + len(part) if part else at
            at = text.index("Open questions : ?", at)


@pytest.mark.parametrize("id", PAPERS)
def test_labels_have_text_and_tables_have_headers(trees: dict[str, Tree], id: str) -> None:
    tags = [tag for tag, _ in trees[id]]
    labels = [text for tag, text in trees[id] if tag == "/Lbl"]
    assert all(text.strip() for text in labels)
    starts = [at for at, tag in enumerate(tags) if tag == "/Table"]
    for start in starts:
        assert next(tag for tag in tags[start:] if tag in ("/TH", "/TD")) == "/TH"
    assert starts or id not in ("handbook", "matrix", "unfulfillable")


@pytest.mark.parametrize("id", PAPERS)
def test_headings_have_text(trees: dict[str, Tree], id: str) -> None:
    tree = trees[id]
    starts = [at for at, (tag, _) in enumerate(tree) if tag in ("/H1", "/H2", "/H3")]
    assert starts
    for at in starts:
        inside = takewhile(lambda one: one[0] in ("", "/Span", "/Strong", "/Em", "/Link"), tree[at + 1 :])
        assert "".join(text for _, text in inside).strip()


def test_a_title_names_the_sop(titles: dict[str, str], catalogue: Catalogue) -> None:
    assert all(title.startswith(catalogue.sop.title) for title in titles.values())
    assert len({*titles.values()}) == len(titles)
