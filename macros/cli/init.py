"""`sop init`: writes a new SOP to fill in."""

from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path, PurePosixPath

import click

from macros.cli.common import OUT, write


@click.command(
    short_help="Write a new SOP to fill in.",
    epilog="""\b
Examples:
  sop init sop_data          in place of an SOP that was removed
  sop init drafts/sop_data""",
)
@click.argument("folder", metavar="FOLDER", type=OUT)
def init(folder: Path) -> None:
    """Write a small, valid SOP into the new FOLDER: replace its names and steps by yours.

    It has two marketplaces, a playbook for each of two issue types, and one gap.
    """
    if folder.exists() and any(folder.iterdir()):
        raise click.UsageError(f"{folder.as_posix()} is not empty; nothing is overwritten")
    for path, text in template():
        write(folder / path, text.encode())
        click.echo(f"wrote {(folder / path).as_posix()}")
    click.echo(f"Edit these files, then run 'sop check {folder.as_posix()}'")


def template() -> list[tuple[PurePosixPath, str]]:
    """Path and text of each file of the new SOP."""
    return sorted(files_below(files("macros.cli").joinpath("template"), PurePosixPath()))


def files_below(folder: Traversable, path: PurePosixPath) -> Iterator[tuple[PurePosixPath, str]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from files_below(entry, path / entry.name)
        elif entry.name.endswith(".yml"):
            yield path / entry.name, entry.read_text(encoding="utf-8")
