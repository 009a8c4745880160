"""The commands of docs/adopting.md, one after another in a new folder; only `make` and the remote are stand-ins."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from conftest import ROOT, copy_project
from macros.checks.runner import load_catalogue

TEXT = (ROOT / "docs" / "adopting.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"```sh\n(.*?)```", TEXT, re.DOTALL)
MAKE = f"""#!/bin/sh
[ "$1" = site ] || exit 1
mkdir -p .venv/bin
cat > .venv/bin/sop <<'END'
#!/bin/sh
exec "{sys.executable}" -c "from macros.cli.main import main; main()" "$@"
END
chmod +x .venv/bin/sop
exec .venv/bin/sop check
"""
GIT_CONFIG = """[user]
name = Test
email = test@example.com
[init]
defaultBranch = main
[url "{remote}"]
insteadOf = https://github.com/OWNER/REPOSITORY
"""


def run(folder: Path, script: str) -> "subprocess.CompletedProcess[str]":
    """Run a script in a folder; a command that fails ends it."""
    environment = {
        "PATH": f"{folder / 'tools'}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "GIT_CONFIG_GLOBAL": str(folder / "gitconfig"),
        "GIT_CONFIG_NOSYSTEM": "1",
    }
    bash = shutil.which("bash") or "bash"
    return subprocess.run(
        [bash, "-euo", "pipefail", "-c", script],
        cwd=folder, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.fixture
def start(tmp_path: Path) -> Path:
    """A folder beside a remote repository with this project."""
    (tmp_path / "tools").mkdir()
    (tmp_path / "tools" / "make").write_text(MAKE, encoding="utf-8")
    (tmp_path / "tools" / "make").chmod(0o755)
    (tmp_path / "gitconfig").write_text(GIT_CONFIG.format(remote=tmp_path / "remote.git"), encoding="utf-8")
    source = copy_project(tmp_path / "source")
    shutil.copytree(ROOT / ".github", source / ".github")
    shutil.copy(ROOT / ".gitignore", source)
    done = run(
        tmp_path,
        "cd source; git init --quiet; git add --all; git commit --quiet --message x; "
        "git clone --quiet --bare . ../remote.git",
    )
    assert done.returncode == 0, done.stderr
    return tmp_path


@pytest.mark.slow
def test_every_command_works_in_order(start: Path) -> None:
    assert len(COMMANDS) == 6
    done = run(start, "\n".join(COMMANDS))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "no problems in 2 marketplaces, 4 procedures" in done.stdout
    assert "First marketplace: Late order" in done.stdout
    assert "No change in meaning" in done.stdout
    assert run(start, "git clone --quiet remote.git published").returncode == 0
    published = load_catalogue(start / "published" / "sop_data")
    assert published.sop.version == "1.0"
    assert {*published.approvals} == {*published.fingerprints}
    form = (start / "published/.github/ISSUE_TEMPLATE/wrong-step.yml").read_text(encoding="utf-8")
    assert "- First marketplace\n" in form


def test_the_hook_of_the_example_exists() -> None:
    (example,) = re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    used = [hook["id"] for repo in yaml.safe_load(example)["repos"] for hook in repo["hooks"]]
    assert used == [hook["id"] for hook in hooks]
    assert {hook["language"] for hook in hooks} == {"python"}
    assert {hook["entry"] for hook in hooks} == {"sop check"}
