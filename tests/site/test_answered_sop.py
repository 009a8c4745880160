"""The SOP with made-up answers, which has every feature of the files: built, printed, compared, mutated and visited."""

import shutil
from pathlib import Path

from site_pages import faults, one_of_each_kind

from conftest import ANSWERED_SOP, Open, replace_in_file, serve
from macros.catalogue.catalogue import Catalogue
from macros.changes.change import ORDER
from macros.changes.diff import diff
from macros.checks.runner import load_catalogue
from macros.pdf.sheets import papers
from macros.wording.questions import answer
from mutation import Judge, assert_reported, mutants

EVERY = 97  # a prime, so that the sample wanders over operators and files


def test_each_kind_of_page_fits_and_breaks_no_accessibility_rule(visit: Open, answered_site: Path) -> None:
    """tests/audit/test_every_page.py has the other widths and colours."""
    kinds = one_of_each_kind(answered_site)
    assert len(kinds) >= 10
    with serve(answered_site) as url:
        one = visit(base=url, width=375, color_scheme="dark")
        assert faults(one, url, kinds) == []


def test_the_origin_of_a_case_stands_beside_no_text(visit: Open, answered_site: Path) -> None:
    """On a card without a condition, "From 2" has a line of its own between the lanes."""
    with serve(answered_site) as url:
        page = visit("marketplaces/ajio-jit/", base=url).page
        card = page.locator("#order-related-bring-in-account-manager .sop-card")
        origin, text = (card.locator(name).bounding_box() for name in (".sop-sources", ".sop-text"))
    assert origin
    assert text
    assert origin["y"] + origin["height"] <= text["y"]


def test_all_papers_are_printed(answered_site: Path) -> None:
    found = {path.relative_to(answered_site).as_posix() for path in answered_site.rglob("*.pdf")}
    assert found > {
        paper.path for paper in papers(load_catalogue(ANSWERED_SOP))
    }  # and those at former addresses


def test_the_diff_has_every_answer_and_the_changes_of_order_first(catalogue: Catalogue) -> None:
    answered = load_catalogue(ANSWERED_SOP)
    changes = [group.change for group in diff(catalogue, answered).groups]
    texts = {change.text for change in changes}
    for id, gap in answered.gaps.items():
        assert gap.reading or f"open question '{id}': {answer(gap, answered)}" in texts
    assert [change.rank for change in changes] == sorted(change.rank for change in changes)
    assert changes[0].rank == ORDER


def test_another_owner_of_the_document_is_a_change(tmp_path: Path) -> None:
    data = Path(shutil.copytree(ANSWERED_SOP, tmp_path / "sop_data"))
    replace_in_file(data / "sop.yml", "owner: Head of Operations", "owner: Quality")
    (group,) = diff(load_catalogue(ANSWERED_SOP), load_catalogue(data)).groups
    assert group.change.text == "document control: owner: Head of Operations -> Quality"


def test_no_mutant_is_silent(tmp_path: Path) -> None:
    judge = Judge(ANSWERED_SOP, tmp_path / "sop_data")
    sample = list(mutants(ANSWERED_SOP))[::EVERY]
    assert len(sample) > 150
    verdicts = [judge.verdict(mutant) for mutant in sample]
    assert_reported(verdicts, near=0.95)
