"""The files that a repository needs are valid, and what they name exists."""

import re
import subprocess
import sys
import tomllib

import pytest

from conftest import ROOT

FORMS = sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("*-*.yml"))
SCHEMAS = {
    "vendor.dependabot": [ROOT / ".github" / "dependabot.yml"],
    "vendor.github-issue-config": [ROOT / ".github" / "ISSUE_TEMPLATE" / "config.yml"],
    "vendor.github-issue-forms": FORMS,
}


@pytest.mark.parametrize("schema", SCHEMAS)
def test_the_configuration_of_github_is_valid(schema: str) -> None:
    command = [
        sys.executable,
        "-m",
        "check_jsonschema",
        "--builtin-schema",
        schema,
        *map(str, SCHEMAS[schema]),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_there_is_a_form_for_each_way_to_propose_a_change() -> None:
    assert [path.stem for path in FORMS] == ["new-marketplace", "open-question", "wrong-step"]


def test_links_of_the_documents_at_the_root_lead_to_files() -> None:
    for path in ROOT.glob("*.md"):
        text = path.read_text(encoding="utf-8")
        for link in re.findall(r"\]\(([^)#:]+)\)|(?:src|srcset)=\"([^\"]+)\"", text):
            assert (ROOT / "".join(link)).is_file(), f"{path.name}: {link}"


def test_the_licence_is_that_of_the_package() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["license"] == "MIT AND OFL-1.1"  # OFL-1.1: the fonts
    assert (
        (ROOT / "LICENSE")
        .read_text(encoding="utf-8")
        .startswith("MIT License\n\nCopyright (c) 2026 the authors")
    )
    for pattern in project["license-files"]:
        assert [*ROOT.glob(pattern)], pattern


def test_the_changelog_begins_with_the_version_of_the_package() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    versions = re.findall(r"(?m)^## (.*)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))
    assert versions[0] == project["version"]
    assert f"rev: v{versions[0]}" in (ROOT / "docs" / "adopting.md").read_text(encoding="utf-8")


def test_windows_gets_the_line_ends_that_the_shell_needs() -> None:
    assert (ROOT / ".gitattributes").read_text(encoding="utf-8").startswith("* text=auto eol=lf\n")
