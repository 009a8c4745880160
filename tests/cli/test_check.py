"""`sop check`: all formats, and internal errors."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from macros.catalogue import data_folder
from macros.cli.main import main


def check(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["check", *arguments], env={"GITHUB_ACTIONS": None})


@pytest.fixture
def broken_sop(data: Path) -> Path:
    """An SOP with fifteen unused systems."""
    with (data / "systems.yml").open("a", encoding="utf-8") as file:
        file.writelines(f"unused-{number}:\n  name: 'Unused, 100% {number}'\n" for number in range(15))
    return data


def test_a_valid_sop_exits_with_0_and_prints_counts(data: Path) -> None:
    result = check(str(data))
    assert result.exit_code == 0
    assert "no problems in 8 marketplaces, 15 procedures, 44 steps, 25 open questions" in result.output


def test_github_gets_all_in_the_log_and_the_first_ten_as_annotations(broken_sop: Path) -> None:
    result = CliRunner().invoke(main, ["check", str(broken_sop)], env={"GITHUB_ACTIONS": "true"})
    assert result.exit_code == 1
    assert result.stdout.count("SOP409 no procedure uses") == 15
    annotations = re.findall(
        r"^::error file=(.*),line=(\d+),col=(\d+),title=SOP409::(.*)$", result.stdout, re.MULTILINE
    )
    assert len(annotations) == 10
    assert result.stdout.endswith("5 more are in the list above\n")


def test_json_is_a_list_of_problems(broken_sop: Path, data: Path) -> None:
    result = check(str(broken_sop), "--format", "json")
    assert result.exit_code == 1
    problems = json.loads(result.stdout)
    assert len(problems) == 15
    assert problems[0].keys() == {"path", "line", "column", "code", "message", "help", "excerpt"}
    (data / "systems.yml").write_text((data / "systems.yml").read_text().partition("unused-0")[0])
    assert json.loads(check(str(data), "--format", "json").stdout) == []


def test_an_internal_error_names_the_file_and_exits_with_2(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(_: str, raw: bytes) -> None:
        raise RuntimeError(f"{len(raw)} bytes")

    monkeypatch.setattr(data_folder, "read", breaks)
    for command in (["check", str(data)], ["diff", str(data), str(data)]):
        result = CliRunner().invoke(main, command)
        assert result.exit_code == 2
        assert "internal error while reading" in result.stderr
        assert "sop.yml, please report: RuntimeError" in result.stderr
        assert "Traceback" not in result.output


@pytest.mark.parametrize("loop", [True, False])
def test_a_file_that_cannot_be_read_is_a_problem(loop: bool, data: Path) -> None:
    path = data / "marketplaces" / "new.yml"
    if loop:
        path.symlink_to(path)
    else:
        path.mkdir()
    result = check(str(data))
    assert result.exit_code == 1
    assert "new.yml:1:1: SOP301 this file cannot be read" in result.stderr


def test_a_folder_that_is_not_there_is_one_problem(data: Path) -> None:
    for file in (data / "marketplaces").iterdir():
        file.unlink()
    (data / "marketplaces").rmdir()
    result = check(str(data))
    assert result.exit_code == 1
    assert result.stderr.endswith("1 problem\n")
