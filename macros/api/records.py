"""Records of a catalogue -> records of the API, resolved."""

from collections.abc import Iterable
from typing import Any

from macros.api.schema import (
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
from macros.wording import sentences as prose
from macros.wording.flowchart import Card, flowchart
from macros.wording.sentences import line, plain, title


def name(catalogue: Catalogue, id: str) -> Name:
    """What a text can name with this id; KeyError if there is no such record."""
    kind, record = catalogue.named(id)
    return Name(kind=KINDS[kind].label, name=record.name, address=address(kind, id))


def address(kind: str, id: str, anchor: str = "") -> str:
    """The address of a record's page, below the site: `/roles/client-poc/`."""
    return f"/{addresses.page(kind, id)}{anchor and f'#{anchor}'}"


def issue_type(catalogue: Catalogue, id: str) -> IssueType:
    return IssueType(**dict(catalogue.issue_types[id]), id=id, address=address("issue_type", id))


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
    """The address of a step, or without one of the procedure."""
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
