"""Build a site, verify it, then exchange it with the published one: that folder is a complete site at every moment.

``out`` is a symbolic link to one of the folders in ``out.builds``. A new site is built and verified in a new
folder, and one rename exchanges the link. After a failure before that, the old site is still published.
Windows cannot exchange a link; there, ``out`` is a folder, and two renames follow each other.
"""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from typing import NamedTuple

from macros.host.site_check import flaws


class PublishError(Exception):
    """The old site is still published; the text gives the reason."""


class Publication(NamedTuple):
    """The folder of the new site, and the new path of a folder that was in its place."""

    site: Path
    aside: Path | None = None


def publish(
    data: Path, out: Path, expected: Iterable[str], *, links: bool = os.name == "posix"
) -> Publication:
    """Build the site of the SOP in ``data`` and publish it as ``out``; ``expected`` are files that must be in it.

    The site that readers may still be reading is kept, older ones are deleted. ``links`` is whether this system can
    exchange a link. PublishError if anything fails.
    """
    if out.is_dir() and not out.is_symlink() and not is_site(out):
        raise PublishError(f"{out} is not a site that this project built; move it away once, then try again")
    project, builds = project_of(data), out.with_name(f"{out.name}.builds")
    try:
        with make_files_readable(), lock_builds(builds):
            old = out.resolve() if out.is_symlink() else None
            remove_builds(builds, {old})
            new = build_site(project, data, builds)
            if wrong := list(flaws(new, expected)):
                raise PublishError("the new site is not complete:\n" + "\n".join(wrong[:20]))
            done = exchange_link(out, new) if links else exchange_folder(out, new, builds)
            remove_builds(builds, {old, new.resolve(), done.aside})
    except OSError as error:
        raise PublishError(f"{error.filename or out} cannot be written: {error.strerror}") from None
    return done


def is_site(folder: Path) -> bool:
    """Whether a folder is empty or contains a site of this project."""
    return not any(folder.iterdir()) or all(
        (folder / name).exists() for name in ("404.html", "assets/sop.css")
    )


def project_of(data: Path) -> Path:
    """The folder whose mkdocs.yml builds the site of an SOP: beside its data, else this one; PublishError without one."""
    projects = [folder for folder in (data.parent, Path()) if (folder / "mkdocs.yml").is_file()]
    if not projects:
        raise PublishError(f"there is no mkdocs.yml beside {data} or in this folder")
    return projects[0]


def build_site(project: Path, data: Path, builds: Path) -> Path:
    """Build the site of an SOP with MkDocs, in a separate process; return its new folder."""
    new = Path(tempfile.mkdtemp(dir=builds)).absolute() / "site"
    new.parent.chmod(0o755)  # a web server reads it
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(new)]
    environment = os.environ | {"SOP_DATA": str(data.absolute()), "PYTHONUTF8": "1"}
    done = subprocess.run(  # noqa: S603 - ours
        command, cwd=project, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    if done.returncode:
        raise PublishError(f"the site could not be built:\n{(done.stdout + done.stderr).strip()}")
    return new


@contextmanager
def make_files_readable() -> Iterator[None]:
    """Let a web server read all files that are written, whatever the umask of the user."""
    usual = os.umask(0o022)
    try:
        yield
    finally:
        os.umask(usual)


@contextmanager
def lock_builds(builds: Path) -> Iterator[None]:
    """Allow one build at a time. The lock is a database's: it works on every system and ends with the process."""
    builds.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(builds / "lock", timeout=0, isolation_level=None)) as lock:
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            busy = error.sqlite_errorcode == sqlite3.SQLITE_BUSY
            reason = (
                "another build is running; wait for it to end"
                if busy
                else f"{builds} cannot be locked: {error}"
            )
            raise PublishError(reason) from None
        yield


def exchange_link(out: Path, new: Path) -> Publication:
    """Point the link to the new folder, in one step; a site that is a folder is moved aside before, once."""
    aside = None
    with tempfile.TemporaryDirectory(dir=new.parent) as folder:
        link = Path(folder) / "link"
        link.symlink_to(os.path.relpath(new, out.absolute().parent))
        if out.is_dir() and not out.is_symlink():
            names = (out.with_name(f"{out.name}.before{number or ''}") for number in count())
            aside = out.rename(next(name for name in names if not name.exists()))
        link.replace(out)
    return Publication(new, aside)


def exchange_folder(out: Path, new: Path, builds: Path) -> Publication:
    """Move the old folder among the builds and the new one into its place."""
    aside = out.rename(Path(tempfile.mkdtemp(dir=builds)) / "site") if out.exists() else None
    return Publication(new.rename(out), aside)


def remove_builds(builds: Path, kept: set[Path | None]) -> None:
    """Delete all builds but these: older ones, and what a killed process left."""
    whole = {one.resolve() for one in kept if one}
    for path in builds.iterdir():
        if path.is_dir() and not any(one.is_relative_to(path.resolve()) for one in whole):
            shutil.rmtree(path, ignore_errors=True)
