"""The development server renders files on request, so an edit costs a check and one page."""

import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from threading import Event, Lock
from typing import Any

from macros.api.files import Make
from macros.host.site_build import Build
from macros.parsing.files import write

App = Callable[[dict[str, Any], Any], Iterable[bytes]]
log = logging.getLogger("mkdocs.sop")


class DevServer:
    """Serves the newest build from the folder of a site.

    ``reframe`` makes MkDocs render its frames again, after an edit of the SOP that changes them. An edit of ``code``
    (files and folders) restarts the process.
    """

    def __init__(self, build: Build, site: Path, reframe: Callable[[], Build], code: list[Path]) -> None:
        self.site, self.reframe, self.code = site, reframe, code
        self.stamp = modification_times(code)
        self.locks: dict[str, Lock] = {}
        self.ready = Event()
        self.use_build(build)

    def use_build(self, build: Build) -> None:
        """Render files from this build from now on, and delete those that it does not have."""
        self.build = build
        self.pending: dict[str, Make] = build.page_files() | build.other_files() | build.pdf_files()
        for name in set(self.locks) - self.pending.keys():
            with self.locks[name]:
                (self.site / name).unlink(missing_ok=True)
        self.ready.set()

    def follow_edit(self) -> None:
        """Follow an edit; InvalidSop if the SOP has problems: the last good build stays."""
        now = modification_times(self.code)
        if now != self.stamp:
            self.stamp = now
            restart(self.site)
            return
        newer = self.build.reload()
        if newer:
            self.use_build(newer)
            return
        self.ready.clear()
        newer = self.build
        try:
            newer = self.reframe()
        finally:
            self.use_build(newer)

    def render_if_pending(self, path: str) -> None:
        """Render the requested file if it is not rendered yet; after a failure, the next request tries again."""
        self.ready.wait()  # the host empties the site before it renders frames
        for name in (path, f"{path}/index.html".lstrip("/"), f"{path}index.html"):
            if name in self.pending:
                with self.locks.setdefault(name, Lock()):
                    pending = self.pending
                    if make := pending.get(name):
                        write(self.site / name, make())
                        del pending[name]

    def wrap_app(self, app: App, mount: str) -> App:
        """A WSGI application that renders files on request; ``mount`` is the path of the site on the server."""

        def serve(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
            self.render_if_pending(environ["PATH_INFO"].removeprefix(mount))
            return app(environ, start_response)

        return serve


def modification_times(paths: list[Path]) -> list[tuple[str, int]]:
    """The time of the last change of each file."""
    files = [file for path in paths for file in ([path] if path.is_file() else path.rglob("*"))]
    return sorted(
        (str(file), file.stat().st_mtime_ns) for file in files if file.is_file() and file.suffix != ".pyc"
    )


def restart(site: Path) -> None:
    """Replace this process by one that runs the new code, if that can be loaded; delete the files it served."""
    if os.name != "posix":
        log.warning("The code was edited: restart this command to run the new code.")
        return
    loaded = subprocess.run([sys.executable, "-c", "import macros.host.plugin"], check=False)
    if loaded.returncode:
        log.error("The code was edited and cannot be loaded: the old code still runs.")
        return
    log.info("The code was edited: restarting.")
    shutil.rmtree(site, ignore_errors=True)
    sys.stdout.flush()
    sys.stderr.flush()
    os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606 - the command that runs now
