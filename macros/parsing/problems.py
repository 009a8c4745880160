"""Problems with a position, a message and a remedy, and their output formats."""

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from difflib import get_close_matches

ANNOTATIONS = 10  # GitHub shows this many per step and drops the rest without notice


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake in the SOP's files.

    ``line`` and ``column`` count from 1, columns in characters. ``excerpt`` is the line
    of the file, ``help`` is one sentence on how to fix it.
    """

    path: str
    line: int
    column: int
    code: str
    message: str
    help: str = ""
    excerpt: str = field(default="", compare=False)

    def __str__(self) -> str:
        lines = [f"{self.path}:{self.line}:{self.column}: {self.code} {self.message}"]
        if self.excerpt.strip():
            # Keep tabs, so that the caret is below its character.
            before = self.excerpt[: self.column - 1]
            blank = "".join("\t" if char == "\t" else " " for char in before)
            lines += [f"    {self.excerpt}", f"    {blank}^"]
        if self.help:
            lines.append(f"    help: {self.help}")
        return "\n".join(lines)


class InvalidSop(Exception):
    """The SOP has problems; ``problems`` lists all of them, in file order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__(as_text(self.problems))


def as_text(problems: list[Problem]) -> str:
    """All problems for a terminal, and their number."""
    noun = "problem" if len(problems) == 1 else "problems"
    return "\n\n".join([*map(str, problems), f"{len(problems)} {noun}"])


def as_github(problems: list[Problem]) -> str:
    """All problems for the log, and the first of them as annotations."""
    lines = [as_text(problems)]
    for one in problems[:ANNOTATIONS]:
        place = f"file={escape(one.path, ':,')},line={one.line},col={one.column},title={one.code}"
        lines.append(f"::error {place}::{escape(f'{one.message}; help: {one.help}')}")
    if more := len(problems) - ANNOTATIONS:
        lines += [f"{more} more are in the list above"] if more > 0 else []
    return "\n".join(lines)


def escape(text: str, also: str = "") -> str:
    """Text for a GitHub workflow command."""
    return "".join(f"%{ord(char):02X}" if char in f"%\r\n{also}" else char for char in text)


def as_json(problems: list[Problem]) -> str:
    """All problems as a JSON list of objects with the fields of a Problem."""
    return json.dumps([asdict(problem) for problem in problems], indent=2, ensure_ascii=False)


FORMATS: dict[str, Callable[[list[Problem]], str]] = {"text": as_text, "github": as_github, "json": as_json}


def suggestion(name: str, known: Iterable[str]) -> str:
    """A remedy for an unknown name: the most similar known name, or all known names."""
    names = sorted(known)
    if close := get_close_matches(name, names, n=1):
        return f"did you mean '{close[0]}'?"
    return f"known: {', '.join(names)}" if names else "none is defined yet"
