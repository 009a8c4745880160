"""The PDFs: standards, structure, every sentence, the same bytes, nothing cut, nothing executed."""

import re
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import page
import pypdfium2
import pytest
import zxingcpp
from click.testing import CliRunner
from fontTools.ttLib import TTFont
from pypdf import PdfReader

import generated_sop
from conftest import MARKETPLACES, ROOT, SOURCE_SOP
from macros.catalogue.catalogue import Catalogue
from macros.catalogue.fingerprint import fingerprint
from macros.checks.runner import load_catalogue
from macros.cli.main import main
from macros.parsing.document import UNPRINTABLE
from macros.parsing.problems import InvalidSop
from macros.pdf.compiler import pdfs
from macros.pdf.sheets import papers
from macros.wording.sentences import actor_names, plain_text

SITE = "https://sop.example.com/base/"
PAPERS = [paper.id for paper in papers(load_catalogue(SOURCE_SOP))]
ONE_PAGE = [id for id in PAPERS if id not in ("handbook", "gaps", "client-poc")]  # its 14 steps need two


def compile_pdfs(catalogue: Catalogue, site_url: str | None = None) -> dict[str, bytes]:
    return {paper.id: pdf for paper, pdf in pdfs(catalogue, papers(catalogue), site_url)}


@pytest.fixture(scope="module")
def real(catalogue: Catalogue) -> dict[str, bytes]:
    """The PDFs of the real SOP, the address of the site not known."""
    return compile_pdfs(catalogue)


@pytest.fixture(scope="module")
def pdfs_with_addresses(catalogue: Catalogue) -> dict[str, bytes]:
    """The PDFs of the real SOP with addresses and QR codes."""
    return compile_pdfs(catalogue, SITE)


@pytest.fixture(scope="module")
def extreme(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """Long names, twenty steps, seven acting roles, actions of 400 letters, Hindi."""
    return load_catalogue(generated_sop.extreme(tmp_path_factory.mktemp("extreme")))


@pytest.fixture(scope="module")
def extreme_pdfs(extreme: Catalogue) -> dict[str, bytes]:
    return compile_pdfs(extreme, SITE)


def text_of(pdf: bytes) -> str:
    """All text of a PDF in reading order, its white space evened out."""
    pages = (page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))
    return " ".join(" ".join(pages).split())


def complaints(pdf: bytes) -> list[str]:
    """What an independent validator finds against PDF/UA-1 and PDF/A-2a.

    It takes a carriage return that ends a compressed stream for a part of the line end behind
    it. This function checks such a stream: its length is Length, and a line end follows.
    """
    found = [
        failure.message
        for profile in ("ua1", "2a")
        for failure in page.validate_pdf_bytes(pdf, profile=profile).failures
    ]
    if streams_are_whole(pdf):
        found = [message for message in found if "stream /Length" not in message]
    return found


def streams_are_whole(pdf: bytes) -> bool:
    begun = list(re.finditer(rb"/Length (\d+)[^>]*>>\s*stream\n", pdf))
    return len(begun) == pdf.count(b"\nendstream") and all(
        pdf[one.end() + int(one[1]) :].startswith(b"\nendstream") for one in begun
    )


@pytest.mark.parametrize("id", PAPERS)
def test_every_pdf_meets_pdf_ua_and_pdf_a(
    real: dict[str, bytes], pdfs_with_addresses: dict[str, bytes], id: str
) -> None:
    assert complaints(real[id]) == []
    assert complaints(pdfs_with_addresses[id]) == []


def test_the_validator_finds_something_in_a_worse_file(real: dict[str, bytes]) -> None:
    assert complaints(real["matrix"].replace(b"/Lang", b"/Lonk"))


@pytest.mark.parametrize("id", PAPERS)
def test_title_language_and_tags(real: dict[str, bytes], id: str) -> None:
    reader = reader_of(real[id])
    root: Any = reader.trailer["/Root"]
    assert reader.metadata is not None
    assert reader.metadata.title
    assert root["/Lang"] == "en"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]


def reader_of(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf))


