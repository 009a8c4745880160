"""The open questions of an SOP by what they concern and who can answer them; its readings and answers."""

from collections.abc import Iterable
from typing import NamedTuple

from macros.catalogue.catalogue import Catalogue
from macros.catalogue.index import owners

Groups = dict[tuple[str, ...], list[str]]  # ids of roles -> ids of gaps that they can answer


class Questions(NamedTuple):
    """The ids of gaps: those that change a step, others about a record, and those about fields of no certain record."""

    steps: Groups
    others: Groups
    control: list[str]
    readings: list[str]
    answered: list[str]


def questions(catalogue: Catalogue, ids: Iterable[str]) -> Questions:
    """These gaps in the order in which they are listed."""
    found = Questions({}, {}, [], [], [])
    for id in ids:
        gap = catalogue.gaps[id]
        if gap.state != "open":
            (found.readings if gap.state == "reading" else found.answered).append(id)
        elif not gap.record_ids:
            found.control.append(id)
        else:
            groups = found.steps if changes_step(catalogue, id) else found.others
            groups.setdefault(answerers(catalogue, id), []).append(id)
    return Questions(by_role(catalogue, found.steps), by_role(catalogue, found.others), *found[2:])


def gap_numbers(catalogue: Catalogue) -> dict[str, int]:
    """The number of each gap in the list of all."""
    found = questions(catalogue, catalogue.gaps)
    groups = [*found.steps.values(), *found.others.values(), found.control, found.readings, found.answered]
    return {id: number for number, id in enumerate((id for ids in groups for id in ids), start=1)}


def by_role(catalogue: Catalogue, groups: Groups) -> Groups:
    """The groups in the order of the roles; last those that nobody of them can answer."""
    order = {role: place for place, role in enumerate(catalogue.roles)}
    return dict(sorted(groups.items(), key=lambda item: (not item[0], [order[role] for role in item[0]])))


def changes_step(catalogue: Catalogue, id: str) -> bool:
    """Whether the answer to a gap changes what somebody does."""
    gap = catalogue.gaps[id]
    return bool(gap.step or gap.excuses)


def answerers(catalogue: Catalogue, id: str) -> tuple[str, ...]:
    """The roles that can answer a gap: the one to ask, else the owners of its procedures; of a reading, nobody."""
    gap = catalogue.gaps[id]
    if gap.state == "reading":
        return ()
    return (gap.ask,) if gap.ask else owners(catalogue.index.procedures_with_gap(id))
