"""The PDFs of an SOP: which there are, and what each holds."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from macros.api.records import record_address
from macros.catalogue.catalogue import Catalogue
from macros.model import urls
from macros.pages.pagination import MarketplaceGroup, groups


@dataclass(frozen=True, slots=True)
class Paper:
    """One PDF: its id, its path below the site, its template, the records in it, and its live page."""

    id: str
    path: str
    template: str
    records: dict[str, Iterable[str]]
    live: str


def papers(catalogue: Catalogue) -> list[Paper]:
    """Every PDF of the SOP. Of many marketplaces, handbook and matrix are in volumes, one for each group."""
    gaps = Paper("gaps", urls.GAPS, "gaps", {"gaps": catalogue.gaps}, "/gaps/")
    if volumes := groups(catalogue):
        return [gaps, *(paper for one in volumes for paper in of_group(one))]
    marketplaces, roles = catalogue.marketplaces, catalogue.roles
    whole: dict[str, Iterable[str]] = {"marketplaces": marketplaces, "roles": roles, "gaps": catalogue.gaps}
    return [
        Paper("handbook", urls.HANDBOOK, "handbook", whole, "/"),
        Paper("matrix", urls.MATRIX, "matrix", {"marketplaces": marketplaces}, "/"),
        gaps,
        *(sheet("marketplace", id, marketplaces=[id]) for id in marketplaces),
        *(sheet("issue_type", id, marketplaces=marketplaces) for id in catalogue.issue_types),
        *(sheet("role", id, roles=[id]) for id in roles),
        *(sheet("system", id, systems=[id]) for id in catalogue.systems),
    ]


def sheet(kind: str, id: str, **records: Iterable[str]) -> Paper:
    """The sheet of a record."""
    return Paper(id, urls.sheet(kind, id), kind, records, record_address(kind, id))


def of_group(group: MarketplaceGroup) -> Iterator[Paper]:
    """The sheets of a group, and its volumes; the ids of these are their paths: `all/1/handbook`."""
    for id in group.ids:
        yield sheet("marketplace", id, marketplaces=[id])
    for name in ("handbook", "matrix"):
        path, where = urls.volume(group.number, name), urls.group(group.number)
        yield Paper(where + name, path, name, {"marketplaces": group.ids}, f"/{where}")
