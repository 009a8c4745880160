"""Catalogue -> the files of the static API, by their path below the site."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from macros.api.documents import document, everything, step_address
from macros.api.schema import Document
from macros.catalogue.catalogue import Catalogue
from macros.catalogue.fingerprint import fingerprint
from macros.wording import sentences as prose

ROOT = "api/v1/"
Make = Callable[[], Iterable[bytes]]  # makes a file, in pieces
COLUMNS = ("marketplace", "issue type", "owner", "started by", "systems", "fingerprint", "address")


def published(catalogue: Catalogue) -> Iterator[tuple[str, bytes]]:
    """Every file of version 1, one after the other."""
    for path, make in files(catalogue).items():
        yield path, b"".join(make())


def files(catalogue: Catalogue) -> dict[str, Make]:
    """How each file is made; `index.json` lists the others."""
    found: dict[str, Make] = {f"{ROOT}sop.json": lambda: in_bytes(everything(catalogue))}
    for kind in ("marketplaces", "roles", "playbooks"):
        for id in getattr(catalogue, kind):
            found[f"{ROOT}{kind}/{id}.json"] = partial(alone, catalogue, kind, id)
    found[f"{ROOT}matrix.csv"] = lambda: [matrix(catalogue).encode()]
    found[f"{ROOT}schema.json"] = lambda: in_json(Document.model_json_schema(mode="serialization"))
    listed = {"api": 1, "files": sorted(f"/{path}" for path in found)}
    return found | {f"{ROOT}index.json": lambda: in_json(listed)}


def alone(catalogue: Catalogue, kind: str, id: str) -> Iterator[bytes]:
    """The document of one marketplace, role or playbook."""
    return in_bytes(document(catalogue, **{kind: [id]}))


def in_bytes(pieces: Iterator[str]) -> Iterator[bytes]:
    return (piece.encode() for piece in pieces)


def in_json(data: object) -> list[bytes]:
    return [json.dumps(data, ensure_ascii=False, indent=1, default=without_marks).encode() + b"\n"]


def without_marks(mark: object) -> object:
    """The kinds that a schema's `x-names` lists."""
    return list(mark) if isinstance(mark, tuple) else str(mark)


def matrix(catalogue: Catalogue) -> str:
    """Marketplaces x issue types as a table for a spreadsheet; no name can begin a formula (SOP419)."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow(COLUMNS)
    for marketplace, record in catalogue.marketplaces.items():
        for of, issue_type in catalogue.issue_types.items():
            procedure = catalogue.procedure(marketplace, of)
            systems = ", ".join(catalogue.systems[id].name for id in prose.systems(procedure))
            owner = catalogue.roles[procedure.owner].name
            start = prose.actor(procedure.steps[0], catalogue)
            where = step_address(procedure, of)
            table.writerow(
                [record.name, issue_type.name, owner, start, systems, fingerprint(procedure), where]
            )
    return text.getvalue()
