"""Windows: no POSIX modules, other line ends, another encoding, other paths."""

import logging
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from conftest import ROOT, SOURCE_SOP, replace_in_file
from macros.host import dev_server
from macros.host.publish import publish
from macros.host.site_build import relative_path

pytestmark = pytest.mark.slow
WINDOWS = [sys.executable, "-X", "warn_default_encoding", str(ROOT / "tests" / "windows.py")]


@pytest.fixture
def windows_project(project: Path) -> Path:
    """A project whose SOP has the line ends of Windows, and a name in Hindi."""
    replace_in_file(
        project / "sop_data/marketplaces/flipkart.yml", "name: Flipkart", "name: Flipkart फ्लिपकार्ट"
    )
    for path in (project / "sop_data").rglob("*.yml"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    return project


def run(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command as on Windows, where a pipe has the encoding cp1252."""
    environment = os.environ | {
        "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0", "NO_MKDOCS_2_WARNING": "1",
    }  # fmt: skip
    return subprocess.run(
        [*WINDOWS, *arguments],
        cwd=project,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize(
    ("command", "shown"),
    [
        ("check", "sop_data: no problems in 8 marketplaces"),
        ("show", "Flipkart फ्लिपकार्ट"),
        ("show flipkart", "Flipkart फ्लिपकार्ट: "),
        ("diff sop_data", "No change in meaning"),
        ("diff SOURCE", "Flipkart फ्लिपकार्ट"),
        ("pdf --only flipkart --out a/b", "wrote 1 PDF into a/b/"),
        ("schema", "schemas into .schema/"),
        ("new marketplace meesho", "wrote sop_data/marketplaces/meesho.yml"),
        ("approve flipkart/order-related --by client-poc", "approved by Client POC"),
        ("init drafts/sop_data", "wrote drafts/sop_data/playbooks/late-order.yml"),
        ("release 1.0", "This is version 1.0"),
        ("export out", "pages into out/docs/"),
    ],
)
def test_a_command_works_on_windows(windows_project: Path, command: str, shown: str) -> None:
    done = run(windows_project, "sop", *command.replace("SOURCE", str(SOURCE_SOP)).split())
    assert done.returncode == 0, done.stderr
    assert shown in done.stdout


def test_a_site_is_built_on_windows(windows_project: Path) -> None:
    done = run(windows_project, "sop", "build")
    assert done.returncode == 0, done.stderr
    page = windows_project / "published/marketplaces/flipkart/index.html"
    assert "Flipkart फ्लिपकार्ट" in page.read_text(encoding="utf-8")


def test_line_ends_change_no_meaning_and_stay(windows_project: Path) -> None:
    done = run(windows_project, "sop", "diff", str(SOURCE_SOP), "--format", "json")
    assert '"unchanged": 15' in done.stdout, done.stdout
    assert run(windows_project, "sop", "release", "1.0").returncode == 0
    for name in ("sop.yml", "gaps.yml"):
        raw = (windows_project / "sop_data" / name).read_bytes()
        assert raw.count(b"\n") == raw.count(b"\r\n") > 0, name
    assert run(windows_project, "sop", "check").returncode == 0


def test_a_problem_has_a_path_with_slashes(windows_project: Path) -> None:
    replace_in_file(windows_project / "sop_data/roles.yml", "name: Seller", "nam: Seller")
    done = run(windows_project, "sop", "check")
    assert done.returncode == 1
    assert "sop_data/roles.yml:" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_edit_of_the_code_asks_for_a_restart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(dev_server, "os", SimpleNamespace(name="nt"))
    with caplog.at_level(logging.WARNING):
        dev_server.restart(tmp_path)
    assert "restart this command" in caplog.text
    assert tmp_path.is_dir()


def test_the_sop_may_be_on_another_drive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def other_drive(path: Path) -> str:
        raise ValueError(f"{path} is on mount 'C:', start on mount 'D:'")

    monkeypatch.setattr(os.path, "relpath", other_drive)
    assert relative_path(tmp_path) == tmp_path


def test_where_links_cannot_be_exchanged_a_site_is_a_folder(windows_project: Path) -> None:
    out = windows_project / "published"
    for _ in "12":
        done = publish(windows_project / "sop_data", out, ["index.html"], links=False)
        assert done.site == out
        assert (out / "index.html").is_file()
        assert not out.is_symlink()
