"""The rule of anchors: on each page, an anchor leads to one place."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from macros.catalogue.catalogue import Catalogue
from macros.catalogue.procedure import Procedure
from macros.checks.rule import Finding, Rule
from macros.model import urls
from macros.parsing.document import Keys

PART = "a part of the page"


class Claim(NamedTuple):
    """An anchor, what it leads to, and where the part of it is written that can be changed."""

    anchor: str
    place: str
    kind: str
    id: str
    keys: Keys = ()


def every_anchor_leads_to_one_place(catalogue: Catalogue) -> Iterator[Finding]:
    """All kinds of page; of two claims to an anchor, the later one is the problem."""
    types = [issue_type_claim(id) for id in catalogue.issue_types]
    types += [
        former_type_claim(former, id) for kind, former, id in catalogue.former_ids() if kind == "issue_type"
    ]
    yield from clashes([*home_sections(), heading_claim("sop", "sop", catalogue.sop.title, "title")])
    for id, record in catalogue.issue_types.items():
        yield from clashes([heading_claim("issue_type", id, record.name)])
    for kind in ("role", "system"):
        for id, record in catalogue.records[kind].items():
            yield from clashes([*types, heading_claim(kind, id, record.name)])
    yield from clashes_on_marketplaces(catalogue, types)
    gaps = (Claim(id, f"gap '{id}'", "gap", id) for id in catalogue.gaps)
    yield from clashes([page_part(urls.GAPS_HEADING), *gaps])
    versions = (Claim(urls.version_anchor(id), f"version '{id}'", "release", id) for id in catalogue.releases)
    yield from clashes([page_part(urls.CHANGES_HEADING), page_part(urls.APPROVALS), *versions])


def clashes_on_marketplaces(catalogue: Catalogue, types: list[Claim]) -> Iterator[Finding]:
    """The pages of marketplaces. Only where anchors meet are they compared one by one: there are many pages."""
    known: dict[tuple[object, ...], list[Claim]] = {}
    pages: dict[tuple[int, ...], tuple[set[str], bool]] = {}
    for marketplace, procedures in catalogue.procedures.items():
        parts = [types]
        for one in procedures:
            key = (one.issue_types, one.playbook, one.gaps, one.words)
            parts.append(known.get(key) or known.setdefault(key, [*procedure_claims(one, catalogue)]))
        page = tuple(map(id, parts))
        if page not in pages:
            anchors = [claim.anchor for claims in parts for claim in claims]
            meet = len({*anchors}) < len(anchors) or not urls.USED_IDS.isdisjoint(anchors)
            pages[page] = {*anchors}, meet
        used, meet = pages[page]
        name = heading_claim("marketplace", marketplace, catalogue.marketplaces[marketplace].name)
        if meet or name.anchor in used or urls.is_used(name.anchor):
            yield from clashes([claim for claims in parts for claim in claims] + [name])


def procedure_claims(procedure: Procedure, catalogue: Catalogue) -> Iterator[Claim]:
    first = procedure.issue_types[0]
    for of in (first, *catalogue.other_anchor_prefixes(procedure)):
        for index, step in enumerate(procedure.steps):
            place = f"step '{step.id}' of issue type '{of}'"
            keys = ("steps", index, "id")
            yield Claim(urls.anchor(of, step.id), place, "playbook", procedure.playbook, keys)
    for of in (first, *catalogue.issue_types[first].formerly):
        for gap in procedure.gaps:
            yield Claim(urls.gap_anchor(of, gap), f"gap '{gap}' of issue type '{of}'", "gap", gap)
        for word in procedure.words:
            place = f"word '{word.id}' of issue type '{of}'"
            yield Claim(urls.word_anchor(of, word.id), place, word.kind, word.id)


def issue_type_claim(id: str) -> Claim:
    return Claim(urls.anchor(id), f"issue type '{id}'", "issue_type", id)


def former_type_claim(former: str, id: str) -> Claim:
    return Claim(urls.anchor(former), f"former issue type '{former}'", "issue_type", id, ("formerly",))


def heading_claim(kind: str, id: str, text: str, field: str = "name") -> Claim:
    """The heading of a record's page."""
    return Claim(urls.heading_anchor(text), f"the page's heading '{text}'", kind, id, (field,))


def home_sections() -> Iterator[Claim]:
    return map(page_part, urls.HOME_SECTIONS.values())


def page_part(anchor: str) -> Claim:
    """A part that the page always has; it comes before all that can be changed."""
    return Claim(anchor, PART, "", "")


def clashes(claims: Iterable[Claim]) -> Iterator[Finding]:
    """The claims of one page whose anchor leads somewhere else already."""
    places: dict[str, str] = {}
    for claim in claims:
        # SOP309 refuses ids that begin like those of the page.
        used = urls.is_used(claim.anchor) and claim.anchor != claim.id
        place = places.setdefault(claim.anchor, PART if used else claim.place)
        if place != claim.place:
            what = f"the anchor '{claim.anchor}' would lead to {place} and to {claim.place}"
            help = f"choose another {claim.keys[-1] if claim.keys else 'id'}"
            yield Finding(what, help, claim.kind, claim.id, claim.keys, at_key=not claim.keys)


RULES = (Rule("SOP310", every_anchor_leads_to_one_place),)
