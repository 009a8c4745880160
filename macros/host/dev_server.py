"""Following edits: a page is made when it is asked for, so that an edit costs a check and one page."""

from collections.abc import Callable, Iterable
from pathlib import Path
from threading import Lock
from typing import Any

from macros.api.files import Make
from macros.host.site_build import Build

App = Callable[[dict[str, Any], Any], Iterable[bytes]]


class Live:
    """The newest build, in the folder of a site that is served.

    ``host`` lets the host make its pages anew; it is asked when ``code`` was edited (files and folders), or
    when an edit of the SOP changes what the host puts around pages.
    """

    def __init__(self, build: Build, site: Path, host: Callable[[], Build], code: list[Path]) -> None:
        self.host, self.site, self.code, self.lock = host, site, code, Lock()
        self.made: set[str] = set()
        self.use(build)

    def use(self, build: Build) -> None:
        """Make files of this build from now on, and forget those that it does not have."""
        self.build, self.stamp = build, stamp(self.code)
        self.wanted: dict[str, Make] = build.page_files() | build.other_files() | build.pdf_files()
        for name in self.made - self.wanted.keys():
            (self.site / name).unlink(missing_ok=True)
        self.made &= self.wanted.keys()

    def renew(self) -> None:
        """After an edit; InvalidSop if the SOP has problems: the last good build stays."""
        with self.lock:
            if stamp(self.code) != self.stamp:
                self.use(self.host())
                return
            self.use(self.build.renewed() or self.host())

    def freshen(self, path: str) -> None:
        """Make the file that a request is for, unless it is that of this build."""
        with self.lock:
            for name in (path, f"{path}/index.html".lstrip("/"), f"{path}index.html"):
                if make := self.wanted.pop(name, None):
                    save(self.site / name, make())
                    self.made.add(name)

    def serving(self, app: App, mount: str) -> App:
        """A WSGI application that is given fresh files to serve; ``mount`` is the path of the site on the server."""

        def serve(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
            self.freshen(environ["PATH_INFO"].removeprefix(mount))
            return app(environ, start_response)

        return serve


def stamp(paths: list[Path]) -> list[tuple[str, int]]:
    """When each file was last written."""
    files = [file for path in paths for file in ([path] if path.is_file() else path.rglob("*"))]
    return sorted(
        (str(file), file.stat().st_mtime_ns) for file in files if file.is_file() and file.suffix != ".pyc"
    )


def save(path: Path, pieces: Iterable[bytes]) -> None:
    """Write a file, and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.writelines(pieces)
