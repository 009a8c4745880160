"""The models of playbooks and their steps."""

from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from macros.model.types import (
    END,
    Duration,
    Id,
    NamedRecord,
    OneOrMore,
    Record,
    RoleId,
    StepText,
    Words,
    as_tuple,
    invalid,
)


def as_recipients(value: Any) -> Any:
    """A tuple of roles; an empty line is an error, because it could mean either nobody or the roles in the action."""
    if value is None:
        raise invalid("'to' is empty", "write 'to: []' if the step has no recipient, or remove this line")
    return as_tuple(value)


class Step(Record):
    """Actors and an imperative action, or a statement if the source names no actor.

    Each of the ``actors`` does the step. ``to`` are the recipients, if they are not the roles named in the action.
    ``otherwise``, ``overdue`` and ``then`` are exits: the id of a step of the same playbook, or `end`. Without
    ``then``, the next step is the one below. ``within`` starts when the case reaches the step. Only roles and systems
    named in the action or statement are recipients and systems of the step.
    """

    id: Id
    condition: StepText | None = Field(default=None, alias="if")
    otherwise: Id | None = None
    actors: Annotated[tuple[RoleId, ...], Field(min_length=1), OneOrMore(as_tuple)] = Field(
        default=(), alias="actor"
    )
    action: StepText | None = None
    statement: StepText | None = None
    to: Annotated[tuple[RoleId, ...] | None, OneOrMore(as_recipients)] = None
    frequency: Words | None = None
    evidence: Annotated[tuple[StepText, ...], Field(min_length=1), OneOrMore(as_tuple)] = ()
    ticket: Words | None = None
    within: Duration | None = None
    overdue: Id | None = None
    then: Id | None = None
    note: StepText | None = None

    @model_validator(mode="after")
    def exits_have_reasons(self) -> Self:
        """`otherwise` needs a condition, `overdue` a deadline; the id `end` is reserved."""
        if self.otherwise and not self.condition:
            raise invalid("this step has 'otherwise', but no condition", "add 'if', or remove 'otherwise'")
        if self.overdue and not self.within:
            raise invalid("this step has 'overdue', but no deadline", "add 'within', or remove 'overdue'")
        if self.id == END:
            raise invalid(
                "the id 'end' is reserved for exits that end the case", "choose another id for this step"
            )
        return self

    @model_validator(mode="after")
    def has_action_or_statement(self) -> Self:
        """Either `actor` and `action`, or `statement`."""
        if self.statement and self.to is not None:
            raise invalid("a statement has no recipients", "remove 'to', or make it an action with an actor")
        if self.statement and (self.actors or self.action):
            raise invalid("a step has either an actor and an action, or a statement", "keep one of the two")
        if not self.statement and not self.action:
            raise invalid(
                "this step has neither an action nor a statement",
                "add an actor and an action, or a statement",
            )
        if self.action and not self.actors:
            raise invalid(
                "this action has no actor", "add the actor, or make it a statement if the source names none"
            )
        return self

    @property
    def text(self) -> str:
        """The action or statement, with `{id}` for other records."""
        return self.action or self.statement or ""


class Playbook(NamedRecord):
    """Steps that marketplaces share. ``closed`` is when the case is over."""

    owner: RoleId
    closed: StepText | None = None
    steps: Annotated[tuple[Step, ...], Field(min_length=1)]
