"""The job of CI that checks and builds the SOP: each script, run as the shell of GitHub does it."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from conftest import ROOT, copy_project, replace_in_file

pytestmark = pytest.mark.slow
BASH = shutil.which("bash") or "bash"
GIT = shutil.which("git") or "git"
JOBS = yaml.safe_load((ROOT / ".github/workflows/ci.yml").read_text(encoding="utf-8"))["jobs"]
STEPS = {step["name"]: step for step in JOBS["sop"]["steps"] if "run" in step}
SOP = f"""#!/bin/sh
exec "{sys.executable}" -c "from macros.cli.main import main; main()" "$@"
"""
MAKE = """#!/bin/sh
echo "$@ $SOP_SITE_URL $SOP_EDIT_URL $SOP_ISSUES_URL" >> made
if [ "$1" = site ]; then mkdir -p site.builds/1 && ln -sfn site.builds/1 site; fi
"""
CONTEXT = {
    "steps.pages.outputs.base_url": "https://org.github.io/sops",
    "github.server_url": "https://github.com",
    "github.repository": "org/sops",
    "github.event.repository.default_branch": "main",
}


def git(folder: Path, *arguments: str) -> str:
    who = ["-c", "user.name=Test", "-c", "user.email=test@example.com"]
    done = subprocess.run([GIT, *who, *arguments], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def program(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A clone of the project with the SOP of the source; `make` only notes what is asked of it."""
    folder = copy_project(tmp_path / "checkout")
    shutil.copytree(ROOT / ".github", folder / ".github")
    program(folder / ".venv/bin/sop", SOP)
    program(tmp_path / "tools/make", MAKE)
    (folder / ".gitignore").write_text(".venv/\nmade\nsite*\nchange/\n", encoding="utf-8")
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "base")
    return folder


def run(checkout: Path, name: str, **context: str) -> "subprocess.CompletedProcess[str]":
    """Run the script of a step, with the variables of its `env`; it writes to the files `summary` and `output`."""
    known = CONTEXT | context
    variables = {
        key: re.sub(r"\$\{\{ (\S+) \}\}", lambda found: known[found[1]], value)
        for key, value in STEPS[name].get("env", {}).items()
    }
    files = {f"GITHUB_{one}": str(checkout.parent / one.lower()) for one in ("OUTPUT", "STEP_SUMMARY")}
    path = f"{checkout.parent / 'tools'}{os.pathsep}{os.environ['PATH']}"
    environment = {"PATH": path, "PYTHONPATH": str(ROOT), "GITHUB_ACTIONS": "true", **files, **variables}
    return subprocess.run(
        [BASH, "--noprofile", "--norc", "-eo", "pipefail", "-c", STEPS[name]["run"]],
        cwd=checkout, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


def summary(checkout: Path) -> str:
    return (checkout.parent / "step_summary").read_text(encoding="utf-8")


def test_every_script_of_the_job_is_tested() -> None:
    assert {*STEPS} - {"Install", "Test the SOP"} == {
        "Check", "Compare the issue forms with the SOP", "Explain the change", "Build the site",
    }  # fmt: skip
    assert STEPS["Install"]["run"] == "make .venv/test"
    assert STEPS["Test the SOP"]["run"] == ".venv/bin/pytest tests/sop"


def test_a_sound_sop_passes_and_a_mistake_is_annotated(checkout: Path) -> None:
    assert run(checkout, "Check").returncode == 0
    assert "no problems in 8 marketplaces" in summary(checkout)
    replace_in_file(checkout / "sop_data/roles.yml", "name: Seller", "nam: Seller")
    done = run(checkout, "Check")
    assert done.returncode == 1
    assert "\n::error file=sop_data/roles.yml,line=" in done.stdout
    assert "sop_data/roles.yml:" in summary(checkout)


def test_a_stale_issue_form_is_a_notice_and_fails_nothing(checkout: Path) -> None:
    replace_in_file(checkout / "sop_data/roles.yml", "name: Seller", "name: Merchant")
    done = run(checkout, "Compare the issue forms with the SOP")
    assert done.returncode == 0
    assert "::notice file=.github/ISSUE_TEMPLATE/wrong-step.yml::" in done.stdout


def test_a_change_is_explained_also_if_the_base_is_broken(checkout: Path) -> None:
    replace_in_file(checkout / "sop_data/roles.yml", "name: Seller", "name: Merchant")
    base = {"github.event.pull_request.base.sha": git(checkout, "rev-parse", "HEAD")}
    assert run(checkout, "Explain the change", **base).returncode == 0
    assert "Merchant" in (checkout / "change/diff.md").read_text(encoding="utf-8")
    assert "## What this changes" in summary(checkout)
    shutil.rmtree(checkout / "change")
    base = {"github.event.pull_request.base.sha": "0" * 40}
    assert run(checkout, "Explain the change", **base).returncode == 0


@pytest.mark.parametrize("address", ["https://org.github.io/sops", ""])
def test_the_site_is_built_with_the_addresses_of_the_repository(checkout: Path, address: str) -> None:
    assert run(checkout, "Build the site", **{"steps.pages.outputs.base_url": address}).returncode == 0
    assert (checkout / "made").read_text(encoding="utf-8").split() == [
        "site",
        *filter(None, [address]),
        "https://github.com/org/sops/edit/main/{path}",
        "https://github.com/org/sops/issues/new",
    ]
    output = (checkout.parent / "output").read_text(encoding="utf-8")
    assert output == f"folder={checkout / 'site.builds/1'}\n"
