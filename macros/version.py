"""A git revision or a folder -> the SOP in it."""

import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path


class UnknownVersion(Exception):
    """There is no such folder or revision; the text says why."""


@contextmanager
def folder_of(name: str, data: str = "sop_data") -> Iterator[Path]:
    """The SOP's folder in a version: a folder itself, or ``data`` in a git revision."""
    if Path(name).is_dir():
        inside = Path(name) / data
        yield inside if inside.is_dir() else Path(name)
        return
    command = ["git", "archive", "--format=tar", "--end-of-options", name, data]
    try:
        done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - git of the PATH
    except FileNotFoundError:
        raise UnknownVersion("git is not installed, so only folders can be compared") from None
    if done.returncode:
        reason = done.stderr.decode(errors="replace").strip().splitlines() or ["git archive failed"]
        raise UnknownVersion(f"'{name}' is neither a folder nor a git revision with {data}/: {reason[-1]}")
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(fileobj=BytesIO(done.stdout)) as archive:
            archive.extractall(folder, filter="data")
        yield Path(folder) / data
