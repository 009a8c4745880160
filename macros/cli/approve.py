"""`sop approve`: records approvals in `approvals.yml`."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import click

from macros.catalogue.catalogue import Catalogue
from macros.catalogue.fingerprint import fingerprint
from macros.catalogue.procedure import Procedure
from macros.cli.common import data_option, load_or_exit, require_known
from macros.cli.new_files import APPROVALS, fields
from macros.cli.sop_edit import save, text_of
from macros.cli.yaml_edit import with_values
from macros.model.control import Approval
from macros.wording import sentences
from macros.wording.phrases import WORDS


@click.command(
    short_help="Record the approval of procedures.",
    epilog="""\b
Examples:
  sop approve flipkart/order-related --by client-poc    one procedure
  sop approve flipkart ajio-vms --by client-poc         all procedures of two marketplaces
  sop approve --all --by client-poc""",
)
@click.argument("procedures", metavar="[MARKETPLACE[/ISSUE-TYPE]]...", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Approve every procedure.")
@click.option("--by", required=True, metavar="ROLE", help="The role that approves, as in roles.yml.")
@data_option
def approve(procedures: Sequence[str], everything: bool, by: str, data: Path) -> None:
    """Record in approvals.yml that ROLE approves procedures as they are now.

    A record holds the procedure's fingerprint: when its owner or steps change, the site shows that.
    It is a record in git, not an electronic signature.
    """
    if everything == bool(procedures):
        raise click.UsageError(
            "name procedures or marketplaces, such as flipkart/order-related, or use --all"
        )
    catalogue = load_or_exit(data, despite={"SOP421"})
    require_known(by, catalogue.roles, "role")
    approved = {
        one.key: one
        for name in procedures or catalogue.marketplaces
        for one in find_procedures(name, catalogue)
    }
    made = {
        key: Approval(by=by, date=date.today(), fingerprint=fingerprint(one)) for key, one in approved.items()
    }
    path = data / "approvals.yml"
    text = with_values(
        text_of(path) if path.exists() else APPROVALS, {key: fields(one) for key, one in made.items()}
    )
    save(data, {Path(path.name): text}, despite={"SOP421"})
    for key, approval in made.items():
        title = sentences.title(approved[key], catalogue)
        click.echo(f"{title}, fingerprint {approval.fingerprint}: approved by {catalogue.roles[by].name}")
    click.echo(f"Commit it. {WORDS['no_signature']}")


def find_procedures(name: str, catalogue: Catalogue) -> Iterator[Procedure]:
    """The procedure of a marketplace and an issue type, or all procedures of a marketplace."""
    marketplace, slash, issue_type = name.partition("/")
    require_known(marketplace, catalogue.marketplaces, "marketplace")
    if slash:
        require_known(issue_type, catalogue.issue_types, "issue type")
        yield catalogue.procedure(marketplace, issue_type)
    else:
        yield from catalogue.procedures[marketplace]
