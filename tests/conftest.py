"""What the tests share: the SOP of the source, a copy of the project to edit, the built site, a browser.

Tests of the code read `tests/source_sop/` or an SOP that they make; only `tests/sop/` reads `sop_data/`.
"""

import fcntl
import gzip
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import lru_cache
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pypdfium2
import pytest
from playwright.sync_api import Browser, sync_playwright
from visits import Contexts, Visit

from browser import HELP, find
from macros.catalogue.catalogue import Catalogue
from macros.catalogue.procedure import Procedure
from macros.checks.runner import load_catalogue
from macros.host.site_build import TemplateCache
from macros.pages.renderer import Writer
from macros.parsing.files import write
from macros.pdf.cache import Cache
from macros.wording.sentences import actor_names, plain_text

ROOT = Path(__file__).parent.parent
SOURCE_SOP = ROOT / "tests" / "source_sop"  # the SOP as it was written down from the article; never edited
ANSWERED_SOP = ROOT / "tests" / "answered_sop"  # the same with made-up answers and every feature of the files
MARKETPLACES = sorted(path.stem for path in (SOURCE_SOP / "marketplaces").glob("*.yml"))
SLOW_ROOMS = {"site", "host", "pdf"}
SLOW_FIXTURES = {"shared", "chromium", "paper"}  # a site, a browser, PDFs
CACHE = "SOP_TEST_CACHE"  # the environment variable with the folder of the shared cache
PARTS = ("mkdocs.yml", "docs", "overrides", "macros")
UNFINISHED = shutil.ignore_patterns("*.new")  # what another worker writes into the cache at this moment
HASHED = re.compile(r"\.[0-9a-f]{8}\.min\.")  # the name of a file that never changes


def pytest_configure(config: pytest.Config) -> None:
    """Make the folder of the cache that all processes of this run share."""
    if CACHE not in os.environ:
        folder, patch = tempfile.TemporaryDirectory(), pytest.MonkeyPatch()
        patch.setenv(CACHE, folder.name)
        config.add_cleanup(folder.cleanup)
        config.add_cleanup(patch.undo)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that `make quick` omits, and those of the audit; others carry the marks themselves."""
    for item in items:
        if item.path.parent.name == "audit":
            item.add_marker(pytest.mark.long)
        fixtures = {*getattr(item, "fixturenames", ())}
        if item.path.parent.name in SLOW_ROOMS or fixtures & SLOW_FIXTURES:
            item.add_marker(pytest.mark.slow)


@pytest.fixture(autouse=True, scope="session")
def compiled_templates() -> Iterator[None]:
    """Compile each template once in a run: to compile all for a test takes longer than to render its page."""
    defaults = Writer.__init__.__kwdefaults__
    assert defaults
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(defaults, "compiled", TemplateCache(Cache(Path(os.environ[CACHE], "templates"))))
        yield


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """The SOP of the source."""
    return load_catalogue(SOURCE_SOP)


@pytest.fixture(params=MARKETPLACES)
def procedures(request: pytest.FixtureRequest, catalogue: Catalogue) -> list[Procedure]:
    """The procedures of each marketplace."""
    return catalogue.procedures[request.param]


def spoken_steps(procedure: Procedure, catalogue: Catalogue) -> list[tuple[str, str]]:
    """Who does what: the steps that every rendering must carry."""
    return [(actor_names(one, catalogue), plain_text(one.text, catalogue)) for one in procedure.steps]


def words_of_pdf(pdf: bytes) -> str:
    """All words of a PDF, page by page, with one space between two."""
    pages = (page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))
    return " ".join(" ".join(pages).split())


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with the SOP of the source, which a test may edit."""
    return copy_project(tmp_path)


def copy_project(folder: Path, source: Path = ROOT, sop: Path | None = None, *, cache: bool = True) -> Path:
    """The folder, with a copy of what the site is built from; files that are already there stay.

    It gets the SOP in ``sop``; without one, a copy of this project gets the SOP of the source, and a copy of
    another project that project's. A copy of this project gets what earlier builds of this run have cached, if
    ``cache`` is true: PDFs and templates take two thirds of the time of a build.
    """
    parts = {part: source / part for part in PARTS}
    if cache and source == ROOT and CACHE in os.environ:
        parts[".cache"] = Path(os.environ[CACHE])
    parts["sop_data"] = sop or (SOURCE_SOP if source == ROOT else source / "sop_data")
    folder.mkdir(parents=True, exist_ok=True)
    for name, path in parts.items():
        if not (folder / name).exists():
            if path.is_dir():
                shutil.copytree(path, folder / name, ignore=UNFINISHED)
            else:
                shutil.copy(path, folder / name)
    return folder


def replace_in_file(path: Path, old: str, new: str) -> None:
    """Replace what must be in a file."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of the SOP of the source, which a test may edit."""
    return Path(shutil.copytree(SOURCE_SOP, tmp_path / "sop_data"))


