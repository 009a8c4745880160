"""A playbook resolved for one marketplace and its issue types: what a reader follows."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from macros.model.records import ESCALATION, REFERENCE, Gap, Marketplace, Playbook, Step


@dataclass(frozen=True, slots=True)
class ProcedureStep:
    """A step in its place, with who and what its text names.

    ``step`` is the playbook's, the marketplace's own words put in. ``recipients`` are
    the roles that an action names; those in a statement are only ``mentioned``.
    ``gaps`` are the ids of what the source does not say here.
    """

    number: int
    step: Step
    recipients: tuple[str, ...]
    mentioned: tuple[str, ...]
    systems: tuple[str, ...]
    gaps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Procedure:
    """What to do at a marketplace for an issue type, or for both if the source has one list.

    ``gaps`` are the ids of what the source does not say: of the whole, then step by step.
    """

    marketplace: str
    issue_types: tuple[str, ...]
    playbook: str
    owner: str
    steps: tuple[ProcedureStep, ...]
    gaps: tuple[str, ...]

    @property
    def actors(self) -> tuple[str, ...]:
        """The roles that act, in the order in which they first do."""
        return unique(one.step.actor for one in self.steps if one.step.actor)


Concerns = Mapping[tuple[str, str], list[str]]  # kind and id of a record -> the gaps that name it


def concerns_of(gaps: Mapping[str, Gap]) -> Concerns:
    """The gaps that name a playbook, marketplace, role, system or field, in their order."""
    found: Concerns = defaultdict(list)
    for id, gap in gaps.items():
        for kind in ("playbook", "marketplace", "role", "system", "field"):
            for concerned in getattr(gap, kind):
                found[kind, concerned].append(id)
    return found


class Resolver:
    """Resolves the playbooks of marketplaces, each playbook and escalation once."""

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
        self.alike: dict[tuple[str, int], ProcedureStep] = {}
        self.place = {id: place for place, id in enumerate(gaps)}
        self.resolved: dict[tuple[str, str | None], tuple[tuple[ProcedureStep, ...], tuple[str, ...]]] = {}

    def procedures(self, id: str, marketplace: Marketplace, issue_types: Iterable[str]) -> list[Procedure]:
        """One procedure for each sound playbook of a marketplace, issue types in their order."""
        handled: dict[str, list[str]] = {}
        for issue_type in issue_types:
            playbook = marketplace.playbooks.get(issue_type, "")
            if playbook in self.playbooks:
                handled.setdefault(playbook, []).append(issue_type)
        return [self.procedure(id, marketplace, key, tuple(of)) for key, of in handled.items()]

    def procedure(
        self, id: str, marketplace: Marketplace, key: str, issue_types: tuple[str, ...]
    ) -> Procedure:
        steps, gaps = self.steps(key, marketplace.escalation)
        return Procedure(id, issue_types, key, self.playbooks[key].owner, steps, gaps)

    def steps(self, key: str, escalation: str | None) -> tuple[tuple[ProcedureStep, ...], tuple[str, ...]]:
        """The steps of a playbook with this escalation, and all its gaps."""
        if (key, escalation) not in self.resolved:
            numbered = enumerate(self.playbooks[key].steps, start=1)
            steps = tuple(self.shared(number, step, key, escalation) for number, step in numbered)
            whole = (gap for gap in self.concerns.get(("playbook", key), ()) if not self.gaps[gap].step)
            gaps = unique((*whole, *(gap for step in steps for gap in step.gaps)))
            self.resolved[key, escalation] = steps, gaps
        return self.resolved[key, escalation]

    def shared(self, number: int, step: Step, playbook: str, escalation: str | None) -> ProcedureStep:
        """A step of a playbook: the same for all marketplaces, if it leaves no place for their own words."""
        token, place = f"{{{ESCALATION}}}", (playbook, number)
        if escalation and token in step.text:
            field = "action" if step.action else "statement"
            own = step.model_copy(update={field: step.text.replace(token, escalation)})
            return self.step(number, own, playbook)
        if place not in self.alike:
            self.alike[place] = self.step(number, step, playbook)
        return self.alike[place]

    def step(self, number: int, step: Step, playbook: str) -> ProcedureStep:
        named = unique(REFERENCE.findall(step.text))
        systems = tuple(id for id in named if id in self.systems)
        roles = tuple(id for id in named if id not in self.systems)
        recipients, mentioned = (roles, ()) if step.action else ((), roles)
        own = (id for id in self.concerns.get(("playbook", playbook), ()) if self.gaps[id].step == step.id)
        named_here = [("role", id) for id in (*roles, step.actor or "")] + [("system", id) for id in systems]
        others = (id for one in named_here for id in self.concerns.get(one, ()) if not self.gaps[id].playbook)
        gaps = tuple(sorted({*own, *others}, key=self.place.__getitem__))
        return ProcedureStep(number, step, recipients, mentioned, systems, gaps)


def unique(ids: Iterable[str]) -> tuple[str, ...]:
    """The ids without repetition, in the order in which they first come."""
    return tuple(dict.fromkeys(ids))
