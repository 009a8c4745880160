"""What an SOP is: one model for each kind of record.

Validation, the JSON Schema and the JSON API are derived from these models. A text may
name another record as `{id}`; its type tells in which texts, and which kinds of record.
"""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from macros.model.types import (
    END,
    Date,
    DateTime,
    Duration,
    Fingerprint,
    GapText,
    Id,
    IssueTypeId,
    MarketplaceId,
    Named,
    OneOrMore,
    ParameterText,
    PlaybookId,
    Record,
    RoleId,
    StepText,
    StepWords,
    SystemId,
    Text,
    Words,
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
FILLED = (
    "condition",
    "action",
    "statement",
    "evidence",
    "within",
)  # fields of a step that may hold parameters


class IssueType(Named):
    """What can be wrong with an order."""


class Role(Named):
    """Who acts, is told, or owns a procedure."""

    contact: Text | None = None


class System(Named):
    """Where a step is done."""

    url: Text | None = None


class Step(Record):
    """An actor and an imperative action, or a statement where nobody is named.

    ``otherwise``, ``overdue`` and ``then`` are exits: the id of a step of the same playbook, or `end`. Without
    ``then`` the next step is the one below. ``within`` starts when the case reaches the step.
    """

    id: Id
    condition: StepWords | None = Field(default=None, alias="if")
    otherwise: Id | None = None
    actor: RoleId | None = None
    action: StepText | None = None
    statement: StepText | None = None
    frequency: Words | None = None
    evidence: StepWords | None = None
    ticket: Words | None = None
    within: Duration | None = None
    overdue: Id | None = None
    then: Id | None = None

    @model_validator(mode="after")
    def exits_have_reasons(self) -> Self:
        """`otherwise` belongs to a condition, `overdue` to a deadline; `end` is where exits lead."""
        if self.otherwise and not self.condition:
            raise invalid("this step has 'otherwise', but no condition", "add 'if', or remove 'otherwise'")
        if self.overdue and not self.within:
            raise invalid("this step has 'overdue', but no deadline", "add 'within', or remove 'overdue'")
        if self.id == END:
            raise invalid(
                "'end' is where an exit leads that ends the case", "choose another id for this step"
            )
        return self

    @model_validator(mode="after")
    def says_one_thing(self) -> Self:
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
        """What is done, with `{id}` where a record is named."""
        return self.action or self.statement or ""


class Playbook(Named):
    """Steps that marketplaces share."""

    owner: RoleId
    steps: Annotated[tuple[Step, ...], Field(min_length=1)]


class Marketplace(Named):
    """Which playbook applies, and what differs. ``position`` is its place on the site.

    ``parameters`` are its own words for `{name}` in the playbooks that it follows.
    """

    moved: ClassVar[Mapping[str, str]] = {
        "escalation": "write 'parameters:' and below it, indented, 'escalation: ' and its text"
    }

    position: int | None = None
    parameters: dict[Id, ParameterText] = Field(default={})
    playbooks: Annotated[dict[IssueTypeId, PlaybookId], Field(min_length=1)]


class Gap(Record):
    """What the source does not say, tied to what it concerns."""

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
        """The ids of the records that it concerns."""
        return (*self.playbook, *self.marketplace, *self.role, *self.system)

    @model_validator(mode="after")
    def concerns_something(self) -> Self:
        """A gap names what it concerns; a step is one of a single playbook."""
        if not (self.concerned or self.field):
            raise invalid("this gap concerns nothing", "add a playbook, marketplace, role, system or field")
        if self.step and len(self.playbook) != 1:
            raise invalid("a gap about a step names one playbook", "add 'playbook', or remove 'step'")
        not_given = self.excuses == "parameter-not-given"
        if not_given != bool(self.parameter) or (not_given and not self.marketplace):
            raise invalid(
                "a gap about a parameter names a marketplace and the parameter that it does not give",
                "add 'marketplace', 'parameter' and 'excuses: parameter-not-given', or remove what is left of them",
            )
        if self.excuses and not not_given and not self.playbook:
            raise invalid("a gap that excuses something names a playbook", "add 'playbook'")
        return self


class Source(Record):
    """Where the SOP comes from."""

    name: Text
    modified: DateTime | None = None
    timezone: Text | None = None


class Sop(Record):
    """Document control; what is empty is not stated. ``review`` is the next one, ``interval`` the months between."""

    title: Text
    source: Source
    id: Text | None = None
    version: Text | None = None
    author: Text | None = None
    owner: Text | None = None
    approver: Text | None = None
    effective: Date | None = None
    review: Date | None = None
    interval: Annotated[int, Field(ge=1, le=120)] | None = None
    approval: Literal["required"] | None = None

    @model_validator(mode="after")
    def interval_ends(self) -> Self:
        """The months between reviews count back from the next one."""
        if self.interval and not self.review:
            raise invalid("an interval needs the date of the next review", "add 'review'")
        return self


class Approval(Record):
    """Who approved a procedure, as it was then; its key is the marketplace and issue type: `flipkart/order-related`."""

    by: RoleId
    date: Date
    fingerprint: Fingerprint


RANKS = (  # of changes, the most dangerous first
    "Order and conditions",
    "Owner and actor",
    "Recipients, system, ticket",
    "Evidence and frequency",
    "Wording",
    "Names, gaps, document control",
)


class ChangeInWords(Record):
    """One thing that changed, at these procedures, for these roles, and the steps as they are now if that helps."""

    rank: Text
    change: Text
    at: tuple[Text, ...] = ()
    concerns: tuple[Text, ...] = ()
    now: tuple[Text, ...] = ()


class Release(Record):
    """A version of the SOP: what it was by fingerprint, and what changed since the one before."""

    released: Date
    since: Text | None = None
    fingerprints: dict[str, Fingerprint]
    changes: tuple[ChangeInWords, ...] = ()
