"""YAML events -> plain data that remembers the position of every key and value.

Text stays text: `2023-02-15` is a string, and what YAML would silently turn into
something else (`NO`, `12:30`, `010`) is a problem that asks for quotes.
"""

import re
from dataclasses import dataclass
from typing import Any

import yaml

from macros.parsing.document import UNPRINTABLE, UNSEEN, Document, Keys, Mark

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

    def read(self, parser: Any) -> None:
        """Fill the document from a YAML loader; raise Unreadable where nothing after it can be trusted."""
        documents = 0
        while (kind := type(event := parser.get_event())) is not yaml.StreamEndEvent:
            if kind is yaml.ScalarEvent:
                self.scalar(event, mark_of(event))
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                self.close()
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                self.open(event, mark_of(event))
            elif kind is yaml.AliasEvent:
                self.refuse(f"an alias (*{event.anchor})", mark_of(event))
                self.document.broken.add(self.place(None, mark_of(event)))
            elif kind is yaml.DocumentStartEvent:
                documents += 1
                if documents > 1:
                    what = "a second document starts here"
                    raise Unreadable("SOP112", what, "remove the '---'", mark_of(event))
        if not isinstance(self.document.data, dict) and () not in self.document.broken:
            what = "this file is empty" if self.document.data is None else "this file is not a mapping"
            raise Unreadable("SOP108", what, "write it as lines of 'key: value'", (1, 1))

    def scalar(self, event: Any, mark: Mark) -> None:
        """A text: the next key of the open mapping, or a value."""
        text = event.value
        if event.anchor or event.tag:
            self.check_node(event, mark)
        frame = self.stack[-1] if self.stack else None
        if frame and frame.key is None and type(frame.value) is dict:
            frame.key, frame.key_mark = text, mark
            if text in frame.value:
                self.doubled(frame, text, mark)
            return
        tag = "str" if event.style else tag_of(text)
        number = tag == "int" and WHOLE_NUMBER.fullmatch(text)
        keys = self.place(None if tag == "null" else int(text) if number else text, mark)
        if tag != "null" and not self.is_text(event, tag if not number else "str", mark):
            self.document.broken.add(keys)

    def doubled(self, frame: Frame, key: str, mark: Mark) -> None:
        """A key that the mapping has already; more of them mean that the dash before them is missing."""
        if not any((*frame.keys, other) in self.document.broken for other in frame.value):
            first = self.document.mark((*frame.keys, key), key=True)[0]
            what = f"the key '{key}' is here twice, first on line {first}"
            help = "keep one of the two, or begin a new list item with '- '"
            self.document.report("SOP109", what, help, mark)
        self.document.broken.add((*frame.keys, key))

    def is_text(self, event: Any, tag: str, mark: Mark) -> bool:
        """Whether a value is what a reader of the file takes it for; if not, it is reported."""
        end = event.end_mark
        if event.style in ("|", ">") or (event.start_mark.line != end.line and end.column):
            what = "this text goes on over several lines"
            self.document.report("SOP117", what, "write it on one line, in quotes if it needs them", mark)
        elif not event.style and (cut := self.cut_off(end)):
            what = f"YAML takes '{cut[1]}' for a comment"
            help = "put the whole text in quotes, or write a space after the # of a comment"
            self.document.report("SOP118", what, help, (end.line + 1, cut.start(1) + 1))
        elif tag not in READABLE:
            help = f'put it in quotes if it is text: "{event.value}"; a number is written with digits only'
            self.document.report("SOP113", f"YAML does not read '{event.value}' as text", help, mark)
        elif event.style and (UNSEEN.search(event.value) or "\n" in event.value):
            help = "delete what is behind the backslash"
            self.document.report("SOP116", "this text has a control character in it", help, mark)
        elif not event.value.isascii() and (odd := UNPRINTABLE.search(event.value)):
            what = f"'{odd[0]}' (U+{ord(odd[0]):04X}) is not in the fonts of the PDFs"
            help = "write it in words; there are Latin, Greek, Cyrillic and Devanagari letters"
            self.document.report("SOP119", what, help, mark)
        else:
            return True
        return False

    def cut_off(self, end: Any) -> re.Match[str] | None:
        """What YAML takes for a comment behind a text, though no space follows its #."""
        line = self.document.lines[end.line]
        return re.compile(r"\s+(#\S.*)").match(line, end.column) if "#" in line else None

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


def mark_of(event: Any) -> Mark:
    """Where an event starts."""
    mark = event.start_mark
    return mark.line + 1, mark.column + 1
