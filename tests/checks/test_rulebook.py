"""Every code has a rule, a reason and a broken example that gives exactly the message shown."""

import json
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from conftest import ROOT
from macros.checks.rulebook import RULEBOOK, Example
from macros.cli.main import main
from macros.parsing.problems import Problem

EXAMPLE = ROOT / "tests" / "example_sop"


def test_every_code_in_the_source_has_its_rule() -> None:
    used = {
        code for path in (ROOT / "macros").rglob("*.py") for code in re.findall(r"SOP\d{3}", path.read_text())
    }
    assert used == RULEBOOK.keys()


@pytest.mark.parametrize("code", RULEBOOK)
def test_the_broken_example_gives_the_message(
    code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    data = shutil.copytree(EXAMPLE, Path("sop_data"))
    break_it(data, RULEBOOK[code])
    result = CliRunner().invoke(main, ["check", "--format", "json"])
    assert result.exit_code == 1
    (problem,) = (Problem(**fields) for fields in json.loads(result.stdout))
    assert problem.code == code
    assert str(problem) == RULEBOOK[code].message.rstrip("\n")


def break_it(data: Path, example: Example) -> None:
    path = data / example.file
    path.parent.mkdir(exist_ok=True)
    if example.new is not None:
        text = path.read_text(encoding="utf-8")
        assert example.old
        assert example.old in text
        path.write_text(text.replace(example.old, example.new, 1), encoding="utf-8")
    elif example.broken is None:
        path.unlink()
    else:
        path.write_bytes((example.broken * example.times).encode(example.encoding))
