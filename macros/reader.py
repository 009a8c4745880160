"""YAML events -> plain data that remembers the position of every key and value.

Text stays text: `2023-02-15` is a string, and what YAML would silently turn into
something else (`NO`, `12:30`, `010`) is a problem that asks for quotes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from macros.document import UNSEEN, Document, Keys, Mark

DEEPEST = 16  # the SOP needs 4
RESOLVERS = yaml.SafeLoader.yaml_implicit_resolvers
READABLE = ("str", "null", "timestamp")  # a date is text that the model reads
WHOLE_NUMBER = re.compile(r"0|-?[1-9][0-9]{0,8}")


class Unreadable(Exception):
    """Valid YAML that no SOP file may hold; the arguments are those of `report`."""


@dataclass(slots=True)
class Frame:
    """A mapping or list that is still open; ``key`` waits for its value."""

    keys: Keys
    value: dict[str, Any] | list[Any]
    key: str | None = None
    key_mark: Mark = (1, 1)


class Reader:
    """Builds a document's data from YAML events, without recursion."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.stack: list[Frame] = []

    def read(self, events: Iterator[Any]) -> None:
        """Fill the document; raise Unreadable where nothing after it can be trusted."""
        documents = 0
        for event in events:
            kind = type(event)
            mark = (event.start_mark.line + 1, event.start_mark.column + 1)
            if kind is yaml.ScalarEvent:
                self.scalar(event, mark)
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                self.open(event, mark)
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                self.close()
            elif kind is yaml.AliasEvent:
                self.refuse(f"an alias (*{event.anchor})", mark)
                self.document.broken.add(self.place(None, mark))
            elif kind is yaml.DocumentStartEvent:
                documents += 1
                if documents > 1:
                    raise Unreadable("SOP112", "a second document starts here", "remove the '---'", mark)
        if not isinstance(self.document.data, dict) and () not in self.document.broken:
            what = "this file is empty" if self.document.data is None else "this file is not a mapping"
            raise Unreadable("SOP108", what, "write it as lines of 'key: value'", (1, 1))

    def scalar(self, event: Any, mark: Mark) -> None:
        """A text: the next key of the open mapping, or a value."""
        self.check_node(event, mark)
        frame = self.stack[-1] if self.stack else None
        if frame and isinstance(frame.value, dict) and frame.key is None:
            frame.key, frame.key_mark = event.value, mark
            if event.value in frame.value:
                self.doubled(frame, event.value, mark)
            return
        value = event.value if event.style else plain(event.value)
        keys = self.place(value, mark)
        if value is not None and not self.is_text(event, mark):
            self.document.broken.add(keys)

    def doubled(self, frame: Frame, key: str, mark: Mark) -> None:
        """A key that the mapping has already; more of them mean that the dash before them is missing."""
        if not any((*frame.keys, other) in self.document.broken for other in frame.value):
            first = self.document.mark((*frame.keys, key), key=True)[0]
            what = f"the key '{key}' is here twice, first on line {first}"
            help = "keep one of the two, or begin a new list item with '- '"
            self.document.report("SOP109", what, help, mark)
        self.document.broken.add((*frame.keys, key))

    def is_text(self, event: Any, mark: Mark) -> bool:
        """Whether a value is what a reader of the file takes it for; if not, it is reported."""
        end = event.end_mark
        if event.style in ("|", ">") or (event.start_mark.line != end.line and end.column):
            what, help = (
                "this text goes on over several lines",
                "write it on one line, in quotes if it needs them",
            )
            self.document.report("SOP117", what, help, mark)
        elif not event.style and (
            cut := re.match(r"\s+(#\S.*)", self.document.lines[end.line][end.column :])
        ):
            what = f"YAML takes '{cut[1]}' for a comment"
            help = "put the whole text in quotes, or write a space after the # of a comment"
            self.document.report("SOP118", what, help, (end.line + 1, end.column + cut.start(1) + 1))
        elif not event.style and not (tag_of(event.value) in READABLE or WHOLE_NUMBER.fullmatch(event.value)):
            help = f'put it in quotes if it is text: "{event.value}"; a number is written with digits only'
            self.document.report("SOP113", f"YAML does not read '{event.value}' as text", help, mark)
        elif UNSEEN.search(event.value) or "\n" in event.value:
            help = "delete what is behind the backslash"
            self.document.report("SOP116", "this text has a control character in it", help, mark)
        else:
            return True
        return False

    def open(self, event: Any, mark: Mark) -> None:
        """Begin a mapping or list."""
        if len(self.stack) == DEEPEST:
            raise Unreadable("SOP110", f"this is nested more than {DEEPEST} deep", "flatten it", mark)
        self.check_node(event, mark)
        value: dict[str, Any] | list[Any] = {} if type(event) is yaml.MappingStartEvent else []
        self.stack.append(Frame(self.place(value, mark), value))

    def close(self) -> None:
        """End a mapping or list; a list becomes a tuple where it stands."""
        frame = self.stack.pop()
        if isinstance(frame.value, list):
            if not self.stack:
                self.document.data = tuple(frame.value)
            else:
                self.stack[-1].value[frame.keys[-1]] = tuple(frame.value)  # type: ignore[index]

    def place(self, value: Any, mark: Mark) -> Keys:
        """Put a value where the stack says, and give the keys that lead to it."""
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
            raise Unreadable("SOP111", "a key must be plain text", "quote text that starts with { or [", mark)
        else:
            keys = (*frame.keys, frame.key)
            frame.value[frame.key] = value
            self.document.marks[keys] = (frame.key_mark, mark)
            frame.key = None
        return keys

    def check_node(self, event: Any, mark: Mark) -> None:
        """Refuse what makes a file mean more than it shows."""
        if event.anchor:
            self.refuse(f"an anchor (&{event.anchor})", mark)
        if event.tag:
            self.refuse(f"a tag ({event.tag})", mark)

    def refuse(self, what: str, mark: Mark) -> None:
        self.document.report("SOP112", f"{what} has no place in the SOP", "write the value itself", mark)


def tag_of(text: str) -> str:
    """What YAML makes of an unquoted text: `null`, `bool`, `int`, `float`, ... or `str`."""
    for tag, pattern in RESOLVERS.get(text[:1], ()):
        if pattern.match(text):
            return str(tag).rpartition(":")[2]
    return "str"


def plain(text: str) -> str | int | None:
    """An unquoted value: text, a whole number, or nothing."""
    if tag_of(text) == "null":
        return None
    return int(text) if WHOLE_NUMBER.fullmatch(text) else text
