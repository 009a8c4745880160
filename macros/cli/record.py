"""`sop new` and `release`: commands that write to `sop_data/`."""

from datetime import date
from pathlib import Path

import click

from macros.catalogue.approvals import releases, version_order
from macros.catalogue.catalogue import Catalogue
from macros.catalogue.data_folder import is_id
from macros.changes.diff import diff
from macros.changes.reporters import as_records
from macros.changes.revisions import UnknownVersion, folder_of, revision_that_added
from macros.cli.common import data_option, load_or_exit, load_to_compare, write
from macros.cli.new_files import marketplace_file, release_file
from macros.cli.sop_edit import save, with_field
from macros.model.control import ChangeInWords, Release
from macros.model.validation import kebab
from macros.wording.sentences import pluralize


@click.group(short_help="Create a new file.")
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
    catalogue = load_or_exit(data)
    if id != kebab(id):
        raise click.UsageError(f"'{id}' is not kebab-case; write it as '{kebab(id)}'")
    path = data / "marketplaces" / f"{id}.yml"
    if path.exists():
        raise click.UsageError(f"{path.as_posix()} exists already")
    write(path, marketplace_file(id, catalogue).encode())
    click.echo(f"wrote {path.as_posix()}: fill it in, then run 'sop check'")


@click.command(
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
    catalogue = load_or_exit(data)
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
    since_last = f", with {pluralize(len(changes), 'change')} since {last[0]}" if last else ""
    click.echo(f"This is version {version}{since_last}. Commit these files together")


def changes_since(
    name: str, last: Release, catalogue: Catalogue, since: str | None
) -> tuple[ChangeInWords, ...]:
    """The changes since a version; its data must match the fingerprints of its release."""
    data = catalogue.root
    try:
        revision = since or revision_that_added(data / "releases" / f"{name}.yml")
        with folder_of(revision, data) as before:
            old = load_to_compare(revision, before)
    except UnknownVersion as error:
        raise click.UsageError(f"{error}. Name a copy of version {name} with --since") from None
    if old.fingerprints != last.fingerprints:
        raise click.UsageError(
            f"{revision} is not what was released as {name}. Name a copy of it with --since"
        )
    return as_records(diff(old, catalogue))
