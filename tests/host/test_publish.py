"""`sop build`: whatever fails or is killed, the published folder is a whole site."""

import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import ROOT, build_site, files_of, mkdocs, replace_in_file
from macros.host.publish import exchange_folder
from macros.host.site_check import flaws

EXAMPLE = ROOT / "tests/example_sop"
COMMAND = [sys.executable, "-c", "from macros.cli.main import main; main()", "build"]
ENVIRONMENT = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
Run = Callable[..., "subprocess.Popen[str]"]


def exit_code(build: "subprocess.Popen[str]") -> int:
    """Wait for a build, and return its output."""
    build.communicate()
    return build.returncode


@pytest.fixture
def run(project: Path) -> Run:
    """Begin `sop build` in a copy of the project with a small SOP."""
    shutil.rmtree(project / "sop_data")
    shutil.copytree(EXAMPLE, project / "sop_data")

    def start(**options: Any) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            COMMAND, cwd=project, env=ENVIRONMENT | {"PYTHONPATH": str(project)}, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True, **options,
        )  # fmt: skip

    return start


def test_a_first_build_is_published_and_a_second_replaces_it(run: Run, project: Path) -> None:
    build = run()
    assert "published leads to" in build.communicate()[0]
    first = (project / "published").resolve()
    assert list(flaws(first, ["index.html", "pdf/handbook.pdf", "api/v1/sop.json"])) == []
    assert exit_code(run()) == 0
    second = (project / "published").resolve()
    assert second != first
    assert files_of(first) == files_of(second)


@pytest.mark.long
def test_a_build_from_another_folder_is_the_same_byte_for_byte(
    project: Path, site: Path, build: Callable[[Path], Path]
) -> None:
    config = project / "mkdocs.yml"
    other = build_site(project, project / "elsewhere")
    assert files_of(other) == files_of(site)
    replace_in_file(config, '[SOP_SITE_URL, ""]', '[SOP_SITE_URL, "https://sop.example.com/"]')
    assert files_of(build(project)) == files_of(build_site(project, project / "elsewhere"))


def test_a_mistake_leaves_the_old_site(run: Run, project: Path) -> None:
    assert exit_code(run()) == 0
    before = (project / "published").resolve()
    (project / "sop_data" / "roles.yml").write_text("broken: [")
    assert exit_code(run()) == 1
    assert (project / "published").resolve() == before
    (project / "sop_data" / "roles.yml").write_bytes((EXAMPLE / "roles.yml").read_bytes())
    (project / "docs" / "contributing.md").unlink()  # the menu and links lead to it
    build = run()
    said = build.communicate()[0]
    assert build.returncode == 1
    assert "the new site is not complete" in said
    assert "leads nowhere" in said
    assert "Traceback" not in said
    assert (project / "published").resolve() == before
    assert files_of(before)


def test_a_full_disk_leaves_the_old_site(run: Run, project: Path) -> None:
    """Simulated: no file may grow beyond 100,000 bytes."""
    assert exit_code(run()) == 0
    before = (project / "published").resolve()
    shutil.rmtree(project / ".cache")

    def small() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    build = run(preexec_fn=small)
    said = build.communicate()[0]
    assert build.returncode == 1
    assert "the site could not be built" in said
    assert (project / "published").resolve() == before
    assert list(flaws(before, ["pdf/handbook.pdf"])) == []


def test_two_at_once_do_not_meet(run: Run, project: Path) -> None:
    builds = [run(), run()]
    said = [build.communicate()[0] for build in builds]
    assert sorted(build.returncode for build in builds) == [0, 1], said
    assert "another build is running" in "".join(said)
    assert list(flaws((project / "published").resolve(), ["index.html"])) == []


@pytest.mark.long
def test_killed_at_any_moment_the_site_is_whole(run: Run, project: Path) -> None:
    assert exit_code(run()) == 0
    whole = files_of(project / "published")
    chance = random.Random(7)  # noqa: S311 - no secret
    for _ in range(8):
        build = run()
        time.sleep(chance.uniform(0, 1.6))
        os.killpg(build.pid, signal.SIGKILL)
        build.communicate()
        assert files_of(project / "published") == whole
    assert exit_code(run()) == 0
    assert files_of(project / "published") == whole
    assert len([path for path in (project / "published.builds").iterdir() if path.is_dir()]) <= 2


