"""A line that is not YAML: what it was probably meant to be, in an editor's words.

Nobody can tell from the parser's message alone what went wrong. So each likely mending is
tried on the line, and on the one above it, and the first that lets the parser read past
both is the explanation.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

import yaml

from macros.parsing.document import Mark

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
LINE = re.compile(r"(?P<indent> *)(?P<dash>(?:- +)*)(?:(?P<key>[\w-]+):(?P<space> +|$))?(?P<value>.*)")


class Syntax(NamedTuple):
    """What is wrong with a line, and what it becomes in memory."""

    code: str
    message: str
    help: str
    mark: Mark
    mended: str


def first_error(lines: list[str]) -> tuple[int, int] | None:
    """Line and column, from 0, at which the parser gives up; None if it does not."""
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


def explain(lines: list[str]) -> Syntax:
    """The likeliest mending of the first line at which the parser gives up.

    One that lets it read past that line is best; else one that lets it get further at all.
    """
    line, column = first_error(lines) or (0, 0)
    above = next((at for at in range(line - 1, -1, -1) if lines[at].strip()), line)
    opened = next((at for at in range(line, -1, -1) if re.search(r"""[:-] +["'\[{]""", lines[at])), line)
    some_help = None
    for at in dict.fromkeys((line, above, opened)):
        for found in candidates(lines, at):
            after = first_error([*lines[:at], found.mended, *lines[at + 1 :]])
            if after is None or after[0] > line:
                return found
            if after > (line, column):
                some_help = some_help or found
    if some_help:
        return some_help
    message, help = (
        "this line is not YAML",
        "compare its colon, quotes and indentation with the lines around it",
    )
    return Syntax("SOP106", message, help, (line + 1, len(lines[line]) - len(lines[line].lstrip()) + 1), "")


def candidates(lines: list[str], at: int) -> Iterator[Syntax]:
    """What line ``at`` may have been meant to be, the likeliest first."""
    line = lines[at].rstrip()
    found = LINE.fullmatch(line)
    if not found:
        return
    indent, dash, key, space, value = found.group("indent", "dash", "key", "space", "value")
    before = f"{indent}{dash}{key}:{space}" if key else f"{indent}{dash}"

    def syntax(code: str, message: str, mended: str, column: int, do: str = "write it as") -> Syntax:
        return Syntax(code, message, f"{do}: {mended.strip()}", (at + 1, column), mended)

    if not key and (glued := re.fullmatch(r"([\w-]+):(\S.*)", value)):
        mended = f"{before}{glued[1]}: {glued[2]}"
        yield syntax("SOP105", "there is no space after the colon", mended, len(before) + len(glued[1]) + 1)
    if value[:1] in ('"', "'") and (len(value) == 1 or value[-1] != value[0]):
        yield syntax("SOP104", "this quote is never closed", line + value[0], len(before) + 1, "close it")
    end = {"[": "]", "{": "}"}.get(value[:1])
    if end and value[-1] != end:
        yield syntax("SOP104", "this bracket is never closed", line + end, len(before) + 1, "close it")
    if key and value:
        text = value.strip("\"'").replace("\\", "\\\\").replace('"', '\\"')
        message = "YAML takes this text for something else"
        yield syntax("SOP107", message, f'{before}"{text}"', len(before) + 1, "put it all in quotes")
    indents = [len(other) - len(other.lstrip()) for other in lines[:at] if other.strip()]
    for other in dict.fromkeys(reversed(indents)):
        if key and other != len(indent):
            message = "the indentation of this line fits nothing above it"
            help = f"indent it by {other} spaces, like the line that it belongs to"
            yield Syntax("SOP106", message, help, (at + 1, len(indent) + 1), " " * other + line.lstrip())
    if not key and (bare := re.fullmatch(r"([\w-]+)[;,=]? *(.*)", value)):
        mended = f"{before}{bare[1]}: {bare[2]}".rstrip()
        yield syntax("SOP105", "this line has no colon after its key", mended, len(before) + len(bare[1]) + 1)
