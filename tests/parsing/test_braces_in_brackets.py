"""A text with `{id}` in a list or mapping on one line is one problem, and its remedy quotes that text only."""

import pytest

from macros.parsing.parser import read

LINES = {
    "a: {b: Write to {desk}}": {"a": {"b": "Write to {desk}"}},
    "a: {b: c, d: Write to {desk} and {clerk}, e: f}": {
        "a": {"b": "c", "d": "Write to {desk} and {clerk}", "e": "f"}
    },
    "a: {b: {desk} first}": {"a": {"b": "{desk} first"}},
    "a: [photo of {desk}, c]": {"a": ("photo of {desk}", "c")},
    "a: [c, {desk} photo]": {"a": ("c", "{desk} photo")},
}


@pytest.mark.parametrize("line", LINES)
def test_the_remedy_quotes_the_text_and_not_the_brackets(line: str) -> None:
    text = f"{line}\n"
    (problem,) = read("x.yml", text.encode()).problems
    remedy, _, corrected = problem.help.partition(": ")
    assert (problem.code, problem.line, problem.column, remedy) == ("SOP107", 1, 4, "put the text in quotes")
    assert read("x.yml", corrected.encode()).data == LINES[line]
