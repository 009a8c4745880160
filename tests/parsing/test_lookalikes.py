"""Signs that look like those of YAML are one problem each, with the corrected line."""

from pathlib import Path

import pytest

from edited_example import fix_problem, problems_after
from macros.parsing.parser import read

COLONS = ["：", "： ", " ： ", "﹕", "∶", "꞉", "ː", "׃"]
SIGNS = [" = ", "=", " => ", " -> ", "->", " := ", " :", "; ", " – ", " - ", " → "]


@pytest.mark.parametrize("sign", [*COLONS, *SIGNS])
@pytest.mark.parametrize(
    ("file", "key", "value"),
    [
        ("marketplaces/shop.yml", "name", "Shop"),
        ("marketplaces/shop.yml", "position", "1"),
        ("systems.yml", "name", "Help desk"),
        ("playbooks/case.yml", "id", "escalate"),
        ("playbooks/case.yml", "id", "report"),
    ],
)
def test_another_sign_than_a_colon_is_one_problem(
    sign: str, file: str, key: str, value: str, tmp_path: Path
) -> None:
    (problem,) = problems_after(tmp_path, file, f"{key}: {value}", f"{key}{sign}{value}")
    assert problem.code == "SOP105"
    assert problem.excerpt.lstrip(" -").startswith(f"{key}{sign}{value}")
    assert problem.help.removeprefix("write it as: ").removeprefix("- ") == f"{key}: {value}"


@pytest.mark.parametrize("sign", COLONS)
def test_a_parent_key_with_another_colon_is_one_problem(sign: str, tmp_path: Path) -> None:
    (problem,) = problems_after(tmp_path, "playbooks/case.yml", "steps:", f"steps{sign}")
    assert (problem.code, problem.line, problem.help) == ("SOP105", 3, "write it as: steps:")


@pytest.mark.parametrize(
    ("line", "corrected"),
    [
        ("list: ［a, b］", "list: [a, b]"),
        ("list: 【a, b】", "list: [a, b]"),
        ("list: [a，b]", "list: [a, b]"),
        ("list: [a、 b]", "list: [a, b]"),
        ('list: "｛a｝"', 'list: "{a}"'),
        ("list: Ｓｈｏｐ １", "list: Shop 1"),
        ("list: a ＃ b", "list: a # b"),
        ("list: a： b", 'list: "a: b"'),
    ],
)
def test_a_full_width_sign_is_one_problem(line: str, corrected: str) -> None:
    problem, text = fix_problem(f"name: A\n{line}\nowner: b")
    assert (problem.code, text) == ("SOP122", f"name: A\n{corrected}\nowner: b")
    assert not read("x.yml", text.encode()).problems


def test_all_mistakes_of_one_line_are_one_problem() -> None:
    problem, corrected = fix_problem("list:\n  –\u00a0id： “a”\n    name: A\n")
    assert (problem.code, problem.line, problem.column) == ("SOP121", 2, 3)
    assert corrected == 'list:\n  - id: "a"\n    name: A\n'


@pytest.mark.parametrize("blank", ["\u00a0" * 4, "\u3000" * 2, "\u2003" * 2, "\t\t", "\t"])
def test_indentation_by_other_blanks_is_one_problem(blank: str, tmp_path: Path) -> None:
    (problem,) = problems_after(tmp_path, "systems.yml", "  name", f"{blank}name")
    assert (problem.line, problem.column) == (2, 1)
    assert problem.code in ("SOP103", "SOP114")


@pytest.mark.parametrize("indent", [1, 2, 3, 4, 6])
def test_a_key_indented_under_a_list_in_brackets_is_one_problem(indent: int, tmp_path: Path) -> None:
    new = f"aliases: [a, b]\n{' ' * indent}position: 1"
    (problem,) = problems_after(tmp_path, "marketplaces/shop.yml", "position: 1", new)
    assert (problem.code, problem.line, problem.column) == ("SOP106", 3, indent + 1)


@pytest.mark.parametrize("key", ["position", "surprise", "name"])
def test_a_line_has_one_problem_even_if_its_key_is_wrong_as_well(key: str, tmp_path: Path) -> None:
    new = f"  name: Help desk\n  aliases: [a, b]\n    {key}: 1"
    (problem,) = problems_after(tmp_path, "systems.yml", "  name: Help desk", new)
    assert (problem.code, problem.line) == ("SOP106", 4)