def tags(pdf: bytes) -> Iterator[tuple[str, int]]:
    """Every element of the structure tree: its tag, and how many children it has."""

    def walk(node: Any) -> Iterator[tuple[str, int]]:
        node = node.get_object()
        if not isinstance(node, dict):
            return
        children = node.get("/K", [])
        children = (children if isinstance(children, list) else [children]) if children is not None else []
        yield str(node.get("/S", "")), len(children)
        for child in children:
            if not isinstance(child, int):
                yield from walk(child)

    root: Any = reader_of(pdf).trailer["/Root"]
    yield from walk(root["/StructTreeRoot"])


@pytest.mark.parametrize("id", MARKETPLACES)
def test_steps_are_a_real_list(catalogue: Catalogue, real: dict[str, bytes], id: str) -> None:
    items = sum(1 for tag, _ in tags(real[id]) if tag == "/LI")
    steps = sum(len(procedure.steps) for procedure in catalogue.procedures[id])
    assert items == steps
    assert sum(1 for tag, _ in tags(real[id]) if tag == "/H1") == 1
    assert sum(1 for tag, _ in tags(real[id]) if tag == "/H2") == len(catalogue.procedures[id])


@pytest.mark.parametrize("id", [*MARKETPLACES, "handbook"])
def test_every_sentence_is_whole_and_in_order(catalogue: Catalogue, real: dict[str, bytes], id: str) -> None:
    text = text_of(real[id])
    for marketplace in catalogue.marketplaces if id == "handbook" else [id]:
        for procedure in catalogue.procedures[marketplace]:
            at = text.index(f"Fingerprint {fingerprint(procedure)}")
            for step in procedure.steps:
                at = text.index(f"{step.number} {actor_names(step, catalogue)}", at)
                for part in (step.condition, plain_text(step.text, catalogue) + "."):
                    at = text.index(part, at) + len(part) if part else at
                evidence = (plain_text(one, catalogue) for one in step.evidence)
                for fact in (step.frequency, *evidence, step.ticket):
                    at = text.index(fact, at) + len(fact) if fact else at
            at = text.index("Open questions: ?", at)


@pytest.mark.parametrize("id", ONE_PAGE)
def test_each_sheet_of_the_real_sop_is_one_page(
    real: dict[str, bytes], pdfs_with_addresses: dict[str, bytes], id: str
) -> None:
    for pdf in (real[id], pdfs_with_addresses[id]):
        document = pypdfium2.PdfDocument(pdf)
        assert len(document) == 1
        width, height = document[0].get_size()
        assert sorted((round(width), round(height))) == [595, 842]
        assert (width > height) == (id == "matrix")


def test_the_handbook_has_all_its_parts(catalogue: Catalogue, real: dict[str, bytes]) -> None:
    reader = reader_of(real["handbook"])
    bookmarks = {
        one.title: (reader.get_destination_page_number(one) or 0) + 1
        for one in reader.outline
        if not isinstance(one, list)
    }
    names = [record.name for record in (*catalogue.marketplaces.values(), *catalogue.roles.values())]
    assert list(bookmarks) == ["Document control", "Who owns what", "Open questions", *names]
    contents = " ".join(reader.pages[1].extract_text().split())
    for title, number in bookmarks.items():
        assert re.search(rf"{re.escape(str(title))} ?{number}\b", contents), title
        header = reader.pages[number - 1].extract_text()
        assert f"{title}" in header
        assert f"Page {number} of {len(reader.pages)}" in header
    control = text_of(real["handbook"])
    assert "Source modified 15 Feb 2023, 16:07 (no time zone given)" in control
    assert "Version not stated" in control


def test_the_matrix_contains_owner_first_actor_and_systems(
    catalogue: Catalogue, real: dict[str, bytes]
) -> None:
    text = text_of(real["matrix"])
    for id, marketplace in catalogue.marketplaces.items():
        assert marketplace.name in text
        for procedure in catalogue.procedures[id]:
            owner = catalogue.roles[procedure.owner].name
            assert f"Owner {owner} Started by {actor_names(procedure.steps[0], catalogue)}" in text
    assert text.count("Owner ") == 16


