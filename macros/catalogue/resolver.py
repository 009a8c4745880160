"""Resolves playbooks for marketplaces, and sorts gaps by what they concern."""

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from typing import get_args

from macros.catalogue.exits import Paths
from macros.catalogue.parameters import (
    WHOLE,
    ParameterWords,
    given_words,
    parameters_of,
    replace_parameters,
    replace_step_parameters,
)
from macros.catalogue.procedure import Procedure, ResolvedStep, unique
from macros.catalogue.words import Meanings, ids_in, step_texts
from macros.model.gaps import Gap, State
from macros.model.playbooks import Playbook, Step
from macros.model.records import Marketplace

STATES: tuple[State, ...] = get_args(State)  # in the order of the fields of a procedure
WithGaps = tuple[ResolvedStep, tuple[str, ...]]
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


class Resolver:
    """Resolves playbooks for marketplaces; each playbook is resolved once with the same parameters."""

    def __init__(
        self,
        playbooks: Mapping[str, Playbook],
        named: Container[str],
        systems: Iterable[str],
        meanings: Meanings,
        gaps: Mapping[str, Gap],
        concerns: Concerns,
    ) -> None:
        """``named`` are the ids of all records that `{id}` can refer to."""
        self.playbooks = playbooks
        self.systems = frozenset(systems)
        self.parameters = {id: parameters_of(playbook, named) for id, playbook in playbooks.items()}
        self.meanings = meanings
        self.gaps = gaps
        self.concerns = concerns
        self.shared_steps: dict[tuple[str, int], WithGaps] = {}
        self.paths: dict[str, Paths] = {}
        self.gap_order = {id: place for place, id in enumerate(gaps)}
        self.resolved: dict[tuple[str, ParameterWords], tuple[tuple[ResolvedStep, ...], tuple[str, ...]]] = {}

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
        names = {name: None for by_name in self.parameters[key].values() for name in by_name}
        given = given_words(
            names, marketplace.parameters, lambda name: self.concerns.get(("parameter", f"{id}/{name}"), [])
        )
        steps, gaps = self.steps(key, given)
        playbook = self.playbooks[key]
        closed = replace_parameters(playbook.closed, given)
        named = (id for step in steps for id in (*step.actors, *ids_in(*step_texts(step))))
        words = self.meanings.words((id, *issue_types, playbook.owner, *named, *ids_in(closed)))
        opened, decided, readings = (gaps_in_state(self.gaps, gaps, state) for state in STATES)
        owner = playbook.owner
        return Procedure(id, issue_types, key, owner, closed, steps, opened, decided, readings, words)

    def steps(self, key: str, given: ParameterWords) -> tuple[tuple[ResolvedStep, ...], tuple[str, ...]]:
        """The steps of a playbook with these words for its parameters, and the ids of all gaps."""
        if (key, given) not in self.resolved:
            numbered = enumerate(self.playbooks[key].steps, start=1)
            resolved = [self.resolve_step(number, step, key, given) for number, step in numbered]
            steps = tuple(step for step, _ in resolved)
            ids = {step.id for step in steps}
            whole = (
                gap for gap in self.concerns.get(("playbook", key), ()) if self.gaps[gap].step not in ids
            )
            closed = ids_in(replace_parameters(self.playbooks[key].closed, given))
            about = (gap for id in closed for gap in self.concerns.get(("term", id), ()))
            others = (gap for gap in about if not self.gaps[gap].playbook)
            own = (gap for one in self.step_words(given, key, WHOLE) for gap in one[2])
            of_steps = (gap for _, about_step in resolved for gap in about_step)
            gaps = unique((*whole, *own, *others, *of_steps))
            self.resolved[key, given] = steps, gaps
        return self.resolved[key, given]

    def step_words(self, given: ParameterWords, playbook: str, number: int) -> ParameterWords:
        """The words of a marketplace for the parameters of one step."""
        names = self.parameters[playbook].get(number, ())
        return tuple(one for one in given if one[0] in names)

    def resolve_step(self, number: int, step: Step, playbook: str, given: ParameterWords) -> WithGaps:
        """A step of a playbook: one object for all marketplaces, unless it contains words of one of them."""
        place = (playbook, number)
        if own := self.step_words(given, playbook, number):
            not_given = [gap for _, _, gaps in own for gap in gaps]
            return self.new_step(number, replace_step_parameters(step, own), playbook, not_given)
        if place not in self.shared_steps:
            self.shared_steps[place] = self.new_step(number, step, playbook)
        return self.shared_steps[place]

    def new_step(self, number: int, step: Step, playbook: str, not_given: Iterable[str] = ()) -> WithGaps:
        """The step, resolved, and the ids of all gaps about it, in any state."""
        paths = self.paths.get(playbook) or self.paths.setdefault(playbook, Paths(self.playbooks[playbook]))
        named, terms = ids_in(step.text), self.meanings.terms
        systems = unique(id for id in named if id in self.systems)
        roles = unique(id for id in named if id not in self.systems and id not in terms)
        recipients, mentioned = recipients_of(step, roles)
        gaps = self.gaps_about(step, playbook, not_given)
        decided = (id for id in gaps_in_state(self.gaps, gaps, "answered") if self.gaps[id].step == step.id)
        resolved = ResolvedStep.model_construct(
            **{name: getattr(step, name) for name in Step.model_fields},
            number=number,
            recipients=recipients,
            mentioned=mentioned,
            systems=systems,
            terms=unique(id for id in ids_in(*step_texts(step)) if id in terms),
            gaps=gaps_in_state(self.gaps, gaps, "open"),
            decided=tuple(decided),
            exits=paths.exits[number],
            comes_from=tuple(at for at, targets in paths.goes_to.items() if number in targets),
            goes_to=paths.goes_to[number],
            follows=number > 1 and not self.playbooks[playbook].steps[number - 2].then,
        )
        return resolved, gaps

    def gaps_about(self, step: Step, playbook: str, not_given: Iterable[str]) -> tuple[str, ...]:
        """The ids of all gaps about a step of a playbook, its parameters, or a role, system or term that it names."""
        own = (id for id in self.concerns.get(("playbook", playbook), ()) if self.gaps[id].step == step.id)
        named = (*ids_in(step.text), *step.actors, *(step.to or ()))
        named_here = [(kind, id) for id in named for kind in ("role", "system")]
        named_here += [("term", id) for id in ids_in(*step_texts(step))]
        others = (id for one in named_here for id in self.concerns.get(one, ()) if not self.gaps[id].playbook)
        return tuple(sorted({*own, *others, *not_given}, key=self.gap_order.__getitem__))


def gaps_in_state(gaps: Mapping[str, Gap], ids: Iterable[str], state: State) -> tuple[str, ...]:
    """The ids of the gaps that are in a state."""
    return tuple(id for id in ids if gaps[id].state == state)


def recipients_of(step: Step, roles: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The recipients of a step, and the roles that it only mentions; ``roles`` are those that its text refers to."""
    recipients = (roles if step.to is None else step.to) if step.action else ()
    return recipients, tuple(id for id in roles if id not in recipients)
