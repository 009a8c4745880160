"""Groups of marketplaces, by name. With more than PAGE_SIZE marketplaces, no page lists them all."""

from typing import NamedTuple

from macros.catalogue.catalogue import Catalogue

PAGE_SIZE = 50  # marketplaces on one page
PLACES_SHOWN = 10  # marketplaces named in a list, if there are groups
GAPS_LISTED = 200


class MarketplaceGroup(NamedTuple):
    """Marketplaces whose names are adjacent; groups are numbered from 1."""

    number: int
    ids: tuple[str, ...]
    first: str
    last: str


def groups(catalogue: Catalogue) -> list[MarketplaceGroup]:
    """All groups; empty if one page can list all marketplaces."""
    if len(catalogue.marketplaces) <= PAGE_SIZE:
        return []
    ids = sorted(catalogue.marketplaces, key=lambda id: (catalogue.marketplaces[id].name.casefold(), id))
    parts = [tuple(ids[start : start + PAGE_SIZE]) for start in range(0, len(ids), PAGE_SIZE)]
    names = {id: record.name for id, record in catalogue.marketplaces.items()}
    return [
        MarketplaceGroup(at, part, names[part[0]], names[part[-1]]) for at, part in enumerate(parts, start=1)
    ]


def listed_gaps(catalogue: Catalogue) -> list[str]:
    """The gaps on the page of gaps: all of them or, if there are groups, the first GAPS_LISTED without those of playbooks last."""
    gaps = list(catalogue.gaps)
    if not groups(catalogue):
        return gaps
    return sorted(gaps, key=lambda id: bool(catalogue.gaps[id].playbook))[:GAPS_LISTED]
