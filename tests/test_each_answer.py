"""Each open question of the source, answered alone: the SOP is sound, and every rendering has the answer."""

import json
import re
from html import unescape
from pathlib import Path

import pytest
from click.testing import CliRunner
from gap_answers import ANSWERS, Edit

from conftest import ANSWERED_SOP, SOURCE_SOP, replace_in_file, words_of_pdf
from macros.api.documents import Documents
from macros.catalogue.catalogue import Catalogue
from macros.catalogue.questions import gap_numbers
from macros.checks.runner import load_catalogue
from macros.cli.main import main
from macros.pages.renderer import Writer, foot, pages
from macros.pdf.compiler import inputs_of, pdfs, words_of
from macros.pdf.sheets import papers

DECIDED, SO = "Decided by Client POC, 16 Nov 2026", "made up for a test"
PRINTED = ("no-otherwise", "turnaround-time", "no-contacts", "no-document-control")  # these become PDFs too
CONTROL = ("no-document-control", "no-timezone")  # about the document: no procedure lists them


def with_answer(data: Path, id: str, edits: tuple[Edit, ...]) -> None:
    """Answer a gap: record who decided, and make the edits."""
    answered = f"  answered: {{by: client-poc, date: 2026-11-16, says: {SO}}}\n"
    replace_in_file(data / "gaps.yml", f"\n{id}:\n", f"\n{id}:\n{answered}")
    for file, old, new in edits:
        path = data / file
        text = "\n" + path.read_text(encoding="utf-8")
        assert old in text, (id, old)
        path.write_text(text.replace(old, new, 1)[1:], encoding="utf-8")


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", "", html)).split())


def sheet(catalogue: Catalogue, id: str) -> str:
    """All text that Typst gets for a sheet."""
    (paper,) = (one for one in papers(catalogue) if one.id == id)
    return " ".join(
        [
            *inputs_of(Documents(catalogue), paper, "", gap_numbers(catalogue)).values(),
            json.dumps(words_of(catalogue)),
        ]
    )


def show_output(data: Path, *words: str) -> str:
    done = CliRunner().invoke(main, ["show", *words, "--data", str(data)])
    assert done.exit_code == 0, done.output
    return " ".join(done.output.split())


@pytest.fixture(scope="module")
def source_catalogue() -> Catalogue:
    return load_catalogue(SOURCE_SOP)


def test_every_question_is_answered_here_and_in_the_answered_sop(source_catalogue: Catalogue) -> None:
    questions = {id for id, gap in source_catalogue.gaps.items() if gap.state == "open"}
    assert questions == ANSWERS.keys()
    answered = load_catalogue(ANSWERED_SOP).gaps
    assert [*answered] == [*source_catalogue.gaps]
    for id, gap in answered.items():
        assert (gap.state, gap.text) == (
            "answered" if id in questions else "reading",
            source_catalogue.gaps[id].text,
        )
        assert not gap.answered or gap.answered.says == "Made up for a test"


@pytest.mark.parametrize("id", ANSWERS)
def test_an_answer_is_in_every_rendering(id: str, data: Path) -> None:
    marketplace, answer, edits, stored = ANSWERS[id]
    with_answer(data, id, edits)
    sop = load_catalogue(data)
    assert [gap for gap, one in sop.gaps.items() if one.state == "answered"] == [id]
    write, page = Writer(sop), f"marketplaces/{marketplace}.md"
    html = write(page, pages(sop)[page]) + str(foot(sop))
    renderings = {
        "page": " ".join([words(html), *re.findall('href="(.*?)"', html)]),
        "sheet": sheet(sop, marketplace),
        "terminal": show_output(data, *([] if id in CONTROL else [marketplace])),
        "json": "".join(Documents(sop).sop_json()),
    }
    has = {name for name, text in renderings.items() if answer in text or (stored and stored in text)}
    assert has == {*renderings}
    if sop.gaps[id].record_ids:  # the others are about no procedure
        assert [name for name, text in renderings.items() if DECIDED not in text] == []
    questions = words(write("gaps.md", pages(sop)["gaps.md"]))
    assert f"{DECIDED}: {SO}" in questions[questions.rindex("Answered") :]
    assert answer not in show_output(SOURCE_SOP, marketplace)


@pytest.mark.slow
@pytest.mark.parametrize("id", PRINTED)
def test_an_answer_is_on_paper(id: str, data: Path) -> None:
    marketplace, answer, edits, _ = ANSWERS[id]
    with_answer(data, id, edits)
    sop = load_catalogue(data)
    wanted = [one for one in papers(sop) if one.id in (marketplace, "gaps")]
    text = {one.id: words_of_pdf(pdf) for one, pdf in pdfs(sop, wanted)}
    assert answer in text[marketplace]
    assert f"{DECIDED}: {SO}" in text["gaps"][text["gaps"].rindex("Answered") :]
