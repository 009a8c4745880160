"""`sop show` and `diff`: commands that read the SOP."""

from pathlib import Path

import click

from macros.changes import reporters
from macros.changes.diff import diff
from macros.changes.revisions import UnknownVersion, folder_of
from macros.cli.common import data_option, load_or_exit, load_to_compare, require_known
from macros.cli.terminal import marketplace_text, matrix, procedure_text


@click.command(
    short_help="Show who owns what, or a procedure.",
    epilog="""\b
Examples:
  sop show                           the matrix of marketplaces, issue types and owners
  sop show flipkart                  both procedures of Flipkart
  sop show flipkart order-related    one of them""",
)
@click.argument("marketplace", required=False)
@click.argument("issue_type", required=False)
@data_option
def show(marketplace: str | None, issue_type: str | None, data: Path) -> None:
    """Show the matrix of owners, or the procedures of MARKETPLACE, for ISSUE_TYPE if given."""
    catalogue = load_or_exit(data)
    if marketplace is None:
        click.echo(matrix(catalogue))
        return
    require_known(marketplace, catalogue.marketplaces, "marketplace")
    if issue_type is not None:
        require_known(issue_type, catalogue.issue_types, "issue type")
    procedures = catalogue.procedures[marketplace]
    wanted = [one for one in procedures if issue_type is None or issue_type in one.issue_types]
    texts = [marketplace_text(marketplace, catalogue), *(procedure_text(one, catalogue) for one in wanted)]
    click.echo("\n\n".join(filter(None, texts)))


@click.command(
    "diff",
    short_help="Show what changes between two versions, and for whom.",
    epilog="""\b
Examples:
  sop diff main                      the working tree against the branch main
  sop diff v1.0 v1.1 --format json
  sop diff old/sop_data sop_data     two folders""",
)
@click.argument("old")
@click.argument("new", default="sop_data")
@click.option(
    "--format", "form", type=click.Choice(list(reporters.FORMATS)), default="text", show_default=True
)
def diff_command(old: str, new: str, form: str) -> None:
    """Show what changes from OLD to NEW (default: the working tree), and for whom.

    OLD and NEW are git revisions or folders.
    """
    try:
        with folder_of(old) as before, folder_of(new) as after:
            difference = diff(load_to_compare(old, before), load_to_compare(new, after))
    except UnknownVersion as error:
        raise click.UsageError(str(error)) from None
    click.echo(reporters.FORMATS[form](difference))
