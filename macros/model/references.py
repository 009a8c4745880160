"""The references of a record, found by the marks in the type hints of its model."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from types import UnionType
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin, get_type_hints

from macros.model.types import REFERENCE, IdOf, Mentions, Record
from macros.parsing.document import Keys

BRACES = re.compile(REFERENCE.pattern + "|[{}]")  # a single brace is not a reference


class Reference(NamedTuple):
    """A reference to another record: an id, or `{id}` in a text."""

    id: str
    kinds: tuple[str, ...]
    keys: Keys
    on_key: bool = False
    in_text: bool = False


Walk = Callable[[Any, Keys], Iterator[Reference]]


def references_in(model: type[Record], data: Any) -> Iterator[Reference]:
    """All references in the data of a record, even if the data is invalid.

    ``data`` is the data of the file; values of the wrong type are skipped.
    """
    walk = walk_of(model)
    return walk(data, ()) if walk else iter(())


@cache
def walk_of(hint: Any, *, on_key: bool = False) -> Walk | None:
    """A function that finds the references in a value (or key) of this type; None if it cannot have any."""
    inside = get_args(hint)[0] if get_origin(hint) is Annotated else hint
    if get_origin(inside) in (Union, UnionType):  # a field that may be missing
        return next(filter(None, (walk_of(option, on_key=on_key) for option in get_args(inside))), None)
    if isinstance(inside, type) and issubclass(inside, Record):
        return record_walk(inside)
    if get_origin(inside) is tuple:
        return list_walk(walk_of(get_args(inside)[0]))
    if get_origin(inside) is dict:
        of_key, of_value = get_args(inside)
        return mapping_walk(walk_of(of_key, on_key=True), walk_of(of_value))
    marks = marks_in(hint)
    return text_walk(marks[0], on_key=on_key) if marks else None


def record_walk(model: type[Record]) -> Walk:
    hints = get_type_hints(model, include_extras=True)
    keys = {name: field.alias or name for name, field in model.model_fields.items()}
    walks = [(keys[name], inner) for name, hint in hints.items() if name in keys and (inner := walk_of(hint))]

    def walk(data: Any, place: Keys) -> Iterator[Reference]:
        if isinstance(data, dict):
            for key, inner in walks:
                if (value := data.get(key)) is not None:
                    yield from inner(value, (*place, key))

    return walk


def list_walk(inner: Walk | None) -> Walk | None:
    def walk(data: Any, place: Keys) -> Iterator[Reference]:
        # A list may be written as its only item.
        for index, value in enumerate(data) if isinstance(data, tuple) else ():
            yield from inner(value, (*place, index)) if inner else ()
        if inner and isinstance(data, str):
            yield from inner(data, place)

    return walk if inner else None


def mapping_walk(of_key: Walk | None, of_value: Walk | None) -> Walk | None:
    def walk(data: Any, place: Keys) -> Iterator[Reference]:
        for key, value in data.items() if isinstance(data, dict) else ():
            if of_key:
                yield from of_key(key, (*place, key))
            if of_value:
                yield from of_value(value, (*place, key))

    return walk if of_key or of_value else None


def text_walk(mark: IdOf, *, on_key: bool) -> Walk:
    def walk(data: Any, place: Keys) -> Iterator[Reference]:
        if isinstance(data, str):
            if not isinstance(mark, Mentions):
                yield Reference(data, mark.kinds, place, on_key)
            elif "{" in data or "}" in data:
                yield from (Reference(id, mark.kinds, place, in_text=True) for id in BRACES.findall(data))

    return walk


def marks_in(hint: Any) -> list[IdOf]:
    """The marks `IdOf` and `Mentions` in the hint of a text."""
    own = [mark for mark in getattr(hint, "__metadata__", ()) if isinstance(mark, IdOf)]
    return own + [mark for inner in get_args(hint) for mark in marks_in(inner)]
