"""Benchmark: compare each figure with a floor, another program or a goal from the same run.

`make bench` measures an SOP with 1,000 marketplaces, `make bench SIZE=100` one with 100. It writes bench/report.json and
docs/performance.md. Each work runs in its own process; the result is the median of several rounds.
"""

import gzip
import json
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import yaml

from browser_timing import first_paint, query
from conftest import copied
from generated_sop import realistic
from macros.checks.runner import load_catalogue
from macros.host.export import export_settings, settings_of
from macros.pages.links import LinkStyle
from macros.pages.renderer import Writer, pages
from measurement import Cost, Figure, alternate, process
from report import PAGE, REPORT, page

ROOT = Path(__file__).parent.parent
HERE = Path(__file__)
ROUNDS = 5
SLOW_ROUNDS = 3  # for work that takes a minute
TOOLS = Path(sysconfig.get_path("scripts"))


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


def run_work(name: str, *arguments: object) -> Cost:
    """Run a work in its own process; the start of Python and imports are not measured."""
    command = [sys.executable, str(HERE.with_name("workloads.py")), name, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own command
    if done.returncode:
        sys.exit(done.stdout + done.stderr)
    return Cost(*json.loads(done.stdout))


def check_figures(data: Path, size: int) -> Iterator[Figure]:
    ours, floor = alternate(ROUNDS, lambda: run_work("check", data), lambda: run_work("parse", data))
    yield Figure(f"check, {size:,}", ours.cpu, "s CPU", 2, "yaml.load, CSafeLoader", floor.cpu, ours.memory)
    schema = data.parent / ".schema"
    process([str(TOOLS / "sop"), "schema", "--data", str(data)], data.parent)
    peers = [
        [
            str(TOOLS / "check-jsonschema"),
            "--schemafile",
            str(schema / f"{kind}.json"),
            *map(str, sorted(data.glob(files))),
        ]
        for kind, files in (
            ("marketplace", "marketplaces/*.yml"),
            ("playbook", "playbooks/*.yml"),
            ("gap", "gaps.yml"),
        )
    ]

    def peer() -> Cost:
        runs = [process(command, data.parent) for command in peers]
        return Cost(sum(run.cpu for run in runs), max(run.memory for run in runs))

    ours, theirs = alternate(
        ROUNDS, lambda: process([str(TOOLS / "sop"), "check", str(data)], data.parent), peer
    )
    shutil.rmtree(schema)
    yield Figure(
        f"sop check, {size:,}, start included",
        ours.cpu,
        "s CPU",
        0.1,
        "check-jsonschema",
        theirs.cpu,
        ours.memory,
    )


def site_figures(folder: Path, source: Path, size: int, rounds: int) -> Iterator[Figure]:
    """Measure a build of pages, search index and JSON, after a first build that fills the cache."""
    flat = write_markdown_project(folder / f"flat-{size}", source, "folders")
    peer = write_markdown_project(folder / f"peer-{size}", source, "sources")
    mkdocs(source)
    ours, floor, theirs = alternate(
        rounds, lambda: mkdocs(source), lambda: mkdocs(flat), lambda: zensical(peer)
    )
    large = size > 50
    yield Figure(
        f"site, {size:,}",
        ours.cpu,
        "s CPU",
        0.3 if large else 1.15,
        "Material, the same pages",
        floor.cpu,
        ours.memory,
    )
    yield Figure(
        f"site, {size:,}", ours.cpu, "s CPU", 0.6 if large else None, "Zensical, the same pages", theirs.cpu
    )


def growth_figures(source: Path, larger: Path, size: int) -> Iterator[Figure]:
    mkdocs(larger)
    ours, ten = mkdocs(source), mkdocs(larger)
    yield Figure(f"site, {10 * size:,}", ten.cpu, "s CPU", 11, f"site, {size:,}", ours.cpu, ten.memory)
    yield Figure(f"memory of the site, {10 * size:,}", ten.memory, "MB", 1024)


def pdf_figures(data: Path, size: int) -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as cache:
        every = run_work("print", data, cache)
        with Edit(data):
            again = run_work("print", data, cache)
    yield Figure(f"all PDFs, {size:,}", every.cpu, "s CPU", memory=every.memory)
    yield Figure(
        f"all PDFs after one edit, {size:,}", again.cpu, "s CPU", 0.02, "all PDFs", every.cpu, again.memory
    )


class Edit:
    """Change the escalation of one marketplace while the context is open."""

    def __init__(self, data: Path) -> None:
        paths = sorted((data / "marketplaces").glob("*.yml"))
        self.path = next(path for path in paths if "escalation: Raise" in path.read_text(encoding="utf-8"))
        self.text = self.path.read_text(encoding="utf-8")

    def __enter__(self) -> Path:
        self.path.write_text(self.text.replace("escalation: Raise", "escalation: Hand in"), encoding="utf-8")
        return self.path

    def __exit__(self, *_: object) -> None:
        self.path.write_text(self.text, encoding="utf-8")


def diff_figures(data: Path, size: int) -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        old = Path(shutil.copytree(data, Path(folder) / "old"))
        with Edit(data):
            ours, floor = alternate(
                ROUNDS, lambda: run_work("diff", old, data), lambda: run_work("check", data)
            )
    yield Figure(
        f"diff, {size:,}", ours.cpu, "s CPU", None, "checking one of the two", floor.cpu, ours.memory
    )


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


def search_figures(folder: Path, size: int) -> Iterator[Figure]:
    index = gzip.compress((folder / "assets/search-index.js").read_bytes(), mtime=0)
    yield Figure(f"search index, {size:,}", len(index) / 1024, "KB", 1024)
    last, slowest = query(folder)
    yield Figure(f"answer of the search, {size:,}, processor slowed 4 times", last, "ms", 100)
    yield Figure("the slowest answer while that query is typed", slowest, "ms")


def all_figures(size: int, folder: Path) -> Iterator[Figure]:
    small = copied(folder / "small")
    large = copied(realistic(folder / "large", size).parent)
    larger = copied(realistic(folder / "larger", 10 * size).parent)
    yield from check_figures(large / "sop_data", size)
    yield from site_figures(folder, small, 8, ROUNDS)
    yield from site_figures(folder, large, size, SLOW_ROUNDS)
    yield from growth_figures(large, larger, size)
    yield from weight_figures({8: small / "site", size: large / "site", 10 * size: larger / "site"})
    yield from first_paint(
        {"a marketplace page": large / "site", "an empty Material page": empty_project(folder / "empty")}
    )
    yield from search_figures(large / "site", size)
    yield from server_figures(large, size)
    yield from diff_figures(large / "sop_data", size)
    yield from pdf_figures(large / "sop_data", size)


def empty_project(folder: Path) -> Path:
    """Build an empty Material site."""
    (folder / "docs").mkdir(parents=True)
    (folder / "docs/index.md").write_text("# Empty\n")
    (folder / "mkdocs.yml").write_text("site_name: Empty\ntheme: {name: material, font: false}\n")
    mkdocs(folder)
    return folder / "site"


def main(size: int) -> None:
    """Measure everything and write the report."""
    found: list[Figure] = []
    with tempfile.TemporaryDirectory() as folder:
        for figure in all_figures(size, Path(folder)):
            found.append(figure)
            sys.stdout.write(f"{figure.row()}\n")
            sys.stdout.flush()
    report: dict[str, Any] = {"size": size, "figures": [figure.record() for figure in found]}
    REPORT.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main(int(sys.argv[1]))
