"""Figures of sites: build, memory, weight of a page, and time from an edit to its page."""

import gzip
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import yaml

from data_figures import ROUNDS, TOOLS, Edit
from macros.checks.runner import load_catalogue
from macros.host.export import export_settings, settings_of
from macros.pages.links import LinkStyle
from macros.pages.renderer import Writer, pages
from measurement import Cost, Figure, alternate, process

SLOW_ROUNDS = 3  # for work that takes a minute


def write_markdown_project(folder: Path, source: Path, links: LinkStyle) -> Path:
    """Write a project of plain Markdown: the finished pages of an SOP, in a flat menu."""
    catalogue = load_catalogue(source / "sop_data")
    made, write = pages(catalogue), Writer(catalogue, links=links, markdown=True)
    shutil.copytree(source / "docs", folder / "docs")
    for path, one in made.items():
        target = folder / "docs" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(write(path, one), encoding="utf-8")
    flat = {
        **export_settings(settings_of(source), list(made)),
        "strict": False,
        "validation": {"nav": {"omitted_files": "ignore"}},
    }
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(flat, sort_keys=False), encoding="utf-8")
    return folder


def mkdocs(folder: Path) -> Cost:
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--no-strict"]
    return process(command, folder, SOP_PDF="false")


def zensical(folder: Path) -> Cost:
    return process([str(TOOLS / "zensical"), "build"], folder)


def site(folder: Path, source: Path, size: int) -> Iterator[Figure]:
    """Measure a build of pages, search index and JSON: after a build that fills the cache; of a small site also without."""
    flat = write_markdown_project(folder / f"flat-{size}", source, "folders")
    peer = write_markdown_project(folder / f"peer-{size}", source, "sources")
    large = size > 50
    mkdocs(source)
    works = [lambda: mkdocs(source), lambda: mkdocs(flat), lambda: zensical(peer)]
    if not large:
        works.append(lambda: first_build(source))
    ours, floor, theirs, *first = alternate(SLOW_ROUNDS if large else ROUNDS, *works)
    what, material, other = f"site, {size:,}", "Material, the same pages", "Zensical, the same pages"
    yield Figure(what, ours.cpu, "s CPU", 0.3 if large else 1.15, material, floor.cpu, ours.memory)
    for one in first:
        yield Figure(f"{what}, empty cache", one.cpu, "s CPU", 1.15, material, floor.cpu, one.memory)
    yield Figure(what, ours.cpu, "s CPU", 0.4 if large else None, other, theirs.cpu)


def first_build(source: Path) -> Cost:
    shutil.rmtree(source / ".cache", ignore_errors=True)
    return mkdocs(source)


def growth_figures(source: Path, larger: Path, size: int) -> Iterator[Figure]:
    mkdocs(larger)
    ours, ten = mkdocs(source), mkdocs(larger)
    yield Figure(f"site, {10 * size:,}", ten.cpu, "s CPU", 11, f"site, {size:,}", ours.cpu, ten.memory)
    yield Figure(f"memory of the site, {10 * size:,}", ten.memory, "MB", 400)


def server_figures(source: Path, size: int) -> Iterator[Figure]:
    """Measure the elapsed time from an edit to the page that shows it. MkDocs waits 0.1 s for more edits."""
    with tempfile.TemporaryFile() as log:
        command = [sys.executable, "-m", "mkdocs", "serve", "--no-strict", "--dev-addr", "127.0.0.1:8979"]
        running = subprocess.Popen(command, cwd=source, stdout=log, stderr=log)  # noqa: S603 - our own command
        change = Edit(source / "sop_data")
        address = f"http://127.0.0.1:8979/marketplaces/{change.path.stem}/"
        try:
            wait_until(address, "Raise a ticket")
            times = []
            for _ in range(ROUNDS):
                start = time.perf_counter()
                with change:
                    wait_until(address, "Hand in")
                    times.append(time.perf_counter() - start)
                wait_until(address, "Raise a ticket")
        finally:
            running.terminate()
            running.wait()
    yield Figure(f"edit to page while serving, {size:,}", sorted(times)[ROUNDS // 2], "s", 1)


def wait_until(address: str, text: str) -> None:
    """Wait until a page contains a text."""
    while text not in body(address):
        time.sleep(0.01)


def body(address: str) -> str:
    """Fetch a page; return an empty string while the server is not running."""
    try:
        with urlopen(address, timeout=30) as answer:  # noqa: S310 - our own server
            return str(answer.read().decode())
    except OSError:
        return ""


def weight_figures(sites: dict[int, Path]) -> Iterator[Figure]:
    """Measure the gzipped size of a first visit to a marketplace page, without its steps."""
    smallest = min(sites)
    base = weight(sites[smallest])
    yield Figure(f"marketplace page without its steps, cold, {smallest}", base / 1024, "KB")
    for size, folder in sites.items():
        if size != smallest:
            more = abs(weight(folder) - base) / 1024
            yield Figure(f"the same at {size:,}, difference", more, "KB", 2)


def weight(folder: Path) -> int:
    html = min(folder.glob("marketplaces/*/index.html")).read_text(encoding="utf-8")
    assets = set(re.findall(r'(?:href|src)="(?:\.\./)*(assets/[^"?]+\.(?:css|js))"', html))
    frame = re.sub(r"<article.*?</article>", "", html, flags=re.DOTALL)
    contents = [frame.encode(), *((folder / name).read_bytes() for name in sorted(assets))]
    return sum(len(gzip.compress(content, mtime=0)) for content in contents)


def empty(folder: Path) -> Path:
    """Build an empty Material site."""
    (folder / "docs").mkdir(parents=True)
    (folder / "docs/index.md").write_text("# Empty\n")
    (folder / "mkdocs.yml").write_text("site_name: Empty\ntheme: {name: material, font: false}\n")
    mkdocs(folder)
    return folder / "site"
