"""What playbooks need and marketplaces give: every mismatch is one located problem with a remedy."""

from pathlib import Path

import pytest

from conftest import replace_in_file
from macros.catalogue.data_folder import load
from macros.catalogue.procedure import ResolvedStep
from macros.checks.runner import check, load_catalogue
from parameterised_order import CORNER, HARBOUR, ORDER, parameterised_order

GAP = """no-response-time:
  marketplace: harbour-shop
  parameter: response-time
  excuses: parameter-not-given
  says: Nobody knows how long the carrier takes.
"""
GIVEN = "  response-time: 2 working days\n"
STATUS = "if: the status is {carrier-status}"

# file, old, new: code, file of the problem, and a part of the message or the remedy
BROKEN = {
    "a name that nobody gives": (ORDER, "{tracking}", "{tacking}", "SOP304", ORDER, "did you mean 'tracking'?"),
    "a name unlike all others": (ORDER, "{tracking}", "{quux}", "SOP304", ORDER, "'parameters' of a marketplace"),
    "an unknown name in a condition": (ORDER, STATUS, "if: the status is {quux}", "SOP304", ORDER, "'parameters' of a marketplace"),
    "an unknown name in evidence": (ORDER, '"{proof}"', '"{quux}"', "SOP304", ORDER, "'parameters' of a marketplace"),
    "an unknown name in a note": (ORDER, "{hint}", "{quux}", "SOP304", ORDER, "'parameters' of a marketplace"),
    "an unknown name in closed": (ORDER, "{outcome}", "{quux}", "SOP304", ORDER, "'parameters' of a marketplace"),
    "an unknown name in a deadline": (ORDER, '"{response-time}"', '"{quux}"', "SOP304", ORDER, "add it to 'parameters' of a marketplace"),
    "a record as a deadline": (ORDER, '"{response-time}"', '"{picker}"', "SOP304", ORDER, "unknown parameter 'picker'"),
    "a parameter in a ticket": (ORDER, "ticket: Closed", 'ticket: "{tracking}"', "SOP306", ORDER, "cannot contain references"),
    "a parameter in the frequency": (ORDER, "    ticket: Closed", '    frequency: "{tracking}"\n    ticket: Closed', "SOP306", ORDER, "cannot contain references"),
    "a deadline that is more than a parameter": (ORDER, '"{response-time}"', "about {response-time}", "SOP207", ORDER, "is not a time"),
    "braces without a name": (ORDER, "{tracking}", "{}", "SOP306", ORDER, "contain no id"),
    "needed, not given": (HARBOUR, GIVEN, "", "SOP405", HARBOUR, "excuses: parameter-not-given"),
    "needed in closed, not given": (CORNER, "  outcome: delivered\n", "", "SOP405", CORNER, "uses '{outcome}'"),
    "given, not needed": (HARBOUR, GIVEN, GIVEN + "  colour: red\n", "SOP406", HARBOUR, "remove it, or use {colour} in a playbook"),
    "the id of a role": (HARBOUR, GIVEN, GIVEN + "  picker: red\n", "SOP440", HARBOUR, "already the id of a role"),
    "the id of a marketplace": (HARBOUR, GIVEN, GIVEN + "  corner-shop: red\n", "SOP440", HARBOUR, "already the id of a marketplace"),
    "not kebab-case": (HARBOUR, GIVEN, GIVEN + "  Big_Box: red\n", "SOP204", HARBOUR, "write it as 'big-box'"),
    "a parameter in a parameter": (HARBOUR, "in the {tracking-portal}", "after {response-time}", "SOP304", HARBOUR, "unknown role, system or term 'response-time'"),
    "an unknown role in a parameter": (HARBOUR, "by the {director}", "by the {directr}", "SOP304", HARBOUR, "did you mean 'director'?"),
    "no time": (HARBOUR, "2 working days", "two days", "SOP441", HARBOUR, "such as '48 hours'"),
    "a record in a time": (HARBOUR, "2 working days", "as the {picker} decides", "SOP441", HARBOUR, "is not a time"),
    "a list": (HARBOUR, "2 working days", "[2 working days]", "SOP208", HARBOUR, "should be text"),
    "a hidden exit": (HARBOUR, "and tell the", "otherwise tell the", "SOP429", HARBOUR, "hides an exit"),
    "a placeholder": (CORNER, "and name the order", "TBD", "SOP410", CORNER, "is a placeholder"),
    "no words": (CORNER, "and name the order", "'...'", "SOP411", CORNER, "contains no words"),
    "the old key": (CORNER, "parameters:\n", "escalation: Call them\nparameters:\n", "SOP201", CORNER, "write 'parameters:' and below it"),
    "an excuse for what is given": ("gaps.yml", "{}\n", GAP, "SOP442", "gaps.yml", "harbour-shop gives it"),
    "an excuse for what nobody needs": ("gaps.yml", "{}\n", GAP.replace("response-time\n", "colour\n"), "SOP442", "gaps.yml", "needs no such parameter"),
    "an excuse without a parameter": ("gaps.yml", "{}\n", GAP.replace("  parameter: response-time\n", ""), "SOP207", "gaps.yml", "add 'marketplace', 'parameter'"),
    "an excuse without a marketplace": ("gaps.yml", "{}\n", GAP.replace("marketplace: harbour-shop", "role: picker"), "SOP207", "gaps.yml", "add 'marketplace', 'parameter'"),
    "a parameter without an excuse": ("gaps.yml", "{}\n", GAP.replace("  excuses: parameter-not-given\n", ""), "SOP207", "gaps.yml", "add 'marketplace', 'parameter'"),
}  # fmt: skip


@pytest.fixture
def order(tmp_path: Path) -> Path:
    return parameterised_order(tmp_path / "sop_data")


