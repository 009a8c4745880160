"""Changes of records: names, aliases, links, gaps and document control."""

from collections.abc import Iterator
from typing import Any

from macros.catalogue.catalogue import Catalogue
from macros.catalogue.procedure import unique
from macros.changes.change import METADATA, Change
from macros.changes.gap_changes import gap_changes
from macros.changes.meaning_changes import words_used
from macros.model.kinds import KINDS
from macros.model.types import Record


def record_changes(old: Catalogue, new: Catalogue) -> Iterator[Change]:
    """The changes of names, aliases, links, gaps and document control."""
    words = words_used(old) | words_used(new)
    for kind, records in new.records.items():
        if kind == "release":
            continue  # a release lists its own changes
        before = old.records[kind]
        reordered = list(before) != list(records) and sorted(before) == sorted(records)
        if reordered and not KINDS[kind].in_folder:
            yield Change(METADATA, f"the order of the {KINDS[kind].plural} changes")
        for id in unique((*before, *records)):
            was, now = before.get(id), records.get(id)
            if kind == "gap":
                yield from gap_changes(old, new, id)
            elif was is None or now is None:
                yield Change(
                    METADATA,
                    f"{KINDS[kind].label} {'added' if was is None else 'removed'}: {label(id, now or was)}",
                )
            if was and now and was != now:
                named = KINDS[kind].label + (f" '{id}'" if kind != "sop" else "")
                seen = ("means",) if id in words else ("owner",) if kind == "playbook" else ()
                yield from (Change(METADATA, f"{named}: {text}") for text in value_changes(was, now, seen))


def value_changes(was: Record, now: Record, seen: tuple[str, ...] = ()) -> Iterator[str]:
    """The fields of a record that differ, without those that are compared by procedure, ``seen`` among them."""
    for name in type(now).model_fields:
        before, after = getattr(was, name), getattr(now, name)
        elsewhere = ("steps", "closed", "parameters", "contact", "contacts", "answered", *seen)
        if before != after and name not in elsewhere:
            if isinstance(before, Record):
                yield from value_changes(before, after)
            elif isinstance(before, dict):
                for key in unique((*before, *after)):
                    if before.get(key) != after.get(key):
                        yield f"{name} for {key}: {value_text(before.get(key))} -> {value_text(after.get(key))}"
            else:
                yield f"{name}: {value_text(before)} -> {value_text(after)}"


def value_text(value: Any) -> str:
    """A value as text."""
    return (", ".join(map(str, value)) if isinstance(value, tuple) else str(value or "")) or "nothing"


def label(id: str, record: object) -> str:
    """A record by its id and its name."""
    about = next((getattr(record, name) for name in ("name", "by") if hasattr(record, name)), "")
    return f"{id} ({about})" if about else id
