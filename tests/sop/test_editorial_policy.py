"""The editorial policy: what the SOP must give everybody who has a problem with an order.

These tests hold for any SOP in `sop_data/`. They name no record and count none.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from conftest import ROOT, build_site, copy_project
from macros.api.files import files
from macros.catalogue.catalogue import Catalogue
from macros.catalogue.procedure import Procedure, ResolvedStep
from macros.checks.runner import load_catalogue
from macros.cli.main import main
from macros.host.site_check import flaws
from macros.model.types import REFERENCE
from macros.pages.renderer import html_files
from macros.pdf.sheets import papers

DATA = ROOT / "sop_data"


@pytest.fixture(scope="module")
def sop() -> Catalogue:
    """The SOP."""
    return load_catalogue(DATA)


def steps(sop: Catalogue) -> Iterator[tuple[Procedure, ResolvedStep]]:
    return ((procedure, step) for procedure in sop.all_procedures() for step in procedure.steps)


def has_open_question(sop: Catalogue, procedure: Procedure, excuse: str, step: str | None = None) -> bool:
    """Whether an open question admits that something is missing."""
    gaps = [sop.gaps[id] for id in procedure.gaps]
    return any(gap.excuses == excuse and gap.step == step for gap in gaps)


def test_sop_check_reports_no_problem() -> None:
    done = CliRunner().invoke(main, ["check", str(DATA)])
    assert done.exit_code == 0, done.output


def test_every_marketplace_has_a_procedure_for_every_issue_type(sop: Catalogue) -> None:
    assert sop.marketplaces
    assert sop.issue_types
    for marketplace in sop.marketplaces:
        answered = [of for procedure in sop.procedures[marketplace] for of in procedure.issue_types]
        assert sorted(answered) == sorted(sop.issue_types), marketplace


def test_every_procedure_has_an_owner(sop: Catalogue) -> None:
    assert [one for one in sop.all_procedures() if one.owner not in sop.roles] == []


def test_every_procedure_has_steps_and_every_step_a_text(sop: Catalogue) -> None:
    assert [one for one in sop.all_procedures() if not one.steps] == []
    assert [step for _, step in steps(sop) if not step.text.strip()] == []


def test_every_step_has_an_actor_or_an_open_question(sop: Catalogue) -> None:
    for procedure, step in steps(sop):
        assert bool(step.actors) != has_open_question(sop, procedure, "no-actor", step.id), step


def test_every_condition_has_an_open_question_about_its_other_case(sop: Catalogue) -> None:
    for procedure, step in steps(sop):
        silent = has_open_question(sop, procedure, "condition-without-otherwise", step.id)
        assert bool(step.condition) == silent, step


def test_every_step_names_only_known_roles_systems_and_terms(sop: Catalogue) -> None:
    for _, step in steps(sop):
        named = set(REFERENCE.findall(step.text))
        assert named <= sop.roles.keys() | sop.systems.keys() | sop.terms.keys(), step
        assert named - sop.terms.keys() == {*step.recipients, *step.mentioned, *step.systems}, step


def test_every_procedure_closes_the_ticket_or_has_an_open_question_about_it(sop: Catalogue) -> None:
    for procedure in sop.all_procedures():
        closes = any(step.ticket for step in procedure.steps)
        assert closes != has_open_question(sop, procedure, "no-closing-step"), procedure


def test_every_open_question_is_shown_where_it_belongs(sop: Catalogue) -> None:
    in_procedures = {id for procedure in sop.all_procedures() for id in procedure.gaps}
    elsewhere = {id for id, gap in sop.gaps.items() if gap.marketplace or gap.role or gap.system or gap.field}
    assert in_procedures | elsewhere == sop.gaps.keys()


@pytest.mark.slow
def test_the_site_is_built_strictly_and_is_whole(sop: Catalogue, tmp_path: Path) -> None:
    project = copy_project(tmp_path, sop=DATA)
    expected = [*(paper.path for paper in papers(sop)), *files(sop), *html_files(sop)]
    assert list(flaws(build_site(project, project / "site"), expected)) == []