def mkdocs(project: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run mkdocs in a folder, with these environment variables."""
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", *arguments],
        cwd=project,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"} | settings,
        capture_output=True,
        text=True,
        check=False,
    )


def tool(name: str) -> str:
    """The path of a program that is installed with the packages of the tests."""
    return str(Path(sysconfig.get_path("scripts"), name))


@pytest.fixture(scope="session")
def build() -> Callable[[Path], Path]:
    """Build the site of a project, strictly; the function returns the site's folder."""

    return lambda project: build_site(project, project / "site")


def build_site(project: Path, site: Path, **settings: str) -> Path:
    """The folder of a site, after building it strictly and without a warning."""
    done = mkdocs(project, "build", "--strict", "--quiet", "--site-dir", str(site), **settings)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "WARNING" not in done.stderr, done.stderr
    share_cache(project)
    return site


def share_cache(project: Path) -> None:
    """Keep what a build has cached for later builds of this run."""
    for path in (project / ".cache").glob("*/*"):
        target = Path(os.environ[CACHE], path.relative_to(project / ".cache"))
        if not target.exists():
            write(target, [path.read_bytes()])


def files_of(site: Path) -> dict[str, bytes]:
    """All files of a site."""
    whole = site.resolve()
    return {
        path.relative_to(whole).as_posix(): path.read_bytes() for path in whole.rglob("*") if path.is_file()
    }


Shared = Callable[[str, Callable[[Path], object]], Path]


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Shared:
    """Make a folder once for all workers: `shared(name, fill)` returns the folder that `fill` has filled."""
    base = tmp_path_factory.getbasetemp()
    root = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base

    def folder(name: str, fill: Callable[[Path], object]) -> Path:
        path, filled = root / f"shared-{name}", root / f"shared-{name}.filled"
        with (root / f"shared-{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not filled.exists():
                shutil.rmtree(path, ignore_errors=True)
                path.mkdir()
                fill(path)
                filled.touch()
        return path

    return folder


def site_of(shared: Shared, sop: Path) -> Path:
    """The site of an SOP, built once for all workers; a test copies it before it changes a file."""
    return (
        shared(sop.name, lambda folder: build_site(copy_project(folder, sop=sop), folder / "site")) / "site"
    )


@pytest.fixture(scope="session")
def site(shared: Shared) -> Path:
    """The site of the SOP of the source."""
    return site_of(shared, SOURCE_SOP)


@pytest.fixture(scope="session")
def answered_site(shared: Shared) -> Path:
    """The site of the SOP with made-up answers."""
    return site_of(shared, ANSWERED_SOP)


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Where that site is served, gzipped as a web server does it."""
    with serve(site) as url:
        yield url


@lru_cache(maxsize=100)
def zipped(body: bytes) -> bytes:
    return gzip.compress(body, mtime=0)


@contextmanager
def serve(folder: Path) -> Iterator[str]:
    """Serve a folder on the loopback, gzipped; gives the address.

    Files of Material, which have a hash in their names, may be cached by the browser.
    """

    class Handler(SimpleHTTPRequestHandler):
        def __init__(self, *args: Any) -> None:
            super().__init__(*args, directory=str(folder))

        def do_GET(self) -> None:
            path = Path(self.translate_path(self.path))
            path = path / "index.html" if path.is_dir() else path
            found = path.is_file()
            body = zipped(path.read_bytes() if found else b"not here")
            self.send_response(200 if found else 404)
            self.send_header("Content-Type", self.guess_type(str(path)))
            self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(body)))
            if HASHED.search(path.name):
                self.send_header("Cache-Control", "max-age=3600")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Be quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A headless Chromium; without one the tests fail, they are not skipped."""
    path = find()
    assert path, HELP
    needless = "SpareRendererForSitePerProcess,Translate,OptimizationHints"
    options = [
        "--no-sandbox",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-gpu",
        "--renderer-process-limit=1",
    ]
    options.append(f"--disable-features={needless}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=options)
        yield browser
        browser.close()


Open = Callable[..., Visit]


@pytest.fixture(scope="session")
def contexts(chromium: Browser) -> Contexts:
    return Contexts(chromium)


@pytest.fixture
def visit(contexts: Contexts, address: str) -> Iterator[Open]:
    """Open a page of the site: `visit("marketplaces/flipkart/", width=375, color_scheme="dark")`.

    ``clock`` is a time at which the clock of the browser begins; ``fresh`` gives a browser with an empty cache.
    """
    end = ExitStack()

    def run(
        path: str = "", *, base: str = "", width: int = 1280, height: int = 800, fresh: bool = False, clock: Any = None,
        **options: Any,
    ) -> Visit:  # fmt: skip
        options["viewport"] = {"width": width, "height": height}
        start = base or address
        if fresh or clock:  # a clock belongs to the context
            context = contexts.chromium.new_context(**options)
            end.callback(context.close)
        else:
            context = contexts.take(options)
            end.callback(contexts.give_back, options, context, start)
        one = Visit(context.new_page(), start)
        if clock:
            one.page.clock.install(time=clock)
        one.listen()
        one.page.goto(start + path)
        return one

    with end:
        yield run
