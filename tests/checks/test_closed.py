"""`closed` on a playbook: it satisfies SOP404, makes a gap unnecessary, and is checked like other texts."""

from pathlib import Path

import pytest

from conftest import replace_in_file
from macros.catalogue.data_folder import load
from macros.checks.runner import check, load_catalogue

EXCESS = "playbooks/excess-orders-via-client.yml"
OWNER = "owner: client-poc\n"
CLOSED = f"{OWNER}closed: every order is shipped or cancelled\n"


def test_without_closed_ticket_or_gap_the_case_never_ends(data: Path) -> None:
    replace_in_file(data / "gaps.yml", "  excuses: no-closing-step\n", "")
    problems = [problem for problem in check(load(data)) if problem.code == "SOP404"]
    assert problems
    assert all("add 'closed' or a step with 'ticket', or add a gap" in problem.help for problem in problems)


def test_closed_makes_the_gap_unnecessary(data: Path) -> None:
    replace_in_file(data / EXCESS, OWNER, CLOSED)
    (problem,) = check(load(data))
    assert (problem.code, problem.excerpt.strip()) == ("SOP407", "excuses: no-closing-step")
    assert "'excess-orders-via-client'" in problem.message


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("the {nobody} agrees", "SOP304"),
        ("the {increff-poc agrees", "SOP306"),
        ("TODO", "SOP410"),
        ('"..."', "SOP411"),
        ("[a, b]", "SOP208"),
        ('" "', "SOP203"),
    ],
)
def test_a_broken_closing_criterion_is_a_located_problem(text: str, code: str, data: Path) -> None:
    replace_in_file(data / EXCESS, OWNER, f"{OWNER}closed: {text}\n")
    assert (code, 3) in [(problem.code, problem.line) for problem in check(load(data))]


def test_closed_holds_the_words_of_the_marketplace(data: Path) -> None:
    both = "[excess-orders-via-increff, excess-orders-via-client]\n  excuses"
    replace_in_file(data / "gaps.yml", both, "excess-orders-via-increff\n  excuses")
    replace_in_file(data / EXCESS, OWNER, f"{OWNER}closed: 'this is done: {{escalation}}'\n")
    procedure = load_catalogue(data).procedure("flipkart", "unfulfillable")
    assert procedure.closed == "this is done: Raise a ticket in {flipkart-seller-panel}"


def test_a_role_that_only_closed_names_is_used(data: Path) -> None:
    both = "[excess-orders-via-increff, excess-orders-via-client]\n  excuses"
    replace_in_file(data / "gaps.yml", both, "excess-orders-via-increff\n  excuses")
    with (data / "roles.yml").open("a", encoding="utf-8") as file:
        file.write("\nauditor:\n  name: Auditor\n")
    replace_in_file(data / EXCESS, OWNER, f"{OWNER}closed: the {{auditor}} agrees\n")
    procedure = load_catalogue(data).procedure("flipkart", "unfulfillable")
    assert all("auditor" not in (*step.recipients, *step.mentioned) for step in procedure.steps)
