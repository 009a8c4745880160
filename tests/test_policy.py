"""Editorial policy: what every marketplace owes the person with a problem.

Every marketplace answers both issue types. Each answer has an owner and at least one
step; each step an actor, or a gap that says nobody is named; only known roles and
systems; and a closing step, or a gap that says there is none.
"""

import pytest

from conftest import MARKETPLACES
from macros.catalogue.catalogue import Catalogue
from macros.catalogue.procedure import Procedure
from macros.model.types import REFERENCE

ISSUE_TYPES = ("unfulfillable", "order-related")


@pytest.fixture(params=[(place, issue) for place in MARKETPLACES for issue in ISSUE_TYPES], ids="/".join)
def procedure(request: pytest.FixtureRequest, catalogue: Catalogue) -> Procedure:
    return catalogue.procedure(*request.param)


def admitted(catalogue: Catalogue, procedure: Procedure, excuse: str, step: str | None = None) -> bool:
    gaps = [catalogue.gaps[id] for id in procedure.gaps]
    return any(gap.excuses == excuse and gap.step == step for gap in gaps)


def test_all_marketplaces_of_the_source_are_here(catalogue: Catalogue) -> None:
    assert sorted(catalogue.marketplaces) == MARKETPLACES
    assert len(MARKETPLACES) >= 8
    assert tuple(catalogue.issue_types) == ISSUE_TYPES


def test_it_has_an_owner(procedure: Procedure, catalogue: Catalogue) -> None:
    assert procedure.owner in catalogue.roles


def test_it_has_steps(procedure: Procedure) -> None:
    assert procedure.steps
    assert all(one.text for one in procedure.steps)


def test_every_step_has_an_actor_or_a_gap(procedure: Procedure, catalogue: Catalogue) -> None:
    for one in procedure.steps:
        nobody = admitted(catalogue, procedure, "no-actor", one.id)
        assert (one.actor in catalogue.roles) != nobody, one.id


def test_every_condition_has_an_otherwise_or_a_gap(procedure: Procedure, catalogue: Catalogue) -> None:
    for one in procedure.steps:
        silent = admitted(catalogue, procedure, "condition-without-otherwise", one.id)
        assert bool(one.condition) == silent, one.id


def test_it_names_only_known_roles_and_systems(procedure: Procedure, catalogue: Catalogue) -> None:
    for one in procedure.steps:
        named = set(REFERENCE.findall(one.text))
        assert named <= catalogue.roles.keys() | catalogue.systems.keys()
        assert named == {*one.recipients, *one.mentioned, *one.systems}


def test_it_closes_or_a_gap_says_that_it_does_not(procedure: Procedure, catalogue: Catalogue) -> None:
    closes = any(one.ticket for one in procedure.steps)
    assert closes != admitted(catalogue, procedure, "no-closing-step")


def test_every_gap_is_shown_somewhere(catalogue: Catalogue) -> None:
    in_procedures = {id for procedure in catalogue.all_procedures() for id in procedure.gaps}
    elsewhere = {
        id for id, gap in catalogue.gaps.items() if gap.marketplace or gap.role or gap.system or gap.field
    }
    assert in_procedures | elsewhere == catalogue.gaps.keys()
