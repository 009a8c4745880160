"""The model of gaps: open questions, their answers, and readings of the source."""

from typing import Annotated, Literal, Self

from pydantic import model_validator

from macros.model.types import (
    Date,
    GapText,
    Id,
    MarketplaceId,
    OneOrMore,
    PlaybookId,
    Record,
    RoleId,
    SystemId,
    TermId,
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


State = Literal["open", "answered", "reading"]


class Answer(Record):
    """Who answered a gap, when, and how it was decided."""

    by: RoleId
    date: Date
    says: GapText | None = None


class Gap(Record):
    """A question that the source leaves open, or a reading of the source; and the records that it concerns.

    ``field`` is the missing field of what the gap is tied to; without a record, of any record. ``ask`` is who can
    answer, if it is not the owner. Once it is ``answered``, the gap excuses nothing, and its step may be gone.
    """

    playbook: Annotated[tuple[PlaybookId, ...], OneOrMore(as_tuple)] = ()
    step: Id | None = None
    marketplace: Annotated[tuple[MarketplaceId, ...], OneOrMore(as_tuple)] = ()
    role: Annotated[tuple[RoleId, ...], OneOrMore(as_tuple)] = ()
    system: Annotated[tuple[SystemId, ...], OneOrMore(as_tuple)] = ()
    term: Annotated[tuple[TermId, ...], OneOrMore(as_tuple)] = ()
    field: Annotated[tuple[Text, ...], OneOrMore(as_tuple)] = ()
    parameter: Id | None = None
    excuses: Excuse | None = None
    says: GapText | None = None
    reading: GapText | None = None
    ask: RoleId | None = None
    answered: Answer | None = None

    @property
    def text(self) -> str:
        """The question or the reading, with `{id}` for records."""
        return self.says or self.reading or ""

    @property
    def state(self) -> State:
        """A reading is neither open nor answered."""
        return "reading" if self.reading else "answered" if self.answered else "open"

    @property
    def record_ids(self) -> tuple[str, ...]:
        """The ids of the records that it is about."""
        return (*self.playbook, *self.marketplace, *self.role, *self.system, *self.term)

    @model_validator(mode="after")
    def has_subject(self) -> Self:
        """A gap has a subject; a step needs exactly one playbook."""
        if not (self.record_ids or self.field):
            raise invalid(
                "this gap concerns nothing", "add a playbook, marketplace, role, system, term or field"
            )
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

    @model_validator(mode="after")
    def is_question_or_reading(self) -> Self:
        """Either `says` or `reading`; a reading excuses nothing, and nobody answers it."""
        if not self.says and not self.reading:
            raise invalid(
                "this gap has neither 'says' nor 'reading'", "add 'says' with what the source does not say"
            )
        if self.says and self.reading:
            raise invalid("a gap has either 'says' or 'reading'", "keep one of the two")
        for field in ("excuses", "ask", "answered"):
            if self.reading and getattr(self, field):
                raise invalid(f"a reading has no '{field}'", f"remove '{field}', or write 'says' instead")
        return self
