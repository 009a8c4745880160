"""Words of 40 to 180 letters in every field: on paper they break, and no letter is lost."""

import re
from pathlib import Path

import pypdfium2
import pytest

import generated_sop
from macros.catalogue.catalogue import Catalogue
from macros.checks.runner import load_catalogue
from macros.pdf.compiler import pdfs
from macros.pdf.sheets import papers

EDGE = 40  # points at the left and right that stay free
PRINTER = 12  # points at the top and bottom that a printer cannot reach


@pytest.fixture(scope="module")
def overlong(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return load_catalogue(generated_sop.overlong(tmp_path_factory.mktemp("overlong")))


@pytest.fixture(scope="module")
def overlong_pdfs(overlong: Catalogue) -> dict[str, bytes]:
    return {paper.id: pdf for paper, pdf in pdfs(overlong, papers(overlong), "https://sop.example.com/")}


def letters_of(pdf: bytes) -> str:
    """All text without white space."""
    pages = (page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))
    return re.sub(
        r"[\s\x02\ufffe]", "", "".join(pages)
    )  # PDFium writes a hyphen at a line's end as one of these


def outside(pdf: bytes) -> list[tuple[int, str]]:
    """The texts that leave a page, with its number."""
    found = []
    for number, page in enumerate(pypdfium2.PdfDocument(pdf), start=1):
        width, height = page.get_size()
        text = page.get_textpage()
        for left, bottom, right, top in (text.get_rect(at) for at in range(text.count_rects())):
            if left < EDGE or right > width - EDGE or bottom < PRINTER or top > height - PRINTER:
                found.append((number, text.get_text_bounded(left, bottom, right, top)))
    return found


@pytest.mark.long
def test_no_word_leaves_a_page(overlong_pdfs: dict[str, bytes]) -> None:
    assert len(overlong_pdfs) > 15
    assert {id: found for id, pdf in overlong_pdfs.items() if (found := outside(pdf))} == {}


@pytest.mark.long
@pytest.mark.parametrize("id", ["marketplace-0", "handbook", "issue-types-0", "matrix", "roles-0"])
def test_every_name_is_extracted_whole(overlong: Catalogue, overlong_pdfs: dict[str, bytes], id: str) -> None:
    found = letters_of(overlong_pdfs[id]).replace("-", "")
    names = [overlong.sop.title, overlong.sop.version]
    if id in ("marketplace-0", "handbook", "issue-types-0"):
        names += [generated_sop.LONG_FILE, overlong.marketplaces["marketplace-0"].name]
        names += [record.name for kind in ("role", "system") for record in overlong.records[kind].values()]
    if id == "matrix":
        names += [
            record.name
            for kind in ("marketplace", "issue_type")
            for record in overlong.records[kind].values()
        ]
    for name in names:
        assert name
        assert name.replace("-", "") in found, name


def test_a_long_file_name_alone_stays_on_the_sheet(data: Path) -> None:
    path = data / "marketplaces" / "flipkart.yml"
    text = re.sub(
        r"(?m)^  escalation: .*",
        f"  escalation: Send {generated_sop.LONG_FILE} in {{flipkart-seller-panel}}",
        path.read_text(encoding="utf-8"),
    )
    path.write_text(text, encoding="utf-8")
    catalogue = load_catalogue(data)
    for paper, pdf in pdfs(
        catalogue, [one for one in papers(catalogue) if one.id in ("flipkart", "handbook")]
    ):
        assert outside(pdf) == [], paper.id
        assert generated_sop.LONG_FILE in letters_of(pdf), paper.id


def test_nothing_of_it_is_done_for_usual_words(catalogue: Catalogue) -> None:
    """A document without such words is compiled as fast, and has the same bytes, as before."""
    from macros.api.documents import Documents
    from macros.pdf.compiler import LONG_WORD

    assert LONG_WORD.search("".join(Documents(catalogue).sop_json())) is None
