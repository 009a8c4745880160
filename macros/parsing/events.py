"""YAML events -> plain data with the position of every key and value.

Text is not converted: `2023-02-15` is a string. A value that YAML would convert (`NO`, `12:30`, `010`)
is a problem, and quotes fix it.
"""

import re
from dataclasses import dataclass
from typing import Any

import yaml

from macros.parsing.document import UNPRINTABLE, UNSEEN, Document, Keys, Mark, as_mark
from macros.parsing.layout import comment_after_text, flow_faults

DEEPEST = 16  # levels; the SOP needs 4
RESOLVERS = yaml.SafeLoader.yaml_implicit_resolvers
READABLE = ("str", "null", "timestamp")  # the model reads dates from text
WHOLE_NUMBER = re.compile(r"0|-?[1-9][0-9]{0,8}")


class ForbiddenYaml(Exception):
    """Valid YAML that is not allowed in an SOP; the arguments are those of `Document.report`."""


@dataclass(slots=True)
class Frame:
    """A mapping or list that is still open; ``key`` waits for its value."""

    keys: Keys
    value: dict[str, Any] | list[Any]
    key: str | None = None
    key_mark: Any = None
    in_brackets: bool = False


class Reader:
    """Builds a document's data from YAML events, without recursion."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.stack: list[Frame] = []
        self.has_comments = "#" in "".join(document.lines)

    def read(self, parser: Any) -> None:
        """Fill the document from a YAML loader; raise Unreadable if the rest cannot be trusted."""
        documents = 0
        while (kind := type(event := parser.get_event())) is not yaml.StreamEndEvent:
            if kind is yaml.ScalarEvent:
                self.scalar(event)
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                self.close(event)
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                self.open(event)
            elif kind is yaml.AliasEvent:
                self.refuse(f"an alias (*{event.anchor})", event)
                self.document.broken.add(self.add_value(None, event))
            elif kind is yaml.DocumentStartEvent:
                documents += 1
                if documents > 1:
                    message = "a second document starts here"
                    raise ForbiddenYaml("SOP112", message, "remove the '---'", mark_of(event))
        if not isinstance(self.document.data, dict) and () not in self.document.broken:
            message = "this file is empty" if self.document.data is None else "this file is not a mapping"
            raise ForbiddenYaml("SOP108", message, "write it as lines of 'key: value'", (1, 1))

    def scalar(self, event: Any) -> None:
        """Add a text, as the next key of the open mapping or as a value."""
        text = event.value
        if event.anchor or event.tag:
            self.check_node(event)
        frame = self.stack[-1] if self.stack else None
        if frame and frame.key is None and type(frame.value) is dict:
            frame.key, frame.key_mark = text, event.start_mark
            if text in frame.value:
                self.report_duplicate(frame, text, event)
            return
        tag = "str" if event.style else tag_of(text)
        number = tag == "int" and WHOLE_NUMBER.fullmatch(text)
        keys = self.add_value(None if tag == "null" else int(text) if number else text, event)
        if tag != "null" and not self.is_text(event, tag if not number else "str"):
            self.document.broken.add(keys)

    def report_duplicate(self, frame: Frame, key: str, event: Any) -> None:
        """Report a duplicate key; only the first, because several duplicates usually come from one missing dash."""
        if not any((*frame.keys, other) in self.document.broken for other in frame.value):
            first = self.document.mark((*frame.keys, key), key=True)[0]
            message = f"duplicate key '{key}', first used on line {first}"
            help = "keep one of the two, or begin a new list item with '- '"
            self.document.report("SOP109", message, help, mark_of(event))
        self.document.broken.add((*frame.keys, key))

    def is_text(self, event: Any, tag: str) -> bool:
        """Whether YAML reads a value as text, without surprises; if not, report it."""
        start, end = event.start_mark, event.end_mark
        if (
            not (event.style or self.has_comments)
            and tag in READABLE
            and start.line == end.line
            and event.value.isascii()
        ):
            return True  # most texts
        mark = mark_of(event)
        if event.style in ("|", ">") or (start.line != end.line and end.column):
            message = "this text spans several lines"
            self.document.report("SOP117", message, "write it on one line, in quotes if it needs them", mark)
        elif self.has_comments and (found := self.comment_after(event, end)):
            self.document.report("SOP118", found[0], found[1], (end.line + 1, found[2]))
        elif tag not in READABLE:
            help = f'put it in quotes if it is text: "{event.value}"; a number is written with digits only'
            self.document.report("SOP113", f"YAML does not read '{event.value}' as text", help, mark)
        elif event.style and (UNSEEN.search(event.value) or "\n" in event.value):
            help = "delete the backslash and the code after it"
            self.document.report("SOP116", "this text contains a control character", help, mark)
        elif not event.value.isascii() and (odd := UNPRINTABLE.search(event.value)):
            message = f"'{odd[0]}' (U+{ord(odd[0]):04X}) is not in the fonts of the PDFs"
            help = "write it in words; the fonts have Latin, Greek, Cyrillic and Devanagari letters"
            self.document.report("SOP119", message, help, mark)
        else:
            return True
        return False

    def comment_after(self, event: Any, end: Any) -> tuple[str, str, int] | None:
        """Message, help and column of a comment that a text may have been meant to hold."""
        return comment_after_text(self.document.lines[end.line], end.column, quoted=bool(event.style))

    def open(self, event: Any) -> None:
        """Begin a mapping or list."""
        if len(self.stack) == DEEPEST:
            raise ForbiddenYaml(
                "SOP110", f"this is nested more than {DEEPEST} levels deep", "flatten it", mark_of(event)
            )
        self.check_node(event)
        value: dict[str, Any] | list[Any] = {} if type(event) is yaml.MappingStartEvent else []
        self.stack.append(Frame(self.add_value(value, event), value, in_brackets=event.flow_style))

    def close(self, event: Any) -> None:
        """End a mapping or list; a list becomes a tuple."""
        frame = self.stack.pop()
        if frame.in_brackets and not (self.stack and self.stack[-1].in_brackets):
            self.check_brackets(frame, event.end_mark.line + 1)
        if isinstance(frame.value, list):
            if not self.stack:
                self.document.data = tuple(frame.value)
            else:
                self.stack[-1].value[frame.keys[-1]] = tuple(frame.value)  # type: ignore[index] # the last of the keys fits the parent

    def check_brackets(self, frame: Frame, last: int) -> None:
        """Report faults in a list or mapping in brackets that ends on line ``last``."""
        mark, lines = self.document.mark, self.document.lines
        indent = mark(self.stack[-1].keys)[1] - 1 if self.stack else -1
        for fault in flow_faults(lines, mark(frame.keys), last, indent):
            self.document.report(*fault)
            self.document.broken.add(frame.keys)

    def add_value(self, value: Any, event: Any) -> Keys:
        """Add a value to the innermost open mapping or list; return the keys that lead to it."""
        mark = event.start_mark
        if not self.stack:
            self.document.data = value
            keys: Keys = ()
            self.document.marks[keys] = (mark, mark)
            return keys
        frame = self.stack[-1]
        if isinstance(frame.value, list):
            keys = (*frame.keys, len(frame.value))
            frame.value.append(value)
            self.document.marks[keys] = (mark, mark)
        elif frame.key is None:
            message, help = "a key must be plain text", "quote text that starts with { or ["
            raise ForbiddenYaml("SOP111", message, help, as_mark(mark))
        else:
            keys = (*frame.keys, frame.key)
            frame.value[frame.key] = value
            self.document.marks[keys] = (frame.key_mark, mark)
            frame.key = None
        return keys

    def check_node(self, event: Any) -> None:
        """Refuse anchors and tags."""
        if event.anchor:
            self.refuse(f"an anchor (&{event.anchor})", event)
        if event.tag:
            self.refuse(f"a tag ({event.tag})", event)

    def refuse(self, what: str, event: Any) -> None:
        self.document.report("SOP112", f"{what} is not allowed", "write the value itself", mark_of(event))


def tag_of(text: str) -> str:
    """The type that YAML gives an unquoted text: `null`, `bool`, `int`, `float`, ... or `str`."""
    for tag, pattern in RESOLVERS.get(text[:1], ()):
        if pattern.match(text):
            return str(tag).rpartition(":")[2]
    return "str"


def mark_of(event: Any) -> Mark:
    """The position at which an event starts."""
    return as_mark(event.start_mark)
