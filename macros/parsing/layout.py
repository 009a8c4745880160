"""Rules of YAML about spaces that the parser (libyaml) does not enforce."""

import re
from collections.abc import Iterator

from macros.parsing.document import Mark

COMMENT = re.compile(r"\s+(#\S.*)")
# Quoted texts and comments are skipped; what is left is a comment right after a bracket or comma.
GLUED = re.compile(
    r"""(?<=[\[{,:\s])(?:"(?:\\.|[^"\\])*"|'(?:''|[^'])*')|(?:^|(?<=\s))#.*|(?<=[\[\]{},])(?P<glued>#.*)"""
)
Fault = tuple[str, str, str, Mark]  # the arguments of `Document.report`


def comment_after_text(line: str, column: int, *, quoted: bool) -> tuple[str, str, int] | None:
    """Message, help and column of a comment that a text before ``column`` may have been meant to hold."""
    if quoted and line[column : column + 1] == "#":
        help = f"write it as: {line[:column].strip()} # {line[column + 1 :].strip()}"
        return "this comment has no space before it", help.rstrip(), column + 1
    if not quoted and (found := COMMENT.match(line, column)):
        help = "put the whole text in quotes, or write a space after the # of a comment"
        return f"YAML reads '{found[1]}' as a comment", help, found.start(1) + 1
    return None


def flow_faults(lines: list[str], start: Mark, last: int, indent: int) -> Iterator[Fault]:
    """Faults in a list or mapping in brackets, from ``start`` to line ``last``.

    ``indent`` is the indentation of its key, -1 if it has none.
    """
    first, column = start
    for number in range(first + 1, last + 1):
        line = lines[number - 1]
        if line.strip() and not line.lstrip().startswith("#") and len(line) - len(line.lstrip()) <= indent:
            message = (
                f"this line belongs to the brackets of line {first}, but is not indented below their key"
            )
            help = f"indent the lines of these brackets by {indent + 2} spaces, or write them on one line"
            yield "SOP106", message, help, (number, len(line) - len(line.lstrip()) + 1)
            break
    for number in range(first, last + 1):
        line = lines[number - 1]
        for found in GLUED.finditer(line, column - 1 if number == first else 0) if "#" in line else ():
            if found["glued"]:
                at = found.start("glued")
                help = f"write it as: {line[:at].strip()} # {line[at + 1 :].strip()}"
                yield "SOP118", "this comment has no space before it", help, (number, at + 1)
