"""Parameters: what playbooks need and marketplaces give; every mismatch is one located problem with a remedy."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from conftest import ROOT
from macros.api.documents import Documents, as_json
from macros.catalogue.data_folder import load
from macros.catalogue.procedure import ResolvedStep
from macros.changes.diff import diff
from macros.checks.runner import check, checked
from macros.cli.main import main
from macros.pages.renderer import Writer, pages

STUCK = ROOT / "tests/other_sops/stuck_order"
ORDER, CORNER, HARBOUR = (
    "playbooks/stuck-order.yml",
    "marketplaces/corner-shop.yml",
    "marketplaces/harbour-shop.yml",
)
GAP = """no-response-time:
  marketplace: harbour-shop
  parameter: response-time
  excuses: parameter-not-given
  says: Nobody knows how long the carrier takes.
"""
GIVEN = "  response-time: 2 working days\n"

# file, old, new: code, file and line of the problem, and a part of the message or the remedy
BROKEN = {
    "a name that nobody gives": (ORDER, "{tracking}", "{tacking}", "SOP304", ORDER, "did you mean 'tracking'?"),
    "a name unlike all others": (ORDER, "{tracking}", "{quux}", "SOP304", ORDER, "add it to roles.yml or systems.yml or 'parameters' of a marketplace"),
    "an unknown name in a condition": (ORDER, 'if: the status is "with carrier"', "if: the status is {quux}", "SOP304", ORDER, "add it to 'parameters' of a marketplace"),
    "a record in a condition": (ORDER, 'if: the status is "with carrier"', "if: the status is {picker}", "SOP306", ORDER, "this text cannot contain references"),
    "a deadline that is more than a parameter": (ORDER, '"{response-time}"', "about {response-time}", "SOP207", ORDER, "is not a time"),
    "needed, not given": (HARBOUR, GIVEN, "", "SOP405", HARBOUR, "excuses: parameter-not-given"),
    "given, not needed": (HARBOUR, GIVEN, GIVEN + "  colour: red\n", "SOP406", HARBOUR, "remove it, or use {colour} in a playbook"),
    "the id of a record": (HARBOUR, GIVEN, GIVEN + "  picker: red\n", "SOP440", HARBOUR, "already the id of a role"),
    "not kebab-case": (HARBOUR, GIVEN, GIVEN + "  Big_Box: red\n", "SOP204", HARBOUR, "write it as 'big-box'"),
    "a parameter in a parameter": (HARBOUR, "in the {tracking-portal}", "after {response-time} in the {tracking-portal}", "SOP304", HARBOUR, "unknown role or system 'response-time'"),
    "no time": (HARBOUR, "2 working days", "two days", "SOP441", HARBOUR, "such as '48 hours'"),
    "a record in a time": (HARBOUR, "2 working days", "as the {picker} decides", "SOP441", HARBOUR, "is not a time"),
    "a hidden exit": (HARBOUR, "look it up in", "otherwise look it up in", "SOP429", HARBOUR, "hides an exit"),
    "the key that moved": (CORNER, "parameters:\n", "escalation: Call them\nparameters:\n", "SOP201", CORNER, "write 'parameters:' and below it"),
    "an excuse for what is given": ("gaps.yml", "{}\n", GAP, "SOP442", "gaps.yml", "harbour-shop gives it"),
    "an excuse for what nobody needs": ("gaps.yml", "{}\n", GAP.replace("response-time\n", "colour\n"), "SOP442", "gaps.yml", "needs no such parameter"),
    "an excuse without a parameter": ("gaps.yml", "{}\n", GAP.replace("  parameter: response-time\n", ""), "SOP207", "gaps.yml", "add 'marketplace', 'parameter'"),
    "a parameter without an excuse": ("gaps.yml", "{}\n", GAP.replace("  excuses: parameter-not-given\n", ""), "SOP207", "gaps.yml", "add 'marketplace', 'parameter'"),
}  # fmt: skip


@pytest.fixture
def stuck(tmp_path: Path) -> Path:
    return Path(shutil.copytree(STUCK, tmp_path / "sop_data"))


def edit(data: Path, file: str, old: str, new: str) -> None:
    text = (data / file).read_text(encoding="utf-8")
    assert old in text
    (data / file).write_text(text.replace(old, new, 1), encoding="utf-8")


def asks_carrier(data: Path, marketplace: str) -> ResolvedStep:
    return checked(data).procedure(marketplace, "stuck-order").steps[2]


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_parameter_is_one_located_problem(name: str, stuck: Path) -> None:
    file, old, new, code, where, words = BROKEN[name]
    edit(stuck, file, old, new)
    (problem,) = check(load(stuck))
    assert (problem.code, problem.path) == (code, (stuck / where).as_posix())
    assert words in f"{problem.message} {problem.help}"


def test_each_marketplace_has_its_own_words() -> None:
    corner, harbour = (asks_carrier(STUCK, id) for id in ("corner-shop", "harbour-shop"))
    assert (corner.within, harbour.within) == ("8 hours", "2 working days")
    assert (corner.systems, harbour.systems) == ((), ("tracking-portal",))


def test_a_step_without_parameters_is_resolved_once() -> None:
    catalogue = checked(STUCK)
    corner, harbour = (catalogue.procedure(id, "stuck-order").steps for id in ("corner-shop", "harbour-shop"))
    assert [one is other for one, other in zip(corner, harbour, strict=True)].count(False) == 1


def test_a_condition_and_evidence_can_hold_parameters(stuck: Path) -> None:
    edit(stuck, ORDER, '"with carrier"', "{carrier-status}")
    edit(
        stuck,
        ORDER,
        '    within: "{response-time}"',
        '    evidence: the {label}\n    within: "{response-time}"',
    )
    for file, word in ((CORNER, "sent"), (HARBOUR, "shipped")):
        edit(stuck, file, "parameters:\n", f"parameters:\n  carrier-status: {word}\n  label: {word} label\n")
    step = asks_carrier(stuck, "harbour-shop")
    assert (step.condition, step.evidence) == ("the status is shipped", "the shipped label")


@pytest.mark.parametrize("file", ["roles.yml", "systems.yml"])
def test_a_condition_does_not_get_a_record_by_its_parameter(stuck: Path, file: str) -> None:
    id = {"roles.yml": "picker", "systems.yml": "order-board"}[file]
    edit(stuck, ORDER, '"with carrier"', "{carrier-status}")
    for at in (CORNER, HARBOUR):
        edit(stuck, at, "parameters:\n", f"parameters:\n  carrier-status: known to the {{{id}}}\n")
    assert [(one.code, one.line) for one in check(load(stuck))] == [("SOP441", 3), ("SOP441", 3)]


def test_a_gap_replaces_what_is_not_given(stuck: Path) -> None:
    edit(stuck, HARBOUR, GIVEN, "")
    edit(stuck, "gaps.yml", "{}\n", GAP)
    step = asks_carrier(stuck, "harbour-shop")
    assert (step.within, step.gaps) == ("[response time]", ("no-response-time",))
    assert asks_carrier(stuck, "corner-shop").gaps == ()


def test_a_parameter_that_only_a_gap_names_is_known(stuck: Path) -> None:
    (stuck / CORNER).unlink()
    edit(stuck, HARBOUR, GIVEN, "")
    edit(stuck, "gaps.yml", "{}\n", GAP)
    assert check(load(stuck)) == []


def page(data: Path, marketplace: str) -> str:
    catalogue = checked(data)
    path = f"marketplaces/{marketplace}.md"
    return Writer(catalogue)(path, pages(catalogue)[path])


def terminal(data: Path, marketplace: str) -> str:
    return CliRunner().invoke(main, ["show", marketplace, "stuck-order", "--data", str(data)]).output


def document(data: Path, marketplace: str) -> str:
    catalogue = checked(data)
    return as_json(Documents(catalogue).document(marketplaces=[marketplace]))


@pytest.mark.parametrize("rendering", [page, terminal, document])
def test_every_rendering_shows_the_words_of_its_marketplace(rendering: Callable[[Path, str], str]) -> None:
    corner, harbour = (rendering(STUCK, id) for id in ("corner-shop", "harbour-shop"))
    assert "8 hours" in corner
    assert "2 working days" not in corner
    assert "2 working days" in harbour
    assert "{response-time}" not in corner + harbour
    assert "{tracking}" not in corner + harbour


def test_the_json_lists_the_parameters() -> None:
    (marketplace,) = json.loads(document(STUCK, "corner-shop"))["marketplaces"]
    assert marketplace["parameters"] == {"response-time": "8 hours", "tracking": "and name the order"}


def test_the_diff_compares_values_where_they_are_followed(stuck: Path) -> None:
    edit(stuck, HARBOUR, "2 working days", "3 working days")
    (group,) = diff(checked(STUCK), checked(stuck)).groups
    assert group.change.text == "deadline of step 'check-carrier': 2 working days -> 3 working days"
    assert group.places == ["Harbour shop: Stuck order"]
