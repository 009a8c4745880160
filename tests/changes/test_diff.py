"""`sop diff` lists every change of meaning once, the most dangerous first."""

import json
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from conftest import SOURCE_SOP
from macros.catalogue.catalogue import Catalogue
from macros.catalogue.data_folder import load
from macros.changes.change import METADATA, ORDER, WHERE, WHO, WITH, WORDING, Difference
from macros.changes.diff import diff
from macros.changes.reporters import FORMATS
from macros.checks.runner import examine
from macros.cli.main import main
from macros.model.control import RANKS

CLIENT = "playbooks/order-issue-via-client.yml"
INCREFF = "playbooks/order-issue-via-increff.yml"
EXCESS = "playbooks/excess-orders-via-client.yml"
CHECK = "  - id: check\n    actor: warehouse-poc\n    action: Check the stock\n  - id: update-client"

# file, old, new: rank, words of the change, in how many procedures it is
EDITS = [
    (CLIENT, "  - id: update-client", CHECK, ORDER, "step added after step 'raise-order-ids'", 4),
    (INCREFF, "    if: it is a marketplace issue\n", "    if: it is urgent\n", ORDER, "condition of step 'raise-with-marketplace'", 3),
    (EXCESS, "owner: client-poc", "owner: increff-poc", WHO, "owner: Client POC -> Increff POC", 4),
    (CLIENT, "actor: warehouse-poc", "actor: seller", WHO, "who does step 'raise-order-ids': Warehouse POC ->", 4),
    (CLIENT, "{client-poc} on", "{seller} on", WHERE, "recipients of step 'update-client': Client POC -> Seller", 4),
    (CLIENT, "{omni-support}", "{vms}", WHERE, "systems of step 'raise-order-ids': Omni Support -> VMS", 4),
    (CLIENT, "ticket: Completed", "ticket: Closed", WHERE, "ticket after step 'update-client'", 4),
    (CLIENT, '"{supporting-data}"', "photographs", WITH, "evidence for step 'update-client'", 4),
    (EXCESS, "frequency: daily", "frequency: weekly", WITH, "how often to do step 'report-excess-orders'", 4),
    (CLIENT, "Update the", "Do not update the", WORDING, "step 'update-client': \"Update the Client POC on", 4),
    (CLIENT, "id: update-client", "id: tell-client", METADATA, "step 'update-client' of playbook 'order-issue-via-client' gets the id 'tell-client', and so another address", 0),
    ("roles.yml", "name: Seller", "name: Vendor", METADATA, "role 'seller': name: Seller -> Vendor", 0),
    ("sop.yml", "version:", "version: '2'", METADATA, "document control: version: nothing -> 2", 0),
    ("gaps.yml", "how long it is", "how long", METADATA, "open question 'turnaround-time': says:", 0),
    ("marketplaces/flipkart.yml", "{flipkart-seller-panel}", "{vms}", WHERE, "systems of step 'escalate': Flipkart Seller Panel -> VMS", 2),
]  # fmt: skip


