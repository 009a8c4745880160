"""A sample of the mutation proof; `make audit` runs all of it and writes docs/checks-proof.md."""

from pathlib import Path

import pytest

from conftest import ROOT, SOURCE_SOP
from fuzz import run
from mutation import Judge, assert_reported, mutants

EVERY = 37  # a prime, so that the sample wanders over operators and files


@pytest.mark.slow
def test_no_mutant_is_silent(tmp_path: Path) -> None:
    judge = Judge(SOURCE_SOP, tmp_path / "sop_data")
    sample = list(mutants(SOURCE_SOP))[::EVERY]
    assert len(sample) > 200
    verdicts = [judge.verdict(mutant) for mutant in sample]
    assert_reported(verdicts, near=0.97)


@pytest.mark.slow
def test_no_mutant_of_lists_is_silent(tmp_path: Path) -> None:
    """The source has no lists of actors or evidence, so they are in an SOP of another trade."""
    data = ROOT / "tests/other_sops/short_pick"
    judge = Judge(data, tmp_path / "sop_data")
    verdicts = [judge.verdict(mutant) for mutant in mutants(data) if mutant.file.startswith("playbooks/")]
    assert_reported(verdicts, near=0.97)


def test_there_are_at_least_fifty_operators() -> None:
    assert len({mutant.operator for mutant in mutants(SOURCE_SOP)}) >= 50


@pytest.mark.slow
def test_random_bytes_give_problems_and_nothing_else() -> None:
    fates, megabytes = run((0, 300))
    assert sum(fates.values()) == 300
    assert not {"silent", "traceback"} & fates.keys()
    assert megabytes < 1000
