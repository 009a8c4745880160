"""Catalogue -> the index of the search box, as a script."""

import json
from pathlib import Path
from typing import Any

import yaml

from macros.catalogue.catalogue import Catalogue
from macros.model import urls
from macros.parsing.repair import LOADER
from macros.search.entries import entries

LANGUAGE = Path(__file__).with_name("search.yml")  # words of questions


def search_index(catalogue: Catalogue, *, directory_urls: bool = True) -> dict[str, Any]:
    """The entries, the owners to ask if nothing is found, and the words of questions."""
    owners = {procedure.owner for procedure in catalogue.all_procedures()}

    def at(address: str) -> str:
        return address if directory_urls or address.endswith(".pdf") else urls.file_of(address)

    return {
        "home": at(""),
        "entries": [one._replace(where=at(one.where)) for one in entries(catalogue)],
        "owners": [
            (record.name, at(urls.page("role", id))) for id, record in catalogue.roles.items() if id in owners
        ],
        **yaml.load(LANGUAGE.read_text(encoding="utf-8"), Loader=LOADER),  # noqa: S506 - a safe loader, and a file of this package
    }


def script(found: dict[str, Any]) -> bytes:
    """The index as a script, because browsers load scripts from files too."""
    return f"SOP_INDEX={json.dumps(found, ensure_ascii=False, separators=(',', ':'))};\n".encode()
