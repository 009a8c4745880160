"""Atomic writes: readers see the old content or the new content, never a part of it."""

import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryFile


def write(path: Path, pieces: Iterable[bytes]) -> None:
    """Write a file, and create its parent folders. After an OSError, the old file is unchanged.

    An existing file keeps its permissions; those of a new one follow the umask of the process.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{token_hex(8)}.new")
    try:
        with beside.open("xb") as file:
            file.writelines(pieces)
        with suppress(FileNotFoundError):
            shutil.copymode(path, beside)
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def require_writable(folder: Path) -> None:
    """OSError if no file can be made in a folder, which is made if it does not exist."""
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryFile(dir=folder):
        pass
