"""Records of a catalogue -> resolved records of the API."""

from collections.abc import Iterable
from typing import Any

from macros.api import schema, step_schema
from macros.catalogue.approvals import approval_of, is_current
from macros.catalogue.catalogue import Catalogue
from macros.catalogue.fingerprint import fingerprint
from macros.catalogue.index import Neighbour, SharedStep, by_issue_types, owners
from macros.catalogue.procedure import Procedure, ResolvedStep
from macros.model import urls
from macros.model.kinds import KINDS
from macros.wording import sentences
from macros.wording.flowchart import Card, flowchart
from macros.wording.sentences import line, plain, title


def name(catalogue: Catalogue, id: str) -> schema.Name:
    """The name of the record that `{id}` refers to; KeyError for an unknown id."""
    kind, record = catalogue.named(id)
    return schema.Name(kind=KINDS[kind].label, name=record.name, address=record_address(kind, id))


def record_address(kind: str, id: str, anchor: str = "") -> str:
    """The address of a record's page, below the site: `/roles/client-poc/`."""
    return f"/{urls.page(kind, id)}{anchor and f'#{anchor}'}"


def issue_type(catalogue: Catalogue, id: str) -> schema.IssueType:
    return schema.IssueType(
        **dict(catalogue.issue_types[id]), id=id, address=record_address("issue_type", id)
    )


def marketplace(catalogue: Catalogue, id: str) -> schema.Marketplace:
    return schema.Marketplace(
        **dict(catalogue.marketplaces[id]),
        id=id,
        address=record_address("marketplace", id),
        gaps=tuple(catalogue.gaps_at("marketplace", id)),
        procedures=tuple(procedure(catalogue, one) for one in catalogue.procedures[id]),
    )


def procedure(catalogue: Catalogue, procedure: Procedure) -> schema.Procedure:
    drawing = flowchart(procedure)
    return schema.Procedure(
        marketplace=procedure.marketplace,
        issue_types=procedure.issue_types,
        title=title(procedure, catalogue),
        address=step_address(procedure, procedure.issue_types[0]),
        playbook=procedure.playbook,
        owner=procedure.owner,
        fingerprint=fingerprint(procedure),
        approval=approval(catalogue, procedure),
        approved=sentences.approval(catalogue, procedure),
        lanes=drawing.lanes,
        closed=procedure.closed,
        closed_sentence=procedure.closed and plain(procedure.closed, catalogue),
        steps=tuple(step(catalogue, procedure, card) for card in drawing.cards),
        gaps=procedure.gaps,
    )


def approval(catalogue: Catalogue, procedure: Procedure) -> schema.Approval | None:
    found = approval_of(catalogue, procedure)
    return schema.Approval(**dict(found), current=is_current(found, procedure)) if found else None


def step(catalogue: Catalogue, procedure: Procedure, card: Card) -> step_schema.ProcedureStep:
    where = step_address(procedure, procedure.issue_types[0], card.step.id)
    return step_schema.ProcedureStep(**resolved(catalogue, card.step), lane=card.lane, address=where)


def step_address(procedure: Procedure, issue_type: str, step: str = "") -> str:
    """The address of a step or, without a step, of the procedure."""
    return record_address("marketplace", procedure.marketplace, urls.anchor(issue_type, step))


def resolved(catalogue: Catalogue, one: ResolvedStep) -> dict[str, Any]:
    """The fields of a resolved step."""
    texts = {"": one.text, "if_": one.condition, "evidence_": one.evidence, "note_": one.note}
    sentences = {f"{name}sentence": text and plain(text, catalogue) for name, text in texts.items()}
    return one.model_dump(by_alias=True) | sentences


def role(catalogue: Catalogue, id: str) -> schema.Role:
    return schema.Role(
        **dict(catalogue.roles[id]),
        id=id,
        address=record_address("role", id),
        gaps=tuple(catalogue.gaps_at("role", id)),
        tasks={of: tasks(catalogue, id, of) for of in catalogue.issue_types},
    )


def tasks(catalogue: Catalogue, role: str, of: str) -> schema.Tasks:
    return schema.Tasks(
        owns=tuple(one.marketplace for one in catalogue.index.owned_by(role, of)),
        does=tuple(task(catalogue, of, one) for one in catalogue.index.steps_of(role, of)),
        is_told=tuple(task(catalogue, of, one) for one in catalogue.index.steps_to(role, of)),
        is_mentioned=tuple(task(catalogue, of, one) for one in catalogue.index.steps_mentioning(role, of)),
    )


def task(catalogue: Catalogue, of: str, shared: SharedStep) -> step_schema.Task:
    return step_schema.Task(
        **resolved(catalogue, shared.step),
        at={one.marketplace: step_address(one, of, shared.step.id) for one in shared.procedures},
        owners=owners(shared.procedures),
        before=neighbours(catalogue, shared.before.values()),
        after=neighbours(catalogue, shared.after.values()),
    )


def neighbours(catalogue: Catalogue, steps: Iterable[Neighbour]) -> tuple[step_schema.Neighbour, ...]:
    return tuple(
        step_schema.Neighbour(line=line(step, catalogue), at=tuple(one.marketplace for one in procedures))
        for step, procedures in steps
    )


def system(catalogue: Catalogue, id: str) -> schema.System:
    return schema.System(
        **dict(catalogue.systems[id]),
        id=id,
        address=record_address("system", id),
        gaps=tuple(catalogue.gaps_at("system", id)),
        tasks={
            of: tuple(task(catalogue, of, one) for one in catalogue.index.steps_in(id, of))
            for of in catalogue.issue_types
        },
    )


def playbook(catalogue: Catalogue, id: str) -> schema.Playbook:
    return schema.Playbook(
        **dict(catalogue.playbooks[id]),
        id=id,
        followed_by=tuple(
            schema.Follower(
                marketplace=one.marketplace,
                issue_types=one.issue_types,
                address=step_address(one, one.issue_types[0]),
            )
            for one in catalogue.index.followers(id)
        ),
    )


def gap(catalogue: Catalogue, id: str) -> schema.Gap:
    record = catalogue.gaps[id]
    places = by_issue_types(catalogue.index.procedures_with_gap(id))
    return schema.Gap(
        **dict(record),
        sentence=plain(record.says, catalogue),
        where=tuple(
            schema.Where(issue_types=types, marketplaces=tuple(one.marketplace for one in procedures))
            for types, procedures in places.items()
        ),
        ask=owners(catalogue.index.procedures_with_gap(id)),
    )
