"""Document control, approvals and releases: one model for each kind of record."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from macros.model.types import Date, DateTime, Fingerprint, Record, RoleId, Text, invalid


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
