"""Several actors, `to` and a list of evidence: each mistake is one located problem with a remedy."""

import shutil
from pathlib import Path

import pytest

from conftest import ROOT, replace_in_file
from macros.catalogue.data_folder import load
from macros.checks.runner import check, load_catalogue

SHORT = ROOT / "tests/other_sops/short_pick"
REFILL = "playbooks/refill-or-cut.yml"
TWO, TO, NOBODY = "actor: [floor-picker, stock-controller]", "to: [reserve-driver]", "to: []"
LABEL, PICKS, BENCH = "- photo of the bin label", "evidence: pick list", "tote to the {packing-bench}\n"

# old, new: code, the line of the problem, and the message and remedy, or a part of them
BROKEN = {
    "no actor in the list": (TWO, "actor: []", "SOP203", "actor: []", "'actor' is empty fill it in"),
    "nothing after actor": (TWO, "actor:", "SOP203", "actor:", "'actor' is empty"),
    "an empty actor": (TWO, "actor: [floor-picker, '']", "SOP304", "actor: [floor-picker, '']", "unknown role ''"),
    "an actor twice": (TWO, "actor: [floor-picker, floor-picker]", "SOP470", "actor: [floor-picker, floor-picker]", "'actor' lists 'floor-picker' twice remove one of the two"),
    "an unknown second actor": (TWO, "actor: [floor-picker, stock-controler]", "SOP304", "actor: [floor-picker, stock-controler]", "did you mean 'stock-controller'?"),
    "a system as actor": (TWO, "actor: [floor-picker, stock-ledger]", "SOP304", "actor: [floor-picker, stock-ledger]", "unknown role 'stock-ledger'"),
    "a number as actor": (TWO, "actor: 7", "SOP208", "actor: 7", "'actor' is the number 7, but it should be text"),
    "a list of actors with a statement": ("action: Count the bin", "statement: Count the bin", "SOP207", "- id: count-bin", "either an actor and an action, or a statement"),
    "the second actor first in the action": ("action: Count the bin", "action: Stock controller counts the bin", "SOP413", "action: Stock controller counts the bin together and enter both counts in the {stock-ledger}", "begin with the verb"),
    "no evidence in the list": (PICKS, "evidence: []", "SOP203", "evidence: []", "'evidence' is empty"),
    "an empty evidence": (PICKS, "evidence: ''", "SOP203", "evidence: ''", "'evidence' is empty"),
    "evidence twice": (LABEL, "- Last movement of the item", "SOP470", "- last movement of the item", "'evidence' lists 'last movement of the item' twice"),
    "a number as evidence": (PICKS, "evidence: 7", "SOP208", "evidence: 7", "'evidence' is the number 7, but it should be text"),
    "a number in the evidence": (LABEL, "- 7", "SOP208", "- 7", "'evidence 1' is the number 7"),
    "an unquoted reference as evidence": (LABEL, "- {packing-bench}", "SOP208", "- {packing-bench}", 'put it in quotes: "{packing-bench}"'),
    "a placeholder in the evidence": ("- count of both, signed", "- TBD", "SOP410", "- TBD", "'TBD' is a placeholder"),
    "a placeholder as evidence": (PICKS, "evidence: TODO", "SOP410", "evidence: TODO", "'TODO' is a placeholder"),
    "to an unknown role": (TO, "to: [reserve-drivers]", "SOP304", "to: [reserve-drivers]", "did you mean 'reserve-driver'?"),
    "to a system": (NOBODY, "to: stock-ledger", "SOP304", "to: stock-ledger", "unknown role 'stock-ledger'"),
    "to a role twice": (TO, "to: [reserve-driver, reserve-driver]", "SOP470", "to: [reserve-driver, reserve-driver]", "'to' lists 'reserve-driver' twice"),
    "nothing after to": (NOBODY, "to:", "SOP207", "to:", "write 'to: []' if the step has no recipient"),
    "to what the action names": (BENCH, BENCH + "    to: packing-bench\n", "SOP471", "to: packing-bench", "remove 'to'"),
    "to nobody without a name in the action": ("    evidence:\n      - photo", "    to: []\n    evidence:\n      - photo", "SOP471", "to: []", "the action names no recipient remove 'to'"),
    "to on a statement": ("actor: stock-controller\n    action: Order", "statement: Order", "SOP207", "- id: order-refill", "a statement has no recipients remove 'to'"),
    "a role that only to names": (TO, NOBODY, "SOP409", "name: Reserve driver", "no procedure uses the role 'reserve-driver'"),
}  # fmt: skip


@pytest.fixture
def short_pick(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SHORT, tmp_path / "sop_data"))


@pytest.mark.parametrize("name", BROKEN)
def test_a_mistake_is_one_located_problem(name: str, short_pick: Path) -> None:
    old, new, code, line, words = BROKEN[name]
    replace_in_file(short_pick / REFILL, old, new)
    (problem,) = check(load(short_pick))
    assert (problem.code, problem.excerpt.strip()) == (code, line)
    assert words in f"{problem.message} {problem.help}"


def test_the_column_is_that_of_the_second_entry(short_pick: Path) -> None:
    replace_in_file(short_pick / REFILL, TWO, "actor: [floor-picker, floor-picker]")
    (problem,) = check(load(short_pick))
    assert problem.excerpt[problem.column - 1 :] == "floor-picker]"


def test_recipients_in_another_order_are_those_of_the_action(short_pick: Path) -> None:
    replace_in_file(
        short_pick / REFILL,
        BENCH,
        "tote to the {packing-bench} or the {shift-lead}\n    to: [shift-lead, packing-bench]\n",
    )
    (problem,) = check(load(short_pick))
    assert problem.code == "SOP471"


def test_some_of_the_roles_in_the_action_can_be_the_recipients(short_pick: Path) -> None:
    replace_in_file(
        short_pick / REFILL,
        BENCH,
        "tote to the {packing-bench}, not the {shift-lead}\n    to: packing-bench\n",
    )
    step = next(load_catalogue(short_pick).all_procedures()).steps[2]
    assert (step.recipients, step.mentioned) == (("packing-bench",), ("shift-lead",))


@pytest.mark.parametrize("to", ["[]", "clerk"])
def test_a_step_with_a_parameter_has_no_other_recipients(to: str, tmp_path: Path) -> None:
    """Each marketplace can name further recipients in its own words."""
    folder = Path(shutil.copytree(ROOT / "tests/example_sop", tmp_path / "sop_data"))
    replace_in_file(folder / "playbooks/case.yml", '"{escalation}"\n', f'"{{escalation}}"\n    to: {to}\n')
    (problem,) = check(load(folder))
    assert (problem.code, problem.excerpt.strip()) == ("SOP471", f"to: {to}")
    assert problem.message == "a step with the parameter 'escalation' cannot have 'to'"


@pytest.mark.parametrize("evidence", ["[pick list]", "\n      - pick list"])
def test_a_list_of_one_is_the_same_as_a_text(evidence: str, short_pick: Path) -> None:
    replace_in_file(short_pick / REFILL, PICKS, f"evidence: {evidence}")
    assert load_catalogue(short_pick).playbooks == load_catalogue(SHORT).playbooks
