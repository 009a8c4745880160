"""A valid edit of `sop_data/` needs no edit of a test, a schema or a count.

Each edit is made alone in a copy of the project, and the tests of the SOP run there: `sop check`, the editorial policy and
the strict build. Tests of the code do not read `sop_data/` (`tests/test_architecture.py`), so all of them run twice: after
all edits together, and after everything was replaced.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from conftest import ROOT, SOURCE_SOP, replace_in_file
from macros.cli.main import main

WRITTEN = ("macros", "docs", "overrides", "tests", "bench", "schema", ".github", ".ci", ".vscode")


@pytest.fixture
def project_copy(tmp_path: Path) -> Path:
    """A copy of the whole project, tests included, whose `sop_data/` is the SOP of the source."""
    for path in ROOT.iterdir():
        if path.is_file() and path.name != ".git":
            shutil.copy(path, tmp_path / path.name)
    for name in WRITTEN:
        ignored = shutil.ignore_patterns("node_modules", "__pycache__")
        shutil.copytree(ROOT / name, tmp_path / name, ignore=ignored)
    shutil.copytree(SOURCE_SOP, tmp_path / "sop_data")
    return tmp_path


def replace_everywhere(data: Path, old: str, new: str) -> None:
    """Replace an id or a text in every file."""
    paths = [path for path in data.rglob("*.yml") if old in path.read_text(encoding="utf-8")]
    assert paths
    for path in paths:
        replace_in_file(path, old, new)


def remove_gap(data: Path, id: str) -> None:
    path = data / "gaps.yml"
    text, count = re.subn(rf"(?m)^{id}:\n(?:  .*\n)+", "", path.read_text(encoding="utf-8"))
    assert count == 1
    path.write_text(text, encoding="utf-8")


def append(path: Path, text: str) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(text)


def add_marketplace(data: Path) -> None:
    append(data / "systems.yml", "meesho-panel:\n  name: Meesho panel\n")
    (data / "marketplaces" / "meesho.yml").write_text(
        "name: Meesho\nparameters:\n  escalation: Raise a ticket in {meesho-panel}\nplaybooks:\n"
        "  unfulfillable: excess-orders-via-client\n  order-related: order-issue-via-client\n"
    )


def remove_marketplace(data: Path) -> None:
    (data / "marketplaces" / "nykaa-nykaa-fashion.yml").unlink()


def rename_marketplace(data: Path) -> None:
    (data / "marketplaces" / "ajio-jit.yml").rename(data / "marketplaces" / "ajio-just-in-time.yml")
    replace_everywhere(data, "ajio-jit", "ajio-just-in-time")
    replace_everywhere(data, "name: Ajio JIT", "name: Ajio just in time")


def rename_role(data: Path) -> None:
    replace_everywhere(data, "ajio-team", "ajio-desk")


def rename_system(data: Path) -> None:
    replace_everywhere(data, "omni-support", "omni-desk")


def rename_playbook(data: Path) -> None:
    (data / "playbooks" / "order-issue-via-client.yml").rename(data / "playbooks" / "client-order-issue.yml")
    replace_everywhere(data, "order-issue-via-client", "client-order-issue")


def add_step(data: Path) -> None:
    step = "  - id: report\n    actor: seller\n    action: Report the decision to the {client-poc}\n"
    append(data / "playbooks" / "ajio-vms-case.yml", step)


def remove_step(data: Path) -> None:
    path = data / "playbooks" / "ajio-vms-case.yml"
    text, count = re.subn(r"  - id: note-problem\n(    .*\n)+", "", path.read_text(encoding="utf-8"))
    assert count == 1
    path.write_text(text, encoding="utf-8")


def reword_step(data: Path) -> None:
    replace_everywhere(data, "Raise the order IDs in", "Enter all order IDs in")


def add_issue_type(data: Path) -> None:
    append(data / "issue-types.yml", "returned:\n  name: Returned order\n")
    (data / "playbooks" / "returned-order.yml").write_text(
        "name: Returned order\nowner: client-poc\nsteps:\n  - id: close\n    actor: warehouse-poc\n"
        "    action: Close the return in {vendor-central}\n    ticket: Closed\n"
    )
    for path in (data / "marketplaces").glob("*.yml"):
        replace_in_file(path, "playbooks:\n", "playbooks:\n  returned: returned-order\n")


def answer_gap(data: Path) -> None:
    answer = "actor: seller\n    action: Provide the attachments in the ticket"
    replace_everywhere(data, "statement: Attachments are provided in the ticket", answer)
    remove_gap(data, "nobody-attaches")


def remove_an_open_question(data: Path) -> None:
    remove_gap(data, "seller-or-client")


def fill_in_document_control(data: Path) -> None:
    for field, value in (("id", "SOP-7"), ("author", "Operations"), ("owner", "Head"), ("approver", "Quality"),
                         ("effective", "2026-04-01"), ("review", "2099-05-01"), ("interval", "6")):  # fmt: skip
        path = data / "sop.yml"
        text, count = re.subn(rf"(?m)^{field}:", f"{field}: {value}", path.read_text(encoding="utf-8"))
        assert count == 1
        path.write_text(text, encoding="utf-8")
    old = "[id, version, author, owner, approver, effective, review]"
    replace_in_file(data / "gaps.yml", f"field: {old}", "field: version")


def release_version(data: Path) -> None:
    gaps = (data / "gaps.yml").read_text(encoding="utf-8")
    if "field: version" in gaps:
        remove_gap(data, "no-document-control")
    else:
        replace_in_file(data / "gaps.yml", "[id, version, ", "[id, ")
    done = CliRunner().invoke(main, ["release", "1.0", "--data", str(data)])
    assert done.exit_code == 0, done.output


def replace_everything(data: Path) -> None:
    shutil.rmtree(data)
    shutil.copytree(ROOT / "tests" / "example_sop", data)


Edit = Callable[[Path], None]
EDITS: list[Edit] = [
    add_marketplace, remove_marketplace, rename_marketplace, rename_role, rename_system, rename_playbook,
    add_step, remove_step, reword_step, add_issue_type, answer_gap, remove_an_open_question,
    fill_in_document_control, release_version,
]  # fmt: skip


def run_tests(project: Path, *arguments: str) -> None:
    """Run tests in a copy of the project; all of them must pass."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *arguments],
        cwd=project,
        env=os.environ | {"PYTHONPATH": str(project), "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("edit", [*EDITS, replace_everything], ids=lambda edit: edit.__name__)
def test_after_a_valid_edit_the_tests_of_the_sop_are_green(project_copy: Path, edit: Edit) -> None:
    edit(project_copy / "sop_data")
    run_tests(project_copy, "tests/sop")


def apply_all(data: Path) -> None:
    for edit in EDITS:
        edit(data)


@pytest.mark.parametrize("edit", [apply_all, replace_everything], ids=lambda edit: edit.__name__)
def test_after_all_valid_edits_together_all_tests_are_green(project_copy: Path, edit: Edit) -> None:
    edit(project_copy / "sop_data")
    run_tests(project_copy, "tests/sop")
    run_tests(project_copy, "-n", "2", "--dist", "worksteal")
