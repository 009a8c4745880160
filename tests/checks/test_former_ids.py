"""`formerly`: a former id is free, belongs to one record, and could have been an id."""

from pathlib import Path

import pytest

from conftest import replace_in_file
from edited_example import example, problems_in

SECOND = "phone:\n  name: Phone\n  formerly: [service-desk]\n"


def with_formerly(folder: Path, file: str, name: str, ids: str) -> Path:
    """The example SOP with former ids of the record that has this name."""
    data = example(folder)
    indent = "" if file.startswith("marketplaces") else "  "
    replace_in_file(data / file, f"name: {name}\n", f"name: {name}\n{indent}formerly: {ids}\n")
    return data


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("systems.yml", "Help desk"),
        ("roles.yml", "Clerk"),
        ("issue-types.yml", "Lost"),
        ("marketplaces/shop.yml", "Shop"),
    ],
)
def test_each_record_with_a_page_may_have_former_ids(file: str, name: str, tmp_path: Path) -> None:
    assert problems_in(with_formerly(tmp_path, file, name, "[old-one, older-one]")) == []


@pytest.mark.parametrize(
    ("file", "name", "ids", "code"),
    [
        ("systems.yml", "Help desk", "[desk]", "SOP451"),
        ("roles.yml", "Clerk", "[buyer]", "SOP451"),
        ("roles.yml", "Clerk", "[cashier, cashier]", "SOP451"),
        ("roles.yml", "Clerk", "[index]", "SOP451"),
        ("marketplaces/shop.yml", "Shop", "[handbook]", "SOP451"),
        ("roles.yml", "Clerk", "[Old One]", "SOP204"),
        ("roles.yml", "Clerk", "cashier", "SOP208"),
    ],
)
def test_a_wrong_former_id_is_a_located_problem(
    file: str, name: str, ids: str, code: str, tmp_path: Path
) -> None:
    problems = problems_in(with_formerly(tmp_path, file, name, ids))
    assert {(problem.code, problem.path.endswith(file)) for problem in problems} == {(code, True)}


@pytest.mark.parametrize("former", ["broken-report", "shop", "sop-role"])
def test_the_anchors_of_a_former_issue_type_clash_with_no_others(former: str, tmp_path: Path) -> None:
    problems = problems_in(with_formerly(tmp_path, "issue-types.yml", "Lost", f"[{former}]"))
    assert {problem.code for problem in problems} == {"SOP310"}


def test_two_records_have_no_former_id_in_common(tmp_path: Path) -> None:
    data = with_formerly(tmp_path, "systems.yml", "Help desk", "[service-desk]")
    with (data / "systems.yml").open("a", encoding="utf-8") as file:
        file.write(SECOND)
    replace_in_file(data / "playbooks/case.yml", "in {desk}", "in {desk} or {phone}")
    (problem,) = problems_in(data)
    assert (problem.code, problem.line) == ("SOP451", 6)
    assert problem.message == "'service-desk' is already a former id of system 'desk'"


def test_a_playbook_or_term_has_no_page_and_so_no_former_id(tmp_path: Path) -> None:
    data = example(tmp_path)
    replace_in_file(data / "playbooks/case.yml", "name: A case\n", "name: A case\nformerly: [old]\n")
    assert [problem.code for problem in problems_in(data)] == ["SOP201"]
