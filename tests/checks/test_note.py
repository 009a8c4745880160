"""`note` on a step: free text, whose names are checked, and which holds the words of the marketplace."""

from pathlib import Path

import pytest

from conftest import replace_in_file
from macros.catalogue.data_folder import load
from macros.checks.runner import check, load_catalogue

CLIENT = "playbooks/order-issue-via-client.yml"
STEP = "    ticket: Completed\n"


def add_note(data: Path, note: str) -> None:
    replace_in_file(data / CLIENT, STEP, f"{STEP}    note: {note}\n")


@pytest.mark.parametrize("note", ["If it is late, go to step 4", "TBD", "{vms} and the {seller} know it"])
def test_notes_are_free(note: str, data: Path) -> None:
    add_note(data, f"'{note}'")
    assert check(load(data)) == []


@pytest.mark.parametrize(
    ("note", "code"),
    [("Ask the {nobody}", "SOP304"), ("Ask the {seller", "SOP306"), ("[a, b]", "SOP208"), ("7", "SOP208")],
)
def test_a_broken_note_is_one_located_problem(note: str, code: str, data: Path) -> None:
    add_note(data, note)
    (problem,) = check(load(data))
    assert (problem.code, problem.excerpt.strip()) == (code, f"note: {note}")


def test_a_note_holds_the_words_of_the_marketplace(data: Path) -> None:
    add_note(data, "'Next: {escalation}'")
    step = load_catalogue(data).procedure("flipkart", "order-related").steps[1]
    assert step.note == "Next: Raise a ticket in {flipkart-seller-panel}"
    assert step.systems == ()


def test_a_role_that_only_a_note_names_is_used(data: Path) -> None:
    with (data / "roles.yml").open("a", encoding="utf-8") as file:
        file.write("\nauditor:\n  name: Auditor\n")
    assert [problem.code for problem in check(load(data))] == ["SOP409"]
    add_note(data, "The {auditor} reads along")
    assert check(load(data)) == []
