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
from html import unescape
from pathlib import Path
from threading import Barrier
from typing import cast
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest

import generated_sop
from conftest import ROOT, SOURCE_SOP, built, copied, rewritten
from macros.api.files import Make
from macros.host.dev_server import DevServer
from macros.host.site_build import Build
from macros.parsing.files import write

PATIENCE = 60  # seconds; only how long to wait before giving up


def until(true: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline, what
        time.sleep(0.05)


def even(content: bytes) -> str:
    """Without the white space and character codes that Markdown leaves otherwise than we do."""
    return "".join(unescape(content.decode(errors="replace")).split())


class Served:
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
        return even(self.content(path)) == even(wanted)

    def edit(self, name: str, old: str, new: str) -> None:
        rewritten(self.project / name, old, new)


@pytest.fixture
def served(project: Path) -> Iterator[Served]:
    with serving(Served(project)) as one:
        yield one


@contextmanager
def serving(one: Served) -> Iterator[Served]:
    """Wait for a server, and end it."""
    until(lambda: "Flipkart" in one.page("marketplaces/flipkart/"), "the first page")
    until(lambda: "Serving on" in one.log.read_text(), "the server")
    yield one
    one.process.terminate()
    one.process.wait(PATIENCE)


def test_edits_are_followed_and_broken_ones_recovered_from(served: Served) -> None:
    page = "marketplaces/flipkart/"
    served.edit("sop_data/marketplaces/flipkart.yml", "name: Flipkart", "name: Flipkart Two")
    until(lambda: "Flipkart Two" in served.page(page), "an edit of the SOP")

    served.edit("sop_data/roles.yml", "name: Seller", "nam: Seller")
    until(lambda: "SOP201 unknown key 'nam'" in served.log.read_text(), "the problem in the terminal")
    served.edit("sop_data/roles.yml", "nam: Seller", "name: Vendor")
    until(lambda: "Vendor" in served.page("roles/seller/"), "the corrected edit")

    served.edit("sop_data/marketplaces/flipkart.yml", "{flipkart-seller-panel}", "{flipkart-seller-pane}")
    until(lambda: "SOP304 unknown role" in served.log.read_text(), "a name in a text, checked again")
    served.edit("sop_data/marketplaces/flipkart.yml", "{flipkart-seller-pane}", "{flipkart-seller-panel}")

    served.edit("macros/wording/sentences.py", "No approval is recorded", "No approval at all")
    until(lambda: "No approval at all" in served.page("marketplaces/ajio-vms/"), "an edit of a module")
    served.edit("sop_data/gaps.yml", "how long it is", "how long that is")
    until(lambda: "how long that is" in served.page("marketplaces/ajio-vms/"), "an edit of the SOP after it")
    assert "No approval at all" in served.page("marketplaces/ajio-vms/")
    served.edit("sop_data/roles.yml", "name: Vendor", "nam: Vendor")
    until(lambda: served.log.read_text().count("SOP201 unknown key 'nam'") == 2, "a mistake after it")
    served.edit("sop_data/roles.yml", "nam: Vendor", "name: Vendor")
    served.edit("macros/pages/templates/marketplace.md", "Playbook:", "Steps of:")
    until(lambda: "Steps of:" in served.page(page), "an edit of a template")
    assert "Traceback" not in served.log.read_text()
    served.edit("macros/host/plugin.py", "import logging", "import logging; (")
    until(lambda: "the old code still runs" in served.log.read_text(), "code that cannot be loaded")
    served.edit("macros/host/plugin.py", "import logging; (", "import logging")
    served.edit(
        "macros/host/site_build.py", '"render_macros": True', '"render_macros": True, "description": "edited"'
    )
    until(lambda: 'content="edited"' in served.page(page), "an edit of the code behind pages")


def test_edits_are_followed_on_windows(project: Path) -> None:
    path = project / "sop_data/marketplaces/flipkart.yml"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    with serving(Served(project, (sys.executable, str(ROOT / "tests/windows.py"), "mkdocs"))) as served:
        served.edit("sop_data/marketplaces/flipkart.yml", "name: Flipkart", "name: Flipkart Two")
        until(lambda: "Flipkart Two" in served.page("marketplaces/flipkart/"), "an edit of the SOP")


LIVE_RELOAD = re.compile(r"\n?<script>(?:(?!</script>).)*livereload.*?</script>", re.DOTALL)


@pytest.mark.long
def test_what_is_served_after_edits_is_what_a_clean_build_gives(
    served: Served, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Edits that need no new frame, and edits that do; pages, API, PDFs and search index."""
    data = served.project / "sop_data"
    asked = [
        "", "marketplaces/flipkart/", "marketplaces/nykaa-nykaa-fashion/", "issue-types/order-related/", "roles/client-poc/",
        "gaps/", "changes/", "api/v1/sop.json", "api/v1/matrix.csv", "assets/search-index.js", "pdf/flipkart.pdf", "pdf/matrix.pdf",
    ]  # fmt: skip
    client = "sop_data/playbooks/order-issue-via-client.yml"
    edits: list[Callable[[], object]] = [
        lambda: served.edit(client, "Update the", "Tell the"),
        lambda: served.edit("sop_data/systems.yml", "name: Omni Support", "name: Omni Desk"),
        lambda: (data / "marketplaces" / "nykaa-nykaa-fashion.yml").rename(served.project / "kept.yml"),
        lambda: served.edit("sop_data/gaps.yml", "how long it is", "how long that is"),
        lambda: (served.project / "kept.yml").rename(data / "marketplaces" / "nykaa-nykaa-fashion.yml"),
    ]
    for at, edit in enumerate(edits):
        edit()
        clean = copied(tmp_path_factory.mktemp("clean"), source=served.project)
        site = built(clean, clean / "site", SOP_SITE_URL=f"http://{served.address}/")
        for path in asked:
            file = site / path / "index.html" if path.endswith("/") or not path else site / path
            wanted = file.read_bytes() if file.exists() else (site / "404.html").read_bytes()
            until(partial(served.gives, path, wanted), f"edit {at}: {path}")


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
    data = generated_sop.grown(SOURCE_SOP, tmp_path, 60)
    one = Served(copied(tmp_path))
    try:
        until(lambda: "Made-up marketplace 7" in one.page("marketplaces/made-up-7"), "the first page")
        built_once = one.log.read_text().count("Building documentation")
        path = data / "marketplaces" / "made-up-7.yml"
        text = path.read_text(encoding="utf-8")
        generated_sop.write(data / "marketplaces" / "new.yml", text.replace("marketplace 7", "shop"))
        until(lambda: "Made-up shop" in one.page("marketplaces/new/"), "a new marketplace")
        until(lambda: "Made-up shop" in one.page("all/2/") + one.page("all/1/"), "the index")
        path.unlink()
        until(lambda: not one.page("marketplaces/made-up-7/"), "a marketplace that is gone")
        assert one.log.read_text().count("Building documentation") == built_once
    finally:
        one.process.terminate()
        one.process.wait(PATIENCE)
