"""Build beside, verify, swap: the published folder is a whole site at every moment.

``out`` is a symbolic link to one of the folders in ``out.builds``. A new site is built and
verified in a folder of its own, and one rename turns the link to it. Whatever is killed or fails before
that leaves the link, and so the readers, where they were.
"""

import fcntl
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit


class NotPublished(Exception):
    """Nothing was published and the old site is as it was; the text says why."""


def publish(project: Path, out: Path, expected: Iterable[str]) -> Path:
    """Build the site of a project and let ``out`` lead to it; ``expected`` are files that must be in it.

    Returns the folder of the build. The folder that readers may still be reading from is kept, older ones are not.
    """
    if out.exists() and not out.is_symlink():
        raise NotPublished(f"{out} is not a link that this command made; move it away once, then try again")
    builds = out.with_name(f"{out.name}.builds")
    builds.mkdir(parents=True, exist_ok=True)
    with locked(builds / "lock"):
        old = out.resolve() if out.is_symlink() else None
        remove(builds, {old})
        new = Path(tempfile.mkdtemp(dir=builds)) / "site"
        new.parent.chmod(0o755)  # a web server reads it
        command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(new)]
        done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)  # noqa: S603 - ours
        if done.returncode:
            raise NotPublished(f"the site could not be built:\n{(done.stdout + done.stderr).strip()}")
        if wrong := list(flaws(new, expected)):
            raise NotPublished("the new site is not whole:\n" + "\n".join(wrong[:20]))
        turn(out, new)
        remove(builds, {old, new.resolve()})
    return new


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """One build at a time; the lock goes with the process, however it ends."""
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise NotPublished("another build is running; wait for it to end") from None
        yield


def turn(out: Path, new: Path) -> None:
    """Let the link lead to another folder, in one step."""
    with tempfile.TemporaryDirectory(dir=new.parent) as folder:
        link = Path(folder) / "link"
        link.symlink_to(os.path.relpath(new, out.parent))
        link.replace(out)


def remove(builds: Path, kept: set[Path | None]) -> None:
    """Delete all builds but these: older ones, and what a killed process left."""
    for path in builds.iterdir():
        if path.is_dir() and not any(one and one.is_relative_to(path.resolve()) for one in kept):
            shutil.rmtree(path, ignore_errors=True)


def flaws(site: Path, expected: Iterable[str]) -> Iterator[str]:
    """What keeps a folder from being a whole site."""
    for wanted in expected:
        if not (site / wanted).is_file():
            yield f"{wanted} is missing"
    for path in sorted(one for one in site.rglob("*") if one.is_file()):
        name = path.relative_to(site).as_posix()
        if not path.stat().st_size:
            yield f"{name} is empty"
        elif path.suffix == ".json" and not is_json(path):
            yield f"{name} is not JSON"
        elif path.suffix == ".pdf" and not is_pdf(path):
            yield f"{name} is not a whole PDF"
    yield from dead_links(site)


def is_json(path: Path) -> bool:
    try:
        json.loads(path.read_bytes())
    except ValueError:
        return False
    return True


def is_pdf(path: Path) -> bool:
    content = path.read_bytes()
    return content.startswith(b"%PDF-") and content.rstrip().endswith(b"%%EOF")


class Links(HTMLParser):
    """The ids of a page, and where it leads."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        for name, value in attributes:
            if name == "id" and value:
                self.ids.append(value)
            elif name in ("href", "src") and value is not None and tag != "base":
                self.links.append(value)


def dead_links(site: Path) -> Iterator[str]:
    """Links inside the site to a page, file or anchor that is not there; 404.html has the host's addresses."""
    pages = {
        path.relative_to(site).as_posix(): Links(path.read_text(encoding="utf-8"))
        for path in sorted(site.rglob("*.html"))
    }
    for name, page in pages.items():
        for link in sorted(set(page.links)) if name != "404.html" else ():
            target = urlsplit(urljoin(f"/{name}", link))
            if target.scheme or target.netloc:
                continue
            path = unquote(target.path).lstrip("/")
            file = f"{path}index.html" if path.endswith("/") or not path else path
            if not (site / file).is_file():
                yield f"{name}: {link} leads nowhere"
            elif target.fragment and file in pages and target.fragment not in {*pages[file].ids, "__skip"}:
                yield f"{name}: {link} has no such place"
