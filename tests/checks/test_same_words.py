"""Rules that compare words compare what readers see: names, not ids in braces."""

from pathlib import Path

import pytest

from conftest import replace_in_file
from macros.catalogue.data_folder import load
from macros.checks.runner import check, load_catalogue

PLAYBOOK = "playbooks/excess-orders-via-increff.yml"
STEP = "    action: Bring in the {account-manager} and follow up on the issue\n"
AGAIN = "  - id: again\n    actor: client-poc\n    action: Bring in the Account Manager and follow up on the issue.\n"


def codes(data: Path) -> list[str]:
    return [problem.code for problem in check(load(data))]


def test_a_name_and_its_id_are_the_same_words(data: Path) -> None:
    replace_in_file(data / PLAYBOOK, STEP, STEP + AGAIN)
    assert codes(data) == ["SOP412"]


def test_other_conditions_make_other_steps(data: Path) -> None:
    condition = "    if: it is {}\n    otherwise: end\n"
    replace_in_file(
        data / PLAYBOOK, STEP, STEP + condition.format("late") + AGAIN + condition.format("urgent")
    )
    load_catalogue(data)
    replace_in_file(data / PLAYBOOK, "it is urgent", "it is Late")
    assert codes(data) == ["SOP412"]


@pytest.mark.parametrize("start", ["Client POC brings", "The Client POC brings", "The {client-poc} brings"])
def test_an_action_that_begins_with_its_actor_is_reported(start: str, data: Path) -> None:
    replace_in_file(data / PLAYBOOK, "action: Bring", f'action: "{start}')
    replace_in_file(data / PLAYBOOK, "follow up on the issue", 'follows up on the issue"')
    assert codes(data) == ["SOP413"]


def test_a_parameter_that_begins_with_the_actor_is_reported_where_it_is_given(data: Path) -> None:
    path = data / "marketplaces/cloudtail.yml"
    replace_in_file(path, "escalation: Raise", "escalation: The {client-poc} raises")
    (problem,) = check(load(data))
    assert (problem.code, problem.path, problem.line) == ("SOP413", path.as_posix(), 4)


@pytest.mark.parametrize(
    ("terms", "help"),
    [("tat", "or remove it"), ("[tat, excess-orders]", "or tie it to the terms without one")],
)
def test_a_gap_about_a_term_that_has_a_meaning_is_outgrown(terms: str, help: str, data: Path) -> None:
    replace_in_file(data / "gaps.yml", "  term: tat\n", f"  term: {terms}\n")
    load_catalogue(data)
    replace_in_file(data / "terms.yml", "  name: TAT\n", "  name: TAT\n  means: turnaround time\n")
    (problem,) = check(load(data))
    assert (problem.code, problem.message) == ("SOP430", "term 'tat' has a meaning")
    assert problem.excerpt.strip() == f"term: {terms}"
    assert help in problem.help


def test_a_gap_about_the_address_of_a_term_may_stand_beside_its_meaning(data: Path) -> None:
    replace_in_file(data / "gaps.yml", "  term: supporting-data\n", "  term: supporting-data\n  field: url\n")
    replace_in_file(
        data / "terms.yml", "name: supporting data\n", "name: supporting data\n  means: an export\n"
    )
    load_catalogue(data)
