"""Measure CPU seconds and peak memory of processes, and compare figures with floors and goals."""

import os
import statistics
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import NamedTuple


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
    """

    what: str
    ours: float
    unit: str
    goal: float | None = None
    against: str = ""
    theirs: float | None = None
    memory: float | None = None

    @property
    def ratio(self) -> float | None:
        return self.ours / self.theirs if self.theirs else None

    @property
    def met(self) -> str:
        if self.goal is None:
            return ""
        return "yes" if (self.ours if self.ratio is None else self.ratio) <= self.goal else "**no**"

    def row(self) -> str:
        """Return the figure as a row of a Markdown table."""
        beside = (
            f"{self.against}: {format_number(self.theirs)} {self.unit}" if self.theirs is not None else ""
        )
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}"
        goal = "" if self.goal is None else format_number(self.goal)
        if goal and self.ratio is None:
            goal = f"{goal} {self.unit}"
        memory = f"{format_number(self.memory)} MB" if self.memory else ""
        return f"| {self.what} | {format_number(self.ours)} {self.unit} | {memory} | {beside} | {ratio} | {goal} | {self.met} |"

    def record(self) -> dict[str, object]:
        """Return the figure as a JSON object."""
        return {**asdict(self), "ratio": self.ratio}


HEAD = "| what | measured | peak memory | compared with | ratio | goal | met |\n|---|---|---|---|---|---|---|"
