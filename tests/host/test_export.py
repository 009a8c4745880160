"""`sop export`: the site that Zensical builds has the same content, page by page."""

import json
import re
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin

import pytest
from click.testing import CliRunner

from conftest import SOURCE_SOP, copy_project, tool
from macros.catalogue.catalogue import Catalogue
from macros.cli.main import main
from macros.pages.renderer import html_files, pages


class Article(HTMLParser):
    """Headings, links and texts of steps inside the article of a page."""

    VOID = frozenset(("area", "br", "hr", "img", "input", "link", "meta", "source", "wbr"))

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = []  # tag and class
        self.headings: list[str] = []
        self.links: list[str] = []
        self.steps: list[str] = []
        self.foot = ""
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        of = dict(attributes)
        if tag not in self.VOID:
            self.open.append((tag, of.get("class") or ""))
        if not self.inside("article"):
            return
        if tag in ("h1", "h2", "h3"):
            self.headings.append("")
        if tag == "a" and "href" in of and "headerlink" not in (of.get("class") or ""):
            self.links.append(of["href"] or "")
        if of.get("class") == "sop-text":
            self.steps.append("")

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def inside(self, tag: str, name: str = "") -> bool:
        return any(one == tag and name in classes for one, classes in self.open)

    def handle_data(self, data: str) -> None:
        if not self.inside("article") or self.inside("a", "headerlink"):
            return
        if any(self.inside(tag) for tag in ("h1", "h2", "h3")):
            self.headings[-1] += data
        if self.inside("p", "sop-text"):
            self.steps[-1] += data
        if self.inside("p", "sop-controlled"):
            self.foot += data


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project, folder = copy_project(tmp_path_factory.mktemp("project")), tmp_path_factory.mktemp("export")
    done = CliRunner().invoke(main, ["export", str(folder), "--data", str(project / "sop_data")])
    assert done.exit_code == 0, done.output
    return folder


@pytest.fixture(scope="module")
def zensical(export: Path) -> Path:
    """The export as Zensical builds it, strictly."""
    command = [tool("zensical"), "build", "--strict"]
    done = subprocess.run(command, cwd=export, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "No issues found" in done.stdout + done.stderr
    return export / "site"


def test_zensical_pages_have_the_same_content(site: Path, zensical: Path, catalogue: Catalogue) -> None:
    steps = 0
    for page in html_files(catalogue):
        ours, theirs = Article(site / page), Article(zensical / page)
        assert ours.headings, page
        assert ours.foot
        for part in ("headings", "steps", "foot"):
            assert getattr(ours, part) == getattr(theirs, part), (page, part)
        start = f"/{page.removesuffix('index.html')}"
        meant, found = ({urljoin(start, link) for link in one.links} for one in (ours, theirs))
        assert meant == found, page
        steps += len(ours.steps) if page.startswith("marketplaces") else 0
    assert steps == 44


def test_pdfs_and_json_come_along(site: Path, zensical: Path) -> None:
    for folder in ("pdf", "api"):
        files = [path.relative_to(site) for path in (site / folder).rglob("*") if path.is_file()]
        assert len(files) > 20
        for path in files:
            assert (zensical / path).read_bytes() == (site / path).read_bytes(), path


def test_the_export_builds_without_this_project(export: Path, catalogue: Catalogue) -> None:
    text = (export / "mkdocs.yml").read_text(encoding="utf-8")
    assert not re.search(r"macros|hooks|!|search-box", text)
    assert all((export / "docs" / path).is_file() for path in pages(catalogue))


def test_nothing_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "mine.md").write_text("mine")
    done = CliRunner().invoke(main, ["export", str(tmp_path), "--data", str(SOURCE_SOP)])
    assert done.exit_code == 2
    assert "is not an empty folder" in done.output
    assert [path.name for path in tmp_path.iterdir()] == ["mine.md"]


@pytest.mark.parametrize("command", ["export", "build --out"])
def test_without_settings_nothing_is_written(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(main, [*command.split(), "out", "--data", str(data)])
    assert done.exit_code == 1
    assert "there is no mkdocs.yml beside" in done.output
    assert [path.name for path in tmp_path.iterdir()] == ["sop_data"]


def test_zensical_finds_aliases_which_no_page_shows(zensical: Path) -> None:
    found = [
        item
        for item in json.loads((zensical / "search.json").read_text(encoding="utf-8"))["items"]
        if "naika" in item["text"]
    ]
    assert [item["location"] for item in found] == ["marketplaces/nykaa-nykaa-fashion/"]
    page = (zensical / "marketplaces/nykaa-nykaa-fashion/index.html").read_text(encoding="utf-8")
    assert re.search(r"<p hidden[^>]*>naika, ", page)
