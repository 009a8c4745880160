"""Quotes that YAML does not read as quotes are a problem where they are used as quotes, and only there."""

import pytest

from edited_example import fix_problem
from macros.parsing.parser import read

LINES = {
    "frequency: “daily”": 'frequency: "daily"',
    "action: “{escalation}”": 'action: "{escalation}"',
    "ticket: ‘Closed’": 'ticket: "Closed"',
    "ticket: ’Closed’": 'ticket: "Closed"',
    "ticket: „Closed“": 'ticket: "Closed"',
    "ticket: »Closed«": 'ticket: "Closed"',
    "ticket: «Closed»": 'ticket: "Closed"',
    "ticket: ‹Closed›": 'ticket: "Closed"',
    "ticket: ＂Closed＂": 'ticket: "Closed"',
    "ticket: ´Closed´": 'ticket: "Closed"',
    "ticket: ‘‘Closed’’": 'ticket: "Closed"',
    'ticket: “Closed"': 'ticket: "Closed"',
    'ticket: "Closed”': 'ticket: "Closed"',
    "ticket: 'Closed’": 'ticket: "Closed"',
    "ticket: “Closed": 'ticket: "Closed"',
    "ticket: “Closed”,": 'ticket: "Closed"',
    "ticket: “Closed” # since May": 'ticket: "Closed" # since May',
    "ticket: ‘The owner’s desk’": 'ticket: "The owner’s desk"',
    'ticket: ‘Say "no"’': 'ticket: "Say \\"no\\""',
    "“ticket”: Closed": "ticket: Closed",
    "ticket: [“a”, ‘b’, c]": 'ticket: ["a", "b", c]',
    "ticket: {a: “b”}": 'ticket: {a: "b"}',
}
FINE = [
    "name: Owner’s desk",
    "name: ’Tis the owner’s",
    "action: The “excess” orders are late",
    "action: “Excess” orders are late",
    "action: “Excess” and “late” orders",
    "action: “Excess” orders, or those that are “late”",
    "action: ‘Excess’ orders are late",
    'action: "“Excess” orders: late"',
    'action: "“Excess”"',
    "name: [Owner’s desk, Seller’s desk]",
    "# “a comment”",
    "name: Desk # “a comment”",
]


@pytest.mark.parametrize("line", LINES)
def test_curly_quotes_used_as_quotes_are_one_problem_with_the_corrected_line(line: str) -> None:
    text = f"name: A\n{line}\nowner: b\n"
    problem, corrected = fix_problem(text)
    assert (problem.code, problem.line) == ("SOP120", 2)
    assert problem.help == f"write it as: {LINES[line]}"
    assert not read("x.yml", corrected.encode()).problems
    assert read("x.yml", corrected.encode()).data == read("x.yml", text.encode()).data


@pytest.mark.parametrize("line", ["- “a”", "- ‘a b’", "- key: “a”"])
def test_curly_quotes_in_a_list_item_are_one_problem(line: str) -> None:
    problem, corrected = fix_problem(f"list:\n  {line}\n")
    assert (problem.code, problem.line, problem.column) == ("SOP120", 2, line.index("a") + 2)
    assert corrected.isascii()


def test_a_bracket_over_several_lines_keeps_its_commas() -> None:
    text = "list: [\n  “a”,\n  b\n  ]\n"
    assert fix_problem(text)[1] == 'list: [\n  "a",\n  b\n  ]\n'


@pytest.mark.parametrize("line", FINE)
def test_an_apostrophe_or_a_quotation_inside_a_text_is_fine(line: str) -> None:
    assert not read("x.yml", f"id: x\n{line}\n".encode()).problems


@pytest.mark.parametrize(
    "line", ["ticket: `Closed`", 'ticket: "Closed",', "ticket: 'Closed';", "ticket: ''Closed''"]
)
def test_plain_quotes_that_yaml_does_not_accept_are_one_problem(line: str) -> None:
    (problem,) = read("x.yml", f"name: A\n{line}\n".encode()).problems
    assert problem.line == 2
    assert problem.help.endswith((': ticket: "Closed"', ": ticket: 'Closed'"))
