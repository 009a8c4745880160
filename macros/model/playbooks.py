"""The models of playbooks and their steps."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from macros.model.types import END, Duration, Id, Named, Record, RoleId, StepText, Words, invalid


class Step(Record):
    """An actor and an imperative action, or a statement if the source names no actor.

    ``otherwise``, ``overdue`` and ``then`` are exits: the id of a step of the same playbook, or `end`. Without
    ``then``, the next step is the one below. ``within`` starts when the case reaches the step. Only an action
    or statement determines the recipients and systems of the step.
    """

    id: Id
    condition: StepText | None = Field(default=None, alias="if")
    otherwise: Id | None = None
    actor: RoleId | None = None
    action: StepText | None = None
    statement: StepText | None = None
    frequency: Words | None = None
    evidence: StepText | None = None
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
        if self.statement and (self.actor or self.action):
            raise invalid("a step has either an actor and an action, or a statement", "keep one of the two")
        if not self.statement and not self.action:
            raise invalid(
                "this step has neither an action nor a statement",
                "add an actor and an action, or a statement",
            )
        if self.action and not self.actor:
            raise invalid(
                "this action has no actor", "add the actor, or make it a statement if the source names none"
            )
        return self

    @property
    def text(self) -> str:
        """The action or statement, with `{id}` for other records."""
        return self.action or self.statement or ""


class Playbook(Named):
    """Steps that marketplaces share. ``closed`` is when the case is over."""

    owner: RoleId
    closed: StepText | None = None
    steps: Annotated[tuple[Step, ...], Field(min_length=1)]
