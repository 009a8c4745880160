"""Every rendering has the open questions with whom to ask, the answered ones with who answered, and the readings."""

import csv
import io
import json
import re
import shutil
from html import unescape
from pathlib import Path

import pytest
from click.testing import CliRunner

from conftest import ANSWERED_SOP, SOURCE_SOP, replace_in_file, words_of_pdf
from macros.api.documents import Documents
from macros.api.files import files
from macros.catalogue.catalogue import Catalogue
from macros.catalogue.fingerprint import fingerprint
from macros.changes.diff import diff
from macros.checks.runner import load_catalogue
from macros.cli.main import main
from macros.pages.renderer import Writer, pages
from macros.pdf.compiler import pdfs
from macros.pdf.sheets import papers
from macros.search.entries import entries

OTHERWISE = "The source does not say what happens when it is not a marketplace issue."
DECIDED = "Decided by Increff POC, 1 Dec 2026"
ANSWER = f"{DECIDED}: the Warehouse POC corrects it"
SELLER = "the source does not say whether the two are one. Decided by Client POC, 2 Dec 2026"
WHOSE = "The source does not say whose account manager this is."
READING = 'The source writes "Ajio team" and "Ajio\'s relevant team"; the two are taken to be one.'
STATUS = "0 of 15 procedures are approved. No date of a review is stated."


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The SOP of the source with three answers, and one question that another role can answer."""
    data = Path(shutil.copytree(SOURCE_SOP, tmp_path_factory.mktemp("answered") / "sop_data"))
    condition = "    if: it is a marketplace issue\n"
    replace_in_file(
        data / "playbooks/order-issue-via-increff.yml", condition, condition + "    otherwise: end\n"
    )
    replace_in_file(
        data / "gaps.yml", "  marketplace: ajio-jit\n  field: means\n", "  marketplace: ajio-jit\n"
    )
    for before, after in (
        (
            "  excuses: condition-without-otherwise\n",
            "  answered: {by: increff-poc, date: 2026-12-01, says: 'the {warehouse-poc} corrects it'}\n",
        ),
        ("  role: account-manager\n", "  ask: client-poc\n"),
        ("  role: seller\n", "  answered: {by: client-poc, date: 2026-12-02}\n"),
        ("  marketplace: ajio-jit\n", "  answered: {by: client-poc, date: 2026-12-02, says: just in time}\n"),
    ):
        replace_in_file(data / "gaps.yml", before, before + after)
    return data


@pytest.fixture(scope="module")
def sop(folder: Path) -> Catalogue:
    return load_catalogue(folder)


def page(path: str, catalogue: Catalogue) -> str:
    html = Writer(catalogue)(path, pages(catalogue)[path])
    return " ".join(unescape(re.sub(r"<[^>]+>", "", html)).split())


def part(text: str, *titles: str) -> list[str]:
    """The parts of a page from each title on."""
    found = [text.index(title) for title in titles]
    assert found == sorted(found)
    return [text[start:end] for start, end in zip(found, [*found[1:], len(text)], strict=True)]


@pytest.fixture(scope="module", params=["", "https://sop.example.com"], ids=["without links", "with links"])
def paper(request: pytest.FixtureRequest, sop: Catalogue) -> dict[str, str]:
    """The text of some PDFs, by the id of their paper."""
    ids = ("gaps", "handbook", "ajio-jit", "ajio-vms", "seller", "client-poc")
    wanted = [one for one in papers(sop) if one.id in ids]
    return {one.id: words_of_pdf(pdf) for one, pdf in pdfs(sop, wanted, request.param)}


TITLES = (
    "Questions that change a step",
    "Other questions",
    "Document control, contacts",
    "Readings",
    "Answered",
)


def test_the_page_has_what_changes_a_step_first_and_groups_by_who_can_answer(sop: Catalogue) -> None:
    text = page("gaps.md", sop)
    assert text.startswith("Open questions")
    assert text.index(STATUS) < text.index(TITLES[0])
    steps, others, control, readings, answered = part(text, *TITLES)
    assert steps.index("Ask Increff POC ") < steps.index("who marks the ticket Completed.")
    assert steps.index("Ask Client POC ") < steps.index("who provides the attachments")
    assert WHOSE in others[others.rindex("Ask Client POC ") :]
    assert "Ask the owner of the SOP: not stated in the source" in control
    assert READING in readings
    assert f"{OTHERWISE} {ANSWER}" in answered
    assert SELLER in answered
    assert "just in time" in answered


def test_a_page_without_open_questions_has_no_empty_part(tmp_path: Path) -> None:
    data = Path(shutil.copytree(SOURCE_SOP.parent / "other_sops/stuck_order", tmp_path / "sop_data"))
    text = page("gaps.md", load_catalogue(data))
    assert "No question is open." in text
    assert "does not answer the following questions" not in text
    assert not any(title in text for title in TITLES)


@pytest.mark.slow
def test_a_sheet_without_open_questions_does_not_announce_them() -> None:
    catalogue = load_catalogue(ANSWERED_SOP)
    ((_, pdf),) = pdfs(catalogue, [one for one in papers(catalogue) if one.id == "gaps"])
    text = words_of_pdf(pdf)
    assert "No question is open." in text
    assert "does not answer the following questions" not in text


def test_the_step_and_the_page_have_who_decided(sop: Catalogue) -> None:
    text = page("marketplaces/ajio-jit.md", sop)
    card = text.index("Raise the issue with the Marketplace POC and loop in the Client POC.")
    assert card < text.index(DECIDED, card) < text.index("Bring in the Account Manager", card)
    assert f"{OTHERWISE} {ANSWER}" in text
    assert f"{WHOSE} Ask Client POC" in text
    assert "JIT stands for. Decided by Client POC, 2 Dec 2026: just in time" in text
    assert DECIDED in page("roles/increff-poc.md", sop)
    assert SELLER in page("roles/seller.md", sop)
    assert SELLER in page("marketplaces/ajio-vms.md", sop)
    assert READING not in page("roles/ajio-team.md", sop)


def test_the_home_page_counts_open_questions(sop: Catalogue) -> None:
    assert "Open questions (22)" in page("index.md", sop)


def test_paper_has_questions_answers_and_readings(paper: dict[str, str]) -> None:
    for id in ("gaps", "handbook"):
        steps, others, control, readings, answered = part(paper[id][paper[id].index(STATUS) :], *TITLES)
        assert "Ask Increff POC" in steps
        assert WHOSE in others
        assert "Ask the owner of the SOP: not stated in the source" in control
        assert READING in readings
        assert f"{OTHERWISE} {ANSWER}" in answered
    assert f"{WHOSE} Ask: Client POC." in paper["client-poc"]
    assert paper["ajio-jit"].count(DECIDED) == 1
    assert "Decided by Client POC, 2 Dec 2026: just in time." in paper["gaps"]
    assert SELLER in paper["seller"]
    assert READING not in paper["ajio-vms"]
    assert DECIDED in paper["client-poc"]


def test_the_terminal_has_who_decided_and_whom_to_ask(folder: Path) -> None:
    arguments = ["show", "ajio-jit", "order-related", "--data", str(folder)]
    text = " ".join(CliRunner().invoke(main, arguments).output.split())
    assert f"With: supporting data {DECIDED} Otherwise: the case ends" in text
    assert f"{WHOSE} Ask: Client POC." in text
    assert text.endswith(f"Answered questions. {OTHERWISE} {ANSWER}.")


def test_the_json_has_every_field_of_a_gap(sop: Catalogue) -> None:
    document = json.loads("".join(Documents(sop).sop_json()))
    gap = document["gaps"]["no-otherwise"]
    assert gap["answered"] == {
        "by": "increff-poc",
        "date": "2026-12-01",
        "says": "the {warehouse-poc} corrects it",
    }
    assert (gap["status"], gap["decided"], gap["answer"]) == (
        "answered",
        DECIDED,
        "the Warehouse POC corrects it",
    )
    assert (gap["sentence"], gap["changes_step"], gap["answerers"]) == (OTHERWISE, True, ["increff-poc"])
    asked = document["gaps"]["whose-account-manager"]
    assert (asked["ask"], asked["answerers"], asked["status"]) == ("client-poc", ["client-poc"], "open")
    reading = document["gaps"]["one-ajio-team"]
    assert (reading["status"], reading["sentence"], reading["answerers"]) == ("reading", READING, [])
    (jit,) = (one for one in document["marketplaces"] if one["id"] == "ajio-jit")
    assert (jit["gaps"], jit["decided"]) == ([], ["jit-meaning"])
    order = jit["procedures"][1]
    assert order["decided"] == order["steps"][1]["decided"] == ["no-otherwise"]
    (seller,) = (one for one in document["roles"] if one["id"] == "seller")
    assert seller["decided"] == ["seller-or-client"]


def test_the_table_has_all_gaps_and_no_formula(sop: Catalogue, tmp_path: Path) -> None:
    def table(catalogue: Catalogue) -> dict[str, dict[str, str]]:
        text = b"".join(files(catalogue)["api/v1/gaps.csv"]()).decode()
        return {row["id"]: row for row in csv.DictReader(io.StringIO(text))}

    rows = table(sop)
    assert list(rows) == list(sop.gaps)
    row = rows["no-otherwise"]
    assert [row["state"], row["changes a step"], row["answered by"], row["answered on"], row["answer"]] == [
        "answered", "yes", "Increff POC", "2026-12-01", "the Warehouse POC corrects it",
    ]  # fmt: skip
    assert rows["no-timezone"]["concerns"] == "timezone"
    data = Path(shutil.copytree(SOURCE_SOP, tmp_path / "sop_data"))
    replace_in_file(data / "gaps.yml", "says: The source gives no contact", "says: =1+1 gives no contact")
    assert table(load_catalogue(data))["no-contacts"]["text"].startswith("'=1+1")


def test_the_search_finds_questions_answers_and_readings(sop: Catalogue) -> None:
    found = {entry.where: entry for entry in entries(sop)}
    answered = found["gaps/#no-otherwise"]
    assert (answered.kind, answered.title, answered.summary) == ("Answered question", OTHERWISE, ANSWER)
    assert found["gaps/#one-ajio-team"].kind == "Reading"
    assert found["gaps/#turnaround-time"].kind == "Open question"


def test_the_diff_has_what_is_answered_opened_and_opened_again(sop: Catalogue, tmp_path: Path) -> None:
    source = load_catalogue(SOURCE_SOP)
    texts = {group.change.text: group.roles for group in diff(source, sop).groups}
    assert texts[f"open question 'no-otherwise': {ANSWER}"] == ("Increff POC",)
    assert "open question 'whose-account-manager': ask: nothing -> client-poc" in texts
    again = {group.change.text for group in diff(sop, source).groups}
    opened = "the answer is withdrawn, and the question is open again"
    assert f"open question 'no-otherwise': {opened}" in again
    data = Path(shutil.copytree(SOURCE_SOP, tmp_path / "sop_data"))
    with (data / "gaps.yml").open("a", encoding="utf-8") as file:
        file.write(
            "who:\n  role: seller\n  says: Who is the {seller}?\nso:\n  role: seller\n  reading: A person.\n"
        )
    other = {group.change.text: group.roles for group in diff(source, load_catalogue(data)).groups}
    assert other["open question added: who (Who is the Seller?)"] == ("Client POC",)
    assert "reading added: so (A person.)" in other


def test_gaps_are_not_in_the_fingerprint(sop: Catalogue) -> None:
    old = load_catalogue(SOURCE_SOP)
    assert fingerprint(sop.procedure("ajio-vms", "unfulfillable")) == fingerprint(
        old.procedure("ajio-vms", "unfulfillable")
    )
