"""Benchmark: compare each figure with a floor, another program or a goal from the same run.

`make bench` measures an SOP with 1,000 marketplaces, `make bench SIZE=100` one with 100. It writes bench/report.json and
docs/performance.md. Each work runs in its own process; the result is the median of several rounds.
`python bench/bench.py 100 check pdf` measures some parts only, and writes nothing.
"""

import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from browser_timing import case_opened, first_paint, search_figures
from conftest import copy_project
from data_figures import check_figures, diff_figures, pdf_figures
from generated_sop import realistic
from measurement import HEAD, Figure
from report import PAGE, REPORT, page
from site_figures import empty, growth_figures, mkdocs, server_figures, site, weight_figures


class Projects:
    """A small project, one with ``size`` marketplaces, and one with ten times as many; each is written when needed."""

    def __init__(self, folder: Path, size: int) -> None:
        self.folder = folder
        self.size = size

    @cached_property
    def small(self) -> Path:
        return copy_project(self.folder / "small")

    @cached_property
    def large(self) -> Path:
        return copy_project(realistic(self.folder / "large", self.size).parent)

    @cached_property
    def larger(self) -> Path:
        return copy_project(realistic(self.folder / "larger", 10 * self.size).parent)

    @cached_property
    def empty(self) -> Path:
        """An empty Material site."""
        return empty(self.folder / "empty")


def site_folder(project: Path) -> Path:
    """The site of a project, built if it does not exist."""
    if not (project / "site").exists():
        mkdocs(project)
    return project / "site"


def sites(of: Projects) -> Iterator[Figure]:
    yield from site(of.folder, of.small, 8)
    yield from site(of.folder, of.large, of.size)


def weight(of: Projects) -> Iterator[Figure]:
    yield from weight_figures(
        {8: site_folder(of.small), of.size: site_folder(of.large), 10 * of.size: site_folder(of.larger)}
    )


def paint(of: Projects) -> Iterator[Figure]:
    yield from first_paint({"a marketplace page": site_folder(of.large), "an empty Material page": of.empty})


PARTS: dict[str, Callable[[Projects], Iterator[Figure]]] = {
    "check": lambda of: check_figures(of.large / "sop_data", of.size),
    "site": sites,
    "growth": lambda of: growth_figures(of.large, of.larger, of.size),
    "weight": weight,
    "paint": paint,
    "search": lambda of: search_figures(site_folder(of.large), of.size),
    "case": lambda of: case_opened(site_folder(of.small)),
    "serve": lambda of: server_figures(of.large, of.size),
    "diff": lambda of: diff_figures(of.large / "sop_data", of.size),
    "pdf": lambda of: pdf_figures(of.large / "sop_data", of.size),
}


def main(size: int, parts: list[str]) -> None:
    """Measure parts, or everything; write the report if it is everything."""
    before = json.loads(REPORT.read_text(encoding="utf-8"))["figures"] if REPORT.exists() else []
    found: list[Figure] = []
    sys.stdout.write(f"{HEAD}\n")
    with tempfile.TemporaryDirectory() as folder:
        projects = Projects(Path(folder), size)
        for part in parts or PARTS:
            for figure in PARTS[part](projects):
                found.append(figure.after(before))
                sys.stdout.write(f"{found[-1].row()}\n")
                sys.stdout.flush()
    if not parts:
        report: dict[str, Any] = {"size": size, "figures": [figure.record() for figure in found]}
        REPORT.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
        PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
