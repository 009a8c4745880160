"""The models -> JSON Schemas, so that an editor completes and checks while you type."""

import json
from typing import Any

from macros.catalogue.data_folder import LAYOUT, Folder

ABOUT = "Generated from the models in macros/model/"


def schemas(folder: Folder | None = None) -> dict[str, str]:
    """File name -> JSON Schema; a reference must be an id that exists in the folder, or without one any text."""
    about = (
        f"{ABOUT} and the ids in the SOP by 'sop schema'." if folder else f"{ABOUT} by 'sop schema --no-ids'."
    )
    files = {}
    for kind, (name, model) in LAYOUT.items():
        schema = model.model_json_schema()
        definitions = schema.pop("$defs", {})
        if name.endswith(".yml") and kind != "sop":
            schema = {"type": "object", "additionalProperties": schema}
        head = {"$schema": "http://json-schema.org/draft-07/schema#", "$comment": about}
        whole = with_ids({**head, **schema, "$defs": definitions}, folder)
        files[f"{kind.replace(' ', '-')}.json"] = json.dumps(whole, indent=2, ensure_ascii=False) + "\n"
    return files


def with_ids(part: Any, folder: Folder | None) -> Any:
    """A part of a schema, with each mark `x-names` replaced by the ids of those kinds in the folder."""
    if isinstance(part, list):
        return [with_ids(inner, folder) for inner in part]
    if not isinstance(part, dict):
        return part
    result = {key: with_ids(inner, folder) for key, inner in part.items() if key != "x-names"}
    if folder and (kinds := part.get("x-names")):
        result["enum"] = sorted(id for kind in kinds for id in folder.ids.get(kind, ()))
    return result
