"""The command `sop`. Exit code 0: fine; 1: the SOP has problems; 2: the command could not run."""

import os
from pathlib import Path
from typing import Any, NoReturn

import click

from macros import compared
from macros.beginning import starting_file
from macros.catalogue import Catalogue
from macros.checks import checked
from macros.diff import diff
from macros.pages import html_files
from macros.pdf import papers, pdfs
from macros.problems import FORMATS, InvalidSop, Problem, as_json, nearest
from macros.publish import NotPublished, publish
from macros.published import published
from macros.schema import freshness, schemas, stale
from macros.shape import kebab
from macros.terminal import matrix, procedure_text
from macros.version import UnknownVersion, folder_of

MANY = 50  # PDFs: from here on a progress bar, where there is a terminal
OUT = click.Path(file_okay=False, path_type=Path)
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
folder = click.option(
    "--data", default="sop_data", show_default=True, type=FOLDER, help="The folder that holds the SOP."
)


@click.group(
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="""\b
Examples:
  sop check                          every mistake in sop_data/, with its remedy
  sop show                           who owns what
  sop show flipkart order-related    what to do, step by step
  sop diff main                      what your change means, and for whom
  sop pdf --only flipkart            a sheet of paper
  sop new marketplace meesho         a file to start from""",
)
@click.version_option(package_name="sops-as-code")
def main() -> None:
    """Read, check and show the SOP in sop_data/."""


@main.command(
    short_help="Say what is wrong in the SOP, where, and how to mend it.",
    epilog="""\b
Examples:
  sop check
  sop check drafts/sop_data
  sop check --format json""",
)
@click.argument("path", default="sop_data", type=FOLDER)
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMATS)),
    default=lambda: "github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text",
    show_default="text; github under GitHub Actions",
    help="How to print the problems.",
)
def check(path: Path, form: str) -> None:
    """Check the SOP in PATH (default: sop_data) and say what is wrong, where, and how to mend it."""
    catalogue = load(path, form)
    if problems := freshness(catalogue.folder):
        leave_with(problems, form)
    if form == "json":
        click.echo(as_json([]))
        return
    count = sum(len(procedure.steps) for procedure in catalogue.all_procedures())
    click.echo(
        f"{path}: no problems in {len(catalogue.marketplaces)} marketplaces, "
        f"{len(list(catalogue.all_procedures()))} procedures, {count} steps, {len(catalogue.gaps)} gaps"
    )


@main.command(
    short_help="Show who owns what, or a procedure.",
    epilog="""\b
Examples:
  sop show                           the matrix of marketplaces, issue types and owners
  sop show flipkart                  both procedures of Flipkart
  sop show flipkart order-related    one of them""",
)
@click.argument("marketplace", required=False)
@click.argument("issue_type", required=False)
@folder
def show(marketplace: str | None, issue_type: str | None, data: Path) -> None:
    """Show the matrix of owners, or the procedures of MARKETPLACE, for ISSUE_TYPE if given."""
    catalogue = load(data)
    if marketplace is None:
        click.echo(matrix(catalogue))
        return
    known(marketplace, catalogue.marketplaces, "marketplace")
    if issue_type is not None:
        known(issue_type, catalogue.issue_types, "issue type")
    procedures = catalogue.procedures[marketplace]
    wanted = [one for one in procedures if issue_type is None or issue_type in one.issue_types]
    click.echo("\n\n".join(procedure_text(procedure, catalogue) for procedure in wanted))


@main.command(
    "diff",
    short_help="Say what changes between two versions, and for whom.",
    epilog="""\b
Examples:
  sop diff main                      the working tree against the branch main
  sop diff v1.0 v1.1 --format json
  sop diff old/sop_data sop_data     two folders""",
)
@click.argument("old")
@click.argument("new", default="sop_data")
@click.option(
    "--format", "form", type=click.Choice(list(compared.FORMATS)), default="text", show_default=True
)
def diff_command(old: str, new: str, form: str) -> None:
    """Say what changes from OLD to NEW (default: the working tree), and for whom.

    OLD and NEW are git revisions or folders.
    """
    try:
        with folder_of(old) as before, folder_of(new) as after:
            difference = diff(version(old, before), version(new, after))
    except UnknownVersion as error:
        raise click.UsageError(str(error)) from None
    click.echo(compared.FORMATS[form](difference))


def version(name: str, path: Path) -> Catalogue:
    """The catalogue of a version; if it has problems, name it and them, and exit with 2."""
    try:
        return guarded(path)
    except InvalidSop as error:
        click.echo(f"{name} cannot be compared, because it has problems:\n\n{error}", err=True)
        raise SystemExit(2) from None


