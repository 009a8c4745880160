"""Procedures: playbooks resolved for a marketplace and its issue types."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import get_args

from macros.catalogue.exits import Exit, Paths
from macros.model.gaps import Gap, State
from macros.model.playbooks import ESCALATION, Playbook, Step
from macros.model.records import Marketplace
from macros.model.types import REFERENCE


class ResolvedStep(Step):
    """A step of a procedure: numbered, with the marketplace's escalation filled in, and with its references.

    ``recipients`` are the roles that an action refers to; roles in a statement are only ``mentioned``.
    ``gaps`` are the ids of the open gaps about this step, ``decided`` of its answered ones. ``exits`` lead from it to other steps.
    ``comes_from`` and ``goes_to`` are the numbers of the steps directly before and after it on any path.
    ``follows`` is whether the case comes from the step above without an exit.
    """

    number: int
    recipients: tuple[str, ...]
    mentioned: tuple[str, ...]
    systems: tuple[str, ...]
    gaps: tuple[str, ...]
    decided: tuple[str, ...]
    exits: tuple[Exit, ...]
    comes_from: tuple[int, ...]
    goes_to: tuple[int, ...]
    follows: bool

    @property
    def sources(self) -> tuple[int, ...]:
        """The numbers of the steps that lead here by an exit only."""
        return tuple(at for at in self.comes_from if not (self.follows and at == self.number - 1))

    @property
    def written(self) -> dict[str, object]:
        """The fields from the playbook, by name."""
        return {name: getattr(self, name) for name in Step.model_fields}


@dataclass(frozen=True, slots=True)
class Procedure:
    """The steps for an issue type at a marketplace, or for several issue types with the same playbook.

    ``closed`` is when the case is over. ``gaps`` are the ids of its open gaps: first those about the whole, then
    those about steps, in order. ``decided`` are its answered gaps, and ``readings`` its readings, in the same order.
    """

    marketplace: str
    issue_types: tuple[str, ...]
    playbook: str
    owner: str
    closed: str | None
    steps: tuple[ResolvedStep, ...]
    gaps: tuple[str, ...]
    decided: tuple[str, ...]
    readings: tuple[str, ...]

    @property
    def key(self) -> str:
        """The id in approvals and releases: `flipkart/order-related`."""
        return f"{self.marketplace}/{self.issue_types[0]}"

    def numbered(self, numbers: Iterable[int]) -> list[ResolvedStep]:
        """The steps with these numbers."""
        return [self.steps[number - 1] for number in numbers]

    @property
    def actors(self) -> tuple[str, ...]:
        """The roles that act, in the order of their first step."""
        return unique(step.actor for step in self.steps if step.actor)


STATES: tuple[State, ...] = get_args(State)  # in the order of the fields of a procedure
Concerns = Mapping[tuple[str, str], list[str]]  # kind and id of a record -> the gaps about it


def concerns_of(gaps: Mapping[str, Gap]) -> Concerns:
    """The ids of the gaps about each playbook, marketplace, role, system, or field of no record, in file order."""
    found: Concerns = defaultdict(list)
    for id, gap in gaps.items():
        for kind in ("playbook", "marketplace", "role", "system", "field"):
            for concerned in getattr(gap, kind):
                if kind != "field" or not gap.concerned:
                    found[kind, concerned].append(id)
    return found


class Resolver:
    """Resolves playbooks for marketplaces; each pair of playbook and escalation is resolved once."""

    def __init__(
        self,
        playbooks: Mapping[str, Playbook],
        systems: Iterable[str],
        gaps: Mapping[str, Gap],
        concerns: Concerns,
    ) -> None:
        self.playbooks = playbooks
        self.systems = frozenset(systems)
        self.gaps = gaps
        self.concerns = concerns
        self.shared_steps: dict[tuple[str, int], ResolvedStep] = {}
        self.paths: dict[str, Paths] = {}
        self.gap_order = {id: place for place, id in enumerate(gaps)}
        self.resolved: dict[tuple[str, str | None], tuple[tuple[ResolvedStep, ...], tuple[str, ...]]] = {}

    def procedures(self, id: str, marketplace: Marketplace, issue_types: Iterable[str]) -> list[Procedure]:
        """A procedure for each playbook of a marketplace, in the order of issue types."""
        handled: dict[str, list[str]] = {}
        for issue_type in issue_types:
            if playbook := marketplace.playbooks.get(issue_type):
                handled.setdefault(playbook, []).append(issue_type)
        return [self.procedure(id, marketplace, key, tuple(of)) for key, of in handled.items()]

    def procedure(
        self, id: str, marketplace: Marketplace, key: str, issue_types: tuple[str, ...]
    ) -> Procedure:
        steps, gaps = self.steps(key, marketplace.escalation)
        playbook = self.playbooks[key]
        closed = with_escalation(playbook.closed or "", marketplace.escalation) or None
        sorted_gaps = (in_state(self.gaps, gaps, state) for state in STATES)
        return Procedure(id, issue_types, key, playbook.owner, closed, steps, *sorted_gaps)

    def steps(self, key: str, escalation: str | None) -> tuple[tuple[ResolvedStep, ...], tuple[str, ...]]:
        """The steps of a playbook with this escalation, and the ids of all gaps."""
        if (key, escalation) not in self.resolved:
            numbered = enumerate(self.playbooks[key].steps, start=1)
            steps = tuple(self.shared(number, step, key, escalation) for number, step in numbered)
            ids = {step.id for step in steps}
            whole = (
                gap for gap in self.concerns.get(("playbook", key), ()) if self.gaps[gap].step not in ids
            )
            gaps = unique((*whole, *(gap for step in steps for gap in self.about(step, key))))
            self.resolved[key, escalation] = steps, gaps
        return self.resolved[key, escalation]

    def shared(self, number: int, step: Step, playbook: str, escalation: str | None) -> ResolvedStep:
        """A step of a playbook: one object for all marketplaces, unless it contains words of one of them."""
        place = (playbook, number)
        texts = {field: getattr(step, field) or "" for field in ("action", "statement", "note")}
        own = {field: with_escalation(text, escalation) or None for field, text in texts.items()}
        if any(own[field] != (text or None) for field, text in texts.items()):
            return self.step(number, step.model_copy(update=own), playbook)
        if place not in self.shared_steps:
            self.shared_steps[place] = self.step(number, step, playbook)
        return self.shared_steps[place]

    def step(self, number: int, step: Step, playbook: str) -> ResolvedStep:
        paths = self.paths.get(playbook) or self.paths.setdefault(playbook, Paths(self.playbooks[playbook]))
        named = unique(REFERENCE.findall(step.text))
        systems = tuple(id for id in named if id in self.systems)
        roles = tuple(id for id in named if id not in self.systems)
        recipients, mentioned = (roles, ()) if step.action else ((), roles)
        gaps = self.about(step, playbook)
        decided = (id for id in in_state(self.gaps, gaps, "answered") if self.gaps[id].step == step.id)
        return ResolvedStep.model_construct(
            **{name: getattr(step, name) for name in Step.model_fields},
            number=number,
            recipients=recipients,
            mentioned=mentioned,
            systems=systems,
            gaps=in_state(self.gaps, gaps, "open"),
            decided=tuple(decided),
            exits=paths.exits[number],
            comes_from=tuple(at for at, targets in paths.goes_to.items() if number in targets),
            goes_to=paths.goes_to[number],
            follows=number > 1 and not self.playbooks[playbook].steps[number - 2].then,
        )

    def about(self, step: Step, playbook: str) -> tuple[str, ...]:
        """The ids of all gaps about a step of a playbook, or about a role or system that it names."""
        own = (id for id in self.concerns.get(("playbook", playbook), ()) if self.gaps[id].step == step.id)
        named = [*REFERENCE.findall(step.text), step.actor or ""]
        named_here = [(kind, id) for id in named for kind in ("role", "system")]
        others = (id for one in named_here for id in self.concerns.get(one, ()) if not self.gaps[id].playbook)
        return tuple(sorted({*own, *others}, key=self.gap_order.__getitem__))


def in_state(gaps: Mapping[str, Gap], ids: Iterable[str], state: State) -> tuple[str, ...]:
    """The ids of the gaps that are in a state."""
    return tuple(id for id in ids if gaps[id].state == state)


def with_escalation(text: str, escalation: str | None) -> str:
    """A text of a playbook with the marketplace's own words in place of `{escalation}`."""
    return text.replace(f"{{{ESCALATION}}}", escalation) if escalation else text


def unique(ids: Iterable[str]) -> tuple[str, ...]:
    """The ids without duplicates, in order."""
    return tuple(dict.fromkeys(ids))
