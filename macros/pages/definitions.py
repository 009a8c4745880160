"""The words on the page of definitions."""

from typing import NamedTuple

from macros.catalogue.catalogue import Catalogue
from macros.model.kinds import KINDS, NAMEABLE


class Definition(NamedTuple):
    """A word: its id, the label of its kind (empty for a term), and the gaps that leave its meaning open."""

    id: str
    label: str
    gaps: tuple[str, ...]


def definitions(catalogue: Catalogue) -> list[Definition]:
    """The terms, and the records whose meaning is given or, by a gap with `field: means`, open; sorted by name."""
    found = []
    for kind in NAMEABLE:
        for id, record in catalogue.records[kind].items():
            gaps = meaning_gaps(catalogue, kind, id) if not record.means else ()
            if kind == "term" or record.means or gaps:
                found.append(Definition(id, "" if kind == "term" else KINDS[kind].label, gaps))
    return sorted(found, key=lambda one: (catalogue.named[one.id][1].name.casefold(), one.id))


def meaning_gaps(catalogue: Catalogue, kind: str, id: str) -> tuple[str, ...]:
    """The gaps that say that the meaning of a record is not known."""
    gaps = catalogue.gaps_at(kind, id)
    return tuple(gap for gap in gaps if kind == "term" or "means" in catalogue.gaps[gap].field)
