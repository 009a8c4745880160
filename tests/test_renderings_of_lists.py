"""Every rendering of the short pick has all actors of a step, its recipients, and its evidence as a list."""

import csv
import json
import re
import shutil
from collections.abc import Callable
from html import unescape
from io import StringIO
from pathlib import Path

import jsonschema
import pypdfium2
import pytest
from click.testing import CliRunner

from conftest import ROOT, replace_in_file, words_of_pdf
from macros.api.files import contents
from macros.catalogue.catalogue import Catalogue
from macros.catalogue.fingerprint import fingerprint
from macros.changes.change import ORDER, WHERE, WHO, WITH, WORDING
from macros.changes.diff import diff
from macros.checks.runner import load_catalogue
from macros.cli.main import main
from macros.pages.renderer import Writer, pages
from macros.parsing.parser import read
from macros.pdf.compiler import pdfs
from macros.pdf.sheets import papers
from macros.search.entries import entries
from macros.wording.flowchart import flowchart, mermaid
from macros.wording.message import message_for

SHORT = ROOT / "tests/other_sops/short_pick"
REFILL = "playbooks/refill-or-cut.yml"
BOTH = "Floor picker and Stock controller"
COUNT, ORDERED = "Count the bin together", "Order a refill, which comes to the aisle of the Floor picker."
EVIDENCE = ["photo of the bin label", "count of both, signed", "last movement of the item"]
Edited = Callable[[str, str], Catalogue]


@pytest.fixture(scope="module")
def short_pick() -> Catalogue:
    return load_catalogue(SHORT)


@pytest.fixture
def edit_short_pick(tmp_path: Path) -> Edited:
    """Returns the short pick with one text of its playbook replaced by another."""

    def run(old: str, new: str) -> Catalogue:
        folder = Path(shutil.copytree(SHORT, tmp_path / "sop_data", dirs_exist_ok=True))
        replace_in_file(folder / REFILL, old, new)
        return load_catalogue(folder)

    return run


@pytest.fixture(scope="module")
def paper(short_pick: Catalogue) -> dict[str, str]:
    """The text of each PDF, by the id of its paper."""
    return {
        one.id: words_of_pdf(pdf)
        for one, pdf in pdfs(short_pick, papers(short_pick), "https://sop.example.com")
    }


@pytest.fixture(scope="module")
def api(short_pick: Catalogue) -> dict[str, bytes]:
    return dict(contents(short_pick))


def html_of(path: str, catalogue: Catalogue) -> str:
    return Writer(catalogue)(path, pages(catalogue)[path])


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def cards(html: str) -> list[str]:
    """The HTML of each card of a page."""
    return re.split(r'<li class="(?:flow-step|sop-card)', html)[1:]


def shown_changes(old: Catalogue, new: Catalogue) -> dict[str, int]:
    """The rank of each change, by its text. The fingerprint must change too."""
    prints = {fingerprint(next(one.all_procedures())) for one in (old, new)}
    assert len(prints) == 2
    return {group.change.text: group.change.rank for group in diff(old, new).groups}


def test_the_card_is_in_the_lane_of_the_first_actor_and_names_all(short_pick: Catalogue) -> None:
    chart = flowchart(next(short_pick.all_procedures()))
    assert chart.lanes == ("floor-picker", "stock-controller", "shift-lead")
    assert [card.lane for card in chart.cards] == [1, 2, 1, 3]
    first = cards(html_of("marketplaces/east-hall.md", short_pick))[0]
    assert words(first).index(BOTH) < words(first).index(COUNT)
    assert 'data-actor="floor-picker stock-controller"' in first
    assert [*re.findall(r"<li>(.*?)</li>", first)] == EVIDENCE


@pytest.mark.parametrize("role", ["floor-picker", "stock-controller", "shift-lead", "customer-care"])
def test_each_actor_does_the_step(role: str, short_pick: Catalogue, paper: dict[str, str]) -> None:
    names, text = (
        (BOTH, COUNT)
        if role in ("floor-picker", "stock-controller")
        else ("Shift lead and Customer care", "Cut the order line")
    )
    page = words(html_of(f"roles/{role}.md", short_pick))
    for shown in (page, paper[role], paper["handbook"]):
        assert re.search(f"You do (.* )?{names}:? {text}", shown)


def test_the_page_of_an_issue_type_marks_the_steps_of_each_actor(short_pick: Catalogue) -> None:
    page = html_of("issue-types/short-bin.md", short_pick)
    assert 'data-actor="shift-lead customer-care"' in page
    assert f"{BOTH} : {COUNT}" in words(page)


def test_three_actors_are_listed_in_a_sentence(edit_short_pick: Edited) -> None:
    three = edit_short_pick(
        "[floor-picker, stock-controller]", "[floor-picker, stock-controller, shift-lead]"
    )
    page = words(html_of("marketplaces/east-hall.md", three))
    assert f"Floor picker , Stock controller and Shift lead {COUNT}" in page
    assert "1 · Floor picker, Stock controller and Shift lead<br>" in mermaid(
        next(three.all_procedures()), three
    )


