"""Reading YAML: every trap is a located problem, and every part knows where it stands."""

import pytest

from macros.source import read

TRAPS = {
    "a: *x\n": (1, 4, "SOP112"),
    "a: !!python/object:os.system x\n": (1, 4, "SOP112"),
    "a: &x 1\n": (1, 4, "SOP112"),
    "[a]: 1\n": (1, 1, "SOP111"),
    "a: 1\n---\nb: 2\n": (2, 1, "SOP107"),
    "a: " + "[" * 40: (1, 19, "SOP110"),
    "a: NO\n": (1, 4, "SOP113"),
    "a: 12:30\n": (1, 4, "SOP113"),
    "a: 1_000\n": (1, 4, "SOP113"),
    "a: 1.5\n": (1, 4, "SOP113"),
    "a: b\n\tc: d\n": (2, 1, "SOP103"),
    'a: "b\nc: d\n': (1, 4, "SOP104"),
    "a: b: c\n": (1, 4, "SOP105"),
    "a: 'it's'\n": (1, 8, "SOP106"),
    "a: \x07\n": (1, 4, "SOP102"),
    "": (1, 1, "SOP108"),
    "# only a comment\n": (1, 1, "SOP108"),
    "text\n": (1, 1, "SOP108"),
}


@pytest.mark.parametrize("text", TRAPS)
def test_a_trap_is_a_located_problem(text: str) -> None:
    (problem,) = read("x.yml", text.encode()).problems
    assert (problem.line, problem.column, problem.code) == TRAPS[text]


def test_text_stays_text() -> None:
    document = read("x.yml", b'date: 2023-02-15\nempty:\nnumber: 12\nquoted: "NO"\nlist: [a, b]\n')
    expected = {"date": "2023-02-15", "empty": None, "number": 12, "quoted": "NO", "list": ("a", "b")}
    assert document.data == expected
    assert not document.problems


def test_every_key_and_value_has_its_place() -> None:
    document = read("x.yml", b"name: A\nsteps:\n  - id: one\n    action: Do\n  - id: two\n")
    assert document.mark(("steps", 0, "action")) == (4, 13)
    assert document.mark(("steps", 0, "action"), key=True) == (4, 5)
    assert document.mark(("steps", 1)) == (5, 5)
    assert document.mark(("steps", 1, "missing")) == (5, 5)


def test_the_caret_stands_under_the_mistake() -> None:
    (problem,) = read("x.yml", b"a:\n  b: NO\n").problems
    assert str(problem).splitlines()[1:3] == ["      b: NO", "         ^"]
