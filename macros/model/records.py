"""What an SOP is: the shape of every file, in one place.

Validation, the JSON Schema and the API are derived from these models. A text may
name another record as `{id}`; the model says in which texts, and what kind of record.
"""

import re
from datetime import date, datetime
from typing import Annotated, Any, Literal, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

ESCALATION = "escalation"  # `{escalation}` in a playbook stands for the marketplace's own words
REFERENCE = re.compile(r"\{([^{}]*)\}")
Kind = Literal["issue type", "role", "system", "playbook", "marketplace", "gap"]
Excuse = Literal["no-actor", "condition-without-otherwise", "no-closing-step"]


class Names:
    """Marks a field that is the id of a record of this kind.

    Not a tuple, which would be equal to that of a reloaded module: typing keeps equal hints.
    """

    def __init__(self, *kinds: Kind) -> None:
        self.kinds = kinds

    def __get_pydantic_json_schema__(self, core: Any, handler: Any) -> dict[str, Any]:
        """Leaves a mark for `sop schema`, which puts the ids that exist today in its place."""
        return {**handler(core), "x-names": self.kinds}


class Mentions(Names):
    """Marks a text that may name records of these kinds, as `{id}`."""

    def __get_pydantic_json_schema__(self, core: Any, handler: Any) -> dict[str, Any]:
        return dict(handler(core))


def as_tuple(value: Any) -> Any:
    """A single id is a list of one."""
    return (value,) if isinstance(value, str) else value


def as_date(value: Any) -> Any:
    """The date in a text such as `2023-02-15`; ValueError if there is no such day."""
    return datetime.strptime(value, "%Y-%m-%d").date() if isinstance(value, str) else value


def as_datetime(value: Any) -> Any:
    """The date and time in a text such as `2023-02-15 16:07`; ValueError if there is none such."""
    return datetime.strptime(value, "%Y-%m-%d %H:%M") if isinstance(value, str) else value


Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
StepText = Annotated[Text, Mentions("role", "system")]
Words = Annotated[Text, Mentions()]
GapText = Annotated[Text, Mentions("issue type", "role", "system", "marketplace")]
Date = Annotated[date, BeforeValidator(as_date)]
DateTime = Annotated[
    datetime,
    BeforeValidator(as_datetime),
    PlainSerializer(lambda value: f"{value:%Y-%m-%d %H:%M}", when_used="json"),
    WithJsonSchema({"type": "string", "pattern": r"^\d{4}-\d\d-\d\d \d\d:\d\d$"}),
]
Fingerprint = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{4}(-[0-9a-f]{4}){2}$")]
IssueTypeId = Annotated[str, Names("issue type")]
RoleId = Annotated[str, Names("role")]
SystemId = Annotated[str, Names("system")]
PlaybookId = Annotated[str, Names("playbook")]
MarketplaceId = Annotated[str, Names("marketplace")]


class OneOrMore(BeforeValidator):
    """Marks a list that may also be written as its only item."""

    def __get_pydantic_json_schema__(self, core: Any, handler: Any) -> dict[str, Any]:
        many = handler(core)
        return {"anyOf": [many["items"], many]}


class Record(BaseModel):
    """The base of all models: immutable, strict, and without unknown keys."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


class Named(Record):
    """A record that readers look for by name; aliases are search hints, never shown."""

    name: Text
    aliases: tuple[Text, ...] = ()


class IssueType(Named):
    """What can be wrong with an order."""


class Role(Named):
    """Who acts, is told, or owns a procedure."""

    contact: Text | None = None


class System(Named):
    """Where a step is done."""

    url: Text | None = None


class Step(Record):
    """An actor and an imperative action, or a statement where nobody is named."""

    id: Id
    condition: Words | None = Field(default=None, alias="if")
    actor: RoleId | None = None
    action: StepText | None = None
    statement: StepText | None = None
    frequency: Words | None = None
    evidence: Words | None = None
    ticket: Words | None = None

    @model_validator(mode="after")
    def says_one_thing(self) -> Self:
        """Either `actor` and `action`, or `statement`."""
        if self.statement and (self.actor or self.action):
            raise problem("a step has either an actor and an action, or a statement", "keep one of the two")
        if not self.statement and not self.action:
            raise problem("this step says nothing", "add an actor and an action, or a statement")
        if self.action and not self.actor:
            raise problem(
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
    """Which playbook applies, and what differs. ``position`` is its place on the site."""

    position: int | None = None
    escalation: StepText | None = None
    playbooks: Annotated[dict[IssueTypeId, PlaybookId], Field(min_length=1)]


class Gap(Record):
    """What the source does not say, tied to what it concerns."""

    playbook: Annotated[tuple[PlaybookId, ...], OneOrMore(as_tuple)] = ()
    step: Id | None = None
    marketplace: Annotated[tuple[MarketplaceId, ...], OneOrMore(as_tuple)] = ()
    role: Annotated[tuple[RoleId, ...], OneOrMore(as_tuple)] = ()
    system: Annotated[tuple[SystemId, ...], OneOrMore(as_tuple)] = ()
    field: Annotated[tuple[Text, ...], OneOrMore(as_tuple)] = ()
    excuses: Excuse | None = None
    says: GapText

    @model_validator(mode="after")
    def concerns_something(self) -> Self:
        """A gap names what it concerns; a step is one of a single playbook."""
        if not (self.playbook or self.marketplace or self.role or self.system or self.field):
            raise problem("this gap concerns nothing", "add a playbook, marketplace, role, system or field")
        if self.step and len(self.playbook) != 1:
            raise problem("a gap at a step names one playbook", "add 'playbook', or remove 'step'")
        if self.excuses and not self.playbook:
            raise problem("a gap that excuses something names a playbook", "add 'playbook'")
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
            raise problem("an interval says nothing without the date of the next review", "add 'review'")
        return self


class Approval(Record):
    """Who approved a procedure, as it was then; its key is the marketplace and issue type: `flipkart/order-related`."""

    by: RoleId
    date: Date
    fingerprint: Fingerprint


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


def problem(message: str, remedy: str) -> PydanticCustomError:
    """A house rule broken inside one record, with its remedy."""
    return PydanticCustomError("house_rule", "{message}", {"message": message, "remedy": remedy})
