"""Every rendering shows the words of a marketplace for its parameters, with names in place of `{id}`."""

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from test_renderings import words_of_page

from conftest import replace_in_file, words_of_pdf
from macros.api.documents import Documents
from macros.api.files import matrix
from macros.catalogue.catalogue import Catalogue
from macros.catalogue.fingerprint import fingerprint
from macros.changes.change import ORDER, WHERE, WITH, WORDING
from macros.changes.diff import diff
from macros.checks.runner import load_catalogue
from macros.cli.main import main
from macros.cli.terminal import procedure_text
from macros.pdf.compiler import pdfs
from macros.pdf.sheets import papers
from macros.search.entries import entries
from macros.wording.flowchart import mermaid
from macros.wording.message import message_for
from parameterised_order import HARBOUR, WORDS, parameterised_order

CONDITION = "the status is sent in the Tracking portal"
ACTION = "Ask the Carrier desk where the parcel is and tell the Duty manager what the Tracking portal shows"
EVIDENCE = "a copy from the Tracking portal"
NOTE = "the Operations director knows, if the Duty manager is away"
CLOSED = "the Order board shows the order as refunded by the Operations director"
STEP = (CONDITION, ACTION, EVIDENCE, "2 working days", NOTE)
OTHERS = ("8 hours", "and name the order", "the order number", "by phone", "with carrier")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return parameterised_order(tmp_path_factory.mktemp("order") / "sop_data")


@pytest.fixture(scope="module")
def order(data: Path) -> Catalogue:
    return load_catalogue(data)


def assert_words_of_each(text: str, other: str) -> None:
    """The text of Harbour shop has its own words, and the text of the other marketplace has its own."""
    assert [words for words in STEP if words not in text] == []
    assert [words for words in OTHERS if words in text] == []
    assert [words for words in OTHERS if words not in other] == []
    assert [words for words in STEP if words in other] == []
    assert "{" not in text + other


def document(catalogue: Catalogue, **ids: list[str]) -> dict[str, list[dict[str, object]]]:
    documents = Documents(catalogue)
    found: dict[str, list[dict[str, object]]] = json.loads(documents.json(documents.document(**ids)))
    return found


def test_the_page_of_each_marketplace(order: Catalogue) -> None:
    harbour, corner = (
        words_of_page(f"marketplaces/{id}.md", order) for id in ("harbour-shop", "corner-shop")
    )
    assert_words_of_each(harbour.split("Diagram source")[0], corner.split("Diagram source")[0])
    assert CLOSED in harbour


@pytest.mark.parametrize("path", ["roles/duty-manager.md", "systems/tracking-portal.md"])
def test_the_pages_of_a_recipient_and_of_a_system(path: str, order: Catalogue) -> None:
    page = words_of_page(path, order)
    assert [words for words in STEP if words not in page] == []
    assert "and name the order" not in page


def test_the_page_of_the_actor_lists_both(order: Catalogue) -> None:
    page = words_of_page("roles/desk.md", order)
    assert [words for words in (*STEP, *OTHERS) if words not in page] == []
    assert "{" not in page


def test_an_exit_of_a_shared_step_names_the_target_of_each_marketplace(order: Catalogue) -> None:
    page = words_of_page("roles/desk.md", order)
    assert (
        'Otherwise → Delivery desk: if the status is "with carrier": Ask the Carrier desk where the parcel is'
        f" and name the order (Corner shop); Delivery desk: if {CONDITION}: {ACTION} (Harbour shop)"
    ) in page


@pytest.mark.slow
def test_sheets_and_handbook(order: Catalogue) -> None:
    printed = ("harbour-shop", "corner-shop", "handbook", "duty-manager", "stuck-order")
    wanted = [one for one in papers(order) if one.id in printed]
    for site in ("", "https://sop.example.com"):
        paper = {one.id: words_of_pdf(pdf) for one, pdf in pdfs(order, wanted, site)}
        assert_words_of_each(paper["harbour-shop"], paper["corner-shop"])
        assert CLOSED in paper["harbour-shop"]
        assert [words for words in (*STEP, *OTHERS) if words not in paper["handbook"]] == []
        assert [words for words in STEP if words not in paper["duty-manager"]] == []
        assert CONDITION in paper["stuck-order"]


def test_the_terminal(data: Path) -> None:
    def show_output(marketplace: str) -> str:
        arguments = ["show", marketplace, "stuck-order", "--data", str(data)]
        return " ".join(CliRunner().invoke(main, arguments).output.split())

    assert_words_of_each(show_output("harbour-shop"), show_output("corner-shop"))
    assert CLOSED in show_output("harbour-shop")


def test_the_mermaid(order: Catalogue) -> None:
    source = mermaid(order.procedure("harbour-shop", "stuck-order"), order)
    for words in (CONDITION, ACTION, "After 2 working days", CLOSED):
        assert words in source


