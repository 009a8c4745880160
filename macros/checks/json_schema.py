"""The models -> JSON Schemas for completion and validation in editors."""

import json
from pathlib import Path
from typing import Any

from macros.catalogue.catalogue import Catalogue
from macros.model.kinds import KINDS

ABOUT = "Generated from the models in macros/model/"


def schemas(catalogue: Catalogue | None = None) -> dict[str, str]:
    """File name -> JSON Schema. With a catalogue, references are limited to its ids; without one, any text is allowed."""
    about = (
        f"{ABOUT} and the ids in the SOP by 'sop schema'."
        if catalogue
        else f"{ABOUT} by 'sop schema --no-ids'."
    )
    files = {}
    for kind in KINDS.values():
        schema = kind.model.model_json_schema()
        definitions = schema.pop("$defs", {})
        if not kind.in_folder and kind.id != "sop":
            schema = {"type": "object", "additionalProperties": schema}
        head = {"$schema": "http://json-schema.org/draft-07/schema#", "$comment": about}
        whole = with_ids({**head, **schema, "$defs": definitions}, catalogue)
        files[f"{Path(kind.path).stem}.json"] = json.dumps(whole, indent=2, ensure_ascii=False) + "\n"
    return files


def with_ids(part: Any, catalogue: Catalogue | None) -> Any:
    """A part of a schema, with each mark `x-names` replaced by the ids of those kinds in the catalogue."""
    if isinstance(part, list):
        return [with_ids(inner, catalogue) for inner in part]
    if not isinstance(part, dict):
        return part
    result = {key: with_ids(inner, catalogue) for key, inner in part.items() if key != "x-names"}
    if catalogue and (kinds := part.get("x-names")):
        result["enum"] = sorted(id for kind in kinds for id in catalogue.records[kind])
    return result