def test_a_sheet_tells_how_to_check_it(
    catalogue: Catalogue, real: dict[str, bytes], pdfs_with_addresses: dict[str, bytes]
) -> None:
    for pdf in (real["flipkart"], pdfs_with_addresses["flipkart"]):
        text = text_of(pdf)
        assert "Uncontrolled when printed: compare the fingerprint with the site." in text
        assert fingerprint(catalogue.procedure("flipkart", "unfulfillable")) in text
        assert "Version not stated · source modified 15 Feb 2023" in text
    assert "http" not in text_of(real["flipkart"])
    address = SITE + "marketplaces/flipkart/"
    assert address in text_of(pdfs_with_addresses["flipkart"])
    picture = pypdfium2.PdfDocument(pdfs_with_addresses["flipkart"])[0].render(scale=3).to_pil()
    assert [code.text for code in zxingcpp.read_barcodes(picture)] == [address]
    assert not zxingcpp.read_barcodes(pypdfium2.PdfDocument(real["flipkart"])[0].render(scale=3).to_pil())


def test_the_same_fingerprint_everywhere(catalogue: Catalogue, real: dict[str, bytes], site: Path) -> None:
    for procedure in catalogue.all_procedures():
        mark = fingerprint(procedure)
        id, of = procedure.marketplace, procedure.issue_types[0]
        assert f"Fingerprint {mark}" in text_of(real[id])
        assert f"Fingerprint: {mark}" in (site / "marketplaces" / id / "index.html").read_text("utf-8")
        arguments = ["show", id, of, "--data", str(SOURCE_SOP)]
        assert f"Fingerprint: {mark}" in CliRunner().invoke(main, arguments).output


def test_the_same_bytes_from_another_folder(project: Path, real: dict[str, bytes]) -> None:
    command = [sys.executable, "-c", "from macros.cli.main import main; main()", "pdf"]
    environment = {"PYTHONPATH": str(project), "TZ": "Asia/Kolkata", "LANG": "hi_IN.UTF-8"}
    subprocess.run(command, cwd=project, env=environment, check=True, capture_output=True)
    for paper in papers(load_catalogue(project / "sop_data")):
        assert (project / paper.path).read_bytes() == real[paper.id], paper.id


def test_the_built_site_has_them_all_and_each_page_links_its_own(catalogue: Catalogue, site: Path) -> None:
    for paper in papers(catalogue):
        assert (site / paper.path).read_bytes().startswith(b"%PDF")
        up = "../" * (paper.live.count("/") - 1)
        page = site / paper.live.lstrip("/") / "index.html"
        assert f'href="{up}{paper.path}"' in page.read_text(encoding="utf-8"), paper.id


@pytest.mark.parametrize("id", ["marketplace-0", "matrix", "handbook", "unfulfillable", "gaps"])
def test_nothing_overlaps_or_leaves_the_page(extreme_pdfs: dict[str, bytes], id: str) -> None:
    assert complaints(extreme_pdfs[id]) == []
    for number, sheet in enumerate(pypdfium2.PdfDocument(extreme_pdfs[id])):
        width, height = sheet.get_size()
        text = sheet.get_textpage()
        boxes = [text.get_rect(at) for at in range(text.count_rects())]
        for left, bottom, right, top in boxes:
            assert left > 40, (id, number)
            assert right < width - 40, (id, number)
            assert bottom > 12, (id, number)  # four millimetres, which any printer leaves
            assert top < height - 12, (id, number)
        for at, one in enumerate(boxes):
            for other in boxes[at + 1 :]:
                across = min(one[2], other[2]) - max(one[0], other[0])
                down = min(one[3], other[3]) - max(one[1], other[1])
                assert across < 2 or down < 2.5, (id, number, text.get_text_bounded(*one))


def test_a_long_procedure_goes_on_with_its_lanes_repeated(
    extreme: Catalogue, extreme_pdfs: dict[str, bytes]
) -> None:
    pages = [" ".join(one.get_textpage().get_text_range().split())
             for one in pypdfium2.PdfDocument(extreme_pdfs["marketplace-2"])]  # fmt: skip
    steps = extreme.procedure("marketplace-2", "unfulfillable").steps
    assert len(pages) > 5
    for step in steps:
        sentence = plain_text(step.text, extreme)
        assert [sentence in text for text in pages].count(True) >= 1, sentence
    for text in pages:
        if "Tell the" in text:
            assert all(role.name in text for role in extreme.roles.values())


