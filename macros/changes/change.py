"""What a change is, and changes grouped by what they have in common."""

from dataclasses import dataclass, field

from macros.catalogue.catalogue import Catalogue
from macros.catalogue.procedure import unique

ORDER, WHO, WHERE, WITH, WORDING, METADATA = range(6)  # indexes of model.records.RANKS


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changes: how dangerous it is (an index of RANKS), in words, and for whom."""

    rank: int
    text: str
    roles: tuple[str, ...] = ()


@dataclass(slots=True)
class ChangeGroup:
    """A change, everywhere it happens, and whom it concerns.

    ``now`` is the new sequence of steps where it changed, at the first of the places.
    """

    change: Change
    roles: tuple[str, ...] = ()
    places: list[str] = field(default_factory=list)
    now: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Difference:
    """All groups of changes by rank, and how many procedures stay as they are."""

    groups: list[ChangeGroup]
    unchanged: int
    procedures: int


def names(ids: tuple[str | None, ...], catalogue: Catalogue) -> tuple[str, ...]:
    """The names of roles."""
    return unique(catalogue.roles[id].name for id in ids if id)
