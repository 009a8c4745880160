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

from conftest import ROOT, SOURCE_SOP, rewritten
from macros.cli.main import main

WRITTEN = ("macros", "docs", "overrides", "tests", "bench", "schema", ".github", ".ci", ".vscode")


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    """A copy of the whole project, tests included, whose `sop_data/` is the SOP of the source."""
    for path in ROOT.iterdir():
        if path.is_file() and path.name != ".git":
            shutil.copy(path, tmp_path / path.name)
    for name in WRITTEN:
        ignored = shutil.ignore_patterns("node_modules", "__pycache__")
        shutil.copytree(ROOT / name, tmp_path / name, ignore=ignored)
    shutil.copytree(SOURCE_SOP, tmp_path / "sop_data")
    return tmp_path


def replaced(data: Path, old: str, new: str) -> None:
    """Replace an id or a text in every file."""
    paths = [path for path in data.rglob("*.yml") if old in path.read_text(encoding="utf-8")]
    assert paths
    for path in paths:
        rewritten(path, old, new)


def without_gap(data: Path, id: str) -> None:
    path = data / "gaps.yml"
    text, count = re.subn(rf"(?m)^{id}:\n(?:  .*\n)+", "", path.read_text(encoding="utf-8"))
    assert count == 1
    path.write_text(text, encoding="utf-8")


def added_to(path: Path, text: str) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(text)


def a_marketplace_added(data: Path) -> None:
    added_to(data / "systems.yml", "meesho-panel:\n  name: Meesho panel\n")
    (data / "marketplaces" / "meesho.yml").write_text(
        "name: Meesho\nparameters:\n  escalation: Raise a ticket in {meesho-panel}\nplaybooks:\n"
        "  unfulfillable: excess-orders-via-client\n  order-related: order-issue-via-client\n"
    )


def a_marketplace_removed(data: Path) -> None:
    (data / "marketplaces" / "nykaa-nykaa-fashion.yml").unlink()


def a_marketplace_renamed(data: Path) -> None:
    (data / "marketplaces" / "ajio-jit.yml").rename(data / "marketplaces" / "ajio-just-in-time.yml")
    replaced(data, "ajio-jit", "ajio-just-in-time")
    replaced(data, "name: Ajio JIT", "name: Ajio just in time")


def a_role_renamed(data: Path) -> None:
    replaced(data, "ajio-team", "ajio-desk")


def a_system_renamed(data: Path) -> None:
    replaced(data, "omni-support", "omni-desk")


def a_playbook_renamed(data: Path) -> None:
    (data / "playbooks" / "order-issue-via-client.yml").rename(data / "playbooks" / "client-order-issue.yml")
    replaced(data, "order-issue-via-client", "client-order-issue")


def a_step_added(data: Path) -> None:
    step = "  - id: report\n    actor: seller\n    action: Report the decision to the {client-poc}\n"
    added_to(data / "playbooks" / "ajio-vms-case.yml", step)


def a_step_removed(data: Path) -> None:
    path = data / "playbooks" / "ajio-vms-case.yml"
    text, count = re.subn(r"  - id: note-problem\n(    .*\n)+", "", path.read_text(encoding="utf-8"))
    assert count == 1
    path.write_text(text, encoding="utf-8")


def a_step_reworded(data: Path) -> None:
    replaced(data, "Raise the order IDs in", "Enter all order IDs in")


def an_issue_type_added(data: Path) -> None:
    added_to(data / "issue-types.yml", "returned:\n  name: Returned order\n")
    (data / "playbooks" / "returned-order.yml").write_text(
        "name: Returned order\nowner: client-poc\nsteps:\n  - id: close\n    actor: warehouse-poc\n"
        "    action: Close the return in {vendor-central}\n    ticket: Closed\n"
    )
    for path in (data / "marketplaces").glob("*.yml"):
        rewritten(path, "playbooks:\n", "playbooks:\n  returned: returned-order\n")


def a_gap_answered(data: Path) -> None:
    answer = "actor: seller\n    action: Provide the attachments in the ticket"
    replaced(data, "statement: Attachments are provided in the ticket", answer)
    without_gap(data, "nobody-attaches")


def a_gap_removed(data: Path) -> None:
    without_gap(data, "seller-or-client")


def document_control_filled_in(data: Path) -> None:
    for field, value in (("id", "SOP-7"), ("author", "Operations"), ("owner", "Head"), ("approver", "Quality"),
                         ("effective", "2026-04-01"), ("review", "2099-05-01"), ("interval", "6")):  # fmt: skip
        path = data / "sop.yml"
        text, count = re.subn(rf"(?m)^{field}:", f"{field}: {value}", path.read_text(encoding="utf-8"))
        assert count == 1
        path.write_text(text, encoding="utf-8")
    old = "[id, version, author, owner, approver, effective, review]"
    rewritten(data / "gaps.yml", f"field: {old}", "field: version")


def a_version_released(data: Path) -> None:
    gaps = (data / "gaps.yml").read_text(encoding="utf-8")
    if "field: version" in gaps:
        without_gap(data, "no-document-control")
    else:
        rewritten(data / "gaps.yml", "[id, version, ", "[id, ")
    done = CliRunner().invoke(main, ["release", "1.0", "--data", str(data)])
    assert done.exit_code == 0, done.output


def everything_replaced(data: Path) -> None:
    shutil.rmtree(data)
    shutil.copytree(ROOT / "tests" / "example_sop", data)


Edit = Callable[[Path], None]
EDITS: list[Edit] = [
    a_marketplace_added, a_marketplace_removed, a_marketplace_renamed, a_role_renamed, a_system_renamed, a_playbook_renamed,
    a_step_added, a_step_removed, a_step_reworded, an_issue_type_added, a_gap_answered, a_gap_removed,
    document_control_filled_in, a_version_released,
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


@pytest.mark.parametrize("edit", [*EDITS, everything_replaced], ids=lambda edit: edit.__name__)
def test_after_a_valid_edit_the_tests_of_the_sop_are_green(whole: Path, edit: Edit) -> None:
    edit(whole / "sop_data")
    run_tests(whole, "tests/sop")


def all_together(data: Path) -> None:
    for edit in EDITS:
        edit(data)


@pytest.mark.parametrize("edit", [all_together, everything_replaced], ids=lambda edit: edit.__name__)
def test_after_all_valid_edits_together_all_tests_are_green(whole: Path, edit: Edit) -> None:
    edit(whole / "sop_data")
    run_tests(whole, "tests/sop")
    run_tests(whole, "-n", "2", "--dist", "worksteal")