def edit(data: Path, name: str, old: str, new: str) -> Catalogue:
    text = (data / name).read_text(encoding="utf-8")
    assert old in text
    (data / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    return examine(load(data))[0]


@pytest.mark.parametrize(
    ("name", "old", "new", "rank", "words", "places"), EDITS, ids=[edit[4] for edit in EDITS]
)
def test_a_change_is_described(
    name: str, old: str, new: str, rank: int, words: str, places: int, catalogue: Catalogue, data: Path
) -> None:
    difference = diff(catalogue, edit(data, name, old, new))
    group = next(group for group in difference.groups if words in group.change.text)
    assert group.change.rank == rank
    assert len(group.places) == places
    assert difference.unchanged == 15 - places
    assert [group.change.rank for group in difference.groups] == sorted(
        g.change.rank for g in difference.groups
    )


def test_swapped_steps_are_a_change_of_order(catalogue: Catalogue, data: Path) -> None:
    path = data / INCREFF
    head, *steps = path.read_text(encoding="utf-8").split("  - id: ")
    steps[0], steps[2] = steps[2], steps[0]
    path.write_text("  - id: ".join([head, *steps]), encoding="utf-8")
    (group,) = diff(catalogue, examine(load(data))[0]).groups
    assert group.change.text == "the order of the steps changes"
    assert group.now[0].startswith("Client POC: Bring in the Account Manager")


def test_a_step_removed_and_the_roles_it_concerned(catalogue: Catalogue, data: Path) -> None:
    path = data / "playbooks/ajio-vms-case.yml"
    text = path.read_text(encoding="utf-8")
    start, end = text.index("  - id: raise-case"), text.index("  - id: process-request")
    path.write_text(text[:start] + text[end:], encoding="utf-8")
    group = diff(catalogue, examine(load(data))[0]).groups[0]
    assert group.change.text == 'step removed: "Seller: Raise the case (ticket) with the Ajio team in VMS"'
    assert group.roles == ("Seller", "Ajio team")
    assert group.places == ["Ajio VMS: Unfulfillable and Order-related issue"]


def test_a_marketplace_comes_and_goes(catalogue: Catalogue, data: Path) -> None:
    path = data / "marketplaces/flipkart.yml"
    text = path.read_text(encoding="utf-8").replace("name: Flipkart", "name: Second")
    path.rename(data / "marketplaces/second.yml").write_text(text, encoding="utf-8")
    texts = [group.change.text for group in diff(catalogue, examine(load(data))[0]).groups]
    assert "new procedure" in texts
    assert "procedure removed: Flipkart: Unfulfillable" in texts
    assert "marketplace removed: flipkart (Flipkart)" in texts


def test_formatting_is_no_change_in_meaning(catalogue: Catalogue, data: Path) -> None:
    for path in data.rglob("*.yml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(
            "# a comment\n" + text.replace("name: Flipkart\n", 'name:   "Flipkart"\n\n'), encoding="utf-8"
        )
    difference = diff(catalogue, examine(load(data))[0])
    assert not difference.groups
    assert FORMATS["text"](difference) == "No change in meaning: all 15 procedures are unchanged."


@pytest.fixture
def difference(catalogue: Catalogue, data: Path) -> Difference:
    return diff(catalogue, edit(data, *EDITS[0][:3]))


def test_all_formats_contain_the_same_changes(difference: Difference) -> None:
    parsed = json.loads(FORMATS["json"](difference))
    assert parsed["changes"][0]["rank"] == RANKS[ORDER]
    assert parsed["changes"][0]["now"][1] == "Warehouse POC: Check the stock"
    for form in ("text", "markdown"):
        said = FORMATS[form](difference)
        assert "Check the stock" in said
        assert "2. Warehouse POC: Check the stock" in said
        assert "11 of 15 procedures are unchanged." in said


def test_markdown_shows_text_as_typed(catalogue: Catalogue, data: Path) -> None:
    new = edit(data, CLIENT, "Update the", "<b>Update</b> *the* @everyone [x](y)")
    said = FORMATS["markdown"](diff(catalogue, new))
    assert not [mark for mark in ("<b>", "*the*", "@everyone", "[x]") if mark in said]


def test_git_revisions_can_be_compared(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(data.parent)
    author = ["-c", "user.name=t", "-c", "user.email=t@example.com"]
    for command in (["init", "-q"], ["add", "."], [*author, "commit", "-qm", "first"]):
        subprocess.run(["git", *command], check=True)  # noqa: S607 - git of the PATH
    edit(data, "roles.yml", "name: Seller", "name: Vendor")
    result = CliRunner().invoke(main, ["diff", "HEAD"])
    assert result.exit_code == 0, result.output
    assert "role 'seller': name: Seller -> Vendor" in result.output


def test_a_version_with_problems_is_named(data: Path) -> None:
    edit(data, "roles.yml", "name: Seller", "nam: Seller")
    result = CliRunner().invoke(main, ["diff", str(SOURCE_SOP), str(data)])
    assert result.exit_code == 2
    assert f"{data} cannot be compared, because it has problems:" in result.stderr
    assert "SOP201" in result.stderr


def test_an_unknown_version_is_named(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(data.parent)
    result = CliRunner().invoke(main, ["diff", "no-such-branch"])
    assert result.exit_code == 2
    assert "'no-such-branch' is neither a folder nor a git revision" in result.output
