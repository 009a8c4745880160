"""A git revision is named as it was typed, and git's whole message is shown."""

import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from macros.changes import revisions
from macros.cli.main import main

GIT = shutil.which("git") or "git"


def git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=t", "-c", "user.email=t@example.com"]
    subprocess.run([GIT, "-C", str(folder), *identity, *arguments], check=True, capture_output=True)


@pytest.fixture
def repository(data: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(data.parent)
    git(data.parent, "init", "--initial-branch=main")
    return data


def test_a_revision_with_problems_is_shown_by_its_name(repository: Path) -> None:
    roles = repository / "roles.yml"
    text = roles.read_text(encoding="utf-8")
    roles.write_text(text + "seller:\n  nam: twice\n", encoding="utf-8")
    git(repository.parent, "add", ".")
    git(repository.parent, "commit", "-m", "broken")
    roles.write_text(text, encoding="utf-8")
    done = CliRunner().invoke(main, ["diff", "main"])
    assert done.exit_code == 2
    assert "main:sop_data/roles.yml:" in done.output
    assert tempfile.gettempdir() not in done.output


@pytest.mark.usefixtures("repository")
def test_the_whole_message_of_git_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    message = b"fatal: detected dubious ownership\nTo add an exception, call:\n\n\tgit config --global\n"
    failed = subprocess.CompletedProcess([], 128, b"", message)
    monkeypatch.setattr(revisions, "git", lambda *_: failed)
    done = CliRunner().invoke(main, ["diff", "main"])
    assert "dubious ownership" in done.output
    assert "git config --global" in done.output
