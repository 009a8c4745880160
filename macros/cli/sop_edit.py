"""Edits of `sop_data/` by commands; an edit that would cause problems is not written."""

import os
import shutil
import tempfile
from collections.abc import Container
from pathlib import Path

import click

from macros.catalogue.catalogue import Catalogue
from macros.catalogue.ignored_files import without_ignored
from macros.cli.common import load_or_exit, write
from macros.cli.yaml_edit import with_value, without_entry


def with_field(catalogue: Catalogue, field: str, value: str) -> dict[Path, str]:
    """The texts of sop.yml with a new value of a field, and of gaps.yml without gaps about that field."""
    texts = {Path("sop.yml"): with_value(text_of(catalogue.root / "sop.yml"), [field], value)}
    for id in catalogue.gaps_at("field", field):
        gaps = Path("gaps.yml")
        text = texts.get(gaps) or text_of(catalogue.root / gaps)
        left = [name for name in catalogue.gaps[id].field if name != field]
        texts[gaps] = with_value(text, [id, "field"], left) if left else without_entry(text, [id])
    return texts


def text_of(path: Path) -> str:
    """The text of a file, with its line endings."""
    return path.read_bytes().decode("utf-8")


def save(data: Path, texts: dict[Path, str], despite: Container[str] = ()) -> None:
    """Write files of the SOP; exit with 1 and write nothing if the SOP would have problems."""
    with tempfile.TemporaryDirectory() as folder:
        copy = writable_copy(data, Path(folder) / data.resolve().name)
        for path, text in texts.items():
            write(copy / path, text.encode())
        load_or_exit(copy, despite=despite)
    for path, text in texts.items():
        write(data / path, text.encode())
        click.echo(f"wrote {(data / path).as_posix()}")


def writable_copy(data: Path, copy: Path) -> Path:
    """A copy of the files that are read, which can be written even if the SOP cannot."""
    for parent, folders, names in os.walk(data, followlinks=True):
        folders[:] = without_ignored(folders)
        place = copy / Path(parent).relative_to(data)
        place.mkdir()
        for name in without_ignored(names):
            shutil.copyfile(Path(parent, name), place / name)
    return copy
