"""The list of PDFs of an SOP, and the records in each."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from macros.api.records import record_address
from macros.catalogue.catalogue import Catalogue
from macros.model import urls
from macros.pages.pagination import MarketplaceGroup, groups


@dataclass(frozen=True, slots=True)
class Paper:
    """A PDF: its id, path below the site, template, records, and the address of its page."""

    id: str
    path: str
    template: str
    records: dict[str, Iterable[str]]
    live: str


def papers(catalogue: Catalogue) -> list[Paper]:
    """All PDFs of the SOP. If there are groups of marketplaces, each group has its own handbook and matrix."""
    gaps = Paper("gaps", urls.GAPS, "gaps", {"gaps": catalogue.gaps}, "/gaps/")
    if volumes := groups(catalogue):
        return [gaps, *(paper for one in volumes for paper in group_papers(one))]
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


def group_papers(group: MarketplaceGroup) -> Iterator[Paper]:
    """The sheets of a group, and its handbook and matrix, whose ids are paths: `all/1/handbook`."""
    for id in group.ids:
        yield sheet("marketplace", id, marketplaces=[id])
    for name in ("handbook", "matrix"):
        path, where = urls.volume(group.number, name), urls.group(group.number)
        yield Paper(where + name, path, name, {"marketplaces": group.ids}, f"/{where}")
