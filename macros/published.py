"""Catalogue -> the files of the static API, by their path below the site."""

import csv
import io
import json
from collections.abc import Iterator

from macros import prose
from macros.api import document, everything, step_address
from macros.catalogue import Catalogue
from macros.contract import Document
from macros.fingerprint import fingerprint

ROOT = "api/v1/"
COLUMNS = ("marketplace", "issue type", "owner", "started by", "systems", "fingerprint", "address")


def published(catalogue: Catalogue) -> dict[str, bytes]:
    """Every file of version 1; `index.json` lists them."""
    files = {f"{ROOT}{name}": content for name, content in documents(catalogue)}
    files[f"{ROOT}matrix.csv"] = matrix(catalogue).encode()
    files[f"{ROOT}schema.json"] = in_json(Document.model_json_schema(mode="serialization"))
    listed = {"api": 1, "files": sorted(f"/{path}" for path in files)}
    return files | {f"{ROOT}index.json": in_json(listed)}


def documents(catalogue: Catalogue) -> Iterator[tuple[str, bytes]]:
    """The whole SOP, and a document for each marketplace, role and playbook."""
    yield "sop.json", written(everything(catalogue))
    for id in catalogue.marketplaces:
        yield f"marketplaces/{id}.json", written(document(catalogue, marketplaces=[id]))
    for id in catalogue.roles:
        yield f"roles/{id}.json", written(document(catalogue, roles=[id]))
    for id in catalogue.playbooks:
        yield f"playbooks/{id}.json", written(document(catalogue, playbooks=[id]))


def written(one: Document) -> bytes:
    return one.model_dump_json(by_alias=True, indent=1).encode() + b"\n"


def in_json(data: object) -> bytes:
    return json.dumps(data, ensure_ascii=False, indent=1, default=without_marks).encode() + b"\n"


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
