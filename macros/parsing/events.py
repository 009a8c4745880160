"""YAML events -> plain data with the position of every key and value.

Text is not converted: `2023-02-15` is a string. A value that YAML would convert (`NO`, `12:30`, `010`)
is a problem, and quotes fix it.
"""

import re
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


class Reader:
    """Builds a document's data from the events of a YAML loader."""

    def __init__(self, document: Document, loader: Any) -> None:
        self.document = document
        self.next_event = loader.get_event
        self.has_comments = "#" in "".join(document.lines)
        self.in_brackets = False

    def read(self) -> None:
        """Fill the document; raise ForbiddenYaml if the rest cannot be trusted."""
        document = self.document
        while type(event := self.next_event()) is not yaml.StreamEndEvent:
            if type(event) is yaml.DocumentStartEvent:
                if document.marks:
                    message = "a second document starts here"
                    raise ForbiddenYaml("SOP112", message, "remove the '---'", mark_of(event))
                event = self.next_event()
                document.marks[()] = (event.start_mark, event.start_mark)
                document.data = self.value(event, ())
        if not isinstance(document.data, dict) and () not in document.broken:
            message = "this file is empty" if document.data is None else "this file is not a mapping"
            raise ForbiddenYaml("SOP108", message, "write it as lines of 'key: value'", (1, 1))

    def value(self, event: Any, keys: Keys) -> Any:
        """The value that an event begins; ``keys`` lead to it."""
        if type(event) is yaml.ScalarEvent:
            return self.scalar(event, keys)
        if type(event) is yaml.AliasEvent:
            self.refuse(f"an alias (*{event.anchor})", event)
            self.document.broken.add(keys)
            return None
        if len(keys) == DEEPEST:
            message = f"this is nested more than {DEEPEST} levels deep"
            raise ForbiddenYaml("SOP110", message, "flatten it", mark_of(event))
        self.check_node(event)
        outermost, self.in_brackets = event.flow_style and not self.in_brackets, event.flow_style
        value, end = (self.mapping if type(event) is yaml.MappingStartEvent else self.items)(keys)
        if outermost:
            self.in_brackets = False
            self.check_brackets(keys, end.end_mark.line + 1)
        return value

    def mapping(self, keys: Keys) -> tuple[dict[str, Any], Any]:
        """A mapping and the event that ends it."""
        value: dict[str, Any] = {}
        while type(event := self.next_event()) is not yaml.MappingEndEvent:
            key = self.key(event)
            below = (*keys, key)
            if key in value:
                self.report_duplicate(below, value, event)
            first = self.next_event()
            self.document.marks[below] = (event.start_mark, first.start_mark)
            value[key] = self.value(first, below)
        return value, event

    def items(self, keys: Keys) -> tuple[tuple[Any, ...], Any]:
        """A list, as a tuple, and the event that ends it."""
        values: list[Any] = []
        while type(event := self.next_event()) is not yaml.SequenceEndEvent:
            below = (*keys, len(values))
            self.document.marks[below] = (event.start_mark, event.start_mark)
            values.append(self.value(event, below))
        return tuple(values), event

    def key(self, event: Any) -> str:
        """The key that an event holds."""
        if type(event) is yaml.AliasEvent:
            self.refuse(f"an alias (*{event.anchor})", event)
        elif event.anchor or event.tag:
            self.check_node(event)
        if type(event) is not yaml.ScalarEvent:
            message, help = "a key must be plain text", "quote text that starts with { or ["
            raise ForbiddenYaml("SOP111", message, help, mark_of(event))
        return str(event.value)

    def report_duplicate(self, keys: Keys, mapping: dict[str, Any], event: Any) -> None:
        """Report a duplicate key; only the first, because several duplicates usually come from one missing dash."""
        if not any((*keys[:-1], other) in self.document.broken for other in mapping):
            first = self.document.mark(keys, key=True)[0]
            message = f"duplicate key '{keys[-1]}', first used on line {first}"
            help = "keep one of the two, or begin a new list item with '- '"
            self.document.report("SOP109", message, help, mark_of(event))
        self.document.broken.add(keys)

    def scalar(self, event: Any, keys: Keys) -> str | int | None:
        """A text, a whole number or nothing."""
        text: str = event.value
        if event.anchor or event.tag:
            self.check_node(event)
        tag = "str" if event.style else tag_of(text)
        if tag == "null":
            return None
        number = tag == "int" and WHOLE_NUMBER.fullmatch(text)
        if not self.is_text(event, "str" if number else tag):
            self.document.broken.add(keys)
        return int(text) if number else text

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

    def check_brackets(self, keys: Keys, last: int) -> None:
        """Report faults in a list or mapping in brackets that ends on line ``last``."""
        mark, lines = self.document.mark, self.document.lines
        indent = mark(keys[:-1])[1] - 1 if keys else -1
        for fault in flow_faults(lines, mark(keys), last, indent):
            self.document.report(*fault)
            self.document.broken.add(keys)

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
