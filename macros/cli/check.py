"""`sop check`: all problems of the SOP."""

import os
from pathlib import Path

import click

from macros.cli.common import FOLDER, load_or_exit
from macros.parsing.problems import FORMATS, as_json
from macros.wording.sentences import pluralize


@click.command(
    short_help="List all problems of the SOP, with positions and remedies.",
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
    """Check the SOP in PATH (default: sop_data) and list all problems, with positions and remedies."""
    catalogue = load_or_exit(path, form)
    if form == "json":
        click.echo(as_json([]))
        return
    count = sum(len(procedure.steps) for procedure in catalogue.all_procedures())
    click.echo(
        f"{path.as_posix()}: no problems in {pluralize(len(catalogue.marketplaces), 'marketplace')}, "
        f"{pluralize(len(list(catalogue.all_procedures())), 'procedure')}, {pluralize(count, 'step')}, "
        f"{pluralize(sum(gap.state == 'open' for gap in catalogue.gaps.values()), 'open question')}"
    )
