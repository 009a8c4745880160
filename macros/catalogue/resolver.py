"""Resolves playbooks for marketplaces."""

from collections.abc import Container, Iterable, Mapping
from copy import copy
from typing import Any, NamedTuple

from macros.catalogue.exits import Paths
from macros.catalogue.gap_lookup import STATES, Concerns, gaps_in_state
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
from macros.model.gaps import Gap
from macros.model.playbooks import Playbook, Step
from macros.model.records import Marketplace

Ids = tuple[str, ...]
# Copied for each step: that takes a quarter of the time of `model_construct`, and a third of its memory.
NO_FIELDS: dict[str, Any] = dict.fromkeys(ResolvedStep.model_fields)
BLANK = ResolvedStep.model_construct(set(), **NO_FIELDS)


class StepWithIds(NamedTuple):
    """A resolved step, the ids of all gaps about it, and the ids that it names."""

    step: ResolvedStep
    gaps: Ids
    ids: Ids


class ResolvedPlaybook(NamedTuple):
    """A playbook with the words of a marketplace: what its procedures share. ``gaps`` are by `STATES`."""

    closed: str | None
    steps: tuple[ResolvedStep, ...]
    gaps: tuple[Ids, Ids, Ids]
    named: Ids


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
        self.names = {
            id: {name: None for one in by.values() for name in one} for id, by in self.parameters.items()
        }
        self.meanings = meanings
        self.gaps = gaps
        self.concerns = concerns
        # Gaps about a record that concern every step that names it.
        self.general_concerns = {
            one: own
            for one, found in concerns.items()
            if (own := [gap for gap in found if not gaps[gap].playbook])
        }
        self.shared_steps: dict[tuple[str, int], StepWithIds] = {}
        self.paths: dict[str, Paths] = {}
        self.gap_order = {id: place for place, id in enumerate(gaps)}
        self.resolved: dict[tuple[str, ParameterWords], ResolvedPlaybook] = {}

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
        given = given_words(
            self.names[key],
            marketplace.parameters,
            lambda name: self.concerns.get(("parameter", f"{id}/{name}"), []),
        )
        if not (one := self.resolved.get((key, given))):
            one = self.resolved[key, given] = self.resolve(key, given)
        owner = self.playbooks[key].owner
        words = self.meanings.words((id, *issue_types, owner, *one.named))
        return Procedure(id, issue_types, key, owner, one.closed, one.steps, *one.gaps, words)

    def resolve(self, key: str, given: ParameterWords) -> ResolvedPlaybook:
        """A playbook with these words for its parameters."""
        playbook = self.playbooks[key]
        resolved = [
            self.resolve_step(number, step, key, given) for number, step in enumerate(playbook.steps, start=1)
        ]
        ids = {step.id for step in playbook.steps}
        whole = (gap for gap in self.concerns.get(("playbook", key), ()) if self.gaps[gap].step not in ids)
        closed = replace_parameters(playbook.closed, given)
        named = ids_in(closed)
        about = (gap for id in named for gap in self.general_concerns.get(("term", id), ()))
        own = (gap for one in self.step_words(given, key, WHOLE) for gap in one[2])
        gaps = unique((*whole, *own, *about, *(gap for one in resolved for gap in one.gaps)))
        opened, decided, readings = (gaps_in_state(self.gaps, gaps, state) for state in STATES)
        return ResolvedPlaybook(
            closed,
            tuple(one.step for one in resolved),
            (opened, decided, readings),
            unique((*(id for one in resolved for id in (*one.step.actors, *one.ids)), *named)),
        )

    def step_words(self, given: ParameterWords, playbook: str, number: int) -> ParameterWords:
        """The words of a marketplace for the parameters of one step."""
        names = self.parameters[playbook].get(number)
        return tuple(one for one in given if one[0] in names) if names else ()

    def resolve_step(self, number: int, step: Step, playbook: str, given: ParameterWords) -> StepWithIds:
        """A step of a playbook: one object for all marketplaces, unless it contains words of one of them."""
        place = (playbook, number)
        if own := self.step_words(given, playbook, number):
            not_given = [gap for _, _, gaps in own for gap in gaps]
            return self.new_step(number, replace_step_parameters(step, own), playbook, not_given)
        if place not in self.shared_steps:
            self.shared_steps[place] = self.new_step(number, step, playbook)
        return self.shared_steps[place]

    def new_step(self, number: int, step: Step, playbook: str, not_given: Iterable[str] = ()) -> StepWithIds:
        """The step, resolved, with the ids of all gaps about it, in any state."""
        paths = self.paths.get(playbook) or self.paths.setdefault(playbook, Paths(self.playbooks[playbook]))
        named, everywhere, terms = ids_in(step.text), ids_in(*step_texts(step)), self.meanings.terms
        systems = unique(id for id in named if id in self.systems)
        roles = unique(id for id in named if id not in self.systems and id not in terms)
        recipients, mentioned = recipients_of(step, roles)
        gaps = self.gaps_about(
            step, playbook, (*named, *step.actors, *(step.to or ())), everywhere, not_given
        )
        decided = (id for id in gaps_in_state(self.gaps, gaps, "answered") if self.gaps[id].step == step.id)
        own = {
            "number": number,
            "recipients": recipients,
            "mentioned": mentioned,
            "systems": systems,
            "terms": unique(id for id in everywhere if id in terms),
            "gaps": gaps_in_state(self.gaps, gaps, "open"),
            "decided": tuple(decided),
            "exits": paths.exits[number],
            "comes_from": paths.comes_from[number],
            "goes_to": paths.goes_to[number],
            "follows": number > 1 and not self.playbooks[playbook].steps[number - 2].then,
        }
        resolved = copy(BLANK)
        vars(resolved).update(vars(step), **own)
        return StepWithIds(resolved, gaps, tuple(everywhere))

    def gaps_about(
        self,
        step: Step,
        playbook: str,
        named: Iterable[str],
        everywhere: Iterable[str],
        not_given: Iterable[str],
    ) -> Ids:
        """The ids of all gaps about a step of a playbook, its parameters, or a role, system or term that it names."""
        found = {id for id in self.concerns.get(("playbook", playbook), ()) if self.gaps[id].step == step.id}
        found.update(not_given)
        places = [(kind, id) for id in named for kind in ("role", "system")] if self.general_concerns else []
        for place in (*places, *(("term", id) for id in everywhere)):
            found.update(self.general_concerns.get(place, ()))
        return tuple(sorted(found, key=self.gap_order.__getitem__))


def recipients_of(step: Step, roles: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The recipients of a step, and the roles that it only mentions; ``roles`` are those that its text refers to."""
    recipients = (roles if step.to is None else step.to) if step.action else ()
    return recipients, tuple(id for id in roles if id not in recipients)
