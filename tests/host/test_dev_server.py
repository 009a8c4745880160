"""`mkdocs serve` follows edits of the SOP and of our modules, and recovers from broken ones."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from threading import Barrier
from typing import cast
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest

import generated_sop
from conftest import ROOT, SOURCE_SOP, build_site, copy_project, replace_in_file
from macros.api.files import Make
from macros.host.dev_server import DevServer
from macros.host.site_build import Build
from macros.parsing.files import write

PATIENCE = 60  # seconds; only how long to wait before giving up


def wait_until(true: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline, what
        time.sleep(0.05)


class Server:
    """A running `mkdocs serve`, what it prints, and its pages."""

    def __init__(self, project: Path, mkdocs: Sequence[str] = (sys.executable, "-m", "mkdocs")) -> None:
        self.project = project
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.address = f"127.0.0.1:{probe.getsockname()[1]}"
        self.log = project / "serve.log"
        command = [*mkdocs, "serve", "--no-strict", "--dev-addr", self.address]
        with self.log.open("w") as log:
            environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
            self.process = subprocess.Popen(command, cwd=project, stdout=log, stderr=log, env=environment)

    def page(self, path: str) -> str:
        try:
            with urlopen(f"http://{self.address}/{path}", timeout=PATIENCE) as answer:
                return str(answer.read().decode())
        except (URLError, ConnectionError):
            return ""

    def content(self, path: str) -> bytes:
        """A file as it is built: without what MkDocs adds to pages that it serves."""
        try:
            with urlopen(f"http://{self.address}/{path}", timeout=PATIENCE) as answer:
                content = bytes(answer.read())
        except HTTPError as error:
            content = error.read()
        return LIVE_RELOAD.sub("", content.decode()).encode() if path.endswith("/") or not path else content

    def gives(self, path: str, wanted: bytes) -> bool:
        return self.content(path) == wanted

    def edit(self, name: str, old: str, new: str) -> None:
        replace_in_file(self.project / name, old, new)


@pytest.fixture
def server(project: Path) -> Iterator[Server]:
    with run_server(Server(project)) as one:
        yield one


@contextmanager
def run_server(one: Server) -> Iterator[Server]:
    """Wait for a server, and end it."""
    wait_until(lambda: "Flipkart" in one.page("marketplaces/flipkart/"), "the first page")
    wait_until(lambda: "Serving on" in one.log.read_text(), "the server")
    yield one
    one.process.terminate()
    one.process.wait(PATIENCE)


def test_edits_are_followed_and_broken_ones_recovered_from(server: Server) -> None:
    page = "marketplaces/flipkart/"
    server.edit("sop_data/marketplaces/flipkart.yml", "name: Flipkart", "name: Flipkart Two")
    wait_until(lambda: "Flipkart Two" in server.page(page), "an edit of the SOP")

    server.edit("sop_data/roles.yml", "name: Seller", "nam: Seller")
    wait_until(lambda: "SOP201 unknown key 'nam'" in server.log.read_text(), "the problem in the terminal")
    server.edit("sop_data/roles.yml", "nam: Seller", "name: Vendor")
    wait_until(lambda: "Vendor" in server.page("roles/seller/"), "the corrected edit")

    server.edit("sop_data/marketplaces/flipkart.yml", "{flipkart-seller-panel}", "{flipkart-seller-pane}")
    wait_until(lambda: "SOP304 unknown role" in server.log.read_text(), "a name in a text, checked again")
    server.edit("sop_data/marketplaces/flipkart.yml", "{flipkart-seller-pane}", "{flipkart-seller-panel}")

    server.edit("macros/wording/sentences.py", "No approval is recorded", "No approval at all")
    wait_until(lambda: "No approval at all" in server.page("marketplaces/ajio-vms/"), "an edit of a module")
    server.edit("sop_data/gaps.yml", "how long it is", "how long that is")
    wait_until(
        lambda: "how long that is" in server.page("marketplaces/ajio-vms/"), "an edit of the SOP after it"
    )
    assert "No approval at all" in server.page("marketplaces/ajio-vms/")
    server.edit("sop_data/roles.yml", "name: Vendor", "nam: Vendor")
    wait_until(lambda: server.log.read_text().count("SOP201 unknown key 'nam'") == 2, "a mistake after it")
    server.edit("sop_data/roles.yml", "nam: Vendor", "name: Vendor")
    server.edit("macros/pages/templates/marketplace.md", "Playbook:", "Steps of:")
    wait_until(lambda: "Steps of:" in server.page(page), "an edit of a template")
    assert "Traceback" not in server.log.read_text()
    server.edit("macros/host/plugin.py", "import logging", "import logging; (")
    wait_until(lambda: "the old code still runs" in server.log.read_text(), "code that cannot be loaded")
    server.edit("macros/host/plugin.py", "import logging; (", "import logging")
    server.edit(
        "macros/host/site_build.py", '"render_macros": True', '"render_macros": True, "description": "edited"'
    )
    wait_until(lambda: 'content="edited"' in server.page(page), "an edit of the code behind pages")


def test_edits_are_followed_on_windows(project: Path) -> None:
    path = project / "sop_data/marketplaces/flipkart.yml"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    with run_server(Server(project, (sys.executable, str(ROOT / "tests/windows.py"), "mkdocs"))) as served:
        served.edit("sop_data/marketplaces/flipkart.yml", "name: Flipkart", "name: Flipkart Two")
        wait_until(lambda: "Flipkart Two" in served.page("marketplaces/flipkart/"), "an edit of the SOP")


LIVE_RELOAD = re.compile(r"\n?<script>(?:(?!</script>).)*livereload.*?</script>", re.DOTALL)


@pytest.mark.long
def test_what_is_served_after_edits_is_what_a_clean_build_gives(
    server: Server, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Edits that need no new frame, and edits that do; pages, API, PDFs and search index."""
    data = server.project / "sop_data"
    asked = [
        "", "marketplaces/flipkart/", "marketplaces/nykaa-nykaa-fashion/", "issue-types/order-related/", "roles/client-poc/",
        "gaps/", "changes/", "api/v1/sop.json", "api/v1/matrix.csv", "assets/search-index.js", "pdf/flipkart.pdf", "pdf/matrix.pdf",
    ]  # fmt: skip
    client = "sop_data/playbooks/order-issue-via-client.yml"
    edits: list[Callable[[], object]] = [
        lambda: server.edit(client, "Update the", "Tell the"),
        lambda: server.edit("sop_data/systems.yml", "name: Omni Support", "name: Omni Desk"),
        lambda: (data / "marketplaces" / "nykaa-nykaa-fashion.yml").rename(server.project / "kept.yml"),
        lambda: server.edit("sop_data/gaps.yml", "how long it is", "how long that is"),
        lambda: (server.project / "kept.yml").rename(data / "marketplaces" / "nykaa-nykaa-fashion.yml"),
    ]
    for at, edit in enumerate(edits):
        edit()
        clean = copy_project(tmp_path_factory.mktemp("clean"), source=server.project)
        site = build_site(clean, clean / "site", SOP_SITE_URL=f"http://{server.address}/")
        for path in asked:
            file = site / path / "index.html" if path.endswith("/") or not path else site / path
            wanted = file.read_bytes() if file.exists() else (site / "404.html").read_bytes()
            wait_until(partial(server.gives, path, wanted), f"edit {at}: {path}")


