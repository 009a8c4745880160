"""Edits of YAML text that change one value and keep every other character."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

import yaml

DATE = re.compile(r"'(\d{4}-\d\d-\d\d)'")


def with_value(text: str, keys: Sequence[str], value: Any) -> str:
    """YAML text in which the value at ``keys`` is ``value``; keys that are missing are added.

    ``text`` is a mapping or empty. ``value`` is a text, a number, a list or a mapping of such values.
    """
    node: yaml.Node | None = yaml.compose(text, Loader=yaml.SafeLoader)
    if node is None:
        return end_with_newline(text, newline(text)) + as_yaml(nest(keys, value), newline(text))
    name, flow = None, False
    for depth, key in enumerate(keys):
        if not isinstance(node, yaml.MappingNode):
            return replace_value(text, name, node, nest(keys[depth:], value), flow=flow)
        flow = flow or bool(node.flow_style)
        found = next((pair for pair in node.value if pair[0].value == key), None)
        if not found:
            return insert_entry(text, node, key, nest(keys[depth + 1 :], value), flow=flow)
        name, node = found
    return replace_value(text, name, node, value, flow=flow)


def with_values(text: str, values: Mapping[str, Any]) -> str:
    """YAML text with these values of its top keys; unlike repeated calls of ``with_value``, it parses once."""
    node: yaml.Node | None = yaml.compose(text, Loader=yaml.SafeLoader)
    if node is None:
        return with_value(text, [], dict(values))
    if not isinstance(node, yaml.MappingNode) or node.flow_style:
        for key, value in values.items():
            text = with_value(text, [key], value)
        return text
    present = {name.value for name, _ in node.value}
    for key in reversed([key for key in values if key not in present]):
        text = insert_entry(text, node, key, values[key], flow=False)
    for name, old in reversed(node.value):  # from the end, so that positions stay valid
        if name.value in values:
            text = replace_value(text, name, old, values[name.value], flow=False)
    return text


def without_entry(text: str, keys: Sequence[str]) -> str:
    """YAML text without the entry at ``keys``, and without its lines."""
    node: Any = yaml.compose(text, Loader=yaml.SafeLoader)
    for key in keys:
        parent = node
        name, node = next(pair for pair in node.value if pair[0].value == key)
    start, end = name.start_mark.index, end_of(node, name)
    if parent.flow_style:
        rest = text[end:].lstrip()
        if rest.startswith(","):
            return text[:start] + rest[1:].lstrip()
        return text[:start].rstrip().removesuffix(",") + text[end:]
    return text[: text.rfind("\n", 0, start) + 1] + text[end_of_line(text, end) :]


def replace_value(text: str, name: Any, node: Any, value: Any, *, flow: bool) -> str:
    """The text with another value after the key ``name``."""
    start = text.index(":", name.end_mark.index) + 1
    end = max(start, end_of(node, name))
    return text[:start] + render_value(value, name.start_mark.column, newline(text), flow=flow) + text[end:]


def insert_entry(text: str, node: Any, key: str, value: Any, *, flow: bool) -> str:
    """The text with a further entry at the end of the mapping ``node``."""
    if flow:
        end = node.end_mark.index - 1
        comma = ", " if node.value else ""
        return f"{text[:end].rstrip()}{comma}{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}{text[end:]}"
    name, last = node.value[-1]
    column, line = node.value[0][0].start_mark.column, newline(text)
    at = end_of_line(text, end_of(last, name))
    before = end_with_newline(text[:at], line)
    return f"{before}{' ' * column}{key}:{render_value(value, column, line, flow=False)}{line}{text[at:]}"


def render_value(value: Any, column: int, line: str, *, flow: bool) -> str:
    """A value as text after the colon of a key in ``column``."""
    if flow:
        return f" {json.dumps(value, ensure_ascii=False)}"
    if isinstance(value, dict | list) and value:
        indent = " " * (column + 2)
        return "".join(f"{line}{indent}{part}" for part in as_yaml(value, "\n").splitlines())
    return f" {as_yaml([value], '').removeprefix('- ')}"


def end_of(node: Any, name: Any) -> int:
    """The index of the end of a value, without comments and empty lines after it."""
    if isinstance(node, yaml.ScalarNode) or node.flow_style or not node.value:
        return int(max(node.end_mark.index, name.end_mark.index))
    last = node.value[-1]
    return end_of(last[1], last[0]) if isinstance(last, tuple) else end_of(last, last)


def end_of_line(text: str, index: int) -> int:
    """The index of the end of the line at ``index``."""
    found = text.find("\n", index)
    return found + 1 if found >= 0 else len(text)


def newline(text: str) -> str:
    """The line ending of a text."""
    return "\r\n" if "\r\n" in text else "\n"


def end_with_newline(text: str, line: str) -> str:
    """The text with a line ending after its last line."""
    return text if not text or text.endswith("\n") else text + line


def nest(keys: Sequence[str], value: Any) -> Any:
    """A value inside a mapping for each of the keys."""
    return {keys[0]: nest(keys[1:], value)} if keys else value


def as_yaml(data: Any, line: str) -> str:
    """YAML in block style, each text on one line, dates without quotes."""
    written: str = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=10**9)
    return DATE.sub(r"\1", written).replace("\n", line)
