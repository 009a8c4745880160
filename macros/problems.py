"""A finding at file:line:column: what is wrong, and what to do about it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake in the SOP's files.

    ``line`` and ``column`` count from 1, columns in characters. ``excerpt`` is
    the line as it stands in the file, ``help`` says in one sentence how to mend it.
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
            # A tab is as wide under the caret as it is above it.
            before = self.excerpt[: self.column - 1]
            blank = "".join("\t" if char == "\t" else " " for char in before)
            lines += [f"    {self.excerpt}", f"    {blank}^"]
        if self.help:
            lines.append(f"    help: {self.help}")
        return "\n".join(lines)


class InvalidSop(Exception):
    """The SOP has problems; ``problems`` holds all of them, in file order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__(as_text(self.problems))


def as_text(problems: list[Problem]) -> str:
    """All problems for a terminal, with their number last."""
    noun = "problem" if len(problems) == 1 else "problems"
    return "\n\n".join([*map(str, problems), f"{len(problems)} {noun}"])


def nearest(name: str, known: Iterable[str]) -> str:
    """A remedy for an unknown name: the known one most like it, or all of them."""
    names = sorted(known)
    if close := get_close_matches(name, names, n=1):
        return f"did you mean '{close[0]}'?"
    return f"known: {', '.join(names)}" if names else "none is defined yet"
