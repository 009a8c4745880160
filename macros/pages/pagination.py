"""From some fifty marketplaces on, no page lists them all: readers find one by its group, in the order of names."""

from typing import NamedTuple

from macros.catalogue.catalogue import Catalogue

PAGE_SIZE = 50  # as many as one page lists
PLACES_SHOWN = 10  # places that are named of many
GAPS_LISTED = 200


class MarketplaceGroup(NamedTuple):
    """Marketplaces that stand next to each other by name; groups count from 1."""

    number: int
    ids: tuple[str, ...]
    first: str
    last: str


def groups(catalogue: Catalogue) -> list[MarketplaceGroup]:
    """All groups; none while one page can list all marketplaces."""
    if len(catalogue.marketplaces) <= PAGE_SIZE:
        return []
    ids = sorted(catalogue.marketplaces, key=lambda id: (catalogue.marketplaces[id].name.casefold(), id))
    parts = [tuple(ids[start : start + PAGE_SIZE]) for start in range(0, len(ids), PAGE_SIZE)]
    names = {id: record.name for id, record in catalogue.marketplaces.items()}
    return [
        MarketplaceGroup(at, part, names[part[0]], names[part[-1]]) for at, part in enumerate(parts, start=1)
    ]


def listed_gaps(catalogue: Catalogue) -> list[str]:
    """The gaps that the page of gaps lists: all, or of many those of the whole SOP before those of single steps."""
    gaps = list(catalogue.gaps)
    if not groups(catalogue):
        return gaps
    return sorted(gaps, key=lambda id: bool(catalogue.gaps[id].playbook))[:GAPS_LISTED]
