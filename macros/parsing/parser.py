"""The bytes of a file -> a Document, even if the file has problems.

A line that cannot be read is reported and corrected, and reading continues. So one run finds all mistakes
of a file.
"""

import re
import unicodedata

import yaml

from macros.parsing.document import UNSEEN, Document
from macros.parsing.events import ForbiddenYaml, Reader
from macros.parsing.lookalikes import SUSPECT, correct, list_item
from macros.parsing.repair import LOADER, explain

MAX_REPAIRS = 40  # in one file; a file with more broken lines is not an SOP
MAX_BYTES = 1_000_000  # the largest file of the SOP has about 5,000
ESCAPED = re.compile(r"\\[xuU]")
UNUSUAL = re.compile("[^\\n -~\\u0900-\\u0963\\u0971-\\u097f]")  # neither ASCII nor a letter of Devanagari
TAB_AFTER_DASH = re.compile(r"(\s*)-\s*\t\s*(\S.*)")
CHECKED_BY_LINE = ("\\", "%", "...", "<<<<<<<")  # texts that need a check of each line
CONFLICT = ("<<<<<<<", "=======", ">>>>>>>")


def read(path: str, raw: bytes) -> Document:
    """The document in ``raw``; its ``problems`` list what could not be read."""
    document = parse(path, raw)
    if not document.problems:
        document.marks, document.read_marks = {}, lambda: parse(path, raw).marks
    return document


def parse(path: str, raw: bytes) -> Document:
    """The document in ``raw``, with all marks."""
    document = Document(path, [])
    text = decode(document, raw)
    if document.problems:
        return document
    document.lines = text.split("\n")
    lines = list(document.lines) if is_plain(text) else correct_lines(document)
    tried: set[int] = set()
    while True:
        attempt = Document(path, document.lines, damaged=document.damaged, problems=list(document.problems))
        attempt.repaired = document.repaired | tried
        try:
            Reader(attempt, LOADER("\n".join(lines) + "\n")).read()
        except ForbiddenYaml as error:
            attempt.report(*error.args)
            attempt.broken.add(())
        except yaml.MarkedYAMLError:
            if repair(document, lines, tried):
                continue
            attempt.problems = list(document.problems)
            attempt.broken.add(())
        return attempt


def is_plain(text: str) -> bool:
    """A quick test of the whole text: whether `correct_lines` would report nothing."""
    return not (
        UNUSUAL.search(text) or any(sign in text for sign in CHECKED_BY_LINE) or SUSPECT.search("\n" + text)
    )


def repair(document: Document, lines: list[str], tried: set[int]) -> bool:
    """Report the next line that is not YAML, and replace it with its repair; False if no repair helps.

    A line that is still wrong after its repair is skipped. Each line gets one problem.
    """
    found = explain(lines)
    at = found.mark[0] - 1
    if (at + 1 in tried and not lines[at]) or len(tried) == MAX_REPAIRS:
        return False
    if at + 1 not in {problem.line for problem in document.problems}:
        document.report(*found[:4])
    lines[at] = "" if at + 1 in tried else found.line
    document.damaged |= not lines[at]
    tried.add(at + 1)
    return True


def decode(document: Document, raw: bytes) -> str:
    """The text of a file; empty after a problem is reported."""
    if len(raw) > MAX_BYTES:
        message = f"this file has {len(raw):,} bytes; the limit is {MAX_BYTES:,}"
        document.report("SOP102", message, "split it, or remove what does not belong here", (1, 1))
    elif raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        document.report("SOP101", "this is UTF-16, not UTF-8 text", "save the file as UTF-8", (1, 1))
    else:
        try:
            return raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError as error:
            document.lines = raw[: error.start].decode("utf-8", "replace").split("\n")
            mark = (len(document.lines), len(document.lines[-1]) + 1)
            document.report("SOP101", "this is not UTF-8 text", "save the file as UTF-8", mark)
    document.broken.add(())
    return ""


def correct_lines(document: Document) -> list[str]:
    """The lines with corrections, after reporting characters and directives that are not allowed."""
    lines = without_conflicts(document)
    for at, line in enumerate(lines):
        suspect = not line.isascii() or SUSPECT.match("\n" + line.replace("\t", " "))
        if line.startswith(("%", "...")):
            document.report("SOP112", "a YAML directive is not allowed", "remove the line", (at + 1, 1))
            lines[at] = ""
        elif suspect and (found := correct(lines, at)):
            lines[at] = with_plain_spaces(found.line)
            help = f"write it as: {lines[at].strip()}"
            document.report(found.code, found.message, help, (at + 1, found.column))
            document.repaired.add(at + 1)
        else:
            report_characters(document, at + 1, line)
            tabbed = TAB_AFTER_DASH.fullmatch(line)
            lines[at] = with_plain_spaces(list_item(tabbed[1], tabbed[2], lines, at) if tabbed else line)
    return lines


def with_plain_spaces(line: str) -> str:
    """A line with spaces in place of tabs, invisible characters and escapes."""
    return UNSEEN.sub(" ", ESCAPED.sub(" ", line.replace("\t", "  ")))


def report_characters(document: Document, number: int, line: str) -> None:
    """Report tabs, invisible characters and escapes in a line."""
    if "\t" in line:
        message = "this line contains a tab"
        document.report("SOP103", message, "use spaces", (number, line.index("\t") + 1))
    if found := UNSEEN.search(line):
        name = unicodedata.name(found[0], "control character").lower()
        message = f"invisible character: {name} (U+{ord(found[0]):04X})"
        help = "delete it, and type a plain space if one is needed"
        document.report("SOP114", message, help, (number, found.start() + 1))
    if found := ESCAPED.search(line):
        message, help = "this character is written as an escape", "type the character itself"
        document.report("SOP116", message, help, (number, found.start() + 1))


def without_conflicts(document: Document) -> list[str]:
    """The lines; of a merge conflict, only those of one side."""
    lines, theirs = [], False
    for number, line in enumerate(document.lines, start=1):
        if line.startswith("<<<<<<<"):
            message = "git left both sides of a merge conflict in this file"
            help = "keep one side, and remove the lines <<<<<<<, ======= and >>>>>>>"
            document.report("SOP115", message, help, (number, 1))
        theirs = line.startswith("=======") or (theirs and not line.startswith(">>>>>>>"))
        lines.append("" if theirs or line.startswith(CONFLICT) else line)
    return lines
