"""Reading YAML: every trap is a located problem, and every part knows where it stands."""

import pytest
import yaml

from macros.parsing import parser, repair
from macros.parsing.parser import read

TRAPS = {
    "a: *x\n": (1, 4, "SOP112"),
    "a: !!python/object:os.system x\n": (1, 4, "SOP112"),
    "a: &x 1\n": (1, 4, "SOP112"),
    "[a]: 1\n": (1, 1, "SOP111"),
    "a: 1\n---\nb: 2\n": (2, 1, "SOP112"),
    "a: " + "[" * 40 + "]" * 40: (1, 19, "SOP110"),
    "a: NO\n": (1, 4, "SOP113"),
    "a: 12:30\n": (1, 4, "SOP113"),
    "a: 1_000\n": (1, 4, "SOP113"),
    "a: 1.5\n": (1, 4, "SOP113"),
    "a: b\n\tc: d\n": (2, 1, "SOP103"),
    'a: "b\nc: d\n': (1, 4, "SOP104"),
    "a: b: c\n": (1, 4, "SOP107"),
    "a: 'it's'\n": (1, 4, "SOP107"),
    "a: \x07\n": (1, 4, "SOP114"),
    "a:b\nc: d\n": (1, 2, "SOP105"),
    "a\nb: c\n": (1, 2, "SOP105"),
    "a; b\nc: d\n": (1, 2, "SOP105"),
    "a: b\n   c: d\n": (2, 4, "SOP106"),
    "a:\n  b: c\n d: e\n": (3, 2, "SOP106"),
    "a: [b\nc: d\n": (1, 4, "SOP104"),
    "a: {b} c\n": (1, 4, "SOP107"),
    'a: "b" c\n': (1, 4, "SOP107"),
    'a: "C:\\path"\n': (1, 4, "SOP107"),
    "a: @b\n": (1, 4, "SOP107"),
    "a: b\tc\n": (1, 5, "SOP103"),
    "a: b #3 c\n": (1, 6, "SOP118"),
    "a: |\n  b\n": (1, 4, "SOP117"),
    "a: b\n  c; d\n": (1, 4, "SOP117"),
    'a: "\\u202eb"\n': (1, 5, "SOP116"),
    'a: "\\0"\n': (1, 4, "SOP116"),
    "a: \u200bb\n": (1, 4, "SOP114"),
    "a:\u00a0b\n": (1, 3, "SOP114"),
    "a: b\u2028c\n": (1, 5, "SOP114"),
    "%FOO x\n---\na: b\n": (1, 1, "SOP112"),
    "a: b\n...\n": (2, 1, "SOP112"),
    "<<<<<<< ours\na: b\n=======\na: c\n>>>>>>> theirs\n": (1, 1, "SOP115"),
    "a: b\na: c\nd: e\nd: f\n": (2, 1, "SOP109"),
    "": (1, 1, "SOP108"),
    "# only a comment\n": (1, 1, "SOP108"),
    "text\n": (1, 1, "SOP108"),
}


@pytest.mark.parametrize("loader", [yaml.CSafeLoader, yaml.SafeLoader])
@pytest.mark.parametrize("text", TRAPS)
def test_a_trap_is_a_located_problem(text: str, loader: type, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parser, "LOADER", loader)
    monkeypatch.setattr(repair, "LOADER", loader)
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


def test_windows_line_ends_a_missing_last_one_and_hindi_are_fine() -> None:
    document = read("x.yml", "a: b\r\nname: \u0915\u094d\u200d\u0937".encode())
    assert document.data == {"a": "b", "name": "\u0915\u094d\u200d\u0937"}
    assert not document.problems


def test_a_line_that_is_mended_is_read_on_from() -> None:
    text = "a: b: c\nd:e\n\tf: g\nh: @i\nj: 'k\nl: m\n"
    document = read("x.yml", text.encode())
    assert sorted(problem.line for problem in document.problems) == [1, 2, 3, 4, 5]
    assert document.data["a"] == "b: c"
    assert document.data["l"] == "m"


@pytest.mark.parametrize("raw", ["a: b".encode("utf-16"), b"a: \xff", b"a: b\n" * 300_000])
def test_a_file_that_is_no_text_is_one_problem(raw: bytes) -> None:
    assert len(read("x.yml", raw).problems) == 1
