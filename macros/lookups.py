"""What concerns one role, system or gap: the same step at several marketplaces is said once."""

from collections.abc import Callable
from dataclasses import dataclass

from macros.catalogue import Catalogue
from macros.procedure import Procedure, ProcedureStep, unique


@dataclass(frozen=True, slots=True)
class SharedStep:
    """A step with what comes before and after it, and the procedures that have it."""

    step: ProcedureStep
    before: ProcedureStep | None
    after: ProcedureStep | None
    procedures: list[Procedure]


def shared_steps(
    catalogue: Catalogue, issue_type: str, wanted: Callable[[ProcedureStep], bool]
) -> list[SharedStep]:
    """The wanted steps of all procedures for an issue type, in the order of the site."""
    found: dict[tuple[str, str, str], SharedStep] = {}
    for procedure in catalogue.all_procedures():
        if issue_type not in procedure.issue_types:
            continue
        neighbours = zip(
            (None, *procedure.steps), procedure.steps, (*procedure.steps[1:], None), strict=False
        )
        for before, step, after in neighbours:
            if wanted(step):
                key = (procedure.playbook, step.step.id, step.step.text)
                found.setdefault(key, SharedStep(step, before, after, [])).procedures.append(procedure)
    return list(found.values())


def procedures_with_gap(catalogue: Catalogue, id: str) -> list[Procedure]:
    """The procedures that a gap leaves incomplete."""
    places = catalogue.gaps[id].marketplace
    return [one for one in catalogue.all_procedures() if id in one.gaps or one.marketplace in places]


def whom_to_ask(catalogue: Catalogue, id: str) -> tuple[str, ...]:
    """The owners of the procedures that a gap leaves incomplete."""
    return unique(procedure.owner for procedure in procedures_with_gap(catalogue, id))


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
