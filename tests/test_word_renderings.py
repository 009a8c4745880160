"""Every rendering has the words that a procedure uses, with their meaning or that it is not known."""

import json
import re
import shutil
from html import unescape
from pathlib import Path

import pytest
from click.testing import CliRunner

from conftest import ROOT, replace_in_file, words_of_pdf
from macros.api.documents import Documents
from macros.api.schema import ApiDocument
from macros.catalogue.catalogue import Catalogue
from macros.catalogue.fingerprint import fingerprint
from macros.changes.change import METADATA, WORDING
from macros.changes.diff import diff
from macros.checks.runner import load_catalogue
from macros.cli.main import main
from macros.pages.renderer import Writer, pages
from macros.pdf.compiler import pdfs
from macros.pdf.sheets import papers
from macros.search.entries import entries
from macros.wording.flowchart import mermaid
from macros.wording.message import message_for

TERMS = """\
parcel:
  name: parcel
  aliases: [box]
  means: one box with one label
  url: https://example.com/parcels
photo:
  name: photo
"""
GAP = """\
no-photo:
  term: photo
  says: It is not written what a {photo} shows, nor which {carrier-desk} wants it.
"""
EDITS = [
    ("where the parcel is\n", "where the {parcel} is\n    evidence: 'a {photo} of the {parcel}'\n"),
    ('the status is "with carrier"', 'the {parcel} is "with carrier"'),
    ("delivered or refunded", "delivered or refunded, with a {photo}"),
]
PROCEDURE = ("corner-shop", "stuck-order")
PLACES = ("corner-shop", "handbook")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The stuck order with two terms, and a system that has a meaning."""
    folder = Path(shutil.copytree(ROOT / "tests/other_sops/stuck_order", tmp_path / "sop_data"))
    (folder / "terms.yml").write_text(TERMS, encoding="utf-8")
    (folder / "gaps.yml").write_text(GAP, encoding="utf-8")
    replace_in_file(folder / "systems.yml", "board\n", "board\n  means: the list on the wall\n")
    for old, new in EDITS:
        replace_in_file(folder / "playbooks/stuck-order.yml", old, new)
    return folder


@pytest.fixture
def sop(data: Path) -> Catalogue:
    return load_catalogue(data)


def html_of(path: str, catalogue: Catalogue) -> str:
    return Writer(catalogue)(path, pages(catalogue)[path])


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", "", html)).split())


def test_the_first_use_in_a_procedure_is_marked_with_its_meaning(sop: Catalogue) -> None:
    html = html_of("marketplaces/corner-shop.md", sop)
    marked = re.findall(
        r'<dfn><a href="#([\w-]+)" data-means="([^"]+)" aria-describedby="\1">(\w+)</a></dfn>', html
    )
    assert marked == [
        ("stuck-order-word-parcel", "one box with one label", "parcel"),
        ("stuck-order-word-photo", "not known yet", "photo"),
    ]
    assert html.index("<dfn>") < html.index("Ask the")  # in the condition, which is read first
    assert all(f'<div id="{anchor}">' in html for anchor, _, _ in marked)


def test_the_page_lists_the_words_below_the_steps(sop: Catalogue) -> None:
    page = words(html_of("marketplaces/corner-shop.md", sop))
    below = page[page.index("Words used here") :]
    assert "parcel one box with one label. https://example.com/parcels" in below
    assert "photo not known yet. Ask the owner: Delivery desk." in below
    assert "Order board the list on the wall." in below
    assert page.index("The case is closed when") < page.index("Words used here")


def test_the_page_of_definitions_lists_all_words(sop: Catalogue) -> None:
    html = html_of("definitions.md", sop)
    page = words(html)
    assert "Order board system the list on the wall." in page
    assert "parcel one box with one label. https://example.com/parcels" in page
    assert (
        "photo not known yet. It is not written what a photo shows, nor which Carrier desk wants it." in page
    )
    assert "Ask the owner: Delivery desk." in page
    assert not re.search(r"<a [^>]*>(?:(?!</a>).)*<a ", html)
    assert 'id="word-photo"' in html


def test_an_open_meaning_of_a_record_is_on_the_page_of_definitions(data: Path) -> None:
    with (data / "gaps.yml").open("a", encoding="utf-8") as file:
        file.write("who-is-it:\n  role: director\n  field: means\n  says: Nobody knows who that is.\n")
    page = words(html_of("definitions.md", load_catalogue(data)))
    assert "Operations director role not known yet. Nobody knows who that is." in page


def test_other_pages_link_to_the_definition(sop: Catalogue) -> None:
    html = html_of("roles/carrier-desk.md", sop)
    assert 'href="../../definitions/#word-parcel" title="one box with one label">parcel</a>' in html
    assert "Meaning the list on the wall" in words(html_of("systems/order-board.md", sop))
    assert "Term photo" in words(html_of("gaps.md", sop))


@pytest.mark.slow
@pytest.mark.parametrize("site", ["", "https://sop.example.com"])
def test_paper_lists_the_words(site: str, sop: Catalogue) -> None:
    found = {one.id: pdf for one, pdf in pdfs(sop, papers(sop), site)}
    text = {id: words_of_pdf(found[id]) for id in (*PLACES, "order-board", "gaps", "stuck-order")}
    for id in PLACES:
        assert "With: a photo of the parcel" in text[id]
        assert 'If the parcel is "with carrier"' in text[id]
        below = text[id][text[id].index("Words used here") :]
        assert "parcel: one box with one label" in below
        assert "photo: not known yet" in below
        assert "Order board: the list on the wall" in below
    assert "Meaning: the list on the wall" in text["order-board"]
    assert 'if the parcel is "with carrier"' in text["stuck-order"]


def test_the_terminal_lists_the_words(data: Path) -> None:
    arguments = ["show", "corner-shop", "stuck-order", "--data", str(data)]
    shown = " ".join(CliRunner().invoke(main, arguments).output.split())
    assert "With: a photo of the parcel" in shown
    assert 'If the parcel is "with carrier": Ask the' in shown
    assert "Words used here: Order board: the list on the wall parcel: one box with one label" in shown


def test_diagram_and_message_have_names(sop: Catalogue) -> None:
    procedure = sop.procedure(*PROCEDURE)
    assert "If the parcel is" in mermaid(procedure, sop)
    message = message_for(procedure, procedure.steps[2], sop)
    assert message
    assert "Attached:\n- [a photo of the parcel]" in message.body


def test_json_has_terms_and_the_words_of_each_procedure(sop: Catalogue) -> None:
    whole = json.loads("".join(Documents(sop).sop_json()))
    ApiDocument.model_json_schema(mode="serialization")
    parcel, photo = whole["terms"]
    assert (parcel["means"], parcel["url"]) == ("one box with one label", "https://example.com/parcels")
    assert (photo["means"], photo["gaps"]) == (None, ["no-photo"])
    assert photo["address"] == "/definitions/#word-photo"
    one = json.loads(Documents(sop).json(Documents(sop).document(marketplaces=["corner-shop"])))
    procedure = one["marketplaces"][0]["procedures"][0]
    assert procedure["words"] == [
        {"id": "order-board", "means": "the list on the wall"},
        {"id": "parcel", "means": "one box with one label"},
        {"id": "photo", "means": None},
    ]
    step = procedure["steps"][2]
    assert step["terms"] == ["parcel", "photo"]
    assert step["evidence_sentences"] == ["a photo of the parcel"]
    assert step["if_sentence"] == 'the parcel is "with carrier"'
    assert one["names"]["photo"] == {
        "kind": "term",
        "name": "photo",
        "url": None,
        "address": "/definitions/#word-photo",
    }


def test_the_search_finds_terms(sop: Catalogue) -> None:
    found = {entry.where: entry for entry in entries(sop)}
    assert found["definitions/#word-parcel"].names == ("parcel", "box")
    assert found["definitions/#word-parcel"].summary == "one box with one label"
    assert "definitions/" in found
    assert "the list on the wall" in found["systems/order-board/"].text
    assert "a photo of the parcel" in found["marketplaces/corner-shop/#stuck-order"].text


@pytest.mark.parametrize(
    ("file", "old", "new", "text"),
    [
        ("terms.yml", "one label", "two labels", "meaning of 'parcel': one box with one label -> one box with two labels"),
        ("systems.yml", "  means: the list on the wall\n", "", "meaning of 'Order board': the list on the wall -> none"),
        ("playbooks/stuck-order.yml", "where the {parcel}", "where the {photo}", "step 'check-carrier': \"Ask the Carrier desk where the parcel is\" -> \"Ask the Carrier desk where the photo is\""),
    ],
)  # fmt: skip
def test_another_meaning_is_a_change_and_another_fingerprint(
    file: str, old: str, new: str, text: str, sop: Catalogue, data: Path
) -> None:
    replace_in_file(data / file, old, new)
    other = load_catalogue(data)
    groups = {group.change.text: group for group in diff(sop, other).groups}
    assert list(groups) == [text]
    assert groups[text].change.rank == WORDING
    assert "Corner shop: Stuck order" in groups[text].places
    assert fingerprint(sop.procedure(*PROCEDURE)) != fingerprint(other.procedure(*PROCEDURE))


def test_a_meaning_that_no_procedure_uses_changes_the_record(data: Path) -> None:
    old = load_catalogue(data)
    replace_in_file(data / "roles.yml", "director\n", "director\n  means: she\n")
    replace_in_file(data / "playbooks/stuck-order.yml", "{director}", "{duty-manager}")
    with (data / "approvals.yml").open("w", encoding="utf-8") as file:
        file.write("corner-shop/stuck-order: {by: director, date: 2026-01-02, fingerprint: 0000-0000-0000}\n")
    texts = {group.change.text: group.change.rank for group in diff(old, load_catalogue(data)).groups}
    assert texts["role 'director': means: nothing -> she"] == METADATA


def test_a_longer_list_of_aliases_or_another_name_keeps_the_fingerprint(sop: Catalogue, data: Path) -> None:
    replace_in_file(data / "terms.yml", "[box]", "[box, carton]")
    replace_in_file(data / "terms.yml", "name: parcel", "name: package")
    other = load_catalogue(data)
    assert fingerprint(sop.procedure(*PROCEDURE)) == fingerprint(other.procedure(*PROCEDURE))
