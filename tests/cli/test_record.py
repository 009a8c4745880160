"""Approvals and releases: bound to content, kept in files, the same with and without git."""

import json
import shutil
import subprocess
from datetime import date
from html import unescape
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pypdf import PdfReader

from conftest import SOURCE_SOP, build_site, copy_project, replace_in_file
from macros.api.documents import Documents
from macros.api.schema import ApiDocument
from macros.catalogue.data_folder import load
from macros.checks.runner import examine, load_catalogue
from macros.cli.main import main
from macros.pdf.compiler import pdfs
from macros.pdf.sheets import papers
from macros.wording.sentences import edition

CLIENT = "playbooks/order-issue-via-client.yml"
TODAY = date.today()
SHOWN = f"{TODAY:%-d %b %Y}"


def sop(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=nobody", "-c", "user.email=nobody@example.com"]
    command = ["git", "-C", str(folder), *identity, *arguments]
    subprocess.run(command, check=True, capture_output=True)


def commit(folder: Path, what: str) -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", what)


def state(data: Path, procedure: str = "flipkart") -> tuple[str, str, str]:
    """What the API, the sheet and the site say of the approval of Flipkart's order-related procedure."""
    catalogue = load_catalogue(data)
    whole = ApiDocument.model_validate_json("".join(Documents(catalogue).sop_json()), strict=False)
    (record,) = (one for one in whole.marketplaces if one.id == procedure)
    found = next(one for one in record.procedures if "order-related" in one.issue_types)
    ((_, pdf),) = pdfs(catalogue, [one for one in papers(catalogue) if one.id == procedure])
    (page,) = PdfReader(BytesIO(pdf)).pages
    return (
        ("none" if not found.approval else "current" if found.approval.current else "changed"),
        found.approved,
        page.extract_text(),
    )


@pytest.mark.slow
def test_an_approval_is_of_the_content(project: Path) -> None:
    data = project / "sop_data"
    silence = "No approval is recorded."
    assert state(data)[:2] == ("none", silence)
    done = sop("approve", "flipkart/order-related", "--by", "client-poc", "--data", str(data))
    assert done.exit_code == 0, done.output
    assert "not an electronic signature" in done.output
    assert "not an electronic signature" in (data / "approvals.yml").read_text()
    how, says, paper = state(data)
    assert (how, says) == ("current", f"Approved by Client POC on {SHOWN}.")
    assert says in paper
    replace_in_file(
        data / "marketplaces" / "flipkart.yml", "name: Flipkart", "name: Flipkart # the same in other words"
    )
    assert state(data)[0] == "current"
    replace_in_file(data / CLIENT, "Raise the order IDs", "Raise all order IDs")
    how, says, paper = state(data)
    assert (how, says) == ("changed", f"Changed since approval by Client POC on {SHOWN}.")
    assert says in paper
    site = build_site(project, project / "site")
    for page in ("marketplaces/flipkart/index.html", "changes/index.html"):
        text = (site / page).read_text(encoding="utf-8")
        assert says in text
        assert silence in text  # of another procedure
    assert (
        "An approval is a record in git, not an electronic signature."
        in (site / "changes/index.html").read_text()
    )


def test_approving_again_replaces_one_record_and_keeps_the_rest(data: Path) -> None:
    for procedure in ("flipkart/order-related", "ajio-vms/order-related", "flipkart/unfulfillable"):
        assert sop("approve", procedure, "--by", "client-poc", "--data", str(data)).exit_code == 0
    path = data / "approvals.yml"
    text = path.read_text(encoding="utf-8")
    assert "ajio-vms/unfulfillable:" in text  # one list of steps, one key
    replace_in_file(path, "ajio-vms/unfulfillable:", "# asked by telephone\najio-vms/unfulfillable:")
    before = path.read_text(encoding="utf-8")
    assert sop("approve", "flipkart/order-related", "--by", "increff-poc", "--data", str(data)).exit_code == 0
    assert path.read_text(encoding="utf-8") == before.replace("by: client-poc", "by: increff-poc", 1)
    assert len(load_catalogue(data).approvals) == 3


@pytest.mark.parametrize(
    ("procedure", "by", "says"),
    [
        ("flipkrt/order-related", "client-poc", "did you mean 'flipkart'"),
        ("flipkart/order-relatd", "client-poc", "did you mean 'order-related'"),
        ("flipkart/order-related", "client-pco", "did you mean 'client-poc'"),
    ],
)
def test_a_mistake_in_an_approval_is_named(data: Path, procedure: str, by: str, says: str) -> None:
    done = sop("approve", procedure, "--by", by, "--data", str(data))
    assert done.exit_code == 2
    assert says in done.output
    assert not (data / "approvals.yml").exists()


def current_approvals(data: Path) -> set[str]:
    """The keys of approvals.yml whose approvals are current."""
    sop = load_catalogue(data)
    return {key for key, one in sop.approvals.items() if one.fingerprint == sop.fingerprints[key]}


def test_several_procedures_are_approved_in_one_act(data: Path) -> None:
    several = ("flipkart/order-related", "ajio-vms", "ajio-vms/order-related", "tatacliq")
    done = sop("approve", *several, "--by", "client-poc", "--data", str(data))
    assert done.exit_code == 0, done.output
    assert done.output.count("approved by Client POC") == 4
    assert done.output.count("wrote ") == 1
    assert current_approvals(data) == {
        "flipkart/order-related", "ajio-vms/unfulfillable", "tatacliq/unfulfillable", "tatacliq/order-related",
    }  # fmt: skip


def test_all_procedures_are_approved_in_one_act(data: Path) -> None:
    assert sop("approve", "tatacliq", "--by", "seller", "--data", str(data)).exit_code == 0
    replace_in_file(data / "approvals.yml", "tatacliq/order-related:", "# kept\ntatacliq/order-related:")
    done = sop("approve", "--all", "--by", "client-poc", "--data", str(data))
    assert done.exit_code == 0, done.output
    assert current_approvals(data) == {*fingerprints_of(data)}
    text = (data / "approvals.yml").read_text(encoding="utf-8")
    assert "# kept\ntatacliq/order-related:\n" in text
    assert "seller" not in text


@pytest.mark.parametrize("arguments", [[], ["flipkart", "--all"]])
def test_what_is_approved_is_named_in_one_way(data: Path, arguments: list[str]) -> None:
    done = sop("approve", *arguments, "--by", "client-poc", "--data", str(data))
    assert done.exit_code == 2
    assert "name procedures or marketplaces, such as flipkart/order-related, or use --all" in done.output


def test_one_unknown_procedure_approves_none(data: Path) -> None:
    done = sop("approve", "flipkart", "tatacliq/order", "--by", "client-poc", "--data", str(data))
    assert done.exit_code == 2
    assert not (data / "approvals.yml").exists()


def test_approval_can_be_required(data: Path) -> None:
    replace_in_file(data / "sop.yml", "approval:", "approval: required")
    done = sop("check", str(data), "--format", "json")
    problems = json.loads(done.stdout)
    assert {one["code"] for one in problems} == {"SOP421"}
    assert len(problems) == 15
    assert sop("approve", "--all", "--by", "client-poc", "--data", str(data)).exit_code == 0
    assert sop("check", str(data)).exit_code == 0
    replace_in_file(data / CLIENT, "Raise the order IDs", "Raise all order IDs")
    done = sop("check", str(data))
    assert done.exit_code == 1
    assert "flipkart/order-related changed since it was approved" in done.output


def fingerprints_of(data: Path) -> list[str]:
    return list(examine(load(data))[0].fingerprints)


def test_an_approval_of_an_issue_type_that_shares_its_steps_names_the_first(data: Path) -> None:
    assert sop("approve", "ajio-vms/unfulfillable", "--by", "seller", "--data", str(data)).exit_code == 0
    replace_in_file(data / "approvals.yml", "ajio-vms/unfulfillable", "ajio-vms/order-related")
    done = sop("check", str(data))
    assert "SOP420 'ajio-vms/order-related' is one procedure with 'ajio-vms/unfulfillable'" in done.output


@pytest.fixture(scope="module")
def released_sop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in git with an SOP whose version 1.0 is released."""
    folder = tmp_path_factory.mktemp("released")
    data = shutil.copytree(SOURCE_SOP, folder / "sop_data")
    git(folder, "init", "--quiet", "--template=")
    done = sop("release", "1.0", "--data", str(data))
    assert done.exit_code == 0, done.output
    commit(folder, "1.0")
    return folder


@pytest.fixture
def released_copy(released_sop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of that folder, in which a test works."""
    folder = Path(shutil.copytree(released_sop, tmp_path, dirs_exist_ok=True))
    monkeypatch.chdir(folder)
    return folder


def test_a_release_leaves_no_gap_that_denies_the_version(released_copy: Path) -> None:
    gaps = (released_copy / "sop_data/gaps.yml").read_text(encoding="utf-8")
    assert "version" in str(load_catalogue(Path("sop_data")).sop)
    assert "[id, version" not in gaps
    assert sop("check").exit_code == 0


@pytest.mark.slow
def test_releases_list_changes_and_roles(released_copy: Path) -> None:
    replace_in_file(Path("sop_data") / CLIENT, '"{supporting-data}"', "photographs")
    commit(released_copy, "photographs")
    assert edition(load_catalogue(Path("sop_data")))[0] == "Version 1.0, changed since"
    done = sop("release", "1.1")
    assert done.exit_code == 0, done.output
    catalogue = load_catalogue(Path("sop_data"))
    assert edition(catalogue)[0] == "Version 1.1"
    release = catalogue.releases["1.1"]
    assert (release.since, release.released) == ("1.0", TODAY)
    (change,) = release.changes
    assert change.rank == "Evidence and frequency"
    assert change.change == "evidence for step 'update-client': supporting data -> photographs"
    assert len(change.at) == 4
    assert change.concerns == ("Increff POC", "Client POC")
    copy_project(released_copy, cache=False)
    page = unescape(
        (build_site(released_copy, released_copy / "site") / "changes" / "index.html").read_text(
            encoding="utf-8"
        )
    )
    assert page.index("Version 1.1, ") < page.index("Version 1.0, ") < page.index("Approvals")
    assert "supporting data -> photographs" in page
    assert "Flipkart: Order-related issue" in page
    assert "This is the first version. There is no earlier version to compare it with." in page


def test_a_release_needs_what_it_is_compared_with(
    released_copy: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    copy = tmp_path_factory.mktemp("copy")
    shutil.copytree("sop_data", copy / "sop_data")
    replace_in_file(Path("sop_data") / CLIENT, '"{supporting-data}"', "photographs")
    commit(released_copy, "edited")
    shallow = tmp_path_factory.mktemp("shallow") / "clone"
    git(
        released_copy,
        "clone",
        "--quiet",
        "--depth",
        "1",
        f"file://{released_copy}",
        str(shallow),
    )
    done = sop("release", "1.1", "--data", str(shallow / "sop_data"))
    assert done.exit_code == 2
    assert "is not what was released as 1.0. Name a copy of it with --since" in done.output
    shutil.rmtree(shallow / ".git")
    done = sop("release", "1.1", "--data", str(shallow / "sop_data"))
    assert "1.0.yml is not committed. Name a copy of version 1.0 with --since" in " ".join(
        done.output.split()
    )
    assert not (shallow / "sop_data/releases/1.1.yml").exists()
    assert "photographs" not in (copy / "sop_data" / CLIENT).read_text()
    done = sop("release", "1.1", "--data", str(shallow / "sop_data"), "--since", str(copy))
    assert done.exit_code == 0, done.output
    assert sop("release", "1.1").exit_code == 0
    ours, theirs = (folder / "sop_data/releases/1.1.yml" for folder in (released_copy, shallow))
    assert ours.read_text(encoding="utf-8") == theirs.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("version", "says"),
    [
        ("1.0", "does not come after 1.0"),
        ("0.9", "versions go up"),
        ("../evil", "is not a version"),
        ("1 b", "is not a version"),
    ],
)
def test_a_version_is_new_and_well_formed(released_copy: Path, version: str, says: str) -> None:
    done = sop("release", version)
    assert done.exit_code == 2
    assert says in done.output
    assert [path.name for path in (released_copy / "sop_data/releases").iterdir()] == ["1.0.yml"]


@pytest.mark.parametrize(
    "text",
    [
        "a: 'b' \"c\" # d",
        "2026-01-01",
        "yes",
        "<b>&amp;</b>",
        "`x` *y* [z](w)",
        "हिन्दी ' \" \\n",
    ],
)
@pytest.mark.usefixtures("released_copy")
def test_any_text_of_a_change_can_be_read_back(text: str) -> None:
    quoted = json.dumps(text.replace("\\n", "n"), ensure_ascii=False)
    replace_in_file(Path("sop_data") / CLIENT, 'evidence: "{supporting-data}"', f"evidence: {quoted}")
    done = sop("release", "2")
    assert done.exit_code == 0, done.output
    (change,) = load_catalogue(Path("sop_data")).releases["2"].changes
    assert change.change.endswith(f"-> {json.loads(quoted)}")


def test_versions_are_in_order_also_on_one_day(released_copy: Path) -> None:
    for version in ("1.2", "1.10"):
        assert sop("release", version).exit_code == 0
        commit(released_copy, version)
    assert load_catalogue(Path("sop_data")).releases["1.10"].since == "1.2"


@pytest.mark.slow
@pytest.mark.long
def test_a_site_is_the_same_from_git_a_shallow_clone_and_an_archive(
    released_copy: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("sources")
    copy_project(released_copy, cache=False)
    commit(released_copy, "another")
    git(released_copy, "clone", "--quiet", "--depth", "1", f"file://{released_copy}", str(folder / "shallow"))
    git(released_copy, "archive", "--output", str(folder / "source.zip"), "HEAD")
    shutil.unpack_archive(folder / "source.zip", folder / "archive")
    sites = [
        build_site(source, folder / f"site-{at}")
        for at, source in enumerate((released_copy, folder / "shallow", folder / "archive"))
    ]
    contents = [
        {path.relative_to(site): path.read_bytes() for path in site.rglob("*") if path.is_file()}
        for site in sites
    ]
    assert len(contents[0]) > 100
    assert contents[0] == contents[1] == contents[2]