@main.command(
    short_help="Build the site, verify it, and publish it in one step.",
    epilog="""\b
Examples:
  sop build                          published/ leads to the new site
  sop build --out /srv/sop/site""",
)
@click.option(
    "--out", default="published", show_default=True, type=OUT, help="The link to turn to the new site."
)
@folder
def build(out: Path, data: Path) -> None:
    """Check the SOP, build its site beside the old one, verify it, and only then turn the link to it.

    A build that fails or is killed leaves the old site as it was.
    """
    catalogue = load(data)
    expected = [*(paper.path for paper in papers(catalogue)), *published(catalogue), *html_files(catalogue)]
    try:
        new = publish(data.parent, out, expected)
    except NotPublished as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"{out} leads to {new}")


@main.command(
    "pdf",
    short_help="Make the PDFs.",
    epilog="""\b
Examples:
  sop pdf                            all of them, into pdf/
  sop pdf --only flipkart            one sheet; also a role, system, issue type,
                                     or one of handbook, matrix, gaps
  sop pdf --only handbook --out ~/Desktop""",
)
@click.option("--only", metavar="ID", help="Make one PDF: handbook, matrix, gaps, or the id of a record.")
@click.option("--out", default="pdf", show_default=True, type=OUT, help="The folder to write into.")
@click.option("--site-url", metavar="URL", help="Where the site is published: adds addresses and QR codes.")
@folder
def pdf_command(only: str | None, out: Path, site_url: str | None, data: Path) -> None:
    """Make the PDFs: handbook, wall matrix, gaps, and a sheet for each record."""
    catalogue = load(data)
    wanted = {paper.id: paper for paper in papers(catalogue)}
    if only is not None:
        known(only, wanted, "PDF")
        wanted = {only: wanted[only]}
    made = pdfs(catalogue, wanted.values(), site_url)
    with click.progressbar(made, length=len(wanted), label="PDFs", hidden=len(wanted) < MANY) as bar:
        for paper, content in bar:
            write(out / paper.path.removeprefix("pdf/"), content)
    click.echo(f"wrote {len(wanted)} PDFs into {out}/")


def write(path: Path, content: bytes) -> None:
    """Write a file and the folders above it; if that cannot be done, say why."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        raise click.ClickException(f"{path} cannot be written: {error.strerror}") from None


@main.command(
    short_help="Write the JSON Schemas that editors check with.",
    epilog="""\b
Examples:
  sop schema             write schema/, which .vscode/settings.json points to
  sop schema --check     only say whether it is fresh""",
)
@click.option(
    "--check", "only_check", is_flag=True, help="Write nothing; exit with 1 if a file is not fresh."
)
@folder
def schema(only_check: bool, data: Path) -> None:
    """Write a JSON Schema for each kind of file, with the ids that exist today."""
    files, place = schemas(load(data).folder), data.parent / "schema"
    old = stale(files, place)
    if only_check and old:
        names = ", ".join(path.as_posix() for path in old)
        raise click.ClickException(f"not fresh: {names}; run 'sop schema'")
    place.mkdir(exist_ok=True)
    for path in old:
        path.write_text(files[path.name], encoding="utf-8")
        click.echo(f"wrote {path.as_posix()}")


@main.group(short_help="Begin a new file.")
def new() -> None:
    """Begin a new file of the SOP."""


@new.command(
    epilog="""\b
Examples:
  sop new marketplace meesho"""
)
@click.argument("id")
@folder
def marketplace(id: str, data: Path) -> None:
    """Write a commented starting file for the marketplace ID."""
    catalogue = load(data)
    if id != kebab(id):
        raise click.UsageError(f"'{id}' is not kebab-case; write it as '{kebab(id)}'")
    path = data / "marketplaces" / f"{id}.yml"
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(starting_file(id, catalogue))
    except FileExistsError:
        raise click.UsageError(f"{path.as_posix()} is there already") from None
    click.echo(f"wrote {path.as_posix()}: fill it in, then run 'sop check'")


def load(path: Path, form: str = "text") -> Catalogue:
    """The catalogue of a folder; if it has problems, print them and exit with 1."""
    try:
        return guarded(path)
    except InvalidSop as error:
        leave_with(error.problems, form)


def leave_with(problems: list[Problem], form: str) -> NoReturn:
    """Print problems, and exit with 1."""
    click.echo(FORMATS[form](problems), err=form == "text")
    raise SystemExit(1)


def guarded(path: Path) -> Catalogue:
    """The catalogue of a folder; InvalidSop if it has problems; any other error is ours: exit with 2."""
    try:
        return checked(path)
    except InvalidSop:
        raise
    except Exception as error:  # whatever it is, an editor must not meet a traceback
        where = getattr(error, "__notes__", [str(path)])[0]
        click.echo(f"internal error while reading {where}, please report: {error!r}", err=True)
        raise SystemExit(2) from None


def known(id: str, ids: dict[str, Any], kind: str) -> None:
    """Refuse an id that nothing has, with the nearest that something has."""
    if id not in ids:
        raise click.UsageError(f"there is no {kind} '{id}'; {nearest(id, ids)}")
