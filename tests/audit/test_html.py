"""The Nu Html Checker finds no error in pages that an empty Material site does not have."""

import json
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from conftest import ROOT, mkdocs

CHECKER = ROOT / "tests/audit/node_modules/vnu-jar/build/dist/vnu.jar"


def errors(site: Path) -> Counter[str]:
    """The messages of all errors in the pages of a site."""
    java = shutil.which("java")
    assert java, "make audit needs Java: install a runtime with the package manager of this machine"
    command = [java, "-jar", str(CHECKER), "--skip-non-html", "--format", "json", str(site)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found = json.loads(done.stderr)["messages"]
    assert found, "the checker looked at nothing"
    return Counter(one["message"] for one in found if one["type"] == "error")


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with two empty pages, one in a section, in the default theme."""
    project = tmp_path_factory.mktemp("empty")
    (project / "docs" / "section").mkdir(parents=True)
    for page in ("index.md", "section/page.md"):
        (project / "docs" / page).write_text("# Empty\n")
    theme = "theme: {name: material, font: false, features: [navigation.tabs]}"
    nav = "nav: [index.md, {Section: [section/page.md]}]"
    (project / "mkdocs.yml").write_text(f"site_name: Empty\n{theme}\n{nav}\n")
    done = mkdocs(project, "build", "--quiet", "--strict")
    assert done.returncode == 0, done.stderr
    return project / "site"


def test_pages_have_no_error_besides_those_of_the_theme(site: Path, empty: Path) -> None:
    ours, theirs = errors(site), errors(empty)
    print(f"\nour site: {dict(ours)}\nan empty Material site: {dict(theirs)}")
    assert ours.keys() <= theirs.keys()
