"""The bytes of a file -> a Document, whatever is wrong with them.

A line that cannot be read is reported, mended in memory and read on from, so that all
mistakes of a file are found in one run.
"""

import re
import unicodedata

import yaml

from macros.parsing.document import UNSEEN, Document
from macros.parsing.events import Reader, Unreadable
from macros.parsing.repair import LOADER, explain

MOST = 40  # lines to mend in one file: one with more of them is no SOP
LARGEST = 1_000_000  # bytes; the largest file of the SOP has some 5,000
CODED = re.compile(r"\\[xuU]")
SUSPECT = ("\\", "%", "...", "<<<<<<<")  # what only the slow way looks at closely
CONFLICT = ("<<<<<<<", "=======", ">>>>>>>")


def read(path: str, raw: bytes) -> Document:
    """The document in ``raw``; its ``problems`` say what could not be read."""
    document = Document(path, [])
    text = decode(document, raw)
    if document.problems:
        return document
    document.lines = text.split("\n")
    lines = list(document.lines) if is_plain(text) else readable(document)
    mended: set[int] = set()
    while True:
        attempt = Document(path, document.lines, damaged=document.damaged, problems=list(document.problems))
        try:
            Reader(attempt).read(LOADER("\n".join(lines) + "\n"))
        except Unreadable as error:
            attempt.report(*error.args)
            attempt.broken.add(())
        except yaml.MarkedYAMLError:
            if mend(document, lines, mended):
                continue
            attempt.problems = list(document.problems)
            attempt.broken.add(())
        return attempt


def is_plain(text: str) -> bool:
    """Whether there is nothing in a text that `readable` would report: a quick look."""
    printable = text.isascii() and text.replace("\n", "").isprintable()
    return printable and not any(sign in text for sign in SUSPECT)


def mend(document: Document, lines: list[str], mended: set[int]) -> bool:
    """Report the next line that is not YAML, and mend it; False if that helps no more.

    A line that is wrong even when mended is left out. A line has one problem, not two.
    """
    found = explain(lines)
    at = found.mark[0] - 1
    if (at in mended and not lines[at]) or len(mended) == MOST:
        return False
    if found.mark[0] not in {problem.line for problem in document.problems}:
        document.report(*found[:4])
    lines[at] = "" if at in mended else found.mended
    document.damaged |= not lines[at]
    mended.add(at)
    return True


def decode(document: Document, raw: bytes) -> str:
    """The text of a file, or a problem."""
    if len(raw) > LARGEST:
        what = f"this file has {len(raw):,} bytes; {LARGEST:,} is the most"
        document.report("SOP102", what, "split it, or remove what does not belong here", (1, 1))
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


def readable(document: Document) -> list[str]:
    """The lines, after reporting what is no part of an SOP, whatever YAML makes of it."""
    lines = without_conflicts(document)
    for number, line in enumerate(lines, start=1):
        if "\t" in line:
            mark = (number, line.index("\t") + 1)
            document.report("SOP103", "there is a tab in this line", "use spaces", mark)
        if found := UNSEEN.search(line):
            name = unicodedata.name(found[0], "control character").lower()
            what = f"there is an invisible character here: {name} (U+{ord(found[0]):04X})"
            help = "delete it, and type a plain space if one is needed"
            document.report("SOP114", what, help, (number, found.start() + 1))
        if found := CODED.search(line):
            what, help = "this character is written as a code", "type the character itself"
            document.report("SOP116", what, help, (number, found.start() + 1))
        if line.startswith(("%", "...")):
            what = "a YAML directive has no place in the SOP"
            document.report("SOP112", what, "remove the line", (number, 1))
            lines[number - 1] = ""
        else:
            lines[number - 1] = UNSEEN.sub(" ", CODED.sub(" ", line.replace("\t", "  ")))
    return lines


def without_conflicts(document: Document) -> list[str]:
    """The lines, but only those of one side where git left both sides of a merge."""
    lines, theirs = [], False
    for number, line in enumerate(document.lines, start=1):
        if line.startswith("<<<<<<<"):
            what = "git left both sides of a merge conflict in this file"
            help = "keep one side, and remove the lines <<<<<<<, ======= and >>>>>>>"
            document.report("SOP115", what, help, (number, 1))
        theirs = line.startswith("=======") or (theirs and not line.startswith(">>>>>>>"))
        lines.append("" if theirs or line.startswith(CONFLICT) else line)
    return lines