def test_hindi_is_found_by_search(extreme_pdfs: dict[str, bytes]) -> None:
    # PDFium, and so Chrome, loses some spaces between Devanagari words; their letters are whole.
    assert generated_sop.HINDI.replace(" ", "") in text_of(extreme_pdfs["marketplace-0"]).replace(" ", "")


REFUSED = ["\\u{41} \\n", "{{ 7*7 }} {% raw %}", "a\u0007b", "a\u202eb", "tab\there", "📦"]
HOSTILE = [
    '#read("/etc/passwd")', '#eval("1+1")', "*bold* _italic_ `raw` $x^2$", "#set page(fill: red)", "= Heading",
    '@label <label> #link("https://x")', "]#[", "// comment", "/* comment */", "<script>alert(1)</script>",
    '#import "paper.typ": *', "~ -- --- ...", "'\"`", *REFUSED,
]  # fmt: skip


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_is_shown_as_typed_or_refused(data: Path, hostile: str) -> None:
    path = data / "playbooks" / "order-issue-via-client.yml"
    quoted = "'" + hostile.replace("'", "''") + "'"
    text = path.read_text(encoding="utf-8").replace('evidence: "{supporting-data}"', f"evidence: {quoted}")
    path.write_text(text, encoding="utf-8")
    if hostile in REFUSED:
        with pytest.raises(InvalidSop, match=r"order-issue-via-client\.yml:"):
            load_catalogue(data)
        return
    catalogue = load_catalogue(data)
    wanted = [paper for paper in papers(catalogue) if paper.id in ("flipkart", "increff-poc")]
    for paper, pdf in pdfs(catalogue, wanted):
        assert "".join(hostile.split()) in "".join(text_of(pdf).split()), paper.id  # lines break in it


def test_our_fonts_have_every_printable_character() -> None:
    for weight in ("Regular", "Bold"):
        inter = TTFont(ROOT / "macros" / "pdf" / "fonts" / f"Inter-{weight}.otf").getBestCmap()
        devanagari = TTFont(
            ROOT / "macros" / "pdf" / "fonts" / f"NotoSansDevanagari-{weight}.ttf"
        ).getBestCmap()
        printable = [
            code
            for code in range(0x20, 0x30000)
            if not UNPRINTABLE.search(chr(code)) and not chr(code).isspace()
        ]
        assert len(printable) > 1000
        assert [hex(code) for code in printable if code not in {*inter, *devanagari}] == []


def test_the_licences_lie_beside_the_fonts() -> None:
    for name in ("Inter", "NotoSansDevanagari"):
        licence = (ROOT / "macros" / "pdf" / "fonts" / f"{name}-LICENSE.txt").read_text(encoding="utf-8")
        assert "SIL OPEN FONT LICENSE Version 1.1" in licence


def sop_pdf(*arguments: str) -> Any:
    return CliRunner().invoke(main, ["pdf", "--data", str(SOURCE_SOP), *arguments])


def test_one_pdf_is_made_alone(tmp_path: Path, real: dict[str, bytes]) -> None:
    result = sop_pdf("--only", "seller", "--out", str(tmp_path))
    assert result.exit_code == 0
    assert [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.pdf")] == ["roles/seller.pdf"]
    assert (tmp_path / "roles" / "seller.pdf").read_bytes() == real["seller"]


def test_an_unknown_id_and_a_read_only_folder_are_reported(tmp_path: Path) -> None:
    result = sop_pdf("--only", "flipcart", "--out", str(tmp_path))
    assert result.exit_code == 2
    assert "there is no PDF 'flipcart'; did you mean 'flipkart'?" in result.output
    (tmp_path / "file").write_text("")
    result = sop_pdf("--only", "flipkart", "--out", str(tmp_path / "file" / "below"))
    assert result.exit_code == 1
    assert "cannot be written" in result.output
    assert "Traceback" not in result.output


def test_no_record_takes_the_name_of_a_pdf(data: Path) -> None:
    (data / "marketplaces" / "flipkart.yml").rename(data / "marketplaces" / "matrix.yml")
    with pytest.raises(InvalidSop, match="SOP303 'matrix' is already the id of a PDF"):
        load_catalogue(data)
