"""Exits of steps: every broken graph is one located problem with a remedy, every sound one is none."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from conftest import ROOT
from macros.catalogue.data_folder import load
from macros.checks.runner import check, load_catalogue
from macros.cli.main import main

OTHERS = ROOT / "tests/other_sops"
STUCK = OTHERS / "stuck_order"
NAMES = sorted(path.name for path in OTHERS.iterdir())
ORDER, PICK = "playbooks/stuck-order.yml", "playbooks/short-pick.yml"

# file, old, new: code, the line of the problem, and a part of the message or the remedy
BROKEN = {
    "unknown target": (ORDER, "otherwise: check-carrier", "otherwise: check-carier", "SOP426", "otherwise: check-carier", "did you mean 'check-carrier'?"),
    "unknown step when late": (ORDER, "overdue: tell-director", "overdue: nobody", "SOP426", "overdue: nobody", "known:"),
    "unknown next step": (PICK, "    then: end\n", "    then: nowhere\n", "SOP426", "then: nowhere", "is no step of this playbook"),
    "a step of another playbook": (ORDER, "overdue: tell-director", "overdue: count-again", "SOP426", "overdue: count-again", "no step of this playbook"),
    "unreachable step": (ORDER, "    otherwise: return-to-picker\n", "    otherwise: tell-duty-manager\n", "SOP428", "- id: return-to-picker", "no step leads to step 'return-to-picker'"),
    "unreachable after then": (PICK, "    otherwise: report-shortage\n", "    otherwise: count-again\n", "SOP428", "- id: report-shortage", "no step leads to step 'report-shortage'"),
    "a way back by then": (PICK, "    then: end\n", "    then: count-again\n", "SOP427", "then: count-again", "'then' leads back"),
    "then to the step itself": (PICK, "    then: end\n", "    then: ship\n", "SOP427", "then: ship", "'then' leads back"),
    "then to the step below": (PICK, "    then: end\n", "    then: report-shortage\n", "SOP427", "then: report-shortage", "remove this line"),
    "then: end on the last step": (PICK, "    ticket: Cancelled\n", "    ticket: Cancelled\n    then: end\n", "SOP427", "then: end", "remove this line"),
    "a step named end": (ORDER, "id: close-case\n", "id: end\n", "SOP207", "- id: end", "choose another id"),
    "otherwise without if": (ORDER, '    if: the status is "payment pending"\n', "", "SOP207", "- id: release-payment", "add 'if', or remove 'otherwise'"),
    "overdue without within": (ORDER, "    within: 8 hours\n", "", "SOP207", "- id: check-carrier", "add 'within', or remove 'overdue'"),
    "a deadline that is no time": (ORDER, "within: 8 hours", "within: soon", "SOP207", "within: soon", "write a whole number and"),
    "a deadline of zero": (ORDER, "within: 8 hours", "within: 0 hours", "SOP207", "within: 0 hours", "is not a time"),
    "a deadline of half a day": (ORDER, "within: 8 hours", "within: 0.5 days", "SOP207", "within: 0.5 days", "is not a time"),
    "a deadline without a unit": (ORDER, "within: 8 hours", "within: 8", "SOP208", "within: 8", "should be text"),
    "one hours": (ORDER, "within: 8 hours", "within: 1 hours", "SOP207", "within: 1 hours", "is not a time"),
    "a condition without otherwise": (ORDER, "    otherwise: check-carrier\n", "", "SOP403", "- id: release-payment", "condition-without-otherwise"),
    "a deadline without overdue": (PICK, "    overdue: count-again\n", "", "SOP425", "- id: report-shortage", "deadline-without-overdue"),
    "otherwise is a list": (ORDER, "otherwise: check-carrier", "otherwise: [check-carrier, end]", "SOP208", "otherwise: [check-carrier, end]", "should be text"),
    "an exit in the text": (ORDER, "action: Return the order to the {picker}", "action: Return the order to the {picker}, otherwise wait", "SOP429", "action: Return the order to the {picker}, otherwise wait", "use the fields"),
    "a deadline in the text": (ORDER, "action: Return the order to the {picker}", "action: Return it to the {picker} within 2 hours", "SOP429", "action: Return it to the {picker} within 2 hours", "use the fields"),
    "a condition in the text": (ORDER, "action: Return the order to the {picker}", "action: If it is late, return it to the {picker}", "SOP429", "action: If it is late, return it to the {picker}", "use the fields"),
    "a way by number in the text": (ORDER, "action: Return the order to the {picker}", "action: Go to step 7 with the {picker}", "SOP429", "action: Go to step 7 with the {picker}", "use the fields"),
}  # fmt: skip


@pytest.fixture
def stuck_order(tmp_path: Path) -> Path:
    return Path(shutil.copytree(STUCK, tmp_path / "sop_data"))


@pytest.mark.parametrize("name", NAMES)
def test_the_frozen_examples_are_sound(name: str) -> None:
    assert load_catalogue(OTHERS / name).playbooks


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_graph_is_one_located_problem(name: str, stuck_order: Path) -> None:
    file, old, new, code, line, words = BROKEN[name]
    path = stuck_order / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    (problem,) = check(load(stuck_order))
    assert (problem.code, problem.excerpt.strip()) == (code, line)
    assert words in f"{problem.message} {problem.help}"


@pytest.mark.parametrize("name", NAMES)
def test_every_path_followed_by_hand_ends(name: str) -> None:
    """Whatever a case does, without passing deadlines or conditions over and over, it comes to an end."""
    for procedure in load_catalogue(OTHERS / name).all_procedures():
        for step in procedure.steps:
            seen = {step.number}
            while step.goes_to and (further := [number for number in step.goes_to if number not in seen]):
                step = procedure.steps[further[-1] - 1]
                seen.add(step.number)
            assert not step.goes_to or step.exits


def test_the_terminal_shows_every_level_of_the_ladder() -> None:
    arguments = ["show", "north-store", "freezer-alarm", "--data", str(OTHERS / "escalation_ladder")]
    done = CliRunner().invoke(main, arguments)
    for line in ("After 8 hours: step 2", "After 16 hours: step 3", "After 12 hours: step 4", "Then: step 5"):
        assert line in done.output


def test_the_terminal_shows_every_exit() -> None:
    done = CliRunner().invoke(main, ["show", "corner-shop", "stuck-order", "--data", str(STUCK)])
    for line in (
        "Otherwise: step 4",
        "After 8 hours: step 5",
        "Then: step 7",
        "From: 2, 3, 4, 5",
        "the case ends",
    ):
        assert line in done.output
