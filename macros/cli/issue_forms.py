"""`sop issue-forms`: writes the names of the SOP into the issue forms of GitHub."""

import os
from pathlib import Path

import click
import yaml

from macros.catalogue.catalogue import Catalogue
from macros.cli.common import FOLDER, data_option, load_or_exit, write
from macros.cli.sop_edit import text_of
from macros.cli.yaml_edit import replace_value

FORMS = Path(".github", "ISSUE_TEMPLATE")


@click.command(
    "issue-forms",
    short_help="Update the lists in the issue forms of GitHub.",
    epilog="""\b
Examples:
  sop issue-forms            after a marketplace, issue type or role changed
  sop issue-forms --check    only report forms that are out of date""",
)
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 if a form is out of date.")
@click.option("--forms", default=FORMS, show_default=True, type=FOLDER, help="The folder of the forms.")
@data_option
def issue_forms(check: bool, forms: Path, data: Path) -> None:
    """Write the names of marketplaces, issue types and roles into the issue forms.

    The options of a dropdown with the id marketplace, issue-type or role are replaced; the rest of a form stays.
    """
    catalogue = load_or_exit(data)
    stale = []
    for path in sorted(forms.glob("*.yml")):
        before = text_of(path)
        if (after := with_names(before, catalogue, path)) != before:
            stale.append(path.as_posix())
            if not check:
                write(path, after.encode())
    for name in stale:
        click.echo(notice(name) if check else f"wrote {name}")
    if not stale:
        click.echo("the issue forms are up to date")
    raise SystemExit(int(check and bool(stale)))


def notice(name: str) -> str:
    """What to do about a form that is out of date; an annotation under GitHub Actions."""
    text = "The lists in this form are out of date: run 'sop issue-forms' and commit the result"
    on_github = os.environ.get("GITHUB_ACTIONS") == "true"
    return f"::notice file={name}::{text}" if on_github else f"{name}: {text}"


def with_names(text: str, catalogue: Catalogue, path: Path) -> str:
    """The text of a form with the names of the catalogue as options."""
    names = {
        "marketplace": [one.name for one in catalogue.marketplaces.values()],
        "issue-type": [one.name for one in catalogue.issue_types.values()],
        "role": [one.name for one in catalogue.roles.values()],
    }
    try:
        form = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        raise click.ClickException(f"{path.as_posix()} is not valid YAML: {error}") from None
    for field in reversed(items(entry(form, "body"))):  # from the end, so that positions stay valid
        id = str(getattr(entry(field, "id"), "value", ""))
        pair = pair_of(entry(field, "attributes"), "options")
        if id in names and pair:
            text = replace_value(text, *pair, names[id], flow=False)
    return text


def items(node: yaml.Node | None) -> list[yaml.Node]:
    return node.value if isinstance(node, yaml.SequenceNode) else []


def pair_of(node: yaml.Node | None, key: str) -> tuple[yaml.Node, yaml.Node] | None:
    """Key and value of an entry of a mapping; None if there is no such entry."""
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    return next((pair for pair in pairs if pair[0].value == key), None)


def entry(node: yaml.Node | None, key: str) -> yaml.Node | None:
    """The value of an entry of a mapping; None if there is no such entry."""
    pair = pair_of(node, key)
    return pair[1] if pair else None
