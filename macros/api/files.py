"""Catalogue -> the files of the static API, by path below the site."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from macros.api import questions
from macros.api.documents import Documents
from macros.api.records import step_address
from macros.api.schema import API, ApiDocument
from macros.catalogue.catalogue import Catalogue
from macros.model.urls import base_path
from macros.wording import sentences
from macros.wording.contacts import reach_of, reach_text

ROOT = "api/v1/"
Make = Callable[[], Iterable[bytes]]  # returns the content of a file, in pieces
COLUMNS = (
    "marketplace",
    "issue type",
    "owner",
    "started by",
    "systems",
    "fingerprint",
    "address",
    "contacts",
)


def files(catalogue: Catalogue, site_url: str | None = None) -> dict[str, Make]:
    """Path -> function that returns the content; `index.json` lists the other files.

    ``site_url`` is where the site is published, if known: addresses begin with its path.
    """
    base = base_path(site_url)
    documents = Documents(catalogue, base)
    found: dict[str, Make] = {f"{ROOT}sop.json": lambda: map(str.encode, documents.sop_json())}
    for kind in ("marketplaces", "roles", "playbooks"):
        for id in getattr(catalogue, kind):
            make = partial(document_file, documents, kind, id)
            names = (id, *getattr(getattr(catalogue, kind)[id], "formerly", ()))
            found |= {f"{ROOT}{kind}/{name}.json": make for name in names}
    found[f"{ROOT}matrix.csv"] = lambda: [matrix(catalogue, base).encode()]
    found[f"{ROOT}gaps.csv"] = lambda: [questions.table(catalogue).encode()]
    found[f"{ROOT}schema.json"] = lambda: json_file(ApiDocument.model_json_schema(mode="serialization"))
    listed = {"api": API, "files": sorted(f"{base}/{path}" for path in found)}
    return found | {f"{ROOT}index.json": lambda: json_file(listed)}


def contents(catalogue: Catalogue, site_url: str | None = None) -> Iterator[tuple[str, bytes]]:
    """The path and content of each file."""
    for path, make in files(catalogue, site_url).items():
        yield path, b"".join(make())


def document_file(documents: Documents, kind: str, id: str) -> list[bytes]:
    """The document of one marketplace, role or playbook."""
    return [documents.json(documents.document(**{kind: [id]})).encode(), b"\n"]


def json_file(data: object) -> list[bytes]:
    return [json.dumps(data, ensure_ascii=False, indent=1).encode(), b"\n"]


def matrix(catalogue: Catalogue, base: str) -> str:
    """Marketplaces x issue types as CSV. Names cannot begin a formula (SOP419), and contacts follow a name."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow(COLUMNS)
    for marketplace, record in catalogue.marketplaces.items():
        for of, issue_type in catalogue.issue_types.items():
            procedure = catalogue.procedure(marketplace, of)
            systems = ", ".join(catalogue.systems[id].name for id in sentences.systems(procedure))
            owner = catalogue.roles[procedure.owner].name
            start = sentences.actor_names(procedure.steps[0], catalogue)
            where = base + step_address(procedure, of)
            contacts = reach_text(reach_of(procedure, catalogue), catalogue)
            names = (record.name, issue_type.name, owner, start, systems)
            table.writerow([*names, catalogue.fingerprints[procedure.key], where, contacts])
    return text.getvalue()