def third_step(data: Path, marketplace: str) -> ResolvedStep:
    return load_catalogue(data).procedure(marketplace, "stuck-order").steps[2]


def test_parameters_in_every_field_are_valid(order: Path) -> None:
    assert check(load(order)) == []


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_parameter_is_one_located_problem(name: str, order: Path) -> None:
    file, old, new, code, where, words = BROKEN[name]
    replace_in_file(order / file, old, new)
    (problem,) = check(load(order))
    assert (problem.code, problem.path) == (code, (order / where).as_posix())
    assert words in f"{problem.message} {problem.help}"


def test_each_marketplace_has_its_own_words(order: Path) -> None:
    corner, harbour = (third_step(order, id) for id in ("corner-shop", "harbour-shop"))
    assert (corner.within, harbour.within) == ("8 hours", "2 working days")
    assert corner.condition == 'the status is "with carrier"'
    assert harbour.condition == "the status is sent in the {tracking-portal}"
    assert corner.evidence == ("the order number",)


def test_only_a_parameter_of_an_action_determines_recipients_and_systems(order: Path) -> None:
    corner, harbour = (third_step(order, id) for id in ("corner-shop", "harbour-shop"))
    assert (corner.recipients, corner.systems) == (("carrier-desk",), ())
    assert (harbour.recipients, harbour.systems) == (("carrier-desk", "duty-manager"), ("tracking-portal",))
    replace_in_file(
        order / HARBOUR, "and tell the {duty-manager} what the {tracking-portal} shows", "and wait"
    )
    step = third_step(order, "harbour-shop")
    assert (step.recipients, step.systems) == (("carrier-desk",), ())


def test_a_step_without_parameters_is_resolved_once(order: Path) -> None:
    catalogue = load_catalogue(order)
    corner, harbour = (catalogue.procedure(id, "stuck-order").steps for id in ("corner-shop", "harbour-shop"))
    assert [one is other for one, other in zip(corner, harbour, strict=True)].count(False) == 1


@pytest.mark.parametrize("field", ["if", "evidence", "note"])
def test_a_record_that_only_one_field_names_is_used(field: str, order: Path) -> None:
    with (order / "roles.yml").open("a", encoding="utf-8") as file:
        file.write("auditor:\n  name: Auditor\n")
    assert [problem.code for problem in check(load(order))] == ["SOP409"]
    name = {"if": "carrier-status", "evidence": "proof", "note": "hint"}[field]
    text = (order / CORNER).read_text(encoding="utf-8").splitlines()
    lines = [f"  {name}: known to the {{auditor}}" if f"{name}:" in line else line for line in text]
    (order / CORNER).write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert check(load(order)) == []


def test_a_deadline_hidden_by_the_words_around_a_parameter_is_one_problem(order: Path) -> None:
    replace_in_file(
        order / ORDER, "where the parcel is {tracking}", "where it is, {tracking}, within {response-time}"
    )
    problems = check(load(order))
    assert [(one.code, one.path) for one in problems] == [
        ("SOP429", (order / file).as_posix()) for file in (CORNER, HARBOUR)
    ]
    assert all("response-time:" in one.excerpt for one in problems)


def test_notes_stay_free(order: Path) -> None:
    replace_in_file(order / CORNER, "by phone", "otherwise TBD within 8 hours")
    assert check(load(order)) == []


def test_a_gap_replaces_what_is_not_given(order: Path) -> None:
    replace_in_file(order / HARBOUR, GIVEN, "")
    replace_in_file(order / "gaps.yml", "{}\n", GAP)
    step = third_step(order, "harbour-shop")
    assert (step.within, step.gaps) == ("[response time]", ("no-response-time",))
    assert third_step(order, "corner-shop").gaps == ()
    catalogue = load_catalogue(order)
    assert catalogue.procedure("harbour-shop", "stuck-order").gaps == ("no-response-time",)
    assert [one.key for one in catalogue.index.procedures_with_gap("no-response-time")] == [
        "harbour-shop/stuck-order"
    ]


def test_a_gap_about_a_parameter_of_closed_is_a_gap_of_the_procedure(order: Path) -> None:
    replace_in_file(order / CORNER, "  outcome: delivered\n", "")
    gap = GAP.replace("response-time", "outcome").replace("harbour-shop", "corner-shop")
    replace_in_file(order / "gaps.yml", "{}\n", gap)
    procedure = load_catalogue(order).procedure("corner-shop", "stuck-order")
    assert procedure.gaps == ("no-outcome",)
    assert procedure.closed == "the {order-board} shows the order as [outcome]"


def test_a_parameter_that_only_a_gap_names_is_known(order: Path) -> None:
    (order / CORNER).unlink()
    replace_in_file(order / HARBOUR, GIVEN, "")
    replace_in_file(order / "gaps.yml", "{}\n", GAP)
    assert check(load(order)) == []


@pytest.mark.parametrize("code", ["SOP302", "SOP207"])
def test_a_gap_with_a_mistake_still_excuses(code: str, order: Path) -> None:
    replace_in_file(order / HARBOUR, GIVEN, "")
    gap = {
        "SOP302": GAP.replace("no-r", "No_R"),
        "SOP207": GAP.split("  says:")[0],
    }
    replace_in_file(order / "gaps.yml", "{}\n", gap[code])
    assert [problem.code for problem in check(load(order))] == [code]


def test_an_unreadable_file_of_gaps_is_one_problem(order: Path) -> None:
    replace_in_file(order / HARBOUR, GIVEN, "")
    replace_in_file(order / "gaps.yml", "{}\n", GAP.replace("says:", "\tsays:"))
    assert [problem.path for problem in check(load(order))] == [(order / "gaps.yml").as_posix()]
