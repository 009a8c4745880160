"""A file of the SOP: its data, the position of each value, and its problems."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from macros.parsing.problems import Problem

Keys = tuple[str | int, ...]  # the path to a value, such as ("steps", 0, "actor")
Mark = tuple[int, int]  # line and column, both from 1
Marks = dict[Keys, tuple[Any, Any]]
# Invisible characters: control characters, spaces other than the plain one, zero-width characters and
# marks that change the direction of text. In Indian scripts the zero-width joiners are allowed.
UNSEEN = re.compile(
    "(?<![\\u0900-\\u0dff])[\\u200c\\u200d]|"
    "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\xa0\\xad\\u061c\\u1680\\u180e\\u2000-\\u200b\\u200e\\u200f"
    "\\u2028-\\u202f\\u205f-\\u206f\\u3000\\ufeff\\ufff9-\\ufffb\\ufffe\\uffff\\U000e0000-\\U000e007f]"
)
# Characters that are missing in the fonts of the PDFs, which have Latin, Greek, Cyrillic, Devanagari and common signs.
UNPRINTABLE = re.compile(
    "[^\\s -~\\xa1-\\u0148\\u014a-\\u01c3\\u01c5-\\u031e\\u0391-\\u03a1\\u03a3-\\u03ce\\u0400-\\u049d\\u04a0-\\u04ff"
    "\\u0900-\\u097f\\u1e00-\\u1eff\\u200c\\u200d\\u2010-\\u2027\\u2030-\\u205e\\u2070\\u2071\\u2074-\\u208e"
    "\\u20a0-\\u20bf\\u2116\\u2122\\u2190-\\u2199\\u2212\\u2248\\u2260\\u2264\\u2265\\u2713\\u2717]"
)


@dataclass(slots=True)
class Document:
    """``data`` consists of dicts, tuples, str, int and None.

    ``marks`` maps the keys of a value to YAML's marks of its key and of the value; only problems need them as numbers.
    A document without problems keeps none, because they take more memory than the data; ``read_marks`` reads them again.
    ``broken`` holds the keys of values that could not be read. ``damaged`` is true if a line
    was skipped. Problems that follow from either are not reported. ``repaired`` holds the numbers of
    lines that were corrected before reading: they already have a problem, and get no second one.
    """

    path: str
    lines: list[str]
    data: Any = None
    marks: Marks = field(default_factory=dict)
    read_marks: Callable[[], Marks] | None = None
    broken: set[Keys] = field(default_factory=set)
    damaged: bool = False
    repaired: set[int] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def mark(self, keys: Keys, *, key: bool = False) -> Mark:
        """The position of a value or its key; if the value is missing, that of its parent.

        The only item of a list may be written without the list.
        """
        if not self.marks and self.read_marks:
            self.marks = self.read_marks()
        while keys and keys not in self.marks:
            keys, key = keys[:-1], key or keys[-1] != 0
        marks = self.marks.get(keys)
        return as_mark(marks[0 if key else 1]) if marks else (1, 1)

    def report(self, code: str, message: str, help: str, mark: Mark) -> None:
        """Add a problem at a mark, unless its line was corrected."""
        if mark[0] not in self.repaired:
            self.problems.append(self.problem(code, message, help, mark))

    def problem(self, code: str, message: str, help: str, mark: Mark) -> Problem:
        """A problem at a mark, with its line as excerpt."""
        line, column = mark
        excerpt = self.lines[line - 1] if line <= len(self.lines) else ""
        return Problem(self.path, line, column, code, message, help, excerpt)

    def is_broken(self, keys: Keys) -> bool:
        """Whether the value, or a value that contains it, could not be read."""
        return bool(self.broken) and any(keys[:end] in self.broken for end in range(len(keys) + 1))

    def is_whole(self, keys: Keys) -> bool:
        """Whether the value and everything in it could be read."""
        below = any(broken[: len(keys)] == keys for broken in self.broken)
        return not (self.damaged or below or self.is_broken(keys))


def as_mark(found: Any) -> Mark:
    """A mark of YAML as line and column."""
    return found.line + 1, found.column + 1
