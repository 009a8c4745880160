"""Every rendering of the stuck order has its closing criterion and the note of its step 3."""

import json
import re
import shutil
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from click.testing import CliRunner

from conftest import ROOT, replace_in_file, words_of_pdf
from macros.api.documents import Documents
from macros.catalogue.catalogue import Catalogue
from macros.catalogue.fingerprint import fingerprint
from macros.changes.change import ORDER, WORDING
from macros.changes.diff import diff
from macros.checks.runner import load_catalogue
from macros.cli.main import main
from macros.pages.renderer import Writer, pages
from macros.pdf.compiler import pdfs
from macros.pdf.sheets import papers
from macros.search.entries import entries
from macros.wording.flowchart import mermaid

STUCK = ROOT / "tests/other_sops/stuck_order"
SITE = "https://sop.example.com"
CLOSED = "The case is closed when: the Order board shows the order as delivered or refunded."
NOTE = "Otherwise than in the Order board, the carrier counts Sundays; the Operations director knows, details TBD."
ASKED = "Ask the Carrier desk where the parcel is."
PROCEDURE = ("corner-shop", "stuck-order")


@pytest.fixture(scope="module")
def stuck_order() -> Catalogue:
    return load_catalogue(STUCK)


def as_json(catalogue: Catalogue, **ids: list[str]) -> str:
    """The JSON of the records with these ids."""
    documents = Documents(catalogue)
    return documents.json(documents.document(**ids))


WithText = Callable[[str, str], Catalogue]


@pytest.fixture
def with_text(tmp_path: Path) -> WithText:
    """Returns the stuck order with one text of its playbook replaced by another."""

    def edit(old: str, new: str) -> Catalogue:
        folder = Path(shutil.copytree(STUCK, tmp_path / "sop_data"))
        replace_in_file(folder / "playbooks/stuck-order.yml", old, new)
        return load_catalogue(folder)

    return edit


@pytest.fixture(scope="module", params=["", SITE], ids=["without links", "with links"])
def paper(request: pytest.FixtureRequest, stuck_order: Catalogue) -> dict[str, str]:
    """The text of each PDF, by the id of its paper."""
    return {one.id: words_of_pdf(pdf) for one, pdf in pdfs(stuck_order, papers(stuck_order), request.param)}


def words_of_page(path: str, catalogue: Catalogue) -> str:
    html = Writer(catalogue)(path, pages(catalogue)[path])
    return " ".join(unescape(re.sub(r"<[^>]+>", "", html)).split())


def show_output(procedure: str) -> str:
    arguments = ["show", "corner-shop", procedure, "--data", str(STUCK)]
    return " ".join(CliRunner().invoke(main, arguments).output.split())


def changed_texts(catalogue: Catalogue, other: Catalogue, rank: int) -> list[str]:
    return [group.change.text for group in diff(catalogue, other).groups if group.change.rank == rank]


def test_the_closing_criterion_stands_below_the_last_card_of_the_page(stuck_order: Catalogue) -> None:
    page = words_of_page("marketplaces/corner-shop.md", stuck_order)
    assert page.count(CLOSED) == 2  # the bar and the Mermaid source
    assert page.index("Close the case in the Order board.") < page.index(CLOSED)


def test_the_closing_criterion_is_on_sheet_and_handbook(paper: dict[str, str]) -> None:
    for id in ("corner-shop", "handbook"):
        assert paper[id].index("Close the case in the Order board.") < paper[id].index(CLOSED)


def test_the_closing_criterion_is_in_the_terminal() -> None:
    assert CLOSED in show_output("stuck-order")
    assert "The case is closed when" not in show_output("short-pick")


def test_every_end_of_the_mermaid_leads_to_the_closing_criterion(stuck_order: Catalogue) -> None:
    lines = mermaid(stuck_order.procedure(*PROCEDURE), stuck_order).splitlines()
    assert f'    ends(["{CLOSED}"])' in lines
    leaving = [line.split()[0] for line in lines if line.endswith("> ends")]
    assert leaving == ["s6", "s7"]


