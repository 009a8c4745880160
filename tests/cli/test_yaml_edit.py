"""Edits of YAML change one value and nothing else, whatever the file looks like."""

import pytest
import yaml

from macros.cli.yaml_edit import with_value, with_values, without_entry

VALUES = [
    "1.0",
    "1 # a",
    "a: b",
    "{x}",
    "- x",
    "'quoted'",
    '"',
    "null",
    "2027-05",
    "é",
    "010",
    "&a",
    "x,y",
    " s ",
]
TEXTS = [
    "",
    "# only a comment\n",
    "# head\ntitle: T\nversion: # none yet\nauthor: A # note\n",
    "version:\n\nauthor: A",
    'title: "a: b"\nversion: "0 # 9" # kept\n# end\n',
    "{title: T, version: old, author: A}\n",
    "{}\n",
    "title: T\nversion:\n  - a\n  - b\n# about the author\nauthor: A\n",
    "\ufefftitle: T\n",
]


@pytest.mark.parametrize("line", ["\n", "\r\n"])
@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("value", VALUES)
def test_only_the_value_changes(text: str, value: str, line: str) -> None:
    before = text.replace("\n", line)
    after = with_value(before, ["version"], value)
    stated = yaml.safe_load(before) or {}
    assert yaml.safe_load(after) == {**stated, "version": value}
    for comment in ("# head", "# none yet", "# note", "# kept", "# end", "# about the author"):
        assert after.count(comment) == before.count(comment)
    assert "\n" not in before or after.count("\n") == after.count(line)


def test_a_record_is_added_and_replaced_among_comments() -> None:
    text = "# head\na/b: # first\n  by: x\n  date: 2026-01-01\n\n# second\nc/d:\n  by: y\n"
    record = {"by": "z", "date": "2027-01-01"}
    replaced = with_value(text, ["a/b"], record)
    assert replaced == "# head\na/b:\n  by: z\n  date: 2027-01-01\n\n# second\nc/d:\n  by: y\n"
    assert with_value(text, ["e/f"], record) == text + "e/f:\n  by: z\n  date: 2027-01-01\n"


def test_a_nested_value_is_added_where_its_parents_are_missing() -> None:
    assert with_value("gap:\n  x: 1\nother: 2\n", ["gap", "answered"], {"by": "r"}) == (
        "gap:\n  x: 1\n  answered:\n    by: r\nother: 2\n"
    )
    assert with_value("gap:\n", ["gap", "answered", "by"], "r") == "gap:\n  answered:\n    by: r\n"


def test_an_entry_is_removed_with_its_lines_and_nothing_else() -> None:
    text = "# head\na:\n  b: 1 # one\n  c: 2\n# about d\nd: {e: 1, f: 2}\n"
    assert without_entry(text, ["a", "b"]) == "# head\na:\n  c: 2\n# about d\nd: {e: 1, f: 2}\n"
    assert without_entry(text, ["a"]) == "# head\n# about d\nd: {e: 1, f: 2}\n"
    assert without_entry(text, ["d", "e"]).endswith("d: {f: 2}\n")
    assert without_entry(text, ["d", "f"]).endswith("d: {e: 1}\n")


@pytest.mark.parametrize("line", ["\n", "\r\n"])
@pytest.mark.parametrize("text", TEXTS)
def test_several_values_are_the_same_as_one_after_another(text: str, line: str) -> None:
    text = text.replace("\n", line)
    values = {"version": {"a": "b"}, "new": "x", "title": "U", "last": {"c": "d"}}
    one_by_one = text
    for key, value in values.items():
        one_by_one = with_value(one_by_one, [key], value)
    assert with_values(text, values) == one_by_one
