"""A git revision or a folder -> the folder of its SOP."""

import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path


class UnknownVersion(Exception):
    """The folder or revision does not exist; the text is the reason."""


@contextmanager
def folder_of(name: str, data: Path = Path("sop_data")) -> Iterator[Path]:
    """The SOP's folder in a version: a folder itself, or ``data`` in a git revision."""
    if Path(name).is_dir():
        inside = Path(name) / data.name
        yield inside if inside.is_dir() else Path(name)
        return
    archive = git(data, "archive", "--format=zip", "--end-of-options", name, data.name)
    if archive.returncode:
        reason = archive.stderr.decode(errors="replace").strip() or "git archive failed"
        raise UnknownVersion(f"'{name}' is neither a folder nor a git revision with {data.name}/: {reason}")
    with tempfile.TemporaryDirectory() as folder:
        with zipfile.ZipFile(
            BytesIO(archive.stdout)
        ) as files:  # extracts below the folder only, and no links
            files.extractall(folder)
        yield Path(folder) / data.name


def revision_that_added(path: Path) -> str:
    """The git revision that added a file; UnknownVersion if it is not committed."""
    found = git(path, "log", "-1", "--diff-filter=A", "--format=%H", "--", path.name).stdout.decode().strip()
    if not found:
        raise UnknownVersion(f"{path.as_posix()} is not committed")
    return found


def git(path: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Run git in the parent folder of a path."""
    command = ["git", "-C", str(path.parent), *arguments]
    try:
        return subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - git of the PATH
    except FileNotFoundError:
        raise UnknownVersion("git is not installed, so only folders can be compared") from None