def test_the_draft_message_goes_to_the_recipients(order: Catalogue) -> None:
    procedure = order.procedure("harbour-shop", "stuck-order")
    message = message_for(procedure, procedure.steps[2], order)
    assert message
    assert message.body.startswith("Hello Carrier desk, Duty manager,")
    assert f"Attached:\n- [{EVIDENCE}]" in message.body
    assert "Please answer within 2 working days." in message.body


def test_the_json(order: Catalogue) -> None:
    found = document(order, marketplaces=["harbour-shop"])
    (marketplace,) = found["marketplaces"]
    assert marketplace["parameters"] == order.marketplaces["harbour-shop"].parameters
    step = order.procedure("harbour-shop", "stuck-order").steps[2]
    procedures = marketplace["procedures"]
    assert isinstance(procedures, list)
    written = procedures[0]["steps"][2]
    assert written["within"] == step.within == "2 working days"
    assert written["if"] == "the status is sent in the {tracking-portal}"
    assert written["if_sentence"] == CONDITION
    assert written["sentence"] == ACTION
    assert written["evidence_sentences"] == [EVIDENCE]
    assert NOTE in written["note_sentence"]
    assert written["recipients"] == ["carrier-desk", "duty-manager"]
    assert procedures[0]["closed_sentence"] == CLOSED
    assert {"tracking-portal", "duty-manager", "director"} <= set(found["names"])


def test_the_csv_lists_the_systems_of_each_marketplace(order: Catalogue) -> None:
    rows = list(csv.DictReader(io.StringIO(matrix(order, ""))))
    systems = {row["marketplace"]: row["systems"] for row in rows if row["issue type"] == "Stuck order"}
    assert systems == {"Corner shop": "Order board", "Harbour shop": "Order board, Tracking portal"}


def test_the_search(order: Catalogue) -> None:
    procedures = {one.title: one.text for one in reversed([*entries(order)])}
    assert_words_of_each(procedures["Harbour shop: Stuck order"], procedures["Corner shop: Stuck order"])
    assert ACTION in procedures["Tracking portal"]
    assert CLOSED in procedures["Harbour shop: Stuck order"]


def test_what_a_marketplace_does_not_give_is_in_brackets_with_its_gap(tmp_path: Path) -> None:
    data = parameterised_order(tmp_path / "sop_data")
    for name, words in WORDS[HARBOUR].items():
        replace_in_file(data / HARBOUR, f"  {name}: {words}\n", "")
    replace_in_file(data / HARBOUR, "parameters:\n", "")
    replace_in_file(data / "systems.yml", "tracking-portal:\n  name: Tracking portal\n", "")
    gap = "no-{0}:\n  marketplace: harbour-shop\n  parameter: {0}\n  excuses: parameter-not-given\n  says: No {0}\n"
    (data / "gaps.yml").write_text("".join(gap.format(name) for name in WORDS[HARBOUR]), encoding="utf-8")
    order = load_catalogue(data)
    wanted = [one for one in papers(order) if one.id in ("harbour-shop", "gaps")]
    shown = {
        "page": words_of_page("marketplaces/harbour-shop.md", order),
        "terminal": procedure_text(order.procedure("harbour-shop", "stuck-order"), order),
        "json": json.dumps(document(order, marketplaces=["harbour-shop"])),
        "paper": " ".join(words_of_pdf(pdf) for _, pdf in pdfs(order, wanted)),
    }
    for rendering, text in shown.items():
        for name in WORDS[HARBOUR]:
            assert f"[{name.replace('-', ' ')}]" in " ".join(text.split()), rendering
            assert f"No {name}" in text, rendering


@pytest.mark.parametrize(
    ("old", "new", "rank", "text"),
    [
        ("sent in", "lost in", ORDER, "condition of step 'check-carrier': the status is sent in the Tracking portal -> the status is lost in the Tracking portal"),
        ("2 working days", "3 working days", ORDER, "deadline of step 'check-carrier': 2 working days -> 3 working days"),
        ("refunded by", "paid by", ORDER, f"closing criterion: {CLOSED} -> {CLOSED.replace('refunded by', 'paid by')}"),
        ("tell the {duty-manager}", "tell the {director}", WHERE, "recipients of step 'check-carrier': Carrier desk, Duty manager -> Carrier desk, Operations director"),
        ("a copy from", "a picture from", WITH, "evidence for step 'check-carrier': a copy from the Tracking portal -> a picture from the Tracking portal"),
        ("is away", "is ill", WORDING, None),
    ],
)  # fmt: skip
def test_the_diff_and_the_fingerprint(
    old: str, new: str, rank: int, text: str | None, order: Catalogue, tmp_path: Path
) -> None:
    data = parameterised_order(tmp_path / "sop_data")
    replace_in_file(data / HARBOUR, old, new)
    changed = load_catalogue(data)
    (group,) = diff(order, changed).groups
    assert group.change.rank == rank
    assert text in (None, group.change.text)
    assert "{" not in group.change.text
    assert group.places == ["Harbour shop: Stuck order"]
    for marketplace in ("corner-shop", "harbour-shop"):
        before, after = (fingerprint(one.procedure(marketplace, "stuck-order")) for one in (order, changed))
        assert (before != after) == (marketplace == "harbour-shop")
