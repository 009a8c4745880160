"""A playbook resolved for one marketplace and its issue types: what a reader follows."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from macros.catalogue.parameters import Given, filled, given_words, needed
from macros.model.records import Gap, Marketplace, Playbook, Step
from macros.model.types import REFERENCE, Record

ExitKind = Literal["otherwise", "overdue", "then"]
EXIT_KINDS: tuple[ExitKind, ...] = get_args(ExitKind)  # also the names of the fields of a step


class Exit(Record):
    """Where a case goes instead of to the step below.

    ``to`` is the id of a step, ``number`` its number; for the end of the case they are `end` and 0.
    """

    kind: ExitKind
    to: str
    number: int


class ResolvedStep(Step):
    """A step in its place, with the marketplace's own words filled in, and who and what its text names.

    ``recipients`` are the roles that an action names; those in a statement are only ``mentioned``.
    ``gaps`` are the ids of the gaps that concern this step. ``exits`` lead from it to other steps.
    ``comes_from`` and ``goes_to`` are the numbers of the steps right before and after it on any path;
    it ``follows`` if the case comes to it from the step above without an exit.
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
        """The fields that are written in the playbook, by name."""
        return {name: getattr(self, name) for name in Step.model_fields}


@dataclass(frozen=True, slots=True)
class Procedure:
    """What to do at a marketplace for an issue type, or for both if the source has one list.

    ``gaps`` are the ids of its gaps: of the whole, then step by step.
    """

    marketplace: str
    issue_types: tuple[str, ...]
    playbook: str
    owner: str
    steps: tuple[ResolvedStep, ...]
    gaps: tuple[str, ...]

    @property
    def key(self) -> str:
        """The id under which a procedure is approved and released: `flipkart/order-related`."""
        return f"{self.marketplace}/{self.issue_types[0]}"

    def numbered(self, numbers: Iterable[int]) -> list[ResolvedStep]:
        """The steps with these numbers."""
        return [self.steps[number - 1] for number in numbers]

    @property
    def actors(self) -> tuple[str, ...]:
        """The roles that act, in the order in which they first do."""
        return unique(step.actor for step in self.steps if step.actor)


Concerns = Mapping[tuple[str, str], list[str]]  # kind and id of a record -> the gaps that name it


def concerns_of(gaps: Mapping[str, Gap]) -> Concerns:
    """The ids of the gaps that name each playbook, marketplace, role, system or field, in their order."""
    found: Concerns = defaultdict(list)
    for id, gap in gaps.items():
        for kind in ("playbook", "marketplace", "role", "system", "field"):
            for concerned in getattr(gap, kind):
                found[kind, concerned].append(id)
    return found


class Resolver:
    """Resolves the playbooks of marketplaces, each playbook once with the same parameters."""

    def __init__(
        self,
        playbooks: Mapping[str, Playbook],
        roles: Iterable[str],
        systems: Iterable[str],
        gaps: Mapping[str, Gap],
        concerns: Concerns,
    ) -> None:
        self.playbooks = playbooks
        self.systems = frozenset(systems)
        ids = {*roles, *systems}
        self.needed = {id: needed(playbook, ids) for id, playbook in playbooks.items()}
        self.gaps = gaps
        self.concerns = concerns
        self.alike: dict[tuple[str, int], ResolvedStep] = {}
        self.paths: dict[str, Paths] = {}
        self.place = {id: place for place, id in enumerate(gaps)}
        self.resolved: dict[tuple[str, Given], tuple[tuple[ResolvedStep, ...], tuple[str, ...]]] = {}

    def procedures(self, id: str, marketplace: Marketplace, issue_types: Iterable[str]) -> list[Procedure]:
        """One procedure for each playbook of a marketplace, issue types in their order."""
        handled: dict[str, list[str]] = {}
        for issue_type in issue_types:
            if playbook := marketplace.playbooks.get(issue_type):
                handled.setdefault(playbook, []).append(issue_type)
        return [self.procedure(id, marketplace, key, tuple(of)) for key, of in handled.items()]

    def procedure(
        self, id: str, marketplace: Marketplace, key: str, issue_types: tuple[str, ...]
    ) -> Procedure:
        about = ((gap, self.gaps[gap].parameter) for gap in self.concerns.get(("marketplace", id), ()))
        steps, gaps = self.steps(key, given_words(self.needed[key], marketplace.parameters, about))
        return Procedure(id, issue_types, key, self.playbooks[key].owner, steps, gaps)

    def steps(self, key: str, given: Given) -> tuple[tuple[ResolvedStep, ...], tuple[str, ...]]:
        """The steps of a playbook with these words for its parameters, and all its gaps."""
        if (key, given) not in self.resolved:
            numbered = enumerate(self.playbooks[key].steps, start=1)
            steps = tuple(self.shared(number, step, key, given) for number, step in numbered)
            whole = (gap for gap in self.concerns.get(("playbook", key), ()) if not self.gaps[gap].step)
            gaps = unique((*whole, *(gap for step in steps for gap in step.gaps)))
            self.resolved[key, given] = steps, gaps
        return self.resolved[key, given]

    def shared(self, number: int, step: Step, playbook: str, given: Given) -> ResolvedStep:
        """A step of a playbook: one object for all marketplaces, unless it holds the words of one of them."""
        if names := self.needed[playbook].get(number):
            own = tuple(one for one in given if one[0] in names)
            return self.step(number, filled(step, own), playbook, [gap for _, _, gaps in own for gap in gaps])
        place = playbook, number
        if place not in self.alike:
            self.alike[place] = self.step(number, step, playbook)
        return self.alike[place]

    def step(self, number: int, step: Step, playbook: str, not_given: Iterable[str] = ()) -> ResolvedStep:
        paths = self.paths.get(playbook) or self.paths.setdefault(playbook, Paths(self.playbooks[playbook]))
        named = unique(REFERENCE.findall(step.text))
        systems = tuple(id for id in named if id in self.systems)
        roles = tuple(id for id in named if id not in self.systems)
        recipients, mentioned = (roles, ()) if step.action else ((), roles)
        own = (id for id in self.concerns.get(("playbook", playbook), ()) if self.gaps[id].step == step.id)
        named_here = [("role", id) for id in (*roles, step.actor or "")] + [("system", id) for id in systems]
        others = (id for one in named_here for id in self.concerns.get(one, ()) if not self.gaps[id].playbook)
        gaps = tuple(sorted({*own, *others, *not_given}, key=self.place.__getitem__))
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


class Paths:
    """The paths through a playbook: by the number of each step, its exits, and the steps right after it."""

    def __init__(self, playbook: Playbook) -> None:
        numbers = {step.id: number for number, step in enumerate(playbook.steps, start=1)}
        self.exits: dict[int, tuple[Exit, ...]] = {}
        self.goes_to: dict[int, tuple[int, ...]] = {}
        for number, step in enumerate(playbook.steps, start=1):
            exits = tuple(
                Exit.model_construct(kind=kind, to=to, number=numbers.get(to, 0))
                for kind in EXIT_KINDS
                if (to := getattr(step, kind))
            )
            below = number + 1 if not step.then and number < len(numbers) else 0
            self.exits[number] = exits
            self.goes_to[number] = tuple(sorted({below, *(exit.number for exit in exits)} - {0}))


def unique(ids: Iterable[str]) -> tuple[str, ...]:
    """The ids without repetition, in the order in which they first come."""
    return tuple(dict.fromkeys(ids))