def test_recipients_follow_to(short_pick: Catalogue, paper: dict[str, str]) -> None:
    card = words(cards(html_of("marketplaces/east-hall.md", short_pick))[1])
    assert f"{ORDERED[:-1]} . To Reserve driver Within" in card
    assert "Hello Reserve driver," in card
    for page, heading in (("reserve-driver", "You are told"), ("floor-picker", "You are mentioned")):
        for shown in (words(html_of(f"roles/{page}.md", short_pick)), paper[page]):
            assert re.search(f"{heading} .*Order a refill", shown)
    assert "You are told" not in words(html_of("roles/customer-care.md", short_pick))
    assert "To: Reserve driver" in paper["east-hall"]


def test_a_step_to_nobody_has_no_recipient(short_pick: Catalogue, paper: dict[str, str]) -> None:
    (last,) = [one for one in next(short_pick.all_procedures()).steps if one.id == "cut-line"]
    assert (last.recipients, last.mentioned) == ((), ("packing-bench",))
    card = words(cards(html_of("marketplaces/east-hall.md", short_pick))[3])
    assert "holds the parcel. With" in card
    assert "For Stock ledger:" in card
    assert re.search(
        "You are told .*Pick the missing units .*You are mentioned .*Cut the order", paper["packing-bench"]
    )


def test_the_draft_lists_the_evidence_and_leaves_the_sender_open(short_pick: Catalogue) -> None:
    procedure = next(short_pick.all_procedures())
    first, third = (message_for(procedure, procedure.steps[at], short_pick) for at in (0, 2))
    assert first is not None
    assert third is not None
    assert "Attached:\n- [photo of the bin label]\n- [count of both, signed]\n- [last movement" in first.body
    assert first.body.endswith("[your name], Floor picker or Stock controller")
    assert "Attached:\n- [pick list]\n" in third.body


def test_the_evidence_is_a_list_on_paper(paper: dict[str, str]) -> None:
    listed = "With: • " + " • ".join(EVIDENCE)
    for id in ("east-hall", "floor-picker", "stock-controller", "stock-ledger", "handbook"):
        assert listed in paper[id]
    assert "With: pick list" in paper["east-hall"]


def test_evidence_is_text_and_never_markup(edit_short_pick: Edited) -> None:
    hostile = edit_short_pick("evidence: pick list", "evidence: ['<b>#strong[x]</b>', '**y**']")
    card = cards(html_of("marketplaces/east-hall.md", hostile))[2]
    assert "<li>&lt;b&gt;#strong[x]&lt;/b&gt;</li><li>**y**</li>" in card
    ((_, pdf),) = pdfs(hostile, [one for one in papers(hostile) if one.id == "east-hall"])
    assert "• <b>#strong[x]</b> • **y**" in words_of_pdf(pdf)


def test_the_terminal_lists_actors_and_evidence() -> None:
    printed = CliRunner().invoke(main, ["show", "east-hall", "--data", str(SHORT)]).output
    assert f"1. {BOTH}\n   {COUNT}" in printed
    assert "   With:\n   - photo of the bin label\n   - count of both, signed\n" in printed
    assert "   With: pick list\n" in printed
    assert "Floor picker.\n   To: Reserve driver\n" in printed


def test_the_json_has_lists(api: dict[str, bytes]) -> None:
    document = json.loads(api["api/v1/sop.json"])
    (procedure,) = document["marketplaces"][0]["procedures"]
    first, second, third, last = procedure["steps"]
    assert (first["actors"], first["evidence"], first["to"]) == (
        ["floor-picker", "stock-controller"],
        EVIDENCE,
        None,
    )
    assert (second["actors"], second["to"], second["recipients"]) == (
        ["stock-controller"],
        *(["reserve-driver"],) * 2,
    )
    assert (second["mentioned"], second["evidence"]) == (["floor-picker"], [])
    assert third["evidence"] == ["pick list"]
    assert (last["to"], last["recipients"]) == ([], [])
    for step, written in zip(procedure["steps"], document["playbooks"][0]["steps"], strict=True):
        assert "actor" not in step.keys() | written.keys()
        assert [step[name] for name in ("actors", "to", "evidence")] == [
            written[name] for name in ("actors", "to", "evidence")
        ]
    does = {role["id"]: len(role["tasks"]["short-bin"]["does"]) for role in document["roles"]}
    assert does == {
        "floor-picker": 2,
        "stock-controller": 2,
        "reserve-driver": 0,
        "packing-bench": 0,
        "shift-lead": 1,
        "customer-care": 1,
    }


def test_the_json_follows_its_schema_and_names_every_actor(api: dict[str, bytes]) -> None:
    schema = jsonschema.Draft202012Validator(json.loads(api["api/v1/schema.json"]))
    for path in (
        "sop.json",
        "marketplaces/east-hall.json",
        "playbooks/refill-or-cut.json",
        "roles/customer-care.json",
    ):
        schema.validate(json.loads(api[f"api/v1/{path}"]))
    names = json.loads(api["api/v1/playbooks/refill-or-cut.json"])["names"]
    assert {"customer-care", "reserve-driver"} <= names.keys()
    step = json.loads(api["api/v1/schema.json"])["$defs"]["ProcedureStep"]["properties"]
    assert {step[name]["type"] for name in ("actors", "evidence")} == {"array"}


