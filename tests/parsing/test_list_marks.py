"""A wrong list mark is one problem, at the mark, and what follows it is read."""

from pathlib import Path
from time import process_time

import pytest

from edited_example import fix_problem, problems_after
from macros.parsing.parser import read

MARKS = ["– ", "— ", "−", "－", "• ", "•\t", "–\u00a0", "* ", "*", "+ ", "· ", "▪ ", "→ ", "① ", "3. ", "3.", "1) ", "(1) ",
         "a) ", "iv. ", "-", "--", "-- ", "-> ", "> ", "o ", "- • ", "- 3. ", "- * "]  # fmt: skip


@pytest.mark.parametrize("step", ["report", "escalate"])
@pytest.mark.parametrize("mark", MARKS)
def test_a_wrong_list_mark_is_one_problem_at_the_mark(mark: str, step: str, tmp_path: Path) -> None:
    (problem,) = problems_after(tmp_path, "playbooks/case.yml", f"- id: {step}", f"{mark}id: {step}")
    column = 3 + (2 if mark.startswith("- ") else 0)
    assert (problem.code, problem.column) == ("SOP121", column)
    assert problem.excerpt.lstrip().startswith(mark.rstrip())
    assert problem.help == f"write it as: - id: {step}"


@pytest.mark.parametrize("mark", [mark for mark in MARKS if mark[:2] not in ("- ", "o ", "*")])
def test_a_wrong_list_mark_before_a_text_is_one_problem(mark: str) -> None:
    problem, corrected = fix_problem(f"aliases:\n  - first\n  {mark}second\nname: A\n")
    assert (problem.code, problem.line, problem.column) == ("SOP121", 3, 3)
    assert read("x.yml", corrected.encode()).data == {"aliases": ("first", "second"), "name": "A"}


def test_the_corrected_line_fits_the_lines_below_it() -> None:
    text = "steps:\n  3. id: a\n     actor: b\n  •   id: c\n      actor: d\n"
    document = read("x.yml", text.encode())
    assert [one.line for one in document.problems] == [2, 4]
    assert document.data == {"steps": ({"id": "a", "actor": "b"}, {"id": "c", "actor": "d"})}


@pytest.mark.parametrize("mark", ["• ", "– ", "3. ", "* ", "-"])
def test_a_list_mark_where_no_list_is_due_is_one_problem(mark: str, tmp_path: Path) -> None:
    (problem,) = problems_after(tmp_path, "marketplaces/shop.yml", "position: 1", f"{mark}position: 1")
    assert (problem.line, problem.column, problem.help) == (2, 1, "write it as: position: 1")


@pytest.mark.parametrize("blank", ["\t", " \t", "\u00a0", "\u3000"])
def test_another_blank_after_the_dash_is_one_problem(blank: str, tmp_path: Path) -> None:
    (problem,) = problems_after(tmp_path, "playbooks/case.yml", "- id: escalate", f"-{blank}id: escalate")
    assert problem.line == 7
    assert problem.code in ("SOP103", "SOP114")


def test_a_large_file_of_wrong_list_marks_is_read_in_seconds() -> None:
    start = process_time()
    assert len(read("x.yml", b"\n".join(b"3. id: a" for _ in range(20_000))).problems) >= 20_000
    assert process_time() - start < 5  # it grows with the square if each line looks at all others


def test_a_doubled_dash_is_one_problem(tmp_path: Path) -> None:
    (problem,) = problems_after(tmp_path, "playbooks/case.yml", "- id: escalate", "- - id: escalate")
    assert (problem.code, problem.line, problem.column) == ("SOP121", 7, 5)


@pytest.mark.parametrize(
    "text",
    [
        'list:\n  - 1. Open the app\n  - "* all of them"\n  - – none\n',
        "list: [\n  1. FC,\n  2. FD\n  ]\n",
        "text: 3. Report\n",
        "text: – none –\n",
        "# • a comment\n# 1. another\nname: A\n",
    ],
)
def test_a_text_that_begins_like_a_list_mark_is_fine(text: str) -> None:
    assert not read("x.yml", text.encode()).problems
