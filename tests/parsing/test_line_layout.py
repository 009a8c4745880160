"""Comments and brackets that libyaml accepts and YAML does not are refused."""

import pytest

from macros.parsing.parser import read


@pytest.mark.parametrize(
    ("line", "corrected"),
    [
        ('a: "b"# c', 'a: "b" # c'),
        ("a: 'b'#c", "a: 'b' # c"),
        ("a: [b]# c", "a: [b] # c"),
        ("a: {b: c}# d", "a: {b: c} # d"),
        ("a: [b, 'c']#d", "a: [b, 'c'] # d"),
    ],
)
def test_a_comment_without_a_space_is_refused(line: str, corrected: str) -> None:
    (problem,) = read("x.yml", f"{line}\n".encode()).problems
    assert (problem.code, problem.line, problem.column) == ("SOP118", 1, line.index("#") + 1)
    assert problem.help == f"write it as: {corrected}"


@pytest.mark.parametrize("text", ["a: [b,#c\n  d]\n", "a: [#c\n  d]\n", 'a: ["b"#c\n  ]\n'])
def test_a_comment_without_a_space_inside_brackets_is_refused(text: str) -> None:
    (problem,) = read("x.yml", text.encode()).problems
    assert (problem.code, problem.line, problem.column) == ("SOP118", 1, text.index("#") + 1)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: [b,\nc,\nd]\n", 2),
        ("a: [\n  b\n]\n", 3),
        ("x:\n  a: [b,\n  c]\n", 3),
        ("- a: [b,\n  c]\n", 2),
        ("a: {b: c,\nd: e}\n", 2),
    ],
)
def test_brackets_indented_less_than_their_key_are_refused(text: str, line: int) -> None:
    problems = read("x.yml", text.encode()).problems
    assert problems[0].line == line
    assert problems[0].code == "SOP106"
    assert "brackets" in problems[0].help


@pytest.mark.parametrize(
    "text",
    [
        'a: "b" # c\n',
        'a: ["b#c", "[#", d] # [#e]\n',
        "a: [b, # c\n  d, # [#e\n  f]\n",
        "a: [b,\n\n# c\n d]\n",
        "a:\n  [\n    b,\n  ]\n",
        "a: b#c\n",
        "a: [b#c]\n",
    ],
)
def test_comments_and_brackets_as_yaml_wants_them_are_fine(text: str) -> None:
    assert not read("x.yml", text.encode()).problems
