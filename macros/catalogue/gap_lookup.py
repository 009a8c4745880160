"""Gaps by what they concern, and by state."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import get_args

from macros.model.gaps import Gap, State

STATES: tuple[State, ...] = get_args(State)  # in the order of the fields of a procedure
Concerns = Mapping[tuple[str, str], list[str]]  # kind and id of a record -> the gaps about it


def gaps_by_subject(gaps: Mapping[str, Gap]) -> Concerns:
    """The ids of the gaps about each playbook, marketplace, role, system, term, or field of no record, in file order.

    A gap about a parameter is not about the whole marketplace: its key is `("parameter", "flipkart/NAME")`.
    """
    found: Concerns = defaultdict(list)
    for id, gap in gaps.items():
        if gap.parameter:
            for marketplace in gap.marketplace:
                found["parameter", f"{marketplace}/{gap.parameter}"].append(id)
            gap = gap.model_copy(update={"marketplace": ()})
        for kind in ("playbook", "marketplace", "role", "system", "term", "field"):
            for concerned in getattr(gap, kind):
                if kind != "field" or not gap.record_ids:
                    found[kind, concerned].append(id)
    return found


def gaps_in_state(gaps: Mapping[str, Gap], ids: Iterable[str], state: State) -> tuple[str, ...]:
    """The ids of the gaps that are in a state."""
    return tuple(id for id in ids if gaps[id].state == state) if ids else ()
