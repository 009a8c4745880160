"""What editors and systems leave in the folder is ignored; a copy of a record is reported."""

from pathlib import Path

import pytest

from conftest import mkdocs
from edited_example import example, problems_in
from macros.catalogue.ignored_files import is_ignored

IGNORED = [".DS_Store", "._shop.yml", ".shop.yml.swp", ".#shop.yml", ".hidden.yml", "shop.yml~", "~$shop.yml", "#shop.yml#",
           "shop.yml.bak", "shop.yml.orig", "shop.yml.rej", "shop.yml.save", "shop.yml.swp", "shop.yml.tmp",
           "shop.yml___jb_tmp___", "Thumbs.db", "desktop.ini", "Desktop.ini", "Icon\r", "4913"]  # fmt: skip
STRAY = ["shop (1).yml", "shop - Copy.yml", "shop.yaml", "shop.txt", "4914", "thumbs.yml", "notes"]


@pytest.mark.parametrize("folder", [".", "marketplaces", "playbooks"])
@pytest.mark.parametrize("name", IGNORED)
def test_what_an_editor_leaves_is_ignored(name: str, folder: str, tmp_path: Path) -> None:
    data = example(tmp_path)
    (data / folder / name).write_bytes(b"\0\1 no YAML: [")
    assert not problems_in(data)


@pytest.mark.parametrize("name", [".#shop.yml", "#shop.yml#", "shop.yml~"])
def test_a_dangling_link_of_an_editor_is_ignored(name: str, tmp_path: Path) -> None:
    data = example(tmp_path)
    (data / "marketplaces" / name).symlink_to("somebody@somewhere.1234:5678")
    assert not problems_in(data)


@pytest.mark.parametrize("name", [".git", "__MACOSX", ".idea"])
def test_a_folder_of_an_editor_or_a_system_is_ignored(name: str, tmp_path: Path) -> None:
    data = example(tmp_path)
    (data / name).mkdir()
    (data / name / "shop.yml").write_text("no: SOP\n")
    assert not problems_in(data)


@pytest.mark.parametrize("name", STRAY)
def test_any_other_file_is_reported(name: str, tmp_path: Path) -> None:
    data = example(tmp_path)
    (data / "marketplaces" / name).write_bytes((data / "marketplaces" / "shop.yml").read_bytes())
    assert not is_ignored(name)
    problems = problems_in(data)
    assert problems
    assert {Path(one.path).name for one in problems} <= {name, "shop.yml"}


@pytest.mark.slow
def test_the_build_ignores_what_check_ignores(project: Path) -> None:
    (project / "sop_data" / "marketplaces" / ".#shop.yml").symlink_to("somebody@somewhere.1234:5678")
    (project / "sop_data" / "marketplaces" / "._shop.yml").write_bytes(b"\0\5\x16\7")
    done = mkdocs(project, "build", "--strict", "--quiet")
    assert done.returncode == 0, done.stdout + done.stderr
