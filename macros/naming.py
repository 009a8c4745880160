"""Where one record names another, read off the marks in the model's type hints."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any, NamedTuple, get_args, get_origin, get_type_hints

from macros.document import Keys
from macros.model import REFERENCE, Mentions, Names, Record

BRACES = re.compile(REFERENCE.pattern + "|[{}]")  # a brace without its other half names nothing


class Naming(NamedTuple):
    """One place where a record names another: by its id, or as `{id}` in a text."""

    id: str
    kinds: tuple[str, ...]
    keys: Keys
    on_key: bool = False
    in_text: bool = False


def namings(model: type[Record], data: Any, keys: Keys = ()) -> Iterator[Naming]:
    """Every place where the data of a record names another, whatever else is wrong with it.

    ``data`` is as it stands in the file; ``keys`` lead to it. What is not of the right kind names nothing.
    """
    if isinstance(data, dict):
        for name, hint in hints(model).items():
            key = model.model_fields[name].alias or name
            yield from namings_in(hint, data.get(key), (*keys, key))


@cache
def hints(model: type[Record]) -> dict[str, Any]:
    return get_type_hints(model, include_extras=True)


def namings_in(hint: Any, value: Any, keys: Keys) -> Iterator[Naming]:
    """The namings in a value, found by the marks in its type hint."""
    inside = get_args(hint)[0] if get_origin(hint) is Annotated else hint
    if isinstance(value, str):
        for mark in marks_in(hint):
            if isinstance(mark, Mentions):
                yield from (Naming(id, mark.kinds, keys, in_text=True) for id in BRACES.findall(value))
            else:
                yield Naming(value, mark.kinds, keys)
    elif isinstance(value, tuple) and get_origin(inside) is tuple:
        for index, inner in enumerate(value):
            yield from namings_in(get_args(inside)[0], inner, (*keys, index))
    elif isinstance(value, dict) and get_origin(inside) is dict:
        of_key, of_value = get_args(inside)
        for key, inner in value.items():
            yield from (naming._replace(on_key=True) for naming in namings_in(of_key, key, (*keys, key)))
            yield from namings_in(of_value, inner, (*keys, key))
    elif isinstance(value, dict) and isinstance(inside, type) and issubclass(inside, Record):
        yield from namings(inside, value, keys)


@cache
def marks_in(hint: Any) -> tuple[Names, ...]:
    """The Names and Mentions in the hint of a text."""
    own = [mark for mark in getattr(hint, "__metadata__", ()) if isinstance(mark, Names)]
    return (*own, *(mark for inner in get_args(hint) for mark in marks_in(inner)))
