"""The references of a record, found by the marks in the type hints of its model."""

import re
from collections.abc import Callable
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


Visit = Callable[[Reference], object]
# Visits the references in a value at some keys. (Generators in generators take twice as long.)
Walk = Callable[[Any, Keys, Visit], None]


def references_in(model: type[Record], data: Any) -> list[Reference]:
    """All references in a record, or in the data of its file, even if the data is invalid.

    Values of the wrong type are skipped. The keys of a reference are those of the file or, in a record, its fields.
    """
    found: list[Reference] = []
    visit_references(model, data, found.append)
    return found


def visit_references(model: type[Record], data: Any, visit: Visit) -> None:
    """Call ``visit`` with each of these references: a list of them can take as much memory as the record."""
    if walk := walk_of(model):
        walk(data, (), visit)


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
    fields = [(name, inner) for name, hint in hints.items() if name in keys and (inner := walk_of(hint))]
    in_file = [(keys[name], inner) for name, inner in fields]

    def walk(data: Any, place: Keys, visit: Visit) -> None:
        is_model = isinstance(data, Record)
        values = vars(data) if is_model else data
        if isinstance(values, dict):
            for key, inner in fields if is_model else in_file:
                if (value := values.get(key)) is not None:
                    inner(value, (*place, key), visit)

    return walk


def list_walk(inner: Walk | None) -> Walk | None:
    if not inner:
        return None

    def walk(data: Any, place: Keys, visit: Visit) -> None:
        if isinstance(data, tuple):
            for index, value in enumerate(data):
                inner(value, (*place, index), visit)
        elif isinstance(data, str):  # a list may be written as its only item
            inner(data, place, visit)

    return walk


def mapping_walk(of_key: Walk | None, of_value: Walk | None) -> Walk | None:
    def walk(data: Any, place: Keys, visit: Visit) -> None:
        for key, value in data.items() if isinstance(data, dict) else ():
            if of_key:
                of_key(key, (*place, key), visit)
            if of_value:
                of_value(value, (*place, key), visit)

    return walk if of_key or of_value else None


def text_walk(mark: IdOf, *, on_key: bool) -> Walk:
    kinds, in_text = mark.kinds, isinstance(mark, Mentions)

    def walk(data: Any, place: Keys, visit: Visit) -> None:
        if not isinstance(data, str):
            return
        if not in_text:
            visit(Reference(data, kinds, place, on_key))
        elif "{" in data or "}" in data:
            for id in BRACES.findall(data):
                visit(Reference(id, kinds, place, in_text=True))

    return walk


def fields_mentioning(model: type[Record], kind: str) -> tuple[str, ...]:
    """The fields of a model whose texts can contain `{id}` of this kind, in the order of the model."""
    hints = get_type_hints(model, include_extras=True).items()
    return tuple(name for name, hint in hints if any(kind in mark.kinds for mark in marks_in(hint)))


def marks_in(hint: Any) -> list[IdOf]:
    """The marks `IdOf` and `Mentions` in the hint of a text."""
    own = [mark for mark in getattr(hint, "__metadata__", ()) if isinstance(mark, IdOf)]
    return own + [mark for inner in get_args(hint) for mark in marks_in(inner)]
