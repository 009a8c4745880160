"""What helps an editor: schemas, a starting file, the workflow on GitHub."""

import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
import yaml
from click.testing import CliRunner

from conftest import ROOT
from macros.cli.main import main
from macros.parsing.parser import read

SETTINGS = json.loads((ROOT / ".vscode" / "settings.json").read_text(encoding="utf-8"))["yaml.schemas"]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


def valid(schema: str, path: Path) -> list[str]:
    """What an editor with the schema would underline."""
    document = read("x.yml", path.read_bytes())
    data = json.loads(json.dumps(document.data))  # tuples become lists
    validator = jsonschema.Draft7Validator(json.loads((ROOT / schema).read_text(encoding="utf-8")))
    return [error.message for error in validator.iter_errors(data)]


@pytest.mark.parametrize("schema", SETTINGS)
def test_the_real_sop_follows_its_schemas(schema: str, data: Path) -> None:
    run = CliRunner().invoke
    assert (
        run(main, ["approve", "flipkart/unfulfillable", "--by", "seller", "--data", str(data)]).exit_code == 0
    )
    run(main, ["release", "1.0", "--data", str(data)])
    paths = list(data.parent.glob(SETTINGS[schema]))
    assert paths
    for path in paths:
        assert not valid(schema, path), path


def test_the_schemas_know_the_ids_of_today(data: Path) -> None:
    file = data / "playbooks" / "ajio-vms-case.yml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("actor: seller", "actor: sellr"), encoding="utf-8"
    )
    assert any("'sellr' is not" in message for message in valid("schema/playbooks.json", file))


def test_the_schemas_are_fresh() -> None:
    result = CliRunner().invoke(main, ["schema", "--check", "--data", str(ROOT / "sop_data")])
    assert result.exit_code == 0, result.output


def test_a_stale_schema_names_the_command(data: Path) -> None:
    assert CliRunner().invoke(main, ["schema", "--data", str(data)]).output.count("wrote") == 9
    (data / "roles.yml").write_text((data / "roles.yml").read_text().replace("seller:", "vendor:"))
    for path in data.rglob("*.yml"):
        text = (
            path.read_text(encoding="utf-8")
            .replace("{seller}", "{vendor}")
            .replace(": seller\n", ": vendor\n")
        )
        path.write_text(text, encoding="utf-8")
    result = CliRunner().invoke(main, ["schema", "--check", "--data", str(data)])
    assert result.exit_code == 1
    assert "run 'sop schema'" in result.output
    assert "schema/playbooks.json" in result.output


def test_a_new_marketplace_needs_only_its_blanks_filled(data: Path) -> None:
    run = CliRunner().invoke
    assert run(main, ["new", "marketplace", "meesho", "--data", str(data)]).exit_code == 0
    file = data / "marketplaces" / "meesho.yml"
    text = file.read_text(encoding="utf-8").replace("{id-of-a-system}", "{vms}")
    file.write_text(text.replace("id-of-a-playbook", "order-issue-via-client"), encoding="utf-8")
    assert run(main, ["check", str(data)]).exit_code == 0
    again = run(main, ["new", "marketplace", "meesho", "--data", str(data)])
    assert again.exit_code == 2
    assert "exists already" in again.output
    assert "write it as 'mee-sho'" in run(main, ["new", "marketplace", "Mee Sho", "--data", str(data)]).output


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_the_workflow_is_valid(workflow: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "check_jsonschema",
        "--builtin-schema",
        "vendor.github-workflows",
        str(workflow),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_the_workflow_is_safe(workflow: Path) -> None:
    text = workflow.read_text(encoding="utf-8")
    parsed = yaml.safe_load(text)
    for job in parsed["jobs"].values():
        for step in job["steps"]:
            assert "@v" in step.get("uses", "@v"), step
            assert "${{" not in step.get("run", ""), "what others write must not become part of a script"
    assert "pull_request_target" not in text
    assert parsed["permissions"]
