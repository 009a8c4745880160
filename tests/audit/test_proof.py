"""The whole mutation proof, and every truncation of every file."""

from pathlib import Path

import pytest

from conftest import ROOT, SOURCE_SOP
from mutation import Judge, Mutant, Verdict, assert_reported, mutants, table

DATA = SOURCE_SOP


@pytest.fixture
def judge(tmp_path: Path) -> Judge:
    return Judge(DATA, tmp_path / "sop_data")


def test_the_proof_holds_and_its_page_is_fresh(judge: Judge) -> None:
    verdicts = [judge.verdict(mutant) for mutant in mutants(DATA)]
    assert_reported(verdicts, near=0.97)
    page = (ROOT / "docs" / "checks-proof.md").read_text(encoding="utf-8")
    assert page == table(verdicts), "docs/checks-proof.md is not fresh: run 'make proof'"


def test_no_truncation_is_accepted_silently(judge: Judge) -> None:
    verdicts: list[Verdict] = []
    for path in sorted(DATA.rglob("*.yml")):
        raw, name = path.read_bytes(), path.relative_to(DATA).as_posix()
        verdicts += [judge.verdict(Mutant("cut", {name: raw[:end]}, name)) for end in range(len(raw))]
    assert not [verdict for verdict in verdicts if verdict.fate == "silent"]
