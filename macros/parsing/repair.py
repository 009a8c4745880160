"""A line that is not YAML -> what it was probably meant to be.

The message of the YAML parser rarely names the mistake. So each likely repair is tried on the line
and on those before it, and the one that lets the parser read furthest explains what is wrong.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

import yaml

from macros.parsing.document import Mark
from macros.parsing.suspects import EQUALS

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
LINE = re.compile(r"(?P<indent> *)(?P<dash>(?:- +)*)(?:(?P<key>[\w-]+):(?P<space> +|$))?(?P<value>.*)")
IN_BRACKETS = re.compile(  # a text with `{id}` in a list or mapping on one line
    r"""((?:^[\[{]|, |: ) *)([^"'{}\[\],]*(?:\{[\w-]+\}[^"'{}\[\],]*)+)(?=[,\]}])"""
)
NEAR = 3  # lines; a repair that moves the next error further than this is accepted


class Repair(NamedTuple):
    """A problem in a line, and the corrected line."""

    code: str
    message: str
    help: str
    mark: Mark
    line: str


class Parts(NamedTuple):
    """A line in parts: ``before`` is what comes before its value."""

    at: int
    text: str
    indent: str
    key: str
    before: str
    value: str

    def repair(self, code: str, message: str, line: str, column: int, do: str = "write it as") -> Repair:
        return Repair(code, message, f"{do}: {line.strip()}", (self.at + 1, column), line)


def first_error(lines: list[str]) -> tuple[int, int] | None:
    """Line and column, from 0, of the parser's first error; None if the lines are valid."""
    try:
        for _ in yaml.parse("\n".join(lines) + "\n", Loader=LOADER):
            pass
    except yaml.MarkedYAMLError as error:
        line, column = (error.problem_mark.line, error.problem_mark.column) if error.problem_mark else (0, 0)
        line = min(line, len(lines) - 1)
        while line and not lines[line].strip():
            line -= 1
        return line, column
    return None


def explain(lines: list[str]) -> Repair:
    """The most likely repair of the first line that the parser rejects."""
    error = first_error(lines) or (0, 0)
    line = error[0]
    above = next((at for at in range(line - 1, -1, -1) if lines[at].strip()), line)
    opened = next((at for at in range(line, -1, -1) if re.search(r"""[:-] +["'\[{]""", lines[at])), line)
    best, furthest = None, error
    for at in dict.fromkeys((line, above, opened)):
        for found in candidates(lines, at):
            after = first_error([*lines[:at], found.line, *lines[at + 1 :]])
            if after is None or after[0] > line + NEAR:
                return found
            if after[0] > furthest[0] or (best is None and after > furthest):
                best, furthest = found, after
    if best:
        return best
    help = "compare its colon, quotes and indentation with the lines around it"
    column = len(lines[line]) - len(lines[line].lstrip()) + 1
    return Repair("SOP106", "this line is not YAML", help, (line + 1, column), "")


def candidates(lines: list[str], at: int) -> Iterator[Repair]:
    """The possible repairs of line ``at``, the most likely first."""
    text = lines[at].rstrip()
    found = LINE.fullmatch(text)
    if not found:
        return
    indent, dash, key, space, value = found.group("indent", "dash", "key", "space", "value")
    before = f"{indent}{dash}{key}:{space}" if key else f"{indent}{dash}"
    parts = Parts(at, text, indent, key or "", before, value)
    yield from colons(parts)
    yield from quotes(parts)
    yield from indentations(parts, lines[:at])
    yield from missing_colons(parts)
    if dash.count("-") > 1:
        line = text.replace("- ", "", 1)
        yield parts.repair("SOP121", "one dash begins a list item", line, len(indent) + 3)


def colons(parts: Parts) -> Iterator[Repair]:
    """A space after a colon that follows a key."""
    if not parts.key and (glued := re.fullmatch(r"([\w-]+)( *):([^\s=].*)", parts.value)):
        line = f"{parts.before}{glued[1]}: {glued[3]}"
        column = len(parts.before) + len(glued[1] + glued[2]) + 1
        yield parts.repair("SOP105", "the colon is not followed by a space", line, column)


def quotes(parts: Parts) -> Iterator[Repair]:
    """A closing quote or bracket, or quotes around the whole value."""
    text, value, column = parts.text, parts.value, len(parts.before) + 1
    if value[:1] in ('"', "'") and (len(value) == 1 or value[-1] != value[0]):
        if whole := re.fullmatch(r"""("[^"]*"|'[^']*')\s*[,;]""", value):
            line = parts.before + whole[1]
            yield parts.repair("SOP107", f"'{value[-1]}' does not belong here", line, len(text))
        yield parts.repair("SOP104", "this quote is never closed", text + value[0], column, "close it")
    end = {"[": "]", "{": "}"}.get(value[:1])
    if end and value[-1] != end:
        yield parts.repair("SOP104", "this bracket is never closed", text + end, column, "close it")
    if value[:1] in ("[", "{") and (inside := IN_BRACKETS.sub(quoted, value)) != value:
        message = "in brackets, YAML does not read braces as text"
        yield parts.repair("SOP107", message, parts.before + inside, column, "put the text in quotes")
    if parts.key and value:
        inner = value.strip("\"'`").replace("\\", "\\\\").replace('"', '\\"')
        message = "YAML does not read this as plain text"
        line = f'{parts.before}"{inner}"'
        yield parts.repair("SOP107", message, line, column, "put it all in quotes")


def quoted(found: re.Match[str]) -> str:
    """The text of the second group in quotes, after the first."""
    key, colon, text = found[2].rpartition(": ")
    return f'{found[1]}{key}{colon}"{text.rstrip()}"'


def indentations(parts: Parts, above: list[str]) -> Iterator[Repair]:
    """The indentation of another line, the nearest first."""
    indents = [len(other) - len(other.lstrip()) for other in above if other.strip()]
    for indent in dict.fromkeys(reversed(indents)):
        if parts.key and indent != len(parts.indent):
            message = "the indentation of this line matches no line above"
            help = f"indent it by {indent} spaces, like the line that it belongs to"
            line = " " * indent + parts.text.lstrip()
            yield Repair("SOP106", message, help, (parts.at + 1, len(parts.indent) + 1), line)


def missing_colons(parts: Parts) -> Iterator[Repair]:
    """A colon after the first word of a line that has none, in place of another sign."""
    sign = rf"(?:{EQUALS}|\s*[,;]\s*|\s+)"
    if not parts.key and (bare := re.fullmatch(rf"([\w-]+?)(?:{sign}(.*))?", parts.value)):
        line = f"{parts.before}{bare[1]}: {bare[2] or ''}".rstrip()
        column = len(parts.before) + len(bare[1]) + 1
        yield parts.repair("SOP105", "this line has no colon after its key", line, column)
