"""Changes, and groups of equal changes."""

from dataclasses import dataclass, field

from macros.catalogue.catalogue import Catalogue
from macros.catalogue.procedure import unique

ORDER, WHO, WHERE, WITH, WORDING, METADATA = range(6)  # indexes of model.records.RANKS


@dataclass(frozen=True, slots=True)
class Change:
    """A change: its risk (an index of RANKS), its description, and the roles that it concerns."""

    rank: int
    text: str
    roles: tuple[str, ...] = ()


@dataclass(slots=True)
class ChangeGroup:
    """A change, all procedures where it occurs, and the roles that it concerns.

    ``now`` are the new steps of the first procedure, if their order changed.
    """

    change: Change
    roles: tuple[str, ...] = ()
    places: list[str] = field(default_factory=list)
    now: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Difference:
    """All groups of changes by rank, the number of unchanged procedures, and of all."""

    groups: list[ChangeGroup]
    unchanged: int
    procedures: int


def role_names(ids: tuple[str | None, ...], catalogue: Catalogue) -> tuple[str, ...]:
    """The names of roles."""
    return unique(catalogue.roles[id].name for id in ids if id)
