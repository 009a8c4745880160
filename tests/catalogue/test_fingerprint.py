"""The fingerprint of a procedure follows its meaning, not its names or its formatting."""

import re
from pathlib import Path

import pytest

from conftest import replace_in_file
from macros.catalogue.catalogue import Catalogue
from macros.catalogue.fingerprint import fingerprint, step_hash
from macros.checks.runner import load_catalogue

FLIPKART = "playbooks/order-issue-via-client.yml"
CHANGES = {
    "wording": (FLIPKART, "Raise the order IDs", "Raise all order IDs", True),
    "owner": (FLIPKART, "owner: client-poc", "owner: increff-poc", True),
    "evidence": (FLIPKART, '    evidence: "{supporting-data}"\n', "", True),
    "id of a step": (FLIPKART, "id: raise-order-ids", "id: raise-ids", True),
    "escalation": ("marketplaces/flipkart.yml", "Raise a ticket", "Open a ticket", True),
    "name of a role": ("roles.yml", "name: Client POC", "name: Client desk", False),
    "name of the playbook": (FLIPKART, "name: Order issue", "name: Order trouble", False),
    "comment": (FLIPKART, "steps:", "steps: # in order", False),
    "quotes": (FLIPKART, "owner: client-poc", 'owner: "client-poc"', False),
}


@pytest.mark.parametrize("change", CHANGES)
def test_the_fingerprint_follows_the_meaning(catalogue: Catalogue, data: Path, change: str) -> None:
    file, old, new, changes = CHANGES[change]
    replace_in_file(data / file, old, new)
    before = fingerprint(catalogue.procedure("flipkart", "order-related"))
    after = fingerprint(load_catalogue(data).procedure("flipkart", "order-related"))
    assert (before != after) == changes


def test_fingerprints_are_all_different(catalogue: Catalogue) -> None:
    prints = [fingerprint(procedure) for procedure in catalogue.all_procedures()]
    assert len(set(prints)) == 15
    assert all(re.fullmatch(r"[0-9a-f]{4}(-[0-9a-f]{4}){2}", one) for one in prints)


@pytest.mark.parametrize(
    ("file", "old", "new", "changed"),
    [
        (FLIPKART, "Raise the order IDs", "Raise all order IDs", [1]),
        (FLIPKART, '    evidence: "{supporting-data}"\n', "", [2]),
        (FLIPKART, "owner: client-poc", "owner: increff-poc", []),
        ("roles.yml", "name: Client POC", "name: Client desk", []),
        ("marketplaces/flipkart.yml", "Raise a ticket", "Open a ticket", [3]),
    ],
)
def test_the_hash_of_a_step_changes_with_the_fields_of_that_step_only(
    catalogue: Catalogue, data: Path, file: str, old: str, new: str, changed: list[int]
) -> None:
    replace_in_file(data / file, old, new)
    before, after = (
        one.procedure("flipkart", "order-related").steps for one in (catalogue, load_catalogue(data))
    )
    different = [
        one.number for one, other in zip(before, after, strict=True) if step_hash(one) != step_hash(other)
    ]
    assert different == changed
    assert all(re.fullmatch("[0-9a-f]{4}", step_hash(one)) for one in after)
