"""The procedures and steps of each role, system, playbook and gap; shared steps are listed once."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from macros.catalogue.procedure import Procedure, ResolvedStep, unique


class Neighbour(NamedTuple):
    """A step directly before or after another on some path, and the procedures where that is so."""

    step: ResolvedStep
    procedures: list[Procedure]


@dataclass(frozen=True, slots=True)
class SharedStep:
    """A step, the procedures that contain it, and the steps directly before and after it there.

    A step before or after is listed once for all procedures where a reader sees the same line.
    """

    step: ResolvedStep
    procedures: list[Procedure] = field(default_factory=list)
    before: dict[int, Neighbour] = field(default_factory=dict)
    after: dict[int, Neighbour] = field(default_factory=dict)


class StepNumbers:
    """Gives steps with the same key the same number; the key of each object is made only once."""

    def __init__(self, key: Callable[[ResolvedStep], tuple[object, ...]]) -> None:
        self.key = key
        self.numbers: dict[tuple[object, ...], int] = {}
        self.seen: dict[int, int] = {}

    def of(self, step: ResolvedStep) -> int:
        if id(step) not in self.seen:
            self.seen[id(step)] = self.numbers.setdefault(self.key(step), len(self.numbers))
        return self.seen[id(step)]


def whole_step(step: ResolvedStep) -> tuple[object, ...]:
    """All that a playbook states about a step."""
    return tuple(step.playbook_fields.values())


def line_key(step: ResolvedStep) -> tuple[object, ...]:
    """What a line about a step shows (`sentences.step_line`), and its id."""
    return step.id, step.actors, step.condition, step.text


class Index:
    """Lookups over all procedures, built in one pass, in the order of the site."""

    def __init__(self, procedures: Iterable[Procedure], gaps_of: Callable[[str], list[str]]) -> None:
        """``gaps_of`` returns the gaps about a whole marketplace."""
        self._steps: dict[tuple[str, str, str], list[SharedStep]] = defaultdict(list)
        self._owned: dict[tuple[str, str], list[Procedure]] = defaultdict(list)
        procedures = list(procedures)
        self._gaps = procedures_by_gap(procedures, gaps_of)
        self._followers: dict[str, list[Procedure]] = defaultdict(list)
        self._shared: dict[
            tuple[str, int, tuple[str, ...]], SharedStep
        ] = {}  # by issue type, number and gaps
        numbers, lines = StepNumbers(whole_step), StepNumbers(line_key)
        for procedure in procedures:
            self._followers[procedure.playbook].append(procedure)
            for issue_type in procedure.issue_types:
                self._owned[procedure.owner, issue_type].append(procedure)
                self._add_steps(numbers, lines, procedure, issue_type)

    def _add_steps(
        self, numbers: StepNumbers, lines: StepNumbers, procedure: Procedure, issue_type: str
    ) -> None:
        for step in procedure.steps:
            key = issue_type, numbers.of(step), (*step.gaps, *step.decided)
            shared = self._shared.get(key)
            if not shared:
                shared = self._shared[key] = SharedStep(step)
                for how, id in dict.fromkeys(index_keys(step)):
                    self._steps[how, id, issue_type].append(shared)
            shared.procedures.append(procedure)
            for side, near in ((shared.before, step.comes_from), (shared.after, step.goes_to)):
                for one in procedure.steps_with_numbers(near):
                    side.setdefault(lines.of(one), Neighbour(one, [])).procedures.append(procedure)

    def _shared_steps(self, how: str, id: str, issue_type: str) -> list[SharedStep]:
        return self._steps.get((how, id, issue_type), [])

    def steps(self, issue_type: str) -> list[SharedStep]:
        """All steps for an issue type."""
        return self._shared_steps("any", "", issue_type)

    def steps_of(self, role: str, issue_type: str) -> list[SharedStep]:
        """The steps that a role performs."""
        return self._shared_steps("actor", role, issue_type)

    def steps_to(self, role: str, issue_type: str) -> list[SharedStep]:
        """The steps of others that have a role as a recipient."""
        return self._shared_steps("recipient", role, issue_type)

    def steps_mentioning(self, role: str, issue_type: str) -> list[SharedStep]:
        """The statements that mention a role."""
        return self._shared_steps("mentioned", role, issue_type)

    def steps_in(self, system: str, issue_type: str) -> list[SharedStep]:
        """The steps in a system."""
        return self._shared_steps("system", system, issue_type)

    def procedures_owned_by(self, role: str, issue_type: str) -> list[Procedure]:
        """The procedures that a role is accountable for."""
        return self._owned.get((role, issue_type), [])

    def followers(self, playbook: str) -> list[Procedure]:
        """The procedures that follow a playbook."""
        return self._followers.get(playbook, [])

    def procedures_with_gap(self, gap: str) -> list[Procedure]:
        """The procedures with a gap."""
        return self._gaps.get(gap, [])


def procedures_by_gap(
    procedures: Iterable[Procedure], gaps_of: Callable[[str], Iterable[str]]
) -> dict[str, list[Procedure]]:
    """The procedures with each gap; ``gaps_of`` returns the gaps about a whole marketplace."""
    found: dict[str, list[Procedure]] = defaultdict(list)
    for procedure in procedures:
        own = (*procedure.gaps, *procedure.decided, *procedure.readings)
        for gap in unique((*own, *gaps_of(procedure.marketplace))):
            found[gap].append(procedure)
    return found


def index_keys(step: ResolvedStep) -> list[tuple[str, str]]:
    """The keys of a step in the index: (relation, id); every step also has the relation `any`."""
    return [
        ("any", ""),
        *(("actor", id) for id in step.actors),
        *(("recipient", id) for id in step.recipients),
        *(("mentioned", id) for id in step.mentioned),
        *(("system", id) for id in step.systems),
    ]


def owners(procedures: Iterable[Procedure]) -> tuple[str, ...]:
    """The owners of procedures, without duplicates."""
    return unique(procedure.owner for procedure in procedures)


def by_issue_types(procedures: Iterable[Procedure]) -> dict[tuple[str, ...], list[Procedure]]:
    """Procedures grouped by the issue types that they serve."""
    groups: dict[tuple[str, ...], list[Procedure]] = {}
    for procedure in procedures:
        groups.setdefault(procedure.issue_types, []).append(procedure)
    return groups
