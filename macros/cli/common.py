"""Functions that the subcommands of `sop` share.

Exit code 0: fine; 1: the SOP has problems; 2: the command could not run.
"""

from collections.abc import Container
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from macros.catalogue.catalogue import Catalogue
from macros.checks.runner import load_catalogue
from macros.parsing import files
from macros.parsing.problems import FORMATS, InvalidSop, suggestion

OUT = click.Path(file_okay=False, path_type=Path)
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
data_option = click.option(
    "--data", default="sop_data", show_default=True, type=FOLDER, help="The folder that holds the SOP."
)


def load_or_exit(path: Path, form: str = "text", *, despite: Container[str] = ()) -> Catalogue:
    """The catalogue of a folder; print problems and exit with 1, ignoring those with a code in ``despite``."""
    try:
        return load_or_raise(path, despite)
    except InvalidSop as error:
        click.echo(FORMATS[form](error.problems), err=form == "text")
        raise SystemExit(1) from None


def load_or_raise(path: Path, despite: Container[str] = ()) -> Catalogue:
    """The catalogue of a folder; InvalidSop if it has problems. Any other error is a bug: exit with 2."""
    try:
        return load_catalogue(path, despite=despite)
    except InvalidSop:
        raise
    except Exception as error:  # users must never see a traceback
        where = getattr(error, "__notes__", [str(path)])[0]
        click.echo(f"internal error while reading {where}, please report: {error!r}", err=True)
        raise SystemExit(2) from None


def require_known(id: str, ids: dict[str, Any], kind: str) -> None:
    """Reject an unknown id, and suggest the most similar one."""
    if id not in ids:
        raise click.UsageError(f"there is no {kind} '{id}'; {suggestion(id, ids)}")


def load_to_compare(name: str, path: Path) -> Catalogue:
    """The catalogue of a version; if it has problems, print them and exit with 2."""
    try:
        return load_or_raise(path)
    except InvalidSop as error:
        if not Path(name).is_dir():  # replace the path of the temporary folder by the revision
            shown = f"{name}:{path.name}"
            problems = [
                replace(one, path=one.path.replace(path.as_posix(), shown, 1)) for one in error.problems
            ]
            error = InvalidSop(problems)
        click.echo(f"{name} cannot be compared, because it has problems:\n\n{error}", err=True)
        raise SystemExit(2) from None


def write(path: Path, content: bytes) -> None:
    """Write a file; on failure, print the reason and exit with 1."""
    try:
        files.write(path, [content])
    except OSError as error:
        raise click.ClickException(f"{path} cannot be written: {error.strerror}") from None
