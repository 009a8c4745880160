"""`mkdocs serve` follows edits of the SOP and of our modules, and recovers from broken ones."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

PATIENCE = 60  # seconds; only how long to wait before giving up


def until(true: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline, what
        time.sleep(0.05)


class Served:
    """A running `mkdocs serve`, what it prints, and its pages."""

    def __init__(self, project: Path) -> None:
        self.project = project
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.address = f"127.0.0.1:{probe.getsockname()[1]}"
        self.log = project / "serve.log"
        command = [sys.executable, "-m", "mkdocs", "serve", "--no-strict", "--dev-addr", self.address]
        with self.log.open("w") as log:
            environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
            self.process = subprocess.Popen(command, cwd=project, stdout=log, stderr=log, env=environment)

    def page(self, path: str) -> str:
        try:
            with urlopen(f"http://{self.address}/{path}", timeout=PATIENCE) as answer:
                return str(answer.read().decode())
        except (URLError, ConnectionError):
            return ""

    def edit(self, name: str, old: str, new: str) -> None:
        file = self.project / name
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def served(project: Path) -> Iterator[Served]:
    one = Served(project)
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
    until(lambda: "Vendor" in served.page("roles/seller/"), "the mended edit")

    served.edit("sop_data/marketplaces/flipkart.yml", "{flipkart-seller-panel}", "{flipkart-seller-pane}")
    until(
        lambda: "SOP304 unknown role or system" in served.log.read_text(), "a name in a text, checked again"
    )
    served.edit("sop_data/marketplaces/flipkart.yml", "{flipkart-seller-pane}", "{flipkart-seller-panel}")

    served.edit("macros/prose.py", "Nobody named", "No one at all")
    until(lambda: "No one at all" in served.page("marketplaces/ajio-vms/"), "an edit of a module")
    served.edit("macros/templates/marketplace.md", "Playbook:", "Steps of:")
    until(lambda: "Steps of:" in served.page(page), "an edit of a template")
    served.edit("macros/hook.py", "hide: [{hidden}]", "description: edited\\nhide: [{hidden}]")
    until(lambda: 'content="edited"' in served.page(page), "an edit of the hook")
    assert "Traceback" not in served.log.read_text()
