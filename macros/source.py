"""YAML text -> plain data that remembers the position of every key and value.

Text stays text: `2023-02-15` is a string, and what YAML would silently turn into
something else (`NO`, `12:30`, `010`) is a problem that asks for quotes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from macros.problems import Problem
from macros.syntax import Mark, explain

Keys = tuple[str | int, ...]

DEEPEST = 16  # the SOP needs 4
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
RESOLVERS = yaml.SafeLoader.yaml_implicit_resolvers
UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
WHOLE_NUMBER = re.compile(r"0|-?[1-9][0-9]{0,8}")


@dataclass(slots=True)
class Document:
    """One file: its data, and where each part of it stands.

    ``data`` is made of dicts, tuples, str, int and None. ``marks`` maps the keys that
    lead to a value to (mark of its key, mark of the value); a mark is (line, column),
    both from 1. ``broken`` holds the keys of values that could not be read: what
    depends on them is not reported as well.
    """

    path: str
    lines: list[str]
    data: Any = None
    marks: dict[Keys, tuple[Mark, Mark]] = field(default_factory=dict)
    broken: set[Keys] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def mark(self, keys: Keys, *, key: bool = False) -> Mark:
        """Where a value (or its key) stands; if it is missing, where its parent does."""
        while keys and keys not in self.marks:
            keys, key = keys[:-1], True
        return self.marks.get(keys, ((1, 1), (1, 1)))[0 if key else 1]

    def report(self, code: str, message: str, help: str, mark: Mark) -> None:
        """Add a problem at a mark."""
        line, column = mark
        excerpt = self.lines[line - 1] if line <= len(self.lines) else ""
        self.problems.append(Problem(self.path, line, column, code, message, help, excerpt))

    def is_broken(self, keys: Keys) -> bool:
        """Whether the value, or something around it, could not be read."""
        return any(keys[:end] in self.broken for end in range(len(keys) + 1))


def read(path: str, raw: bytes) -> Document:
    """The document in ``raw``; its ``problems`` say what could not be read."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8", "replace").split("\n")
        document = Document(path, before, broken={()})
        mark = (len(before), len(before[-1]) + 1)
        document.report("SOP101", "this is not UTF-8 text", "save the file as UTF-8", mark)
        return document
    document = Document(path, text.splitlines())
    if found := UNPRINTABLE.search(text):
        before = text[: found.start()].split("\n")
        what = f"a control character (U+{ord(found[0]):04X}) cannot be part of the text"
        document.report("SOP102", what, "delete it", (len(before), len(before[-1]) + 1))
        document.broken.add(())
        return document
    try:
        Reader(document).read(yaml.parse(text, Loader=LOADER))
    except yaml.MarkedYAMLError as error:
        document.report(*explain(error, document.lines))
        document.broken.add(())
    except Unreadable as error:
        document.report(*error.args)
        document.broken.add(())
    return document


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
                    raise Unreadable("SOP107", "a second document starts here", "remove the '---'", mark)
        if not isinstance(self.document.data, dict) and not self.document.broken:
            what = "this file is empty" if self.document.data is None else "this file is not a mapping"
            raise Unreadable("SOP108", what, "write it as lines of 'key: value'", (1, 1))

    def scalar(self, event: Any, mark: Mark) -> None:
        """A text: the next key of the open mapping, or a value."""
        self.check_plain(event, mark)
        frame = self.stack[-1] if self.stack else None
        if frame and isinstance(frame.value, dict) and frame.key is None:
            frame.key, frame.key_mark = event.value, mark
            if event.value in frame.value:
                first = self.document.mark((*frame.keys, event.value), key=True)[0]
                what = f"the key '{event.value}' is here twice, first on line {first}"
                self.document.report("SOP109", what, "keep one of the two", mark)
                self.document.broken.add((*frame.keys, event.value))
        else:
            self.place(event.value if event.style else self.plain(event.value, mark), mark)

    def open(self, event: Any, mark: Mark) -> None:
        """Begin a mapping or list."""
        if len(self.stack) == DEEPEST:
            raise Unreadable("SOP110", f"this is nested more than {DEEPEST} deep", "flatten it", mark)
        self.check_plain(event, mark)
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

    def check_plain(self, event: Any, mark: Mark) -> None:
        """Refuse what makes a file mean more than it shows."""
        if event.anchor:
            self.refuse(f"an anchor (&{event.anchor})", mark)
        if event.tag:
            self.refuse(f"a tag ({event.tag})", mark)

    def refuse(self, what: str, mark: Mark) -> None:
        self.document.report("SOP112", f"{what} has no place in the SOP", "write the value itself", mark)

    def plain(self, text: str, mark: Mark) -> str | int | None:
        """An unquoted value: text, a whole number, or nothing."""
        for tag, pattern in RESOLVERS.get(text[:1], ()):
            if pattern.match(text) and not tag.endswith(":timestamp"):
                if tag.endswith(":null"):
                    return None
                if WHOLE_NUMBER.fullmatch(text):
                    return int(text)
                what = f"YAML does not read '{text}' as text"
                self.document.report("SOP113", what, f'put it in quotes: "{text}"', mark)
        return text
