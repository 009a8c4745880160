"""Characters that word processors, phones and input methods insert in place of YAML syntax.

YAML reads most of them as text, so readers of the SOP would see curly quotes and bullets.
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from macros.parsing.suspects import EQUALS, NAME

DASHES = "\u2010-\u2015\u2043\u2212\ufe58\ufe63\uff0d"
BULLETS = "\u2022\u2023\u25e6\u25cf\u25cb\u25a0\u25a1\u25aa\u25ab\u25c6\u25c7\u2605\u2606\u2713\u2714\u2794\u27a2\u27a4\u25ba\u25b6\u2192\u21d2\u203a\u00b7\u2219\u30fb\uff65\uff0a"  # fmt: skip
DOUBLE = '"\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\u301d-\u301f\uff02\u300c-\u300f'
SINGLE = "'\u2018\u2019\u201a\u201b\u2039\u203a\u2032\uff07`\u00b4"
COLONS = "\uff1a\ufe55\ufe13\u2236\ua789\u02d0\u02f8\u05c3\u0589"
KEY = r"[A-Za-z0-9_][A-Za-z0-9_./-]*"
START = r"\s*(?:-\s+)*"
# Wrong list marks that are plain ASCII, before the text or only before a key.
NUMBER = r"\(?(?:\d{1,3}|[A-Za-z]|[ivx]{2,4})[.)](?:\s+|$)|\(?\d{1,3}[.)](?=[A-Za-z\"'{])"
SIGN = rf"[*+>]\s+(?=\S)|[*+](?={KEY}:\s)|o\s+(?={KEY}:\s)|--?>?(?=[\w\"'{{\[])|(?:--|->|=>)\s+(?=\S)"
ASCII_MARK = rf"{NUMBER}|{SIGN}"

MARK = re.compile(
    rf"(?P<indent>\s*)(?P<dash>(?:-\s+)*)(?P<mark>[{DASHES}{BULLETS}]+\s*|[\u2460-\u249b]\s*|{ASCII_MARK})(?P<rest>.*)"
)
PLAIN_KEY = re.compile(rf"\s*[\"']?{KEY}[\"']?\s*[:{COLONS}]")
KEY_WITH_VALUE = re.compile(rf"({START}){KEY}:\s+\S")
QUOTED_KEY = re.compile(rf"({START})[{DOUBLE}{SINGLE}]({KEY})[{DOUBLE}{SINGLE}]\s*[:{COLONS}]\s*(.*)")
COLON = re.compile(rf"({START}[\"']?{KEY}[\"']?)(\s*[{COLONS}]\s*)(.*)")
NO_COLON = re.compile(rf"(\s*{NAME})({EQUALS})(\S.*)")
VALUE = re.compile(rf"({START}(?:{KEY}:\s+)?)(\S.*)")
APOSTROPHE = r"(?<=\w)['\u2019](?=\w)"
END = r"(?P<comma>\s*[,;]?)(?P<comment>\s+#.*)?"
QUOTED = [
    re.compile(rf"(?P<open>[{DOUBLE}])(?P<text>[^{DOUBLE}]*)(?P<close>[{DOUBLE}]){END}"),
    re.compile(
        rf"(?P<open>([{SINGLE}])\2?)(?P<text>(?:[^{SINGLE}]|{APOSTROPHE})*)(?P<close>([{SINGLE}])\5?){END}"
    ),
    re.compile(rf"(?P<open>[\u201c\u201e\u00ab\uff02])(?P<text>[^{DOUBLE}]*?)(?P<close>){END}"),
]
QUOTED_ITEMS = [
    re.compile(
        rf"(?<=[\[{{,:\s])[{quotes}]([^{quotes}\[\]{{}}]*)[{quotes}](?=\s*[,:\]}}\uff0c\u3001\uff3d\uff5d]|\s*$)"
    )
    for quotes in (DOUBLE, SINGLE)
]
MAX_DISTANCE = 100  # lines read around a line to understand it; without a limit, large files take minutes
WIDE = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {0x3001: ",", 0x3010: "[", 0x3011: "]"}
WIDE_SIGN = re.compile("[\uff01-\uff5e\u3001\u3010\u3011]")


class Correction(NamedTuple):
    """A problem at a column (from 1) of a line, and the corrected line."""

    code: str
    message: str
    column: int
    line: str


def correct(lines: list[str], at: int) -> Correction | None:
    """The correction of line ``at``, or None; the lines above it are correct already."""
    line = lines[at]
    first: Correction | None = None
    for step in STEPS:
        if found := step(lines, at, line):
            line = found.line
            if first is None or found.column < first.column:
                first = found
    return first._replace(line=line) if first else None


def list_mark(lines: list[str], at: int, line: str) -> Correction | None:
    """A bullet, a number or another dash where a list item begins."""
    found = MARK.match(line)
    if not found or continues(lines, at) or line.startswith("---"):
        return None
    indent, dash, mark, rest = found.group("indent", "dash", "mark", "rest")
    is_key = PLAIN_KEY.match(rest)
    if dash and not is_key:
        return None  # a text such as "- 1. Open the app"
    column = len(indent) + len(dash)
    if dash:
        new = f"{indent}{dash}{rest}"
    elif is_key and in_mapping(lines, at, len(indent)):
        new = f"{indent}{rest}"
    else:
        new = list_item(indent, rest, lines, at)
    return Correction("SOP121", f"'{mark.strip()}' does not begin a list item", column + 1, new)


def list_item(indent: str, rest: str, lines: list[str], at: int) -> str:
    """A list item on line ``at``; its first key is aligned with the keys on the lines below it."""
    depth = indentation(next(written(lines, at, 1), "")) if PLAIN_KEY.match(rest) else 0
    return f"{indent}-{' ' * max(1, depth - len(indent) - 1)}{rest}"


def in_mapping(lines: list[str], at: int, indent: int) -> bool:
    """Whether the lines around line ``at`` are keys with the same indentation, so that no list item begins here."""
    above = next((line for line in written(lines, at, -1) if indentation(line) <= indent), "")
    if above:
        found = KEY_WITH_VALUE.match(above)
        return indentation(above) == indent and found is not None and not found[1].strip()
    below = next(written(lines, at, 1), "")
    return indentation(below) == indent and bool(PLAIN_KEY.match(below))


def written(lines: list[str], at: int, step: int) -> Iterator[str]:
    """The lines that are not blank, from the one after (``step`` 1) or before (-1) line ``at``."""
    end = at + step * (MAX_DISTANCE + 1)
    for other in range(at + step, min(max(end, -1), len(lines)), step):
        if lines[other].strip():
            yield lines[other]


def continues(lines: list[str], at: int) -> bool:
    """Whether the line above ends inside a list or mapping in brackets."""
    return lines[at - 1].rstrip().endswith(("[", "{", ",")) if at else False


def in_text(lines: list[str], at: int) -> bool:
    """Whether line ``at`` continues the value of the key above it."""
    above = next(written(lines, at, -1), "")
    found = KEY_WITH_VALUE.match(above)
    return found is not None and len(found[1]) < indentation(lines[at])


def indentation(line: str) -> int:
    return len(line) - len(line.lstrip())


def colon(lines: list[str], at: int, line: str) -> Correction | None:
    """Another sign between a key and its value."""
    if quoted := QUOTED_KEY.fullmatch(line):
        start, key, value = quoted.groups()
        if not line[: quoted.end(2) + 1].isascii():
            return Correction("SOP120", CURLY, len(start) + 1, f"{start}{key}: {value}".rstrip())
    if found := COLON.fullmatch(line):
        message = f"'{found[2].strip()}' (U+{ord(found[2].strip()):04X}) is not a colon"
    elif (found := NO_COLON.fullmatch(line)) and not continues(lines, at) and not in_text(lines, at):
        sign = found[2].strip()
        message = "the colon is not followed by a space" if sign == ":" else f"'{sign}' is not a colon"
    else:
        return None
    column = len(found[1]) + len(found[2]) - len(found[2].lstrip()) + 1
    return Correction("SOP105", message, column, f"{found[1]}: {found[3]}".rstrip())


CURLY = "YAML does not read these quotes as quotes"


def quotes(lines: list[str], at: int, line: str) -> Correction | None:
    """Curly or other quotes around a whole value, or around an item in brackets."""
    found = VALUE.fullmatch(line)
    if line.isascii() or not found or found[2][0] == "#":
        return None
    before, value = found.groups()
    if value[0] in "[{\uff3b\uff5b":
        new = value
        for pattern in QUOTED_ITEMS:
            new = pattern.sub(lambda item: item[0] if item[0].isascii() else straight(item[1]), new)
        differs = next((n for n, (old, now) in enumerate(zip(value, new, strict=False)) if old != now), 0)
        return Correction("SOP120", CURLY, len(before) + differs + 1, before + new) if new != value else None
    for pattern in QUOTED:
        item = pattern.fullmatch(value)
        if item and not (item["open"] + item["close"]).isascii():
            comma = "," if continues(lines, at) and item["comma"].strip() == "," else ""
            new = f"{before}{straight(item['text'])}{comma}{item['comment'] or ''}"
            return Correction("SOP120", CURLY, len(before) + 1, new)
    return None


def straight(text: str) -> str:
    """The text in straight quotes."""
    escaped = text.strip().replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def wide_sign(_lines: list[str], _at: int, line: str) -> Correction | None:
    """Full-width brackets, commas, letters and digits."""
    found = WIDE_SIGN.search(line)
    if not found or line.lstrip().startswith("#"):
        return None
    narrow = found[0].translate(WIDE)
    message = f"'{found[0]}' (U+{ord(found[0]):04X}) is not the '{narrow}' that YAML and the PDFs use"
    new = re.sub(r"[\uff0c\u3001](?=\S)", ", ", line).translate(WIDE)
    value = VALUE.fullmatch(new)
    if value and value[2][0] not in "\"'[{" and re.search(r":(?:\s|$)", value[2]):
        new = value[1] + straight(value[2])
    return Correction("SOP122", message, found.start() + 1, new)


STEPS: tuple[Callable[[list[str], int, str], Correction | None], ...] = (list_mark, colon, quotes, wide_sign)
