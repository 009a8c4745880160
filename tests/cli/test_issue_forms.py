"""`sop issue-forms`: the names of the SOP in the issue forms; a stale form is a notice."""

import shutil
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from conftest import ROOT, replace_in_file
from macros.checks.runner import load_catalogue
from macros.cli.main import main

FORMS = sorted(
    path.name for path in (ROOT / ".github/ISSUE_TEMPLATE").glob("*.yml") if path.name != "config.yml"
)


@pytest.fixture
def forms(tmp_path: Path) -> Path:
    """A copy of the issue forms."""
    return Path(shutil.copytree(ROOT / ".github/ISSUE_TEMPLATE", tmp_path / "forms"))


def run(data: Path, forms: Path, *arguments: str, **environment: str) -> Result:
    command = ["issue-forms", "--data", str(data), "--forms", str(forms), *arguments]
    return CliRunner().invoke(main, command, env={"GITHUB_ACTIONS": "", **environment})


def options(form: Path) -> dict[str, list[str]]:
    """The options of each dropdown of a form, by its id."""
    body = yaml.safe_load(form.read_text(encoding="utf-8"))["body"]
    return {one["id"]: one["attributes"]["options"] for one in body if one["type"] == "dropdown"}


@pytest.mark.parametrize("name", FORMS)
def test_every_form_lists_the_names_of_the_sop(data: Path, forms: Path, name: str) -> None:
    replace_in_file(data / "marketplaces/flipkart.yml", "name: Flipkart", 'name: "Flip: kart"')
    assert run(data, forms).exit_code == 0
    sop = load_catalogue(data)
    assert options(forms / name) == {
        "marketplace": [one.name for one in sop.marketplaces.values()],
        "issue-type": [one.name for one in sop.issue_types.values()],
        "role": [one.name for one in sop.roles.values()],
    }


def test_all_but_the_lists_stays(data: Path, forms: Path) -> None:
    form = forms / FORMS[0]
    assert run(data, forms).exit_code == 0
    before = form.read_bytes().replace(b"\n", b"\r\n")
    form.write_bytes(before)
    replace_in_file(data / "marketplaces/flipkart.yml", "name: Flipkart", "name: Flip")
    assert run(data, forms).exit_code == 0
    assert form.read_bytes() == before.replace(b"- Flipkart\r\n", b"- Flip\r\n")


def test_a_stale_form_is_reported_and_not_written(data: Path, forms: Path) -> None:
    assert run(data, forms).exit_code == 0
    assert run(data, forms, "--check").exit_code == 0
    replace_in_file(data / "roles.yml", "name: Seller", "name: Merchant")
    before = {path: path.read_bytes() for path in forms.iterdir()}
    done = run(data, forms, "--check")
    assert done.exit_code == 1
    assert done.output.count("are out of date: run 'sop issue-forms'") == len(FORMS)
    on_github = run(data, forms, "--check", GITHUB_ACTIONS="true")
    assert on_github.output.startswith(f"::notice file={(forms / FORMS[0]).as_posix()}::")
    assert {path: path.read_bytes() for path in forms.iterdir()} == before


def test_a_broken_form_is_reported(data: Path, forms: Path) -> None:
    (forms / "broken.yml").write_text("body: [", encoding="utf-8")
    done = run(data, forms)
    assert done.exit_code == 1
    assert "broken.yml is not valid YAML" in done.output


@pytest.mark.parametrize("text", ["", "body: text\n", "body:\n  - type: markdown\n", "body:\n  - id: role\n"])
def test_a_form_without_lists_stays(data: Path, forms: Path, text: str) -> None:
    (forms / "other.yml").write_text(text, encoding="utf-8")
    assert run(data, forms).exit_code == 0
    assert (forms / "other.yml").read_text(encoding="utf-8") == text
