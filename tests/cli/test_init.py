"""`sop init`: a small, valid SOP to fill in."""

import tomllib
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from conftest import ROOT
from macros.checks.runner import load_catalogue
from macros.cli.init import template
from macros.cli.main import main
from macros.model.control import Sop


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


@pytest.fixture
def new_sop(tmp_path: Path) -> Path:
    """The folder of a new SOP."""
    done = run("init", str(tmp_path / "new"))
    assert done.exit_code == 0, done.output
    return tmp_path / "new"


def test_a_new_sop_is_valid_and_small(new_sop: Path) -> None:
    done = run("check", str(new_sop))
    assert done.exit_code == 0, done.output
    sop = load_catalogue(new_sop)
    assert (len(sop.marketplaces), len(sop.issue_types), len(sop.playbooks), len(sop.gaps)) == (2, 2, 2, 1)
    followed = {one.playbook for procedures in sop.procedures.values() for one in procedures}
    assert followed == {*sop.playbooks}


def test_a_new_sop_lists_all_fields_of_document_control(new_sop: Path) -> None:
    stated = yaml.safe_load((new_sop / "sop.yml").read_text(encoding="utf-8"))
    assert {*stated} == {*Sop.model_fields}


def test_the_gap_of_a_new_sop_can_be_answered(new_sop: Path) -> None:
    (new_sop / "gaps.yml").write_text("{}\n", encoding="utf-8")
    assert run("check", str(new_sop)).exit_code == 1
    path = new_sop / "playbooks" / "missing-item.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("    if: the", "    otherwise: end\n    if: the"), encoding="utf-8")
    assert run("check", str(new_sop)).exit_code == 0


def test_nothing_is_overwritten(new_sop: Path) -> None:
    (new_sop / "sop.yml").write_text("mine", encoding="utf-8")
    done = run("init", str(new_sop))
    assert done.exit_code == 2
    assert "is not empty; nothing is overwritten" in done.output
    assert (new_sop / "sop.yml").read_text(encoding="utf-8") == "mine"


def test_an_install_has_all_files_of_the_template() -> None:
    patterns = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
    folder = ROOT / "macros" / "cli"
    packed = {path for one in patterns["package-data"]["macros.cli"] for path in folder.glob(one)}
    assert packed == {folder / "template" / path for path, _ in template()}
    assert packed == {path for path in (folder / "template").rglob("*") if path.is_file()}
