"""The models of all kinds of records.

Validation, the JSON Schema and the JSON API are derived from these models. A text may
refer to another record as `{id}`; the type of a field defines which kinds are allowed.
"""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from macros.model.types import (
    Date,
    DateTime,
    Fingerprint,
    GapText,
    Id,
    IssueTypeId,
    MarketplaceId,
    Named,
    OneOrMore,
    PlaybookId,
    Record,
    RoleId,
    StepText,
    SystemId,
    Text,
    Words,
    as_tuple,
    invalid,
)

ESCALATION = "escalation"  # `{escalation}` in a playbook is replaced by the marketplace's own words
Excuse = Literal["no-actor", "condition-without-otherwise", "no-closing-step"]


class IssueType(Named):
    """What can be wrong with an order."""


class Role(Named):
    """Who acts, receives messages, or owns a procedure."""

    contact: Text | None = None


class System(Named):
    """Where a step is done."""

    url: Text | None = None


class Step(Record):
    """An actor and an imperative action, or a statement if the source names no actor."""

    id: Id
    condition: Words | None = Field(default=None, alias="if")
    actor: RoleId | None = None
    action: StepText | None = None
    statement: StepText | None = None
    frequency: Words | None = None
    evidence: Words | None = None
    ticket: Words | None = None

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
    """Steps that marketplaces share."""

    owner: RoleId
    steps: Annotated[tuple[Step, ...], Field(min_length=1)]


class Marketplace(Named):
    """The playbooks of a marketplace, and its differences. ``position`` is its place on the site."""

    position: int | None = None
    escalation: StepText | None = None
    playbooks: Annotated[dict[IssueTypeId, PlaybookId], Field(min_length=1)]


class Gap(Record):
    """A question that the source leaves open, and the records that it concerns."""

    playbook: Annotated[tuple[PlaybookId, ...], OneOrMore(as_tuple)] = ()
    step: Id | None = None
    marketplace: Annotated[tuple[MarketplaceId, ...], OneOrMore(as_tuple)] = ()
    role: Annotated[tuple[RoleId, ...], OneOrMore(as_tuple)] = ()
    system: Annotated[tuple[SystemId, ...], OneOrMore(as_tuple)] = ()
    field: Annotated[tuple[Text, ...], OneOrMore(as_tuple)] = ()
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
        if self.excuses and not self.playbook:
            raise invalid("a gap that excuses something names a playbook", "add 'playbook'")
        return self


class Source(Record):
    """Where the SOP comes from."""

    name: Text
    modified: DateTime | None = None
    timezone: Text | None = None


class Sop(Record):
    """Document control; an empty field is not stated. ``review`` is the date of the next review, ``interval`` the months between reviews."""

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
    def interval_has_review(self) -> Self:
        """The interval counts back from the next review."""
        if self.interval and not self.review:
            raise invalid("an interval needs the date of the next review", "add 'review'")
        return self


class Approval(Record):
    """Who approved a procedure, and its fingerprint then. The key is marketplace and issue type: `flipkart/order-related`."""

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
    """A change, the procedures and roles that it concerns, and the new steps if their order changed."""

    rank: Text
    change: Text
    at: tuple[Text, ...] = ()
    concerns: tuple[Text, ...] = ()
    now: tuple[Text, ...] = ()


class Release(Record):
    """A version of the SOP: the fingerprints of its procedures, and the changes since the version before."""

    released: Date
    since: Text | None = None
    fingerprints: dict[str, Fingerprint]
    changes: tuple[ChangeInWords, ...] = ()
