"""The models -> JSON Schemas, so that an editor completes and checks while you type."""

import json
from pathlib import Path
from typing import Any

from macros.catalogue.catalogue import Catalogue
from macros.model.kinds import KINDS
from macros.parsing.problems import Problem

ABOUT = "Written by 'sop schema' from the models in macros/model/ and the ids in sop_data/."


def schemas(catalogue: Catalogue) -> dict[str, str]:
    """File name -> JSON Schema, with the ids that exist today as the only ones allowed."""
    files = {}
    for kind in KINDS.values():
        schema = kind.model.model_json_schema()
        definitions = schema.pop("$defs", {})
        if not kind.in_folder and kind.id != "sop":
            schema = {"type": "object", "additionalProperties": schema}
        head = {"$schema": "http://json-schema.org/draft-07/schema#", "$comment": ABOUT}
        whole = with_ids({**head, **schema, "$defs": definitions}, catalogue)
        files[f"{Path(kind.path).stem}.json"] = json.dumps(whole, indent=2, ensure_ascii=False) + "\n"
    return files


def with_ids(part: Any, catalogue: Catalogue) -> Any:
    """A part of a schema, each mark `x-names` replaced by the ids of those kinds."""
    if isinstance(part, list):
        return [with_ids(inner, catalogue) for inner in part]
    if not isinstance(part, dict):
        return part
    result = {key: with_ids(inner, catalogue) for key, inner in part.items() if key != "x-names"}
    if kinds := part.get("x-names"):
        result["enum"] = sorted(id for kind in kinds for id in catalogue.records[kind])
    return result


def freshness(catalogue: Catalogue) -> list[Problem]:
    """A problem if the schemas beside an SOP are not those of today; an SOP need not have any."""
    place = catalogue.root.parent / "schema"
    old = stale(schemas(catalogue), place) if place.is_dir() else []
    what = f"not fresh: {', '.join(path.name for path in old)}"
    return [Problem(path.as_posix(), 1, 1, "SOP308", what, "run 'sop schema'") for path in old[:1]]


def stale(files: dict[str, str], place: Path) -> list[Path]:
    """The files of a folder that are not what they should be."""
    paths = {place / name: text for name, text in files.items()}
    return [
        path for path, text in paths.items() if not path.is_file() or path.read_text(encoding="utf-8") != text
    ]
