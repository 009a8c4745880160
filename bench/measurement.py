"""Measure CPU seconds and peak memory of processes, and compare figures with floors and goals."""

import os
import statistics
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple


class Cost(NamedTuple):
    """CPU seconds and peak memory in MB of a process, including its child processes."""

    cpu: float
    memory: float


def process(command: list[str], folder: Path, **environment: str) -> Cost:
    """Run a command and measure it. If it fails, exit with its output."""
    quiet = os.environ | {"NO_MKDOCS_2_WARNING": "1"} | environment
    running = subprocess.Popen(  # noqa: S603 - our own commands
        command, cwd=folder, env=quiet, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    said = running.stdout.read() if running.stdout else b""
    _, status, used = os.wait4(running.pid, 0)
    running.returncode = os.waitstatus_to_exitcode(status)
    if running.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{said.decode()[-2000:]}")
    return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def alternate(rounds: int, *works: Callable[[], Cost]) -> list[Cost]:
    """Run all works in turn for several rounds, so that noise affects all of them; return medians."""
    results = [[work() for work in works] for _ in range(rounds)]
    return [
        Cost(statistics.median(one.cpu for one in column), max(one.memory for one in column))
        for column in zip(*results, strict=True)
    ]


def format_number(number: float) -> str:
    """Format a number with three digits, or as an integer from 100 on."""
    return f"{number:,.0f}" if number >= 100 else f"{number:.3g}"


@dataclass(frozen=True, slots=True)
class Figure:
    """One measurement with its unit, what it is compared with, and its goal (an upper limit).

    ``ratio`` is ``ours`` divided by ``theirs``. The goal applies to the ratio if there is one, else to ``ours``.
    ``before`` is the same value in the report before.
    """

    what: str
    ours: float
    unit: str
    goal: float | None = None
    against: str = ""
    theirs: float | None = None
    memory: float | None = None
    before: float | None = None

    @property
    def ratio(self) -> float | None:
        return self.ours / self.theirs if self.theirs else None

    @property
    def met(self) -> str:
        if self.goal is None:
            return ""
        return "yes" if self.value <= self.goal else "**no**"

    @property
    def value(self) -> float:
        """The number that the goal applies to."""
        return self.ours if self.ratio is None else self.ratio

    def after(self, figures: list[dict[str, Any]]) -> "Figure":
        """The same figure, with its value in the report before, whose figures these are."""
        same = (
            one for one in map(from_record, figures) if (one.what, one.against) == (self.what, self.against)
        )
        return replace(self, before=next((one.value for one in same), None))

    def row(self) -> str:
        """Return the figure as a row of a Markdown table."""
        beside = (
            f"{self.against}: {format_number(self.theirs)} {self.unit}" if self.theirs is not None else ""
        )
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}"
        unit = f" {self.unit}" if self.ratio is None else ""
        goal, before = ("" if one is None else format_number(one) + unit for one in (self.goal, self.before))
        memory = f"{format_number(self.memory)} MB" if self.memory else ""
        measured = f"{format_number(self.ours)} {self.unit}"
        return (
            f"| {self.what} | {measured} | {memory} | {beside} | {ratio} | {before} | {goal} | {self.met} |"
        )

    def record(self) -> dict[str, object]:
        """Return the figure as a JSON object."""
        return {**asdict(self), "ratio": self.ratio}


def from_record(record: dict[str, Any]) -> Figure:
    """A figure from its JSON object."""
    return Figure(**{name: record[name] for name in record if name != "ratio"})


HEAD = "| what | measured | peak memory | compared with | ratio | before | goal | met |\n|---|---|---|---|---|---|---|---|"
