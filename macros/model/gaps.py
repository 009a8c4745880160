"""The model of gaps: what the source leaves open."""

from typing import Annotated, Literal, Self

from pydantic import model_validator

from macros.model.types import (
    GapText,
    Id,
    MarketplaceId,
    OneOrMore,
    PlaybookId,
    Record,
    RoleId,
    SystemId,
    Text,
    as_tuple,
    invalid,
)

Excuse = Literal[
    "no-actor",
    "condition-without-otherwise",
    "deadline-without-overdue",
    "no-closing-step",
    "parameter-not-given",
]


class Gap(Record):
    """A question that the source leaves open, and the records that it concerns."""

    playbook: Annotated[tuple[PlaybookId, ...], OneOrMore(as_tuple)] = ()
    step: Id | None = None
    marketplace: Annotated[tuple[MarketplaceId, ...], OneOrMore(as_tuple)] = ()
    role: Annotated[tuple[RoleId, ...], OneOrMore(as_tuple)] = ()
    system: Annotated[tuple[SystemId, ...], OneOrMore(as_tuple)] = ()
    field: Annotated[tuple[Text, ...], OneOrMore(as_tuple)] = ()
    parameter: Id | None = None
    excuses: Excuse | None = None
    says: GapText

    @property
    def concerned(self) -> tuple[str, ...]:
        """The ids of the records that it is about."""
        return (*self.playbook, *self.marketplace, *self.role, *self.system)

    @model_validator(mode="after")
    def has_subject(self) -> Self:
        """A gap has a subject; a step needs exactly one playbook."""
        if not (self.concerned or self.field):
            raise invalid("this gap concerns nothing", "add a playbook, marketplace, role, system or field")
        if self.step and len(self.playbook) != 1:
            raise invalid("a gap about a step names one playbook", "add 'playbook', or remove 'step'")
        if self.excuses not in (None, "parameter-not-given") and not self.playbook:
            raise invalid("a gap that excuses something names a playbook", "add 'playbook'")
        return self

    @model_validator(mode="after")
    def parameter_is_complete(self) -> Self:
        """A missing parameter needs a marketplace, the name, and the excuse."""
        excused = self.excuses == "parameter-not-given"
        if (excused or self.parameter) and not (excused and self.parameter and self.marketplace):
            raise invalid(
                "a gap about a parameter names a marketplace and the parameter that it does not give",
                "add 'marketplace', 'parameter' and 'excuses: parameter-not-given', or remove what is left of them",
            )
        return self
