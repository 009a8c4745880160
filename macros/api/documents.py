"""Catalogue -> JSON documents, as `schema` defines them.

Each document contains the requested records and the gaps and names that they refer to, so that it is
self-contained. A document of marketplaces lists no other marketplaces.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, partial
from typing import Any

from macros.api import questions, records
from macros.api.schema import ApiDocument, Gap
from macros.catalogue.catalogue import Catalogue
from macros.catalogue.index import procedures_by_gap
from macros.model.references import Reference, visit_references
from macros.model.types import Record


class Documents:
    """Builds the documents of a catalogue. Use one instance for all documents: it caches marketplaces.

    ``base`` is the path of the site on its host; addresses in JSON begin with it.
    """

    def __init__(self, catalogue: Catalogue, base: str = "") -> None:
        self.catalogue = catalogue
        self.context = {"base": base}
        # Enough for a group: its sheets, handbook and matrix contain the same records.
        self.marketplace = lru_cache(maxsize=100)(partial(records.marketplace, catalogue))
        self.makers: dict[str, Callable[[str], Record]] = {  # by the list of a document
            "marketplaces": self.marketplace,
            "roles": partial(records.role, catalogue),
            "systems": partial(records.system, catalogue),
            "terms": partial(records.term, catalogue),
            "playbooks": partial(records.playbook, catalogue),
        }
        self.gap = lru_cache(maxsize=1000)(partial(questions.gap, catalogue))
        self.name = lru_cache(maxsize=1000)(partial(records.name, catalogue))
        self.gap_order = {id: place for place, id in enumerate(catalogue.gaps)}
        self.issue_types = tuple(records.issue_type(catalogue, id) for id in catalogue.issue_types)
        self.marketplace_references = lru_cache(maxsize=100)(lambda id: references(self.marketplace(id)))

    def document(self, *, gaps: Iterable[str] = (), **ids: Iterable[str]) -> ApiDocument:
        """The document of the records with these ids, by list (`marketplaces`, `roles`, ...), with all issue types."""
        lists: dict[str, Any] = {field: tuple(map(self.makers[field], own)) for field, own in ids.items()}
        document = ApiDocument(sop=self.catalogue.sop, issue_types=self.issue_types, names={}, **lists)
        return self.with_references(document, gaps)

    def with_references(self, document: ApiDocument, gaps: Iterable[str]) -> ApiDocument:
        """A copy of a document with these gaps, and with the gaps and names that its records refer to."""
        rest = references(document.model_copy(update={"marketplaces": ()}))
        parts = [rest, *(self.marketplace_references(one.id) for one in document.marketplaces)]
        wanted = {*gaps}.union(*(pointed for pointed, _ in parts))
        names = set().union(*(named for _, named in parts))
        found = {id: self.gap(id) for id in sorted(wanted, key=self.gap_order.__getitem__)}
        if document.marketplaces:
            found = self.gaps_at_marketplaces(found, [one.id for one in document.marketplaces])
        for gap in found.values():
            names |= references(gap)[1]
        named = {id: self.name(id) for id in sorted(names) if id in self.catalogue.named}
        return document.model_copy(update={"gaps": found, "names": named})

    def gaps_at_marketplaces(self, gaps: dict[str, Gap], marketplaces: Iterable[str]) -> dict[str, Gap]:
        """Gaps with these marketplaces only: a shared gap has so many that the documents would grow with their square."""
        procedures = (one for id in marketplaces for one in self.catalogue.procedures[id])
        of = procedures_by_gap(procedures, self.catalogue.gaps_of_marketplace)
        return {
            id: gap.model_copy(update={"where": questions.where(of.get(id, ()))}) for id, gap in gaps.items()
        }

    def json(self, document: ApiDocument) -> str:
        """The JSON of a document."""
        return document.model_dump_json(by_alias=True, context=self.context)

    def sop_json(self) -> Iterator[str]:
        """The JSON of the whole SOP in pieces, one per record, because it can be larger than memory."""
        catalogue = self.catalogue
        document = ApiDocument(
            sop=catalogue.sop,
            issue_types=self.issue_types,
            gaps={id: self.gap(id) for id in catalogue.gaps},
            names={id: self.name(id) for id in sorted(catalogue.named)},
        )
        yield document.model_dump_json(
            by_alias=True, exclude=set(self.makers), context=self.context
        ).removesuffix("}")
        for field, make in self.makers.items():
            yield f',\n"{field}":['
            for place, id in enumerate(getattr(catalogue, field)):
                yield ",\n" if place else "\n"
                # No variable keeps the record while the next is made: a role has the steps of all marketplaces.
                yield make(id).model_dump_json(by_alias=True, context=self.context)
            yield "]"
        yield "}\n"


def references(record: Record) -> tuple[set[str], set[str]]:
    """The ids of the gaps, and of the other records, that a record refers to."""
    gaps: set[str] = set()
    others: set[str] = set()

    def add(reference: Reference) -> None:
        (gaps if reference.kinds == ("gap",) else others).add(reference.id)

    visit_references(type(record), record, add)
    return gaps, others
