"""Rules for completeness: every procedure is complete, or a gap records what is missing.

rulebook.yml has the title, the reason and a broken example of each rule.
"""

from collections.abc import Iterator

from macros.catalogue.catalogue import Catalogue
from macros.checks.rule import Finding, Rule
from macros.model.gaps import Excuse
from macros.model.playbooks import Playbook, Step
from macros.parsing.document import Keys


def every_issue_type_is_handled(catalogue: Catalogue) -> Iterator[Finding]:
    for id, marketplace in catalogue.marketplaces.items():
        for issue_type in catalogue.issue_types.keys() - marketplace.playbooks.keys():
            help = f"add '{issue_type}: ' and the id of a playbook"
            yield Finding(
                f"{id} has no procedure for '{issue_type}'", help, "marketplace", id, ("playbooks",)
            )


def every_step_has_an_actor(catalogue: Catalogue) -> Iterator[Finding]:
    for id, playbook in catalogue.playbooks.items():
        for index, step in enumerate(playbook.steps):
            if not step.actors and not is_excused(catalogue, "no-actor", id, step.id):
                yield missing_without_gap(f"step '{step.id}' has no actor", "no-actor", id, index)


def every_condition_has_an_otherwise(catalogue: Catalogue) -> Iterator[Finding]:
    for id, playbook in catalogue.playbooks.items():
        for index, step in enumerate(playbook.steps):
            open_condition = step.condition and not step.otherwise
            if open_condition and not is_excused(catalogue, "condition-without-otherwise", id, step.id):
                what = f"step '{step.id}' has a condition, but no 'otherwise'"
                yield missing_without_gap(what, "condition-without-otherwise", id, index)


def every_deadline_has_an_overdue(catalogue: Catalogue) -> Iterator[Finding]:
    for id, playbook in catalogue.playbooks.items():
        for index, step in enumerate(playbook.steps):
            open_deadline = step.within and not step.overdue
            if open_deadline and not is_excused(catalogue, "deadline-without-overdue", id, step.id):
                what = f"step '{step.id}' has a deadline, but no 'overdue'"
                yield missing_without_gap(what, "deadline-without-overdue", id, index)


def every_playbook_closes(catalogue: Catalogue) -> Iterator[Finding]:
    for id, playbook in catalogue.playbooks.items():
        if not defines_closing(playbook) and not is_excused(catalogue, "no-closing-step", id):
            what = "this playbook does not define when the case is closed"
            yield missing_without_gap(
                what, "no-closing-step", id, remedy="add 'closed' or a step with 'ticket'"
            )


def step_ids_are_unique(catalogue: Catalogue) -> Iterator[Finding]:
    for id, playbook in catalogue.playbooks.items():
        ids = [step.id for step in playbook.steps]
        for index, step in enumerate(ids):
            if step in ids[:index]:
                what = f"'{step}' is already the id of step {ids.index(step) + 1}"
                yield Finding(what, "choose another id", "playbook", id, ("steps", index, "id"))


def missing_without_gap(
    message: str, excuse: Excuse, playbook: str, index: int | None = None, remedy: str = "add it"
) -> Finding:
    """Something is missing, and no gap records that."""
    keys: Keys = () if index is None else ("steps", index)
    help = f"{remedy}, or add a gap to gaps.yml with 'excuses: {excuse}' if the source does not state it"
    return Finding(message, help, "playbook", playbook, keys)


def is_excused(catalogue: Catalogue, excuse: Excuse, playbook: str, step: str | None = None) -> bool:
    """Whether a gap records that this is missing."""
    gaps = (catalogue.gaps[id] for id in catalogue.questions_at("playbook", playbook))
    return any(gap.excuses == excuse and gap.step == step for gap in gaps)


def needs_excuse(playbook: Playbook, excuse: Excuse, step: str | None) -> bool:
    """Whether the playbook or the step lacks what the gap excuses."""
    if excuse == "no-closing-step":
        return not defines_closing(playbook) and step is None
    steps = [one for one in playbook.steps if one.id == step]
    return any(is_missing(one, excuse) for one in steps)


def is_missing(step: Step, excuse: Excuse) -> bool:
    """Whether a step misses what an excuse at a step is about."""
    if excuse == "no-actor":
        return not step.actors
    if excuse == "deadline-without-overdue":
        return bool(step.within) and not step.overdue
    return bool(step.condition) and not step.otherwise


def defines_closing(playbook: Playbook) -> bool:
    return bool(playbook.closed) or any(step.ticket for step in playbook.steps)


RULES = (
    Rule("SOP401", every_issue_type_is_handled),
    Rule("SOP402", every_step_has_an_actor, needs=("gap",)),
    Rule("SOP403", every_condition_has_an_otherwise, needs=("gap",)),
    Rule("SOP425", every_deadline_has_an_overdue, needs=("gap",)),
    Rule("SOP404", every_playbook_closes, needs=("gap",)),
    Rule("SOP408", step_ids_are_unique),
)