def test_a_site_that_is_a_folder_is_moved_aside(run: Run, project: Path) -> None:
    """As `make site` left it before it built into a folder of its own."""
    build_site(project, project / "published")
    before = files_of(project / "published")
    build = run()
    assert "is now published.before; nothing in it was changed" in build.communicate()[0]
    assert files_of(project / "published.before") == before == files_of(project / "published")
    assert exit_code(run()) == 0
    assert files_of(project / "published.before") == before


def test_where_links_cannot_be_exchanged_folders_are_renamed(tmp_path: Path) -> None:
    out, builds = tmp_path / "site", tmp_path / "site.builds"
    for number in "12":
        new = builds / number / "site"
        new.mkdir(parents=True)
        (new / "index.html").write_text(number)
        done = exchange_folder(out, new, builds)
        assert (out / "index.html").read_text() == number
        assert not out.is_symlink()
    assert done.aside is not None
    assert (done.aside / "index.html").read_text() == "1"


def test_a_web_server_can_read_the_site_whatever_the_umask(run: Run, project: Path) -> None:
    build = run(umask=0o077)
    assert exit_code(build) == 0
    site = (project / "published").resolve()
    for path in (project / "published.builds", site.parent, site, *site.rglob("*")):
        assert path.stat().st_mode & 0o044 == 0o044, path
        assert path.is_file() or path.stat().st_mode & 0o011 == 0o011, path


def test_the_folder_that_is_given_is_built(project: Path) -> None:
    (project / "sop_data").rename(project / "other")
    replace_in_file(project / "other/marketplaces/flipkart.yml", "name: Flipkart", "name: Flipkart Two")
    command = [*COMMAND, "--data", "other"]
    done = subprocess.run(
        command, cwd=project, env=ENVIRONMENT | {"PYTHONPATH": str(project)}, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert "Flipkart Two" in (project / "published/index.html").read_text(encoding="utf-8")


def test_mkdocs_builds_from_any_folder(
    project: Path, tmp_path_factory: pytest.TempPathFactory, site: Path
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    done = mkdocs(elsewhere, "build", "--strict", "--quiet", "-f", str(project / "mkdocs.yml"))
    assert done.returncode == 0, done.stdout + done.stderr
    assert files_of(project / "site") == files_of(site)


def test_a_folder_that_cannot_be_written_is_named(run: Run, project: Path) -> None:
    """A file stands where a folder is needed, which no user may write into, root included."""
    shutil.rmtree(project / ".cache")
    (project / ".cache").write_text("")
    (project / "published.builds").write_text("")
    (project / "site").write_text("")
    build = run()
    said = build.communicate()[0]
    assert build.returncode == 1
    assert "published.builds cannot be written" in said
    done = mkdocs(project, "build")
    assert done.returncode == 1
    assert "site cannot be written" in done.stdout
    assert "Traceback" not in said + done.stdout + done.stderr
    assert mkdocs(project, "build", "--site-dir", "elsewhere").returncode == 0  # without a cache


def test_a_folder_in_the_way_is_not_touched(run: Run, project: Path) -> None:
    (project / "published").mkdir()
    (project / "published" / "mine.txt").write_text("x")
    build = run()
    assert "move it away once" in build.communicate()[0]
    assert build.returncode == 1
    assert (project / "published" / "mine.txt").read_text() == "x"


@pytest.mark.parametrize(
    ("file", "content", "says"),
    [
        ("index.html", '<a href="nowhere/">x</a>', "nowhere/ leads nowhere"),
        ("index.html", '<a href="gaps/#none">x</a>', "gaps/#none has no such place"),
        ("api/v1/sop.json", "{", "not JSON"),
        ("pdf/handbook.pdf", "%PDF-1.7 half", "not a whole PDF"),
        ("assets/sop.css", "", "is empty"),
        ("gaps/index.html", None, "gaps/index.html is missing"),
    ],
)
def test_what_is_not_whole_is_found(
    site: Path, tmp_path: Path, file: str, content: str | None, says: str
) -> None:
    copy = Path(shutil.copytree(site, tmp_path / "copy"))
    assert list(flaws(copy, ["gaps/index.html"])) == []
    if content is None:
        (copy / file).unlink()
    else:
        (copy / file).write_text(content)
    assert any(says in flaw for flaw in flaws(copy, ["gaps/index.html"]))
