"""`sop answer`: records the answer to an open question."""

from datetime import date, datetime
from pathlib import Path

import click

from macros.checks.gaps import ABOUT_GAPS, remaining_findings
from macros.cli.common import data_option, load_or_exit, require_known
from macros.cli.new_files import fields
from macros.cli.sop_edit import save, text_of
from macros.cli.yaml_edit import with_value
from macros.model.gaps import Answer
from macros.wording import questions

DAY = click.DateTime(["%Y-%m-%d"])


@click.command(
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
    catalogue = load_or_exit(data, despite=ABOUT_GAPS)
    require_known(gap, catalogue.gaps, "gap")
    require_known(by, catalogue.roles, "role")
    record = catalogue.gaps[gap]
    if record.state != "open":
        what = "is a reading, not a question" if record.reading else "is already answered"
        raise click.UsageError(f"'{gap}' {what}")
    given = Answer(by=by, date=on.date() if on else date.today(), says=(says or "").strip() or None)
    text = with_value(text_of(data / "gaps.yml"), [gap, "answered"], fields(given))
    save(data, {Path("gaps.yml"): text}, despite=ABOUT_GAPS)
    catalogue = load_or_exit(data, despite=ABOUT_GAPS)
    click.echo(f"{gap}: {questions.answer(catalogue.gaps[gap], catalogue)}")
    for finding in remaining_findings(catalogue, gap):
        click.echo(f"still to do: {finding.message}\n    help: {finding.help}")
