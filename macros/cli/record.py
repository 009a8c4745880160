"""`sop new`, `approve`, `answer` and `release`: commands that write to `sop_data/`."""

from datetime import date, datetime
from pathlib import Path

import click

from macros.catalogue.approvals import releases, version_order
from macros.catalogue.catalogue import Catalogue
from macros.catalogue.data_folder import is_id
from macros.catalogue.fingerprint import fingerprint
from macros.changes.diff import diff
from macros.changes.reporters import in_words
from macros.changes.revisions import UnknownVersion, folder_of, revision_that_added
from macros.checks.gaps import ABOUT_GAPS, lacking
from macros.cli.common import data_option, known, load, main, to_compare, write
from macros.cli.new_files import APPROVALS, fields, release_file, starting_file
from macros.cli.sop_edit import save, text_of, with_field
from macros.cli.yaml_edit import with_value
from macros.model.control import Approval, ChangeInWords, Release
from macros.model.gaps import Answer
from macros.model.validation import kebab
from macros.wording import questions, sentences
from macros.wording.phrases import WORDS
from macros.wording.sentences import counted

DAY = click.DateTime(["%Y-%m-%d"])


@main.group(short_help="Create a new file.")
def new() -> None:
    """Create a new file of the SOP."""


@new.command(
    epilog="""\b
Examples:
  sop new marketplace meesho"""
)
@click.argument("id")
@data_option
def marketplace(id: str, data: Path) -> None:
    """Write a commented starting file for the marketplace ID."""
    catalogue = load(data)
    if id != kebab(id):
        raise click.UsageError(f"'{id}' is not kebab-case; write it as '{kebab(id)}'")
    path = data / "marketplaces" / f"{id}.yml"
    if path.exists():
        raise click.UsageError(f"{path.as_posix()} exists already")
    write(path, starting_file(id, catalogue).encode())
    click.echo(f"wrote {path.as_posix()}: fill it in, then run 'sop check'")


@main.command(
    short_help="Record the approval of a procedure.",
    epilog="""\b
Examples:
  sop approve flipkart/order-related --by client-poc""",
)
@click.argument("procedure", metavar="MARKETPLACE/ISSUE-TYPE")
@click.option("--by", required=True, metavar="ROLE", help="The role that approves, as in roles.yml.")
@data_option
def approve(procedure: str, by: str, data: Path) -> None:
    """Record in approvals.yml that ROLE approves a procedure as it is now.

    The record holds the procedure's fingerprint: when its owner or steps change, the site shows that.
    It is a record in git, not an electronic signature.
    """
    catalogue = load(data, despite={"SOP421"})
    marketplace, slash, issue_type = procedure.partition("/")
    if not slash:
        raise click.UsageError("name a marketplace and an issue type, such as flipkart/order-related")
    known(marketplace, catalogue.marketplaces, "marketplace")
    known(issue_type, catalogue.issue_types, "issue type")
    known(by, catalogue.roles, "role")
    followed = catalogue.procedure(marketplace, issue_type)
    approval = Approval(by=by, date=date.today(), fingerprint=fingerprint(followed))
    path = data / "approvals.yml"
    before = text_of(path) if path.exists() else APPROVALS
    save(data, {Path(path.name): with_value(before, [followed.key], fields(approval))}, despite={"SOP421"})
    click.echo(
        f"{sentences.title(followed, catalogue)}, fingerprint {approval.fingerprint}: approved by {catalogue.roles[by].name}"
    )
    click.echo(f"Commit it. {WORDS['no_signature']}")


@main.command(
    short_help="Record the answer to an open question.",
    epilog="""\b
Examples:
  sop answer no-otherwise --by increff-poc
  sop answer no-otherwise --by increff-poc --date 2026-12-01 --says "weekly call"
""",
)
@click.argument("gap")
@click.option("--by", required=True, metavar="ROLE", help="The role that answered, as in roles.yml.")
@click.option(
    "--date", "on", type=DAY, metavar="YYYY-MM-DD", help="The day of the answer; without it, today."
)
@click.option("--says", metavar="TEXT", help="How it was decided, or what the answer is.")
@data_option
def answer(gap: str, by: str, on: datetime | None, says: str | None, data: Path) -> None:
    """Record in gaps.yml that ROLE answered GAP, and list what the data still lacks.

    The gap stays as a record. It excuses nothing more, so that the data must carry the answer.
    To open it again, remove 'answered'.
    """
    catalogue = load(data, despite=ABOUT_GAPS)
    known(gap, catalogue.gaps, "gap")
    known(by, catalogue.roles, "role")
    record = catalogue.gaps[gap]
    if record.state != "open":
        what = "is a reading, not a question" if record.reading else "is already answered"
        raise click.UsageError(f"'{gap}' {what}")
    given = Answer(by=by, date=on.date() if on else date.today(), says=(says or "").strip() or None)
    text = with_value(text_of(data / "gaps.yml"), [gap, "answered"], fields(given))
    save(data, {Path("gaps.yml"): text}, despite=ABOUT_GAPS)
    catalogue = load(data, despite=ABOUT_GAPS)
    click.echo(f"{gap}: {questions.answer(catalogue.gaps[gap], catalogue)}")
    for finding in lacking(catalogue, gap):
        click.echo(f"still to do: {finding.message}\n    help: {finding.help}")


@main.command(
    short_help="Record a version, and what changed since the last one.",
    epilog="""\b
Examples:
  sop release 1.0                    the first version
  sop release 1.1                    compared with the last, as git has it
  sop release 1.1 --since ../old     compared with a copy of the last""",
)
@click.argument("version")
@click.option("--since", metavar="REVISION|FOLDER", help="Where the last version is, if git does not know.")
@data_option
def release(version: str, since: str | None, data: Path) -> None:
    """Write releases/VERSION.yml, with what changed since the last version, and VERSION into sop.yml."""
    catalogue = load(data)
    if not is_id("release", version):
        raise click.UsageError(f"'{version}' is not a version; write it like 1.2 or 2027-05")
    last = next(iter(releases(catalogue)), None)
    if last and version_order(version) <= version_order(last[0]):
        raise click.UsageError(f"version {version} does not come after {last[0]}; versions go up")
    changes = changes_since(*last, catalogue, since) if last else ()
    made = Release(
        released=date.today(),
        since=last[0] if last else None,
        fingerprints=catalogue.fingerprints,
        changes=changes,
    )
    path = Path("releases") / f"{version}.yml"
    texts = {path: release_file(made), **with_field(catalogue, "version", version)}
    save(data, texts)
    since_last = f", with {counted(len(changes), 'change')} since {last[0]}" if last else ""
    click.echo(f"This is version {version}{since_last}. Commit these files together")


def changes_since(
    name: str, last: Release, catalogue: Catalogue, since: str | None
) -> tuple[ChangeInWords, ...]:
    """The changes since a version; its data must match the fingerprints of its release."""
    data = catalogue.root
    try:
        revision = since or revision_that_added(data / "releases" / f"{name}.yml")
        with folder_of(revision, data) as before:
            old = to_compare(revision, before)
    except UnknownVersion as error:
        raise click.UsageError(f"{error}. Name a copy of version {name} with --since") from None
    if old.fingerprints != last.fingerprints:
        raise click.UsageError(
            f"{revision} is not what was released as {name}. Name a copy of it with --since"
        )
    return in_words(diff(old, catalogue))
