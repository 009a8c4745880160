"""`sop new`, `approve`, `release`: they write into `sop_data/`."""

from datetime import date
from pathlib import Path

import click

from macros.catalogue.approvals import releases, version_order
from macros.catalogue.catalogue import Catalogue
from macros.catalogue.data_folder import is_id
from macros.catalogue.fingerprint import fingerprint
from macros.changes.diff import diff
from macros.changes.reporters import in_words
from macros.changes.revisions import UnknownVersion, added, folder_of
from macros.cli.common import data_option, known, load, main, to_compare, write
from macros.cli.new_files import APPROVALS, fields, release_file, starting_file
from macros.cli.sop_edit import save, text_of, with_field
from macros.cli.yaml_edit import with_value
from macros.model.control import Approval, ChangeInWords, Release
from macros.model.validation import kebab
from macros.wording import sentences
from macros.wording.phrases import WORDS
from macros.wording.sentences import counted


@main.group(short_help="Begin a new file.")
def new() -> None:
    """Begin a new file of the SOP."""


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
    short_help="Record that a procedure is approved as it is.",
    epilog="""\b
Examples:
  sop approve flipkart/order-related --by client-poc""",
)
@click.argument("procedure", metavar="MARKETPLACE/ISSUE-TYPE")
@click.option("--by", required=True, metavar="ROLE", help="The role that approves, as in roles.yml.")
@data_option
def approve(procedure: str, by: str, data: Path) -> None:
    """Record in approvals.yml that ROLE approves a procedure as it is now.

    The record holds the procedure's fingerprint: when its owner or steps change, the site says so.
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
    short_help="Keep for good what a version is, and what changed since the last.",
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
        raise click.UsageError(f"'{version}' is no version; write it like 1.2 or 2027-05")
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
    """What changed since a version, which must be what was released under its name."""
    data = catalogue.root
    try:
        revision = since or added(data / "releases" / f"{name}.yml")
        with folder_of(revision, data) as before:
            old = to_compare(revision, before)
    except UnknownVersion as error:
        raise click.UsageError(f"{error}. Name a copy of version {name} with --since") from None
    if old.fingerprints != last.fingerprints:
        raise click.UsageError(
            f"{revision} is not what was released as {name}. Name a copy of it with --since"
        )
    return in_words(diff(old, catalogue))
