"""What concerns one role, system or gap: the same step at several marketplaces is said once."""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from macros.catalogue.catalogue import Catalogue
from macros.catalogue.procedure import Procedure, ProcedureStep, unique
from macros.model.records import Step


class Neighbour(NamedTuple):
    """What comes right before or after a step, and the procedures where it does."""

    step: ProcedureStep
    procedures: list[Procedure]


@dataclass(frozen=True, slots=True)
class SharedStep:
    """A step with the procedures that have it, and what comes before and after it in them.

    Neighbours are by the number that `Steps` gives a step.
    """

    step: ProcedureStep
    procedures: list[Procedure] = field(default_factory=list)
    before: dict[int, Neighbour] = field(default_factory=dict)
    after: dict[int, Neighbour] = field(default_factory=dict)


class Steps:
    """Gives equal steps the same number; a step that is met again is not compared again."""

    def __init__(self) -> None:
        self.numbers: dict[Step, int] = {}
        self.seen: dict[int, int] = {}

    def number(self, one: ProcedureStep) -> int:
        if id(one) not in self.seen:
            self.seen[id(one)] = self.numbers.setdefault(one.step, len(self.numbers))
        return self.seen[id(one)]


Key = tuple[str, str, str]  # how a step concerns something, the id of that, and an issue type


@dataclass(frozen=True, slots=True)
class Index:
    """What one pass over all procedures finds."""

    steps: dict[Key, dict[tuple[int, tuple[str, ...]], SharedStep]]
    owned: dict[tuple[str, str], list[Procedure]]
    gaps: dict[str, list[Procedure]]
    followers: dict[str, list[Procedure]]


@lru_cache(maxsize=2)  # two catalogues are compared at most
def index(catalogue: Catalogue) -> Index:
    """Every step under each role and system that it concerns, in the order of the site."""
    found = Index(defaultdict(dict), defaultdict(list), defaultdict(list), defaultdict(list))
    steps = Steps()
    for procedure in catalogue.all_procedures():
        for gap in unique((*procedure.gaps, *catalogue.gaps_at("marketplace", procedure.marketplace))):
            found.gaps[gap].append(procedure)
        found.followers[procedure.playbook].append(procedure)
        for issue_type in procedure.issue_types:
            found.owned[procedure.owner, issue_type].append(procedure)
            add_steps(found, steps, procedure, issue_type)
    return found


def add_steps(found: Index, steps: Steps, procedure: Procedure, issue_type: str) -> None:
    around = zip((None, *procedure.steps), procedure.steps, (*procedure.steps[1:], None), strict=False)
    for before, step, after in around:
        for how, id in concerns(step):
            alike = found.steps[how, id, issue_type]
            shared = alike.setdefault((steps.number(step), step.gaps), SharedStep(step))
            shared.procedures.append(procedure)
            for side, one in ((shared.before, before), (shared.after, after)):
                if one:
                    side.setdefault(steps.number(one), Neighbour(one, [])).procedures.append(procedure)


def concerns(step: ProcedureStep) -> list[tuple[str, str]]:
    """How a step concerns whom and what."""
    return [
        ("every", ""),
        *([("does", step.step.actor)] if step.step.actor else []),
        *(("is told", id) for id in step.recipients),
        *(("is mentioned", id) for id in step.mentioned),
        *(("done in", id) for id in step.systems),
    ]


def steps_of(catalogue: Catalogue, how: str, id: str, issue_type: str) -> list[SharedStep]:
    return list(index(catalogue).steps.get((how, id, issue_type), {}).values())


def every(catalogue: Catalogue, issue_type: str) -> list[SharedStep]:
    """All steps for an issue type."""
    return steps_of(catalogue, "every", "", issue_type)


def does(catalogue: Catalogue, role: str, issue_type: str) -> list[SharedStep]:
    """The steps of a role."""
    return steps_of(catalogue, "does", role, issue_type)


def is_told(catalogue: Catalogue, role: str, issue_type: str) -> list[SharedStep]:
    """The steps of others that reach a role."""
    return steps_of(catalogue, "is told", role, issue_type)


def is_mentioned(catalogue: Catalogue, role: str, issue_type: str) -> list[SharedStep]:
    """The statements that mention a role: neither its own steps, nor addressed to it."""
    return steps_of(catalogue, "is mentioned", role, issue_type)


def done_in(catalogue: Catalogue, system: str, issue_type: str) -> list[SharedStep]:
    """The steps that are done in a system."""
    return steps_of(catalogue, "done in", system, issue_type)


def owns(catalogue: Catalogue, role: str, issue_type: str) -> list[Procedure]:
    """The procedures that a role is accountable for."""
    return index(catalogue).owned.get((role, issue_type), [])


def followers(catalogue: Catalogue, playbook: str) -> list[Procedure]:
    """The procedures that follow a playbook."""
    return index(catalogue).followers.get(playbook, [])


def procedures_with_gap(catalogue: Catalogue, id: str) -> list[Procedure]:
    """The procedures that a gap leaves incomplete."""
    return index(catalogue).gaps.get(id, [])


def whom_to_ask(catalogue: Catalogue, id: str) -> tuple[str, ...]:
    """The owners of the procedures that a gap leaves incomplete."""
    return owners(procedures_with_gap(catalogue, id))


def owners(procedures: list[Procedure]) -> tuple[str, ...]:
    """The owners of procedures, each once."""
    return unique(procedure.owner for procedure in procedures)


def by_issue_types(procedures: list[Procedure]) -> dict[tuple[str, ...], list[Procedure]]:
    """Procedures grouped by what they are for."""
    groups: dict[tuple[str, ...], list[Procedure]] = {}
    for procedure in procedures:
        groups.setdefault(procedure.issue_types, []).append(procedure)
    return groups