def test_the_csv_names_all_who_start(api: dict[str, bytes]) -> None:
    (row,) = csv.DictReader(StringIO(api["api/v1/matrix.csv"].decode()))
    assert row["started by"] == BOTH


def test_the_search_finds_the_step_of_each_actor_and_its_evidence(short_pick: Catalogue) -> None:
    found = {entry.title for entry in entries(short_pick) if "last movement" in entry.text}
    assert {"Floor picker: Short bin", "Stock controller: Short bin", "East hall: Short bin"} <= found
    assert "Customer care: Short bin" not in found


def test_the_editor_schema_accepts_lists_and_no_empty_one() -> None:
    data = json.loads(json.dumps(read("x.yml", (SHORT / REFILL).read_bytes()).data))
    schema = jsonschema.Draft7Validator(
        json.loads((ROOT / "schema/playbooks.json").read_text(encoding="utf-8"))
    )
    schema.validate(data)
    for field, value in (("actor", []), ("evidence", []), ("to", None)):
        with pytest.raises(jsonschema.ValidationError):
            schema.validate({**data, "steps": [{**data["steps"][0], field: value}]})


def test_another_actor_is_a_change_of_who(short_pick: Catalogue, edit_short_pick: Edited) -> None:
    assert shown_changes(
        short_pick, edit_short_pick("[floor-picker, stock-controller]", "[floor-picker, shift-lead]")
    ) == {"who does step 'count-bin': Floor picker, Stock controller -> Floor picker, Shift lead": WHO}


def test_another_lane_is_a_change_of_who(short_pick: Catalogue, edit_short_pick: Edited) -> None:
    assert shown_changes(
        short_pick, edit_short_pick("[floor-picker, stock-controller]", "[stock-controller, floor-picker]")
    ) == {"who does step 'count-bin': Floor picker, Stock controller -> Stock controller, Floor picker": WHO}


def test_another_recipient_is_a_change_for_both(short_pick: Catalogue, edit_short_pick: Edited) -> None:
    other = edit_short_pick("to: [reserve-driver]", "to: [reserve-driver, customer-care]")
    assert shown_changes(short_pick, other) == {
        "recipients of step 'order-refill': Reserve driver -> Reserve driver, Customer care": WHERE
    }
    (group,) = diff(short_pick, other).groups
    assert group.roles == ("Stock controller", "Reserve driver", "Customer care")


def test_other_evidence_is_a_change(short_pick: Catalogue, edit_short_pick: Edited) -> None:
    assert shown_changes(short_pick, edit_short_pick("pick list", "[pick list, tote label]")) == {
        'evidence for step \'pick-line\': pick list -> "pick list", "tote label"': WITH
    }
    assert shown_changes(
        short_pick, edit_short_pick("count of both, signed", "count of both\n      - signed")
    ).keys() == {
        'evidence for step \'count-bin\': "photo of the bin label", "count of both, signed", "last movement of the item"'
        ' -> "photo of the bin label", "count of both", "signed", "last movement of the item"'
    }


def test_a_new_id_of_a_role_in_lists_is_one_change(short_pick: Catalogue, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(SHORT, tmp_path / "sop_data"))
    for file in (REFILL, "roles.yml"):
        for old, new in (("customer-care", "care-desk"), ("reserve-driver", "driver")):
            replace_in_file(folder / file, old, new)
    difference = diff(short_pick, load_catalogue(folder))
    assert [group.change.text.split(" (")[0] for group in difference.groups] == [
        "role 'reserve-driver'",
        "role 'customer-care'",
    ]
    assert difference.unchanged == 1


def test_a_long_list_continues_on_the_next_page(edit_short_pick: Edited) -> None:
    items = "".join(
        f"\n      - photo {number} of what is in the bin and of its label" for number in range(90)
    )
    long = edit_short_pick("evidence: pick list", f"evidence:{items}")
    wanted = [one for one in papers(long) if one.id in ("east-hall", "floor-picker")]
    for paper, pdf in pdfs(long, wanted):
        found = words_of_pdf(pdf)
        assert [number for number in range(90) if f"photo {number} of" not in found] == [], paper.id
        for sheet in pypdfium2.PdfDocument(pdf):
            text = sheet.get_textpage()
            assert min(text.get_rect(at)[1] for at in range(text.count_rects())) > 12, paper.id


def test_roles_that_change_places_in_the_text_are_a_change_of_wording(edit_short_pick: Edited) -> None:
    """With `to`, neither the recipients nor the mentioned roles need to change."""
    told = "to: [reserve-driver, floor-picker, shift-lead]"
    before = edit_short_pick("to: [reserve-driver]", told)
    after = edit_short_pick(
        "aisle of the {floor-picker}\n    to: [reserve-driver]", f"aisle of the {{shift-lead}}\n    {told}"
    )
    assert list(shown_changes(before, after).values()) == [WORDING]
    assert ORDER not in shown_changes(before, after).values()
