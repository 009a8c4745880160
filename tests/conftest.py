"""What the tests share: the real catalogue, a copy of the project to break, the built site, a browser."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from macros.catalogue import Catalogue
from macros.checks import checked

ROOT = Path(__file__).parent.parent
PARTS = ("mkdocs.yml", "docs", "overrides", "sop_data", "macros")


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """The real SOP."""
    return checked(ROOT / "sop_data")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project that a test may change."""
    for part in PARTS:
        source = ROOT / part
        copy = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, tmp_path / part)
    return tmp_path


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of `sop_data/` that a test may change."""
    return Path(shutil.copytree(ROOT / "sop_data", tmp_path / "sop_data"))


def mkdocs(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run mkdocs in a folder."""
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", *arguments],
        cwd=project,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="session")
def build() -> Callable[[Path], Path]:
    """Build the site of a project, strictly; the function returns the site's folder."""

    def run(project: Path) -> Path:
        done = mkdocs(project, "build", "--strict", "--quiet")
        assert done.returncode == 0, done.stdout + done.stderr
        assert "WARNING" not in done.stderr, done.stderr
        return project / "site"

    return run


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the real SOP."""
    folder = tmp_path_factory.mktemp("site")
    done = mkdocs(ROOT, "build", "--strict", "--quiet", "--site-dir", str(folder))
    assert done.returncode == 0, done.stdout + done.stderr
    return folder
