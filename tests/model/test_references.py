"""References: where a record names another, in a field, in a key or in a text."""

import pytest

from macros.model.gaps import Gap
from macros.model.playbooks import Playbook
from macros.model.records import Marketplace
from macros.model.references import references_in
from macros.model.types import Record
from macros.model.validation import kebab


@pytest.mark.parametrize(
    ("model", "data", "named"),
    [
        (Playbook, {"owner": "desk"}, {("desk", ("owner",))}),
        (
            Playbook,
            {"steps": [{"actor": "desk", "action": "Ask the {buyer} in {mail}"}]},
            {("desk", ("steps", 0, "actor")), ("buyer", ("steps", 0, "action")), ("mail", ("steps", 0, "action"))},
        ),
        (Marketplace, {"playbooks": {"lost": "case"}}, {("lost", ("playbooks", "lost")), ("case", ("playbooks", "lost"))}),
        (Gap, {"role": "desk", "says": "No contact"}, {("desk", ("role",))}),
        (Playbook, {"owner": 7, "steps": "none"}, set()),
    ],
)  # fmt: skip
def test_names_of_records_are_found_whatever_else_is_wrong(
    model: type[Record], data: dict[str, object], named: set[object]
) -> None:
    tuples = {key: tuple(value) if isinstance(value, list) else value for key, value in data.items()}
    assert {(one.id, one.keys) for one in references_in(model, tuples)} == named


@pytest.mark.parametrize(
    ("text", "id"), [("Mee Sho", "mee-sho"), ("A_B", "a-b"), ("--x--", "x"), ("", "an-id")]
)
def test_the_nearest_id_of_a_text_is_kebab_case(text: str, id: str) -> None:
    assert kebab(text) == id
