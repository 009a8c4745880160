"""Catalogue -> the SOP as JSON documents, which `contract` describes.

All documents have one shape. Each holds the records asked for, and the names and gaps that
these point to, so that it can be read alone.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain
from typing import Any

from macros.api.schema import (
    API,
    Approval,
    Follower,
    Gap,
    IssueType,
    Marketplace,
    Name,
    Neighbour,
    Playbook,
    Procedure,
    ProcedureStep,
    Role,
    System,
    Task,
    Tasks,
    Where,
)
from macros.catalogue.approvals import approval_of, is_current
from macros.catalogue.catalogue import Catalogue
from macros.catalogue.fingerprint import fingerprint
from macros.catalogue.index import Neighbour as Neighbouring
from macros.catalogue.index import SharedStep, by_issue_types, owners
from macros.catalogue.procedure import Procedure as Followed
from macros.catalogue.procedure import ResolvedStep as FollowedStep
from macros.model import urls as addresses
from macros.model.kinds import KINDS
from macros.model.types import Record
from macros.wording import sentences as prose
from macros.wording.flowchart import Card, flowchart
from macros.wording.sentences import line, plain, title

ID = re.compile(r'"([a-z0-9-]+)"|\{([a-z0-9-]+)\}')


def everything(catalogue: Catalogue) -> Iterator[str]:
    """The whole SOP, in pieces."""
    return document(
        catalogue,
        marketplaces=catalogue.marketplaces,
        roles=catalogue.roles,
        systems=catalogue.systems,
        playbooks=catalogue.playbooks,
        gaps=catalogue.gaps,
    )


def document(
    catalogue: Catalogue,
    *,
    marketplaces: Iterable[str] = (),
    roles: Iterable[str] = (),
    systems: Iterable[str] = (),
    playbooks: Iterable[str] = (),
    gaps: Iterable[str] = (),
) -> Iterator[str]:
    """The JSON of a `contract.Document`, in pieces, since the whole SOP can be larger than memory.

    It holds the records with these ids, all issue types, the gaps that they point to, and all names.
    """
    lists: dict[str, Iterator[Record]] = {
        "issue_types": (issue_type(catalogue, id) for id in catalogue.issue_types),
        "marketplaces": (marketplace(catalogue, id) for id in marketplaces),
        "roles": (role(catalogue, id) for id in roles),
        "systems": (system(catalogue, id) for id in systems),
        "playbooks": (playbook(catalogue, id) for id in playbooks),
    }
    named = set(gaps)
    yield f'{{"api":{API},"sop":{written(catalogue.sop)}'
    for key, records in lists.items():
        yield f',"{key}":['
        yield from separated(noted(records, named))
        yield "]"
    yield ',"gaps":{'
    pointed = [id for id in catalogue.gaps if id in named]
    pieces = noted((gap(catalogue, id) for id in pointed), named)
    yield from separated(f'"{id}":{piece}' for id, piece in zip(pointed, pieces, strict=True))
    yield '},"names":{'
    names = sorted(id for id in named if catalogue.is_named(id))
    yield from separated(f'"{id}":{written(name(catalogue, id))}' for id in names)
    yield "}}\n"


def noted(records: Iterable[Record], named: set[str]) -> Iterator[str]:
    """The JSON of each record; every id that stands alone or as `{id}` in it is added to ``named``.

    Words that only look like an id are among them.
    """
    for record in records:
        piece = written(record)
        named.update(chain.from_iterable(ID.findall(piece)))
        yield piece


def separated(pieces: Iterable[str]) -> Iterator[str]:
    for at, piece in enumerate(pieces):
        yield f",\n{piece}" if at else piece


def written(record: Record) -> str:
    return record.model_dump_json(by_alias=True)


def name(catalogue: Catalogue, id: str) -> Name:
    kind, record = catalogue.named(id)
    return Name(kind=KINDS[kind].label, name=record.name, address=address(kind, id))


def address(kind: str, id: str, anchor: str = "") -> str:
    return f"/{addresses.page(kind, id)}{anchor and f'#{anchor}'}"


def issue_type(catalogue: Catalogue, id: str) -> IssueType:
    return IssueType(**dict(catalogue.issue_types[id]), id=id, address=address("issue_type", id))


@lru_cache(maxsize=200)  # sheets, handbook and matrix of a group are made one after the other
def marketplace(catalogue: Catalogue, id: str) -> Marketplace:
    return Marketplace(
        **dict(catalogue.marketplaces[id]),
        id=id,
        address=address("marketplace", id),
        gaps=tuple(catalogue.gaps_at("marketplace", id)),
        procedures=tuple(procedure(catalogue, one) for one in catalogue.procedures[id]),
    )


def procedure(catalogue: Catalogue, followed: Followed) -> Procedure:
    drawing = flowchart(followed)
    return Procedure(
        marketplace=followed.marketplace,
        issue_types=followed.issue_types,
        title=title(followed, catalogue),
        address=step_address(followed, followed.issue_types[0]),
        playbook=followed.playbook,
        owner=followed.owner,
        fingerprint=fingerprint(followed),
        approval=approval(catalogue, followed),
        approved=prose.approval(catalogue, followed),
        lanes=drawing.lanes,
        steps=tuple(step(catalogue, followed, card) for card in drawing.cards),
        gaps=followed.gaps,
    )


def approval(catalogue: Catalogue, followed: Followed) -> Approval | None:
    found = approval_of(catalogue, followed)
    return Approval(**dict(found), current=is_current(found, followed)) if found else None


def step(catalogue: Catalogue, followed: Followed, card: Card) -> ProcedureStep:
    where = step_address(followed, followed.issue_types[0], card.step.id)
    return ProcedureStep(**resolved(catalogue, card.step), lane=card.lane, address=where)


def step_address(followed: Followed, issue_type: str, step: str = "") -> str:
    return address("marketplace", followed.marketplace, addresses.anchor(issue_type, step))


def resolved(catalogue: Catalogue, one: FollowedStep) -> dict[str, Any]:
    """The fields of a resolved step."""
    return one.model_dump(by_alias=True) | {"sentence": plain(one.text, catalogue)}


def role(catalogue: Catalogue, id: str) -> Role:
    return Role(
        **dict(catalogue.roles[id]),
        id=id,
        address=address("role", id),
        gaps=tuple(catalogue.gaps_at("role", id)),
        tasks={of: tasks(catalogue, id, of) for of in catalogue.issue_types},
    )


def tasks(catalogue: Catalogue, role: str, of: str) -> Tasks:
    return Tasks(
        owns=tuple(one.marketplace for one in catalogue.index.owned_by(role, of)),
        does=tuple(task(catalogue, of, one) for one in catalogue.index.steps_of(role, of)),
        is_told=tuple(task(catalogue, of, one) for one in catalogue.index.steps_to(role, of)),
        is_mentioned=tuple(task(catalogue, of, one) for one in catalogue.index.steps_mentioning(role, of)),
    )


def task(catalogue: Catalogue, of: str, shared: SharedStep) -> Task:
    return Task(
        **resolved(catalogue, shared.step),
        at={one.marketplace: step_address(one, of, shared.step.id) for one in shared.procedures},
        owners=owners(shared.procedures),
        before=neighbours(catalogue, shared.before.values()),
        after=neighbours(catalogue, shared.after.values()),
    )


def neighbours(catalogue: Catalogue, steps: Iterable[Neighbouring]) -> tuple[Neighbour, ...]:
    return tuple(
        Neighbour(line=line(step, catalogue), at=tuple(one.marketplace for one in procedures))
        for step, procedures in steps
    )


def system(catalogue: Catalogue, id: str) -> System:
    return System(
        **dict(catalogue.systems[id]),
        id=id,
        address=address("system", id),
        gaps=tuple(catalogue.gaps_at("system", id)),
        tasks={
            of: tuple(task(catalogue, of, one) for one in catalogue.index.steps_in(id, of))
            for of in catalogue.issue_types
        },
    )


def playbook(catalogue: Catalogue, id: str) -> Playbook:
    return Playbook(
        **dict(catalogue.playbooks[id]),
        id=id,
        followed_by=tuple(
            Follower(
                marketplace=one.marketplace,
                issue_types=one.issue_types,
                address=step_address(one, one.issue_types[0]),
            )
            for one in catalogue.index.followers(id)
        ),
    )


def gap(catalogue: Catalogue, id: str) -> Gap:
    record = catalogue.gaps[id]
    places = by_issue_types(catalogue.index.procedures_with_gap(id))
    return Gap(
        **dict(record),
        sentence=plain(record.says, catalogue),
        where=tuple(
            Where(issue_types=types, marketplaces=tuple(one.marketplace for one in procedures))
            for types, procedures in places.items()
        ),
        ask=owners(catalogue.index.procedures_with_gap(id)),
    )
