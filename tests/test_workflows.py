"""The workflows on GitHub: valid, safe, and they run what CI runs."""

import html
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path
from runpy import run_path

import pytest
import yaml

from conftest import ROOT

pytestmark = pytest.mark.slow
BASH = shutil.which("bash") or "bash"
GIT = shutil.which("git") or "git"
BODY: Callable[[bytes], str] = run_path(str(ROOT / ".github" / "comment.py"))["body"]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


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
            assert "${{" not in step.get("run", ""), "what others write must not become part of a script"
    assert "pull_request_target" not in text
    pinned = re.compile(r"[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")
    for action in re.findall(r"uses: (.*)", text):
        assert pinned.fullmatch(action), f"{action}: name the commit, and its version for Dependabot"
    assert parsed["permissions"]


def test_ci_runs_the_commands_of_the_readme() -> None:
    workflow = (ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")
    assert "- run: .ci/run" in workflow
    commands = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert [line for line in commands if line.startswith("make ")] == ["make site", "make lint", "make test"]


def run_step(workflow: str, name: str, folder: Path, **variables: str) -> "subprocess.CompletedProcess[str]":
    """Run the script of a step, as GitHub does it, with a `gh` that answers from the folder `answers`."""
    jobs = yaml.safe_load((ROOT / ".github" / "workflows" / workflow).read_text(encoding="utf-8"))["jobs"]
    (script,) = [step["run"] for job in jobs.values() for step in job["steps"] if step.get("name") == name]
    tools = folder.parent / "tools"
    tools.mkdir(exist_ok=True)
    (tools / "gh").write_text(GH, encoding="utf-8")
    (tools / "gh").chmod(0o755)
    return subprocess.run(
        [BASH, "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
        cwd=folder,
        env={"PATH": f"{tools}{os.pathsep}{os.environ['PATH']}", "TOOLS": str(tools), **variables},
        capture_output=True,
        text=True,
        check=False,
    )


GH = f"""#!{sys.executable}
import os, pathlib, sys
tools, arguments = pathlib.Path(os.environ["TOOLS"]), sys.argv[1:]
with (tools / "calls").open("a") as file:
    file.write(" ".join(arguments) + "\\n")
for name in ("pulls", "comments", "runs"):
    if any(one.partition("?")[0].endswith("/" + name) for one in arguments) and "POST" not in arguments:
        print((tools / name).read_text())
"""
RUN = {
    "REPOSITORY": "org/sops",
    "HEAD_REPOSITORY": "fork/sops",
    "HEAD_OWNER": "fork",
    "HEAD_BRANCH": "edit",
    "HEAD_SHA": "a1",
}


def pull(number: int, sha: str = "a1", repository: str = "fork/sops") -> dict[str, object]:
    return {"number": number, "head": {"sha": sha, "repo": {"full_name": repository}}}


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """What the comment workflow has: the default branch, and an artifact in `change/`."""
    folder = tmp_path / "checkout"
    (folder / "change").mkdir(parents=True)
    (folder / "change" / "diff.md").write_text("### Order\n\n- one\n", encoding="utf-8")
    (folder / "change" / "number").write_text("999\n", encoding="utf-8")
    shutil.copytree(ROOT / ".github", folder / ".github")
    return folder


def run_comment_workflow(
    checkout: Path, pulls: Sequence[object], comments: Sequence[object]
) -> tuple[int, str]:
    """Run the steps of the comment workflow; the exit code and the calls of `gh` that write."""
    tools = checkout.parent / "tools"
    tools.mkdir()
    (tools / "pulls").write_text(json.dumps(pulls))
    (tools / "comments").write_text(json.dumps([comments]))
    done = run_step("comment.yml", "Make the text safe", checkout)
    assert done.returncode == 0, done.stderr
    done = run_step("comment.yml", "Write or update the comment", checkout, **RUN)
    assert "Traceback" not in done.stderr
    calls = (tools / "calls").read_text().splitlines()
    assert "--raw-field head=fork:edit" in calls[0]
    return done.returncode, "\n".join(call for call in calls if "@body.md" in call)


def test_a_comment_goes_to_the_pull_request_of_the_run(checkout: Path) -> None:
    others = [
        pull(1, sha="b2"),
        pull(2, repository="org/sops"),
        {"number": 3, "head": {"sha": "a1", "repo": None}},
    ]
    code, calls = run_comment_workflow(checkout, [*others, pull(12)], [])
    assert code == 0
    assert calls == "api --method POST repos/org/sops/issues/12/comments --field body=@body.md"
    body = (checkout / "body.md").read_text(encoding="utf-8")
    assert body == "<!-- sop diff -->\n## What this changes\n\n### Order\n\n- one\n"


def test_a_second_comment_updates_the_first(checkout: Path) -> None:
    mark, bot = "<!-- sop diff -->\nx", "github-actions[bot]"
    comments = [(7, "somebody", mark), (8, bot, "other"), (9, bot, mark), (10, bot, mark)]
    known = [{"id": id, "user": {"login": user}, "body": body} for id, user, body in comments]
    assert run_comment_workflow(checkout, [pull(12)], known) == (
        0,
        "api --method PATCH repos/org/sops/issues/comments/9 --field body=@body.md",
    )


@pytest.mark.parametrize("pulls", [[], [pull(999, sha="b2")], [pull(1), pull(2)]])
def test_without_exactly_one_pull_request_nothing_is_written(checkout: Path, pulls: list[object]) -> None:
    assert run_comment_workflow(checkout, pulls, []) == (1, "")


def body_of(raw: bytes) -> str:
    """The comment without its title."""
    return BODY(raw).split("\n\n", 1)[1]


@pytest.mark.parametrize(
    "text",
    [
        "<img src=x>", "<!-- x", "@everyone", "&#64;everyone", "&commat;everyone", "&#x40everyone", "org/other#1",
        "[x](https://example.com)", "![x](https://example.com)", "https://example.com", "www.example.com", "```",
        "a\r@b", "a\u2028@b", "- @a", "### <b>", "12. <b>", "a\u202eb", "&amp;#64;everyone", "[x]: https://example.com",
    ],
)  # fmt: skip
def test_the_text_of_a_comment_is_only_text(text: str) -> None:
    shown = body_of(text.encode())
    assert not re.search(r"<|>|`|!\[|\]\(|://|www\.|[\u2028\u202e\r]", shown)
    seen = html.unescape(shown)
    assert not re.search(r"[@#]\w", seen), "a mention of a user or an issue"


def test_a_description_is_shown_as_typed(checkout: Path) -> None:
    typed = "### Order\n\n- &#42;a&#42; by हिन्दी &#38; co\n    - at x; y\n        1. Raise it\n"
    (checkout / "change" / "diff.md").write_text(typed, encoding="utf-8")
    assert run_step("comment.yml", "Make the text safe", checkout).returncode == 0
    assert (checkout / "body.md").read_bytes().decode().split("\n\n", 1)[1] == typed


@pytest.mark.parametrize("text", ["x", "é", "हि", "😀", "&", "a😀<", "@", "line\n"])
def test_a_long_text_is_cut_between_characters(text: str) -> None:
    for shift in range(8):
        shown = body_of(b"x" * shift + text.encode() * 70_000)
        assert len(shown.encode()) < 60_000
        kept, note = shown.split("\n\nThe text was cut here.")
        assert "summary of the CI run" in note
        assert re.fullmatch(r"([^&\ufffd]|&#\d+;)*", kept)


def test_a_text_that_is_no_utf_8_is_replaced() -> None:
    assert body_of(b"a\xff\xc3") == "a\ufffd\ufffd\n"


def test_a_link_in_the_artifact_is_not_read(checkout: Path) -> None:
    secret = checkout / "secret"
    secret.write_text("secret")
    (checkout / "change" / "diff.md").unlink()
    (checkout / "change" / "diff.md").symlink_to(secret)
    assert run_step("comment.yml", "Make the text safe", checkout).returncode == 1
    assert "secret" not in (checkout / "body.md").read_text()


def test_the_artifact_names_no_pull_request() -> None:
    for workflow in WORKFLOWS:
        assert "change/number" not in workflow.read_text(encoding="utf-8")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with an SOP and code, in two files."""
    folder = tmp_path / "repository"
    for name in ("sop_data/roles.yml", "macros/code.py"):
        (folder / name).parent.mkdir(parents=True)
        (folder / name).write_text("1")
    git(folder, "init", "--quiet")
    commit(folder)
    return folder


def git(folder: Path, *arguments: str) -> str:
    who = ["-c", "user.name=Test", "-c", "user.email=test@example.com"]
    return subprocess.run(
        [GIT, *who, *arguments], cwd=folder, capture_output=True, text=True, check=True
    ).stdout.strip()


def commit(folder: Path) -> str:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "x")
    return git(folder, "rev-parse", "HEAD")


def changes_output(repository: Path, base: str, passed: str) -> str:
    """The output of the job `changes`: for a pull request with a base, or a push after one whose CI passed."""
    tools = repository.parent / "tools"
    tools.mkdir(exist_ok=True)
    (tools / "runs").write_text(passed)
    output = repository.parent / "output"
    output.write_text("")
    done = run_step(
        "ci.yml", "Find out whether only the SOP changed", repository,
        BASE=base, BRANCH="main", REPOSITORY="org/sops", GITHUB_OUTPUT=str(output),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return output.read_text().strip()


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("sop_data/roles.yml", "code=false"),
        ("sop_data/new/role.yml", "code=false"),
        ("macros/code.py", "code=true"),
        ("sop_data.py", "code=true"),
        ("macros/sop_data/x.py", "code=true"),
    ],
)
@pytest.mark.parametrize("event", ["pull request", "push"])
def test_a_change_of_the_sop_alone_does_not_test_the_code(
    repository: Path, event: str, file: str, expected: str
) -> None:
    before = git(repository, "rev-parse", "HEAD")
    (repository / file).parent.mkdir(exist_ok=True)
    (repository / file).write_text("2")
    commit(repository)
    bases = (before, "") if event == "pull request" else ("", before)
    assert changes_output(repository, *bases) == expected


def test_code_moved_into_the_sop_is_a_change_of_the_code(repository: Path) -> None:
    before = git(repository, "rev-parse", "HEAD")
    git(repository, "mv", "macros/code.py", "sop_data/code.py")
    commit(repository)
    assert changes_output(repository, before, "") == "code=true"


@pytest.mark.parametrize("passed", ["", "0" * 40, "none"])
def test_if_it_is_not_known_what_changed_the_code_is_tested(repository: Path, passed: str) -> None:
    assert changes_output(repository, "", passed) == "code=true"


def test_only_a_change_of_the_sop_may_skip_the_tests_of_the_code() -> None:
    jobs = yaml.safe_load((ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8"))["jobs"]
    assert jobs["test"]["if"] == "needs.changes.outputs.code == 'true'"
    assert jobs["windows"]["if"] == jobs["test"]["if"]
    assert jobs["publish"]["needs"] == ["changes", "sop", "test"]  # not the job on vulnerabilities
    condition = jobs["publish"]["if"]
    assert "needs.sop.result == 'success'" in condition
    assert "needs.test.result == 'success' || needs.changes.outputs.code == 'false'" in condition
    assert {"run": ".venv/bin/pytest tests/sop", "name": "Test the SOP"} in jobs["sop"]["steps"]


def test_every_python_that_is_promised_is_tested() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    jobs = yaml.safe_load((ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8"))["jobs"]
    tested = jobs["test"]["strategy"]["matrix"]["python"]
    assert f">={tested[0]}" == project["requires-python"]
    assert tested == [f"3.{minor}" for minor in range(int(tested[0][2:]), int(tested[-1][2:]) + 1)]


def test_the_windows_job_installs_as_the_readme_describes() -> None:
    (commands,) = re.findall(r"```bat\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    jobs = yaml.safe_load((ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8"))["jobs"]
    (install,) = [one["run"] for one in jobs["windows"]["steps"] if "Install" in one.get("name", "")]
    assert commands.startswith(install)
