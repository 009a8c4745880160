"""SOP310: on every page, an anchor leads to one place."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import ROOT, replace_in_file
from macros.checks.runner import load_catalogue
from macros.model import urls
from macros.parsing.problems import InvalidSop

Edit = Callable[[Path], None]


@pytest.fixture
def example(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "tests" / "example_sop", tmp_path / "sop_data"))


def step(id: str) -> Edit:
    """Another id for the first step of the only playbook."""
    return lambda data: replace_in_file(data / "playbooks" / "case.yml", "id: report", f"id: {id}")


def issue_type(id: str) -> Edit:
    """Another issue type, handled like the others."""

    def edit(data: Path) -> None:
        for name, line in (
            ("issue-types", f"{id}:\n  name: Other\n"),
            ("marketplaces/shop", f"  {id}: case\n"),
        ):
            with (data / f"{name}.yml").open("a", encoding="utf-8") as file:
                file.write(line)

    return edit


def rename(file: str, old: str, new: str) -> Edit:
    return lambda data: replace_in_file(data / file, f"name: {old}\n", f"name: {new}\n")


def gap(id: str, concerns: str = "role: clerk") -> Edit:
    def edit(data: Path) -> None:
        with (data / "gaps.yml").open("a", encoding="utf-8") as file:
            file.write(f"{id}:\n  {concerns}\n  says: The list does not say it.\n")

    return edit


def release(id: str) -> Edit:
    def edit(data: Path) -> None:
        (data / "releases").mkdir(exist_ok=True)
        text = "released: 2026-01-01\nfingerprints: {}\nchanges: []\n"
        (data / "releases" / f"{id}.yml").write_text(text, encoding="utf-8")

    return edit


# two places with one anchor -> the edits, and file, line and column of the one problem
CLASHES: dict[str, tuple[list[Edit], str]] = {
    "a step and an issue type": ([issue_type("lost-report")], "playbooks/case.yml:4:9"),
    "two steps": ([issue_type("lost-in"), step("in-escalate")], "playbooks/case.yml:7:9"),
    "a step and a gap": ([step("gap-no-phone"), gap("no-phone", "playbook: case")], "gaps.yml:4:1"),
    "a step and a part of the page": ([issue_type("sop"), step("role")], "playbooks/case.yml:4:9"),
    "the name of a marketplace and an issue type": (
        [rename("marketplaces/shop.yml", "Shop", "Lost")],
        "marketplaces/shop.yml:1:7",
    ),
    "the name of a marketplace and a step": (
        [rename("marketplaces/shop.yml", "Shop", "Lost, report")],
        "marketplaces/shop.yml:1:7",
    ),
    "the name of a role and an issue type": ([rename("roles.yml", "Clerk", "Broken!")], "roles.yml:2:9"),
    "the name of a system and an issue type": (
        [rename("systems.yml", "Help desk", "Lost")],
        "systems.yml:2:9",
    ),
    "the name of an issue type and a part of the page": (
        [rename("issue-types.yml", "Lost", "SOP role")],
        "issue-types.yml:4:9",
    ),
    "a name and an id of the theme": ([rename("roles.yml", "Clerk", "__search")], "roles.yml:2:9"),
    "the title and a section of the home page": (
        [lambda data: replace_in_file(data / "sop.yml", "title: Example", "title: My role")],
        "sop.yml:1:8",
    ),
    "a gap and the heading of its page": ([gap("open-questions")], "gaps.yml:4:1"),
    "two versions": ([release("1.0"), release("1-0")], "releases/1.0.yml:1:1"),
}


@pytest.mark.parametrize("name", CLASHES)
def test_two_places_with_one_address_are_one_located_problem(name: str, example: Path) -> None:
    edits, place = CLASHES[name]
    for edit in edits:
        edit(example)
    with pytest.raises(InvalidSop) as caught:
        load_catalogue(example)
    (problem,) = caught.value.problems
    assert problem.code == "SOP310"
    assert str(problem).startswith(f"{example.as_posix()}/{place}: ")


def test_an_id_of_the_page_is_refused_once(example: Path) -> None:
    issue_type("sop-role")(example)
    with pytest.raises(InvalidSop) as caught:
        load_catalogue(example)
    assert [problem.code for problem in caught.value.problems] == ["SOP309"]


def test_a_doubled_step_is_refused_once(example: Path) -> None:
    step("escalate")(example)
    with pytest.raises(InvalidSop) as caught:
        load_catalogue(example)
    assert [problem.code for problem in caught.value.problems] == ["SOP408"]


def test_the_rule_knows_every_id_of_the_page() -> None:
    folders = (ROOT / "macros" / "pages" / "templates", ROOT / "overrides", ROOT / "docs" / "assets")
    files = [
        path for folder in folders for path in folder.rglob("*.*") if path.suffix in (".html", ".md", ".js")
    ]
    text = "".join(path.read_text(encoding="utf-8") for path in files if "vendor" not in path.parts)
    ids = set(re.findall(r'\bid="(sop-[a-z-]+)"', text))
    assert len(ids) > 8
    assert ids <= urls.USED_IDS
    assert "id: `sop-hit-${at}`" in text
    assert "const MAX_HITS = 12;" in text
