"""The steps of each role, system and issue type, as pages and JSON list them."""

import pytest

from conftest import ANSWERED_SOP, SOURCE_SOP
from macros.catalogue.catalogue import Catalogue
from macros.catalogue.index import Neighbour
from macros.checks.runner import load_catalogue
from macros.wording.sentences import step_line


@pytest.fixture(scope="module", params=[SOURCE_SOP, ANSWERED_SOP], ids=["source", "answered"])
def sop(request: pytest.FixtureRequest) -> Catalogue:
    return load_catalogue(request.param)


def neighbours(sop: Catalogue) -> list[list[Neighbour]]:
    """The steps before each step, and those after it."""
    shared = [one for issue_type in sop.issue_types for one in sop.index.steps(issue_type)]
    return [[*side.values()] for one in shared for side in (one.before, one.after)]


def test_a_card_lists_a_line_once_for_all_marketplaces(sop: Catalogue) -> None:
    """In the answered SOP, the deadline of the step after differs by marketplace, which the line does not show."""
    for side in neighbours(sop):
        lines = [step_line(one.step, sop) for one in side]
        assert len(lines) == len({*lines})


def test_each_line_names_every_procedure_once(sop: Catalogue) -> None:
    for side in neighbours(sop):
        for one in side:
            places = [procedure.marketplace for procedure in one.procedures]
            assert places
            assert len(places) == len({*places})
