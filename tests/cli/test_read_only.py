"""A project that cannot be written, and a user without a home: clear errors, and all that only reads works."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import copy_project, files_of

pytestmark = pytest.mark.slow
# Root may write anywhere; without these capabilities, permissions hold for root too.
SETPRIV = [shutil.which("setpriv") or "setpriv", "--bounding-set=-dac_override,-dac_read_search"]
AS_USER = SETPRIV if os.geteuid() == 0 else []


@pytest.fixture
def read_only(tmp_path: Path) -> Iterator[Path]:
    """A project without a cache, in which nothing can be written."""
    project = copy_project(tmp_path, cache=False)
    folders = [path for path in [project, *project.rglob("*")] if path.is_dir()]
    for path in [*project.rglob("*"), project]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    yield project
    for path in folders:
        path.chmod(0o755)


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name != "HOME"}
    done = subprocess.run(
        [*AS_USER, sys.executable, *command],
        cwd=folder,
        env=environment | {"PYTHONPATH": str(folder), "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stdout + done.stderr
    return done


def sop(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return run(folder, "-c", "from macros.cli.main import main; main()", *arguments)


@pytest.mark.parametrize(
    ("command", "named"),
    [
        ("pdf --only flipkart", "pdf/flipkart.pdf"),
        ("schema", ".schema/"),
        ("new marketplace meesho", "sop_data/marketplaces/meesho.yml"),
        ("init new", "new/gaps.yml"),
        ("approve flipkart/order-related --by client-poc", "Error: sop_data/approvals.yml"),
        ("release 1.0", "Error: sop_data/releases/1.0.yml"),
        ("export out", "out/mkdocs.yml"),
        ("build", "published.builds"),
    ],
)
def test_a_command_names_what_it_cannot_write(read_only: Path, command: str, named: str) -> None:
    done = sop(read_only, *command.split())
    assert done.returncode == 1
    assert named in done.stderr
    assert "cannot be written: Permission denied" in done.stderr


def test_mkdocs_names_what_it_cannot_write(read_only: Path) -> None:
    done = run(read_only, "-m", "mkdocs", "build")
    assert done.returncode == 1
    assert "site cannot be written: Permission denied" in done.stdout


@pytest.mark.parametrize("command", ["check", "show", "show flipkart", "diff sop_data"])
def test_a_command_that_only_reads_works(read_only: Path, command: str) -> None:
    assert sop(read_only, *command.split()).returncode == 0


def test_the_site_is_built_elsewhere_without_a_cache(
    read_only: Path, site: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    out = tmp_path_factory.mktemp("out") / "site"
    done = sop(read_only, "build", "--out", str(out))
    assert done.returncode == 0, done.stderr
    assert files_of(out) == files_of(site)
    assert not (read_only / ".cache").exists()


@pytest.mark.parametrize("name", [".#flipkart.yml", "._roles.yml"])
def test_a_command_ignores_what_check_ignores(project: Path, name: str) -> None:
    (project / "sop_data" / name).symlink_to("nowhere")
    done = sop(project, "approve", "flipkart/order-related", "--by", "client-poc")
    assert done.returncode == 0, done.stderr
