"""Procedures: playbooks resolved for a marketplace and its issue types."""

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass

from macros.catalogue.exits import Exit, Paths
from macros.catalogue.parameters import WHOLE, Given, filled, given_words, in_words, needed
from macros.model.gaps import Gap
from macros.model.playbooks import Playbook, Step
from macros.model.records import Marketplace
from macros.model.types import REFERENCE


class ResolvedStep(Step):
    """A step of a procedure: numbered, with the marketplace's words for parameters, and with its references.

    ``recipients`` are the roles that an action refers to; roles in a statement are only ``mentioned``.
    ``gaps`` are the ids of the gaps about this step. ``exits`` lead from it to other steps.
    ``comes_from`` and ``goes_to`` are the numbers of the steps directly before and after it on any path.
    ``follows`` is whether the case comes from the step above without an exit.
    """

    number: int
    recipients: tuple[str, ...]
    mentioned: tuple[str, ...]
    systems: tuple[str, ...]
    gaps: tuple[str, ...]
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

    ``closed`` is when the case is over. ``gaps`` are the ids of its gaps: first those about the whole, then
    those about steps, in order.
    """

    marketplace: str
    issue_types: tuple[str, ...]
    playbook: str
    owner: str
    closed: str | None
    steps: tuple[ResolvedStep, ...]
    gaps: tuple[str, ...]

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


Concerns = Mapping[tuple[str, str], list[str]]  # kind and id of a record -> the gaps about it


def concerns_of(gaps: Mapping[str, Gap]) -> Concerns:
    """The ids of the gaps about each playbook, marketplace, role, system or field, in file order.

    A gap about a parameter is not about the whole marketplace: its key is `("parameter", "flipkart/NAME")`.
    """
    found: Concerns = defaultdict(list)
    for id, gap in gaps.items():
        if gap.parameter:
            for marketplace in gap.marketplace:
                found["parameter", f"{marketplace}/{gap.parameter}"].append(id)
            gap = gap.model_copy(update={"marketplace": ()})
        for kind in ("playbook", "marketplace", "role", "system", "field"):
            for concerned in getattr(gap, kind):
                found[kind, concerned].append(id)
    return found


class Resolver:
    """Resolves playbooks for marketplaces; each playbook is resolved once with the same parameters."""

    def __init__(
        self,
        playbooks: Mapping[str, Playbook],
        named: Container[str],
        systems: Iterable[str],
        gaps: Mapping[str, Gap],
        concerns: Concerns,
    ) -> None:
        """``named`` are the ids of all records that `{id}` can refer to."""
        self.playbooks = playbooks
        self.systems = frozenset(systems)
        self.needed = {id: needed(playbook, named) for id, playbook in playbooks.items()}
        self.gaps = gaps
        self.concerns = concerns
        self.shared_steps: dict[tuple[str, int], ResolvedStep] = {}
        self.paths: dict[str, Paths] = {}
        self.gap_order = {id: place for place, id in enumerate(gaps)}
        self.resolved: dict[tuple[str, Given], tuple[tuple[ResolvedStep, ...], tuple[str, ...]]] = {}

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
        names = {name: None for by_name in self.needed[key].values() for name in by_name}
        given = given_words(
            names, marketplace.parameters, lambda name: self.concerns.get(("parameter", f"{id}/{name}"), [])
        )
        steps, gaps = self.steps(key, given)
        playbook = self.playbooks[key]
        closed = in_words(playbook.closed, given)
        return Procedure(id, issue_types, key, playbook.owner, closed, steps, gaps)

    def steps(self, key: str, given: Given) -> tuple[tuple[ResolvedStep, ...], tuple[str, ...]]:
        """The steps of a playbook with these words for its parameters, and the ids of all gaps."""
        if (key, given) not in self.resolved:
            numbered = enumerate(self.playbooks[key].steps, start=1)
            steps = tuple(self.shared(number, step, key, given) for number, step in numbered)
            whole = (gap for gap in self.concerns.get(("playbook", key), ()) if not self.gaps[gap].step)
            own = (gap for one in self.own(given, key, WHOLE) for gap in one[2])
            gaps = unique((*whole, *own, *(gap for step in steps for gap in step.gaps)))
            self.resolved[key, given] = steps, gaps
        return self.resolved[key, given]

    def own(self, given: Given, playbook: str, number: int) -> Given:
        """The words of a marketplace for the parameters of one step."""
        names = self.needed[playbook].get(number, ())
        return tuple(one for one in given if one[0] in names)

    def shared(self, number: int, step: Step, playbook: str, given: Given) -> ResolvedStep:
        """A step of a playbook: one object for all marketplaces, unless it contains words of one of them."""
        place = (playbook, number)
        if own := self.own(given, playbook, number):
            return self.step(number, filled(step, own), playbook, [gap for _, _, gaps in own for gap in gaps])
        if place not in self.shared_steps:
            self.shared_steps[place] = self.step(number, step, playbook)
        return self.shared_steps[place]

    def step(self, number: int, step: Step, playbook: str, not_given: Iterable[str] = ()) -> ResolvedStep:
        paths = self.paths.get(playbook) or self.paths.setdefault(playbook, Paths(self.playbooks[playbook]))
        named = unique(REFERENCE.findall(step.text))
        systems = tuple(id for id in named if id in self.systems)
        roles = tuple(id for id in named if id not in self.systems)
        recipients, mentioned = (roles, ()) if step.action else ((), roles)
        own = (id for id in self.concerns.get(("playbook", playbook), ()) if self.gaps[id].step == step.id)
        named_here = [("role", id) for id in (*roles, step.actor or "")] + [("system", id) for id in systems]
        others = (id for one in named_here for id in self.concerns.get(one, ()) if not self.gaps[id].playbook)
        gaps = tuple(sorted({*own, *others, *not_given}, key=self.gap_order.__getitem__))
        return ResolvedStep.model_construct(
            **{name: getattr(step, name) for name in Step.model_fields},
            number=number,
            recipients=recipients,
            mentioned=mentioned,
            systems=systems,
            gaps=gaps,
            exits=paths.exits[number],
            comes_from=tuple(at for at, targets in paths.goes_to.items() if number in targets),
            goes_to=paths.goes_to[number],
            follows=number > 1 and not self.playbooks[playbook].steps[number - 2].then,
        )


def unique(ids: Iterable[str]) -> tuple[str, ...]:
    """The ids without duplicates, in order."""
    return tuple(dict.fromkeys(ids))