def test_the_closing_criterion_is_in_the_json(stuck_order: Catalogue) -> None:
    document = json.loads(as_json(stuck_order, marketplaces=["corner-shop"], playbooks=["stuck-order"]))
    procedure = document["marketplaces"][0]["procedures"][0]
    assert procedure["closed"] == "the {order-board} shows the order as delivered or refunded"
    assert procedure["closed_sentence"] == "the Order board shows the order as delivered or refunded"
    assert document["playbooks"][0]["closed"] == procedure["closed"]
    assert document["marketplaces"][0]["procedures"][1]["closed_sentence"] is None


def test_the_search_finds_a_procedure_by_its_closing_criterion(stuck_order: Catalogue) -> None:
    found = [entry.title for entry in entries(stuck_order) if "delivered or refunded" in entry.text]
    assert found == ["Corner shop: Stuck order"]


def test_another_closing_criterion_is_a_dangerous_change_and_another_fingerprint(
    stuck_order: Catalogue, with_text: WithText
) -> None:
    other = with_text("delivered or refunded", "refunded")
    assert changed_texts(stuck_order, other, ORDER) == [
        "closing criterion: the Order board shows the order as delivered or refunded"
        " -> the Order board shows the order as refunded"
    ]
    assert fingerprint(stuck_order.procedure(*PROCEDURE)) != fingerprint(other.procedure(*PROCEDURE))


@pytest.mark.parametrize("path", ["marketplaces/corner-shop.md", "roles/desk.md", "roles/carrier-desk.md"])
def test_the_note_is_on_the_card_and_on_the_pages_of_its_roles(path: str, stuck_order: Catalogue) -> None:
    page = words_of_page(path, stuck_order)
    assert page.index(ASKED) < page.index(f"Note {NOTE}")


def test_the_note_is_on_the_page_of_a_system(with_text: WithText) -> None:
    other = with_text("board}\n    ticket: Closed", "board}\n    note: Ask twice\n    ticket: Closed")
    assert "Note Ask twice" in words_of_page("systems/order-board.md", other)


def test_the_note_is_on_paper(paper: dict[str, str]) -> None:
    for id in ("corner-shop", "desk", "carrier-desk", "handbook"):
        assert paper[id].index(ASKED) < paper[id].index(f"Note: {NOTE}")


def test_the_note_is_in_the_terminal() -> None:
    assert f"Note: {NOTE}" in show_output("stuck-order")


def test_the_note_is_in_the_json_and_names_no_recipient(stuck_order: Catalogue) -> None:
    document = json.loads(as_json(stuck_order, marketplaces=["corner-shop"]))
    step = document["marketplaces"][0]["procedures"][0]["steps"][2]
    assert step["note"].startswith("Otherwise than in the {order-board}")
    assert step["note_sentence"] == NOTE
    assert (step["recipients"], step["mentioned"], step["systems"]) == (["carrier-desk"], [], [])
    assert {"director", "order-board"} <= document["names"].keys()
    task = json.loads(as_json(stuck_order, roles=["carrier-desk"]))["roles"][0]["tasks"]
    assert task["stuck-order"]["is_told"][0]["note_sentence"] == NOTE


def test_the_search_finds_a_step_by_its_note(stuck_order: Catalogue) -> None:
    found = [entry.title for entry in entries(stuck_order) if "counts Sundays" in entry.text]
    assert {"Corner shop: Stuck order", "Delivery desk: Stuck order"} <= {*found}


def test_another_note_is_a_change_of_wording_and_another_fingerprint(
    stuck_order: Catalogue, with_text: WithText
) -> None:
    other = with_text("counts Sundays", "counts holidays")
    (text,) = changed_texts(stuck_order, other, WORDING)
    assert text == f"note of step 'check-carrier': {NOTE} -> {NOTE.replace('Sundays', 'holidays')}"
    assert fingerprint(stuck_order.procedure(*PROCEDURE)) != fingerprint(other.procedure(*PROCEDURE))
