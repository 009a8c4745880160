"""From some fifty marketplaces on, no page lists them all: readers find one by its group, in the order of names."""

from typing import NamedTuple

from macros.catalogue.catalogue import Catalogue

MANY = 50  # as many as one page lists
FEW = 10  # places that are named of many
MANY_GAPS = 200


class Group(NamedTuple):
    """Marketplaces that stand next to each other by name; groups count from 1."""

    number: int
    ids: tuple[str, ...]
    first: str
    last: str


def groups(catalogue: Catalogue) -> list[Group]:
    """All groups; none while one page can list all marketplaces."""
    if len(catalogue.marketplaces) <= MANY:
        return []
    ids = sorted(catalogue.marketplaces, key=lambda id: (catalogue.marketplaces[id].name.casefold(), id))
    parts = [tuple(ids[start : start + MANY]) for start in range(0, len(ids), MANY)]
    names = {id: record.name for id, record in catalogue.marketplaces.items()}
    return [Group(at, part, names[part[0]], names[part[-1]]) for at, part in enumerate(parts, start=1)]


def listed_gaps(catalogue: Catalogue) -> list[str]:
    """The gaps that the page of gaps lists: all, or of many those of the whole SOP before those of single steps."""
    gaps = list(catalogue.gaps)
    if not groups(catalogue):
        return gaps
    return sorted(gaps, key=lambda id: bool(catalogue.gaps[id].playbook))[:MANY_GAPS]
