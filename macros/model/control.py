"""The models of document control, approvals and releases."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from macros.model.types import Date, DateTime, Fingerprint, Record, RoleId, Text, invalid


class Source(Record):
    """Where the SOP comes from."""

    name: Text
    modified: DateTime | None = None
    timezone: Text | None = None


class Sop(Record):
    """Document control; an empty field is not stated. ``review`` is the date of the next review, ``interval`` the months between."""

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
    "Names, open questions, document control",
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
