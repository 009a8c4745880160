"""The example SOP after one edit, and the problems that `sop check` finds in it."""

import shutil
from pathlib import Path

from macros.checks.runner import load_catalogue
from macros.parsing.parser import read
from macros.parsing.problems import InvalidSop, Problem

EXAMPLE = Path(__file__).parent / "example_sop"


def example(folder: Path) -> Path:
    """A copy of the example SOP."""
    return Path(shutil.copytree(EXAMPLE, folder / "sop_data"))


def problems_in(data: Path) -> list[Problem]:
    """All problems of an SOP."""
    try:
        load_catalogue(data)
    except InvalidSop as error:
        return error.problems
    return []


def problems_after(folder: Path, file: str, old: str, new: str) -> list[Problem]:
    """The problems of the example SOP with ``new`` for the first ``old`` in a file."""
    path = example(folder) / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return problems_in(folder / "sop_data")


def fix_problem(text: str) -> tuple[Problem, str]:
    """The one problem of a text, and the text after its remedy `write it as: ...` was followed."""
    (problem,) = read("x.yml", text.encode()).problems
    remedy, _, line = problem.help.partition(": ")
    assert remedy == "write it as", problem
    lines = text.split("\n")
    wrong = lines[problem.line - 1]
    lines[problem.line - 1] = wrong[: len(wrong) - len(wrong.lstrip())] + line
    return problem, "\n".join(lines)
