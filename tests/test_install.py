"""The install works with the Python that the project promises, and follows PYTHON=."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import metadata, version
from pathlib import Path

import pytest
from packaging.specifiers import SpecifierSet

from conftest import ROOT

PINS = {
    name: pinned
    for file in ("requirements.txt", "requirements-dev.txt")
    for name, pinned in re.findall(r"(?m)^([a-z0-9._-]+)==(\S+)", (ROOT / file).read_text(encoding="utf-8"))
}
FAKE = """\
#!/bin/sh
case "$*" in
  *"-m venv"*) rm -rf .venv; mkdir .venv; echo created >> log;;
  *print*) echo /opt/python {version};;
esac
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the Makefile alone."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    return tmp_path


MAKE = shutil.which("make") or "make"


def make(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "PYTHON")}
    return subprocess.run(
        [MAKE, *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def interpreter(path: Path, text: str) -> str:
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)
    return f"PYTHON={path}"


def test_every_pin_supports_the_oldest_python_that_is_promised() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    oldest = project["requires-python"].removeprefix(">=") + ".0"
    assert len(PINS) > 50
    for name, pinned in PINS.items():
        assert version(name) == pinned, f"{name}: run make test, which installs the pins"
        wanted = str(metadata(name).json.get("requires_python", ""))
        assert SpecifierSet(wanted).contains(oldest), f"{name} {pinned} requires Python {wanted}"


@pytest.mark.parametrize("target", ["site", "test"])
def test_a_python_that_is_too_old_gives_one_sentence(folder: Path, target: str) -> None:
    old = "import sys; sys.version_info = (3, 9, 1); sys.version = '3.9.1 (main)'; exec(sys.argv[1])"
    python = interpreter(folder / "old", f'#!/bin/sh\nexec "{sys.executable}" -c "{old}" "$2"\n')
    done = make(folder, target, python)
    assert done.returncode == 2
    assert "Python 3.11 or newer is required; this is 3.9.1. Select another" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (folder / ".venv").exists()


def test_the_virtual_environment_follows_the_interpreter(folder: Path) -> None:
    python = interpreter(folder / "python", FAKE.format(version="3.11.2"))
    log = folder / "log"
    for _ in "12":  # the second time, nothing has changed
        assert make(folder, ".venv/python", python).returncode == 0
        assert log.read_text() == "created\n"
    interpreter(folder / "python", FAKE.format(version="3.14.1"))
    assert make(folder, ".venv/python", python).returncode == 0
    assert log.read_text() == "created\ncreated\n"


@pytest.mark.long
def test_without_a_choice_the_virtual_environment_stays(folder: Path) -> None:
    assert make(folder, ".venv/python", f"PYTHON={sys.executable}").returncode == 0
    created = (folder / ".venv/python").stat().st_mtime_ns
    assert make(folder, ".venv/python").returncode == 0
    assert (folder / ".venv/python").stat().st_mtime_ns == created


def test_no_regular_expression_has_a_possessive_group() -> None:
    """Python 3.11.4 and older match one that fails halfway."""
    for path in (ROOT / "macros").rglob("*.py"):
        assert not re.search(r"\)(?:[*+?]|\{[\d,]+\})\+", path.read_text(encoding="utf-8")), path
