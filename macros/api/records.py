"""Records of a catalogue -> resolved records of the API."""

from collections.abc import Iterable
from typing import Any

from macros.api import schema, step_schema
from macros.catalogue.approvals import approval_of, is_current
from macros.catalogue.catalogue import Catalogue
from macros.catalogue.fingerprint import fingerprint
from macros.catalogue.index import Neighbour, SharedStep, owners
from macros.catalogue.procedure import Procedure, ResolvedStep
from macros.model import urls
from macros.model.contacts import contact
from macros.model.kinds import KINDS
from macros.model.playbooks import Step
from macros.wording import sentences
from macros.wording.flowchart import Card, flowchart
from macros.wording.sentences import plain_text, step_line, title


def name(catalogue: Catalogue, id: str) -> schema.Name:
    """The name of the record that `{id}` refers to; KeyError for an unknown id."""
    kind, record = catalogue.named[id]
    where, url = record_address(kind, id), getattr(record, "url", None)
    return schema.Name(kind=KINDS[kind].label, name=record.name, address=where, url=url)


def record_address(kind: str, id: str, anchor: str = "") -> str:
    """The address of a record's page, below the site: `/roles/client-poc/`."""
    return f"/{urls.page(kind, id)}{anchor and f'#{anchor}'}"


def issue_type(catalogue: Catalogue, id: str) -> schema.IssueType:
    return schema.IssueType(
        **dict(catalogue.issue_types[id]), id=id, address=record_address("issue_type", id)
    )


def with_gaps(catalogue: Catalogue, kind: str, id: str) -> dict[str, Any]:
    """The fields of a record, its address, and the gaps about it."""
    return dict(catalogue.records[kind][id]) | {
        "id": id,
        "address": record_address(kind, id),
        "gaps": catalogue.gaps_at(kind, id),
        "decided": catalogue.gaps_at(kind, id, "answered"),
    }


def marketplace(catalogue: Catalogue, id: str) -> schema.Marketplace:
    return schema.Marketplace(
        **with_gaps(catalogue, "marketplace", id),
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
        closed_sentence=procedure.closed and plain_text(procedure.closed, catalogue),
        steps=tuple(step(catalogue, procedure, card) for card in drawing.cards),
        gaps=procedure.gaps,
        words=tuple(schema.Word(id=word.id, means=word.means) for word in procedure.words),
        decided=procedure.decided,
    )


def approval(catalogue: Catalogue, procedure: Procedure) -> schema.Approval | None:
    found = approval_of(catalogue, procedure)
    return schema.Approval(**dict(found), current=is_current(found, procedure)) if found else None


def step(catalogue: Catalogue, procedure: Procedure, card: Card) -> step_schema.ProcedureStep:
    where = step_address(procedure, procedure.issue_types[0], card.step.id)
    return step_schema.ProcedureStep(
        **resolved_step_fields(catalogue, card.step, [procedure.marketplace]), lane=card.lane, address=where
    )


def step_address(procedure: Procedure, issue_type: str, step: str = "") -> str:
    """The address of a step or, without a step, of the procedure."""
    return record_address("marketplace", procedure.marketplace, urls.anchor(issue_type, step))


def resolved_step_fields(
    catalogue: Catalogue, one: ResolvedStep, marketplaces: Iterable[str]
) -> dict[str, Any]:
    """The fields of a resolved step, at these marketplaces."""
    texts = {"": one.text, "if_": one.condition, "note_": one.note}
    sentences = {f"{name}sentence": text and plain_text(text, catalogue) for name, text in texts.items()}
    evidence = tuple(plain_text(text, catalogue) for text in one.evidence)
    reach = tuple(
        step_schema.Reach(role=role, contacts=None if texts is None else contacts(texts))
        for role, texts in catalogue.contacts.of_recipients(one, marketplaces)
    )
    return step_fields(one) | sentences | {"evidence_sentences": evidence, "reach": reach}


def step_fields(one: Step) -> dict[str, Any]:
    """The fields of a step, by their names in the API."""
    fields = one.model_dump(by_alias=True)
    return {"actors": fields.pop("actor"), **fields}


def contacts(texts: Iterable[str]) -> tuple[step_schema.Contact, ...]:
    found = map(contact, texts)
    return tuple(step_schema.Contact(text=one.text, link=one.link or None) for one in found)


def role(catalogue: Catalogue, id: str) -> schema.Role:
    return schema.Role(
        **with_gaps(catalogue, "role", id),
        contacts=contacts(catalogue.roles[id].contact),
        contacts_at={at: contacts(texts) for at, texts in catalogue.contacts.at.get(id, {}).items()},
        tasks={of: tasks(catalogue, id, of) for of in catalogue.issue_types},
    )


def tasks(catalogue: Catalogue, role: str, of: str) -> schema.Tasks:
    return schema.Tasks(
        owns=tuple(one.marketplace for one in catalogue.index.procedures_owned_by(role, of)),
        does=tuple(task(catalogue, of, one) for one in catalogue.index.steps_of(role, of)),
        is_told=tuple(task(catalogue, of, one) for one in catalogue.index.steps_to(role, of)),
        is_mentioned=tuple(task(catalogue, of, one) for one in catalogue.index.steps_mentioning(role, of)),
    )


def task(catalogue: Catalogue, of: str, shared: SharedStep) -> step_schema.Task:
    return step_schema.Task(
        **resolved_step_fields(catalogue, shared.step, (one.marketplace for one in shared.procedures)),
        at={one.marketplace: step_address(one, of, shared.step.id) for one in shared.procedures},
        owners=owners(shared.procedures),
        before=neighbours(catalogue, shared.before.values()),
        after=neighbours(catalogue, shared.after.values()),
    )


def neighbours(catalogue: Catalogue, steps: Iterable[Neighbour]) -> tuple[step_schema.Neighbour, ...]:
    return tuple(
        step_schema.Neighbour(
            line=step_line(step, catalogue), at=tuple(one.marketplace for one in procedures)
        )
        for step, procedures in steps
    )


def system(catalogue: Catalogue, id: str) -> schema.System:
    return schema.System(
        **with_gaps(catalogue, "system", id),
        tasks={
            of: tuple(task(catalogue, of, one) for one in catalogue.index.steps_in(id, of))
            for of in catalogue.issue_types
        },
    )


def term(catalogue: Catalogue, id: str) -> schema.Term:
    return schema.Term(
        **with_gaps(catalogue, "term", id),
    )


def playbook(catalogue: Catalogue, id: str) -> schema.Playbook:
    record = catalogue.playbooks[id]
    return schema.Playbook(
        **dict(record) | {"steps": tuple(step_schema.Step(**step_fields(one)) for one in record.steps)},
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
