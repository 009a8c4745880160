"""A line that is not YAML: what it was probably meant to be, in an editor's words.

Nobody can tell from the parser's message alone what went wrong. So each likely mending is
tried on the line, and on the one above it, and the first that lets the parser read past
both is the explanation.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

import yaml

from macros.document import Mark

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
LINE = re.compile(r"(?P<indent> *)(?P<dash>(?:- +)*)(?:(?P<key>[\w-]+):(?P<space> +|$))?(?P<value>.*)")


class Syntax(NamedTuple):
    """What is wrong with a line, and what it becomes in memory."""

    code: str
    message: str
    help: str
    mark: Mark
    mended: str


def first_error(lines: list[str]) -> int | None:
    """The number, from 0, of the line at which the parser gives up; None if it does not."""
    try:
        for _ in yaml.parse("\n".join(lines) + "\n", Loader=LOADER):
            pass
    except yaml.MarkedYAMLError as error:
        number = error.problem_mark.line if error.problem_mark else 0
        number = min(number, len(lines) - 1)
        while number and not lines[number].strip():
            number -= 1
        return number
    return None


def explain(lines: list[str], number: int) -> Syntax:
    """The likeliest mending of the error that the parser meets at line ``number``."""
    above = next((at for at in range(number - 1, -1, -1) if lines[at].strip()), number)
    opened = next((at for at in range(number, -1, -1) if re.search(r"""[:-] +["'\[{]""", lines[at])), number)
    for at in dict.fromkeys((number, above, opened)):
        for found in candidates(lines, at):
            after = first_error([*lines[:at], found.mended, *lines[at + 1 :]])
            if after is None or after > number:
                return found
    message, help = (
        "this line is not YAML",
        "compare its colon, quotes and indentation with the lines around it",
    )
    return Syntax("SOP106", message, help, (number + 1, column(lines[number])), "")


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
    if value[:1] in ('"', "'"):
        yield syntax("SOP104", "this quote is never closed", line + value[0], len(before) + 1, "close it")
    if value[:1] in ("[", "{"):
        end = {"[": "]", "{": "}"}[value[0]]
        yield syntax("SOP104", "this bracket is never closed", line + end, len(before) + 1, "close it")
    if key and value:
        text = value.strip("\"'").replace("\\", "\\\\").replace('"', '\\"')
        message = "YAML takes this text for something else"
        yield syntax("SOP107", message, f'{before}"{text}"', len(before) + 1, "put it all in quotes")
    for other in reversed([len(other) - len(other.lstrip()) for other in lines[:at] if other.strip()]):
        if key and other != len(indent):
            message = "the indentation of this line fits nothing above it"
            help = f"indent it by {other} spaces, like the line that it belongs to"
            yield Syntax("SOP106", message, help, (at + 1, len(indent) + 1), " " * other + line.lstrip())
    if not key and (bare := re.fullmatch(r"([\w-]+)[;,=]? *(.*)", value)):
        mended = f"{before}{bare[1]}: {bare[2]}".rstrip()
        yield syntax("SOP105", "this line has no colon after its key", mended, len(before) + len(bare[1]) + 1)


def column(line: str) -> int:
    """Where a line's text begins, from 1."""
    return len(line) - len(line.lstrip()) + 1
