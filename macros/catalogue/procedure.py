"""Procedures: playbooks resolved for a marketplace and its issue types."""

from collections.abc import Iterable
from dataclasses import dataclass

from macros.catalogue.exits import Exit
from macros.catalogue.words import Word
from macros.model.playbooks import Step


class ResolvedStep(Step):
    """A step of a procedure: numbered, with the marketplace's words for parameters, and with its references.

    ``recipients`` are those in ``to`` or else the roles that an action refers to; other roles are only ``mentioned``.
    ``terms`` are those that it names anywhere. ``gaps`` are the ids of the open gaps about this step, ``decided`` of
    its answered ones. ``exits`` lead from it to other steps.
    ``comes_from`` and ``goes_to`` are the numbers of the steps directly before and after it on any path.
    ``follows`` is whether the case comes from the step above without an exit.
    """

    number: int
    recipients: tuple[str, ...]
    mentioned: tuple[str, ...]
    systems: tuple[str, ...]
    terms: tuple[str, ...]
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
    def playbook_fields(self) -> dict[str, object]:
        """The fields from the playbook, by name."""
        return {name: getattr(self, name) for name in Step.model_fields}


@dataclass(frozen=True, slots=True)
class Procedure:
    """The steps for an issue type at a marketplace, or for several issue types with the same playbook.

    ``closed`` is when the case is over. ``gaps`` are the ids of its open gaps: first those about the whole, then
    those about steps, in order. ``decided`` are its answered gaps, and ``readings`` its readings, in the same order.
    ``words`` are the terms that it names, and the records with a meaning.
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
    words: tuple[Word, ...]

    @property
    def key(self) -> str:
        """The id in approvals and releases: `flipkart/order-related`."""
        return f"{self.marketplace}/{self.issue_types[0]}"

    def steps_with_numbers(self, numbers: Iterable[int]) -> list[ResolvedStep]:
        """The steps with these numbers."""
        return [self.steps[number - 1] for number in numbers]

    @property
    def actors(self) -> tuple[str, ...]:
        """The roles that act, in the order of their first step."""
        return unique(id for step in self.steps for id in step.actors)


def unique(ids: Iterable[str]) -> tuple[str, ...]:
    """The ids without duplicates, in order."""
    return tuple(dict.fromkeys(ids))
