"""JSON Schemas for editors: the committed ones accept any id, the local ones only those of the SOP."""

import json
import shutil
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner

from conftest import ROOT
from macros.checks.json_schema import schemas
from macros.cli.main import main
from macros.parsing.parser import read

SETTINGS = json.loads((ROOT / ".vscode" / "settings.json").read_text(encoding="utf-8"))["yaml.schemas"]
COMMITTED = ROOT / "schema"


def sop(*arguments: str) -> None:
    done = CliRunner().invoke(main, list(arguments))
    assert done.exit_code == 0, done.output


def errors(schema: Path, path: Path) -> list[str]:
    """What an editor with the schema underlines in a file."""
    data = json.loads(json.dumps(read("x.yml", path.read_bytes()).data))  # tuples become lists
    validator = jsonschema.Draft7Validator(json.loads(schema.read_text(encoding="utf-8")))
    return [error.message for error in validator.iter_errors(data)]


@pytest.fixture
def sop_with_records(data: Path) -> Path:
    """An SOP with an approval and a release, so that every kind of file exists; its schemas are written."""
    sop("approve", "flipkart/unfulfillable", "--by", "seller", "--data", str(data))
    gaps = data / "gaps.yml"
    gaps.write_text(gaps.read_text(encoding="utf-8").replace("[id, version, ", "[id, "), encoding="utf-8")
    sop("release", "1.0", "--data", str(data))
    sop("schema", "--data", str(data))
    return data


def test_a_sound_sop_follows_its_schemas(sop_with_records: Path) -> None:
    for schema, files in SETTINGS.items():
        paths = list(sop_with_records.parent.glob(files))
        assert paths, files
        for path in paths:
            assert errors(sop_with_records.parent / schema, path) == []
            assert errors(COMMITTED / Path(schema).name, path) == []


def test_settings_name_every_schema() -> None:
    assert {Path(schema).name for schema in SETTINGS} == schemas().keys()
    assert {Path(schema).parent for schema in SETTINGS} == {Path(".schema")}


def test_local_schemas_accept_only_the_ids_of_the_sop(sop_with_records: Path) -> None:
    file = sop_with_records / "playbooks" / "ajio-vms-case.yml"
    text = file.read_text(encoding="utf-8").replace("actor: seller", "actor: sellr")
    file.write_text(text, encoding="utf-8")
    local = sop_with_records.parent / ".schema" / "playbooks.json"
    assert any("'sellr' is not" in message for message in errors(local, file))
    assert errors(COMMITTED / "playbooks.json", file) == []


def test_committed_schemas_are_those_of_the_models() -> None:
    committed = {path.name: path.read_text(encoding="utf-8") for path in COMMITTED.iterdir()}
    assert committed == schemas(), "run 'sop schema --no-ids'"


def test_schemas_without_ids_need_no_sound_sop(data: Path) -> None:
    shutil.rmtree(data / "playbooks")
    sop("schema", "--no-ids", "--data", str(data))
    written = {path.name: path.read_text(encoding="utf-8") for path in (data.parent / "schema").iterdir()}
    assert written == schemas()