class FakeBuild:
    """A build of two files, of which the first fails when it is rendered for the first time."""

    def __init__(self) -> None:
        self.rendered: list[str] = []
        self.both = Barrier(2, timeout=PATIENCE)

    def fails_once(self) -> list[bytes]:
        self.rendered.append("a")
        if self.rendered.count("a") == 1:
            raise OSError("no space left")
        return [b"new"]

    def meets(self) -> list[bytes]:
        self.both.wait()
        return [b"met"]

    def page_files(self) -> dict[str, Make]:
        return {"a/index.html": self.fails_once, "b/index.html": self.meets, "c/index.html": self.meets}

    def other_files(self) -> dict[str, Make]:
        return {}

    pdf_files = other_files


def dev_server(site: Path, build: FakeBuild) -> DevServer:
    return DevServer(cast("Build", build), site, lambda: cast("Build", build), [])  # a build needs an SOP


def test_a_file_that_fails_is_rendered_again_by_the_next_request(tmp_path: Path) -> None:
    write(tmp_path / "a/index.html", [b"old"])
    build = FakeBuild()
    server = dev_server(tmp_path, build)
    with pytest.raises(OSError, match="no space left"):
        server.render_if_pending("a/")
    server.render_if_pending("a/")
    assert (tmp_path / "a/index.html").read_bytes() == b"new"
    server.render_if_pending("a/")
    assert build.rendered == ["a", "a"]


def test_two_files_are_rendered_at_the_same_time(tmp_path: Path) -> None:
    """Each waits for the other; one lock for both would wait for ever."""
    server = dev_server(tmp_path, FakeBuild())
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(server.render_if_pending, ["b/", "c/"]))
    assert (tmp_path / "b/index.html").read_bytes() == (tmp_path / "c/index.html").read_bytes() == b"met"


def test_of_many_marketplaces_each_is_served_as_it_is_now(tmp_path: Path) -> None:
    """A marketplace that comes, changes its name or goes needs nothing of MkDocs; an address without a slash is led on."""
    data = generated_sop.grow(SOURCE_SOP, tmp_path, 60)
    one = Server(copy_project(tmp_path))
    try:
        wait_until(lambda: "Made-up marketplace 7" in one.page("marketplaces/made-up-7"), "the first page")
        built_once = one.log.read_text().count("Building documentation")
        path = data / "marketplaces" / "made-up-7.yml"
        text = path.read_text(encoding="utf-8")
        generated_sop.write(data / "marketplaces" / "new.yml", text.replace("marketplace 7", "shop"))
        wait_until(lambda: "Made-up shop" in one.page("marketplaces/new/"), "a new marketplace")
        wait_until(lambda: "Made-up shop" in one.page("all/2/") + one.page("all/1/"), "the index")
        path.unlink()
        wait_until(lambda: not one.page("marketplaces/made-up-7/"), "a marketplace that is gone")
        assert one.log.read_text().count("Building documentation") == built_once
    finally:
        one.process.terminate()
        one.process.wait(PATIENCE)
