"""The data of a document -> records, with pydantic's errors as problems."""

import re
from collections.abc import Iterator
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from macros.model.types import Record
from macros.parsing.document import Document, Keys
from macros.parsing.problems import suggestion

R = TypeVar("R", bound=Record)
COMMENT = re.compile(r"(?:^|[:-])\s+(#\S.*?)\s*$")  # a text such as #channel in place of a value
EXPECTED = {
    "tuple_type": "a list",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "int_type": "a whole number",
}


def validate(model: type[R], document: Document, keys: Keys = ()) -> R | None:
    """The record at ``keys``, or None after reporting its problems to the document."""
    data = document.data
    for key in keys:
        data = data[key]
    try:
        return model.model_validate(data)
    except ValidationError as error:
        errors = relevant_errors(error.errors(), document, keys)
        unknown = [found["loc"] for found in errors if found["type"] == "extra_forbidden"]
        missing = [found["loc"] for found in errors if found["type"] == "missing"]
        report_unknown(document, keys, model, unknown, missing)
        for loc in missing:
            help = f"add a line '{loc[-1]}: ...'"
            document.report("SOP202", f"'{loc[-1]}' is missing", help, document.mark((*keys, *loc)))
        for found in errors:
            if found["type"] not in ("missing", "extra_forbidden"):
                report_value(document, keys_in_file(document, (*keys, *found["loc"])), found)
        return None


def relevant_errors(errors: list[ErrorDetails], document: Document, keys: Keys) -> list[ErrorDetails]:
    """The errors, without those that follow from unreadable values or from another error."""
    places = [found["loc"] for found in errors]
    return [
        found
        for found, loc in zip(errors, places, strict=True)
        if not document.is_broken((*keys, *loc))
        and not (
            found["type"] in ("record_rule", "missing")
            and not document.is_whole((*keys, *record_keys(found)))
        )
        and not (found["type"] == "too_short" and any(len(other) > len(loc) for other in places))
    ]


def record_keys(found: ErrorDetails) -> Keys:
    """The keys of the record that an error is about."""
    return found["loc"][:-1] if found["type"] == "missing" else found["loc"]


def report_unknown(
    document: Document, keys: Keys, model: type[Record], unknown: list[Keys], missing: list[Keys]
) -> None:
    """Report unknown keys; an unknown key that is similar to a missing one is reported once, as a rename."""
    for loc in unknown:
        known = {field.alias or name for name, field in fields_at(model, loc[:-1]).items()}
        absent = {str(other[-1]) for other in missing if other[:-1] == loc[:-1]}
        help = suggestion(str(loc[-1]), absent)
        if moved := model.moved.get(str(loc[-1])) if len(loc) == 1 else None:
            help = moved
        elif help.startswith("did you mean"):
            missing.remove((*loc[:-1], help.split("'")[1]))
        else:
            help = suggestion(str(loc[-1]), known)
        document.report("SOP201", f"unknown key '{loc[-1]}'", help, document.mark((*keys, *loc), key=True))


def keys_in_file(document: Document, keys: Keys) -> Keys:
    """The keys of a value in the file: without the index 0, if a list is written as its only item."""
    if keys and keys[-1] == 0:
        value = document.data
        for key in keys[:-1]:
            value = value[key]
        return keys if isinstance(value, tuple) else keys[:-1]
    return keys


def report_value(document: Document, keys: Keys, found: ErrorDetails) -> None:
    """Report an invalid value."""
    on_key = keys[-1:] == ("[key]",)
    keys = keys[:-1] if on_key else keys
    name = keys[-1] if keys else "this file"
    if isinstance(name, int):
        name = f"{keys[-2]} {name + 1}"
    code, message, help = as_problem(found, str(name))
    mark = document.mark(keys, key=on_key)
    if found["input"] is None and (comment := COMMENT.search(document.lines[mark[0] - 1])):
        help = f'# begins a comment; if this is text, put it in quotes: "{comment[1]}"'
    document.report(code, message, help, mark)


def as_problem(found: ErrorDetails, name: str) -> tuple[str, str, str]:
    """Code, message and help for one of pydantic's errors about the value of ``name``."""
    kind, value, context = found["type"], found["input"], found.get("ctx", {})
    if kind == "record_rule":
        return "SOP207", context["message"], context["remedy"]
    if value in (None, "", (), {}) or (isinstance(value, str) and not value.strip()):
        return "SOP203", f"'{name}' is empty", "fill it in, or remove the line if it may be missing"
    if kind == "string_pattern_mismatch":
        return "SOP204", f"'{value}' is not kebab-case", f"write it as '{kebab(value)}'"
    if kind == "string_too_long":
        return "SOP204", f"'{value[:20]}...' is longer than {context['max_length']} characters", "shorten it"
    if kind == "value_error" or kind.startswith("date"):
        what = f"'{value}' is not a date" + (f" ({context['error']})" if "error" in context else "")
        return "SOP205", what, "write it like 2023-02-15, or 2023-02-15 16:07 where the time is known"
    if kind == "literal_error":
        known = context["expected"].replace("'", "").replace(" or ", ", ").split(", ")
        return "SOP206", f"'{name}' cannot be '{value}'", suggestion(str(value), known)
    if kind in EXPECTED or kind == "string_type":
        return "SOP208", *wrong_type(value, name, EXPECTED.get(kind, "text"))
    return "SOP208", f"'{name}': {found['msg']}", "see docs/contributing.md"


def wrong_type(value: Any, name: str, wanted: str) -> tuple[str, str]:
    """Message and help for a value of the wrong type, such as a list instead of text."""
    if wanted == "text" and isinstance(value, int):
        return f"'{name}' is the number {value}, but it should be text", f'put it in quotes: "{value}"'
    if wanted == "text" and isinstance(value, dict) and list(value.values()) == [None]:
        (id,) = value
        return (
            f"'{name}' is not text, because YAML reads the braces as a mapping",
            f'put it in quotes: "{{{id}}}"',
        )
    what = {dict: "a mapping", tuple: "a list", int: "a number"}.get(type(value), f"the text '{value}'")
    help = "see docs/contributing.md"
    if isinstance(value, str) and re.match(r"[\w-]+:\S", value):
        help = "write a space after the colon"
    return f"'{name}' is {what}, but it should be {wanted}", help


def kebab(text: str) -> str:
    """A text as a kebab-case id."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "an-id"


def fields_at(model: type[BaseModel], loc: Keys) -> dict[str, FieldInfo]:
    """The fields of the model at ``loc`` inside another model."""
    for key in loc:
        if isinstance(key, str):
            field = next(field for name, field in model.model_fields.items() if key in (name, field.alias))
            model = next(models_in(field.annotation))
    return model.model_fields


def models_in(hint: Any) -> Iterator[type[BaseModel]]:
    """The models in a type hint."""
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        yield hint
    for inner in get_args(hint):
        yield from models_in(inner)
