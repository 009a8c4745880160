"""What concerns one role, system or gap: the same step at several marketplaces is said once."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from macros.catalogue import Catalogue
from macros.model import Step
from macros.procedure import Procedure, ProcedureStep, unique


class Neighbour(NamedTuple):
    """What comes right before or after a step, and the procedures where it does."""

    step: ProcedureStep
    procedures: list[Procedure]


@dataclass(frozen=True, slots=True)
class SharedStep:
    """A step with the procedures that have it, and what comes before and after it in them."""

    step: ProcedureStep
    procedures: list[Procedure] = field(default_factory=list)
    before: dict[Step, Neighbour] = field(default_factory=dict)
    after: dict[Step, Neighbour] = field(default_factory=dict)


def shared_steps(
    catalogue: Catalogue, issue_type: str, wanted: Callable[[ProcedureStep], bool]
) -> list[SharedStep]:
    """The wanted steps of all procedures for an issue type, in the order of the site."""
    found: dict[tuple[Step, tuple[str, ...]], SharedStep] = {}
    for procedure in catalogue.all_procedures():
        if issue_type not in procedure.issue_types:
            continue
        around = zip((None, *procedure.steps), procedure.steps, (*procedure.steps[1:], None), strict=False)
        for before, step, after in around:
            if wanted(step):
                shared = found.setdefault((step.step, step.gaps), SharedStep(step))
                shared.procedures.append(procedure)
                for side, one in ((shared.before, before), (shared.after, after)):
                    if one:
                        side.setdefault(one.step, Neighbour(one, [])).procedures.append(procedure)
    return list(found.values())


def procedures_with_gap(catalogue: Catalogue, id: str) -> list[Procedure]:
    """The procedures that a gap leaves incomplete."""
    places = catalogue.gaps[id].marketplace
    return [one for one in catalogue.all_procedures() if id in one.gaps or one.marketplace in places]


def whom_to_ask(catalogue: Catalogue, id: str) -> tuple[str, ...]:
    """The owners of the procedures that a gap leaves incomplete."""
    return owners(procedures_with_gap(catalogue, id))


def owners(procedures: list[Procedure]) -> tuple[str, ...]:
    """The owners of procedures, each once."""
    return unique(procedure.owner for procedure in procedures)


def does(catalogue: Catalogue, role: str, issue_type: str) -> list[SharedStep]:
    """The steps of a role."""
    return shared_steps(catalogue, issue_type, lambda step: step.step.actor == role)


def is_told(catalogue: Catalogue, role: str, issue_type: str) -> list[SharedStep]:
    """The steps of others that reach a role."""
    return shared_steps(catalogue, issue_type, lambda step: role in step.recipients)


def is_mentioned(catalogue: Catalogue, role: str, issue_type: str) -> list[SharedStep]:
    """The statements that mention a role: neither its own steps, nor addressed to it."""
    return shared_steps(catalogue, issue_type, lambda step: role in step.mentioned)


def done_in(catalogue: Catalogue, system: str, issue_type: str) -> list[SharedStep]:
    """The steps that are done in a system."""
    return shared_steps(catalogue, issue_type, lambda step: system in step.systems)


def owns(catalogue: Catalogue, role: str, issue_type: str) -> list[Procedure]:
    """The procedures that a role is accountable for."""
    return [one for one in catalogue.all_procedures() if one.owner == role and issue_type in one.issue_types]


def by_issue_types(procedures: list[Procedure]) -> dict[tuple[str, ...], list[Procedure]]:
    """Procedures grouped by what they are for."""
    groups: dict[tuple[str, ...], list[Procedure]] = {}
    for procedure in procedures:
        groups.setdefault(procedure.issue_types, []).append(procedure)
    return groups
