"""The models of issue types, roles, systems and marketplaces.

Validation, the JSON Schema and the JSON API are derived from the models. A text may
refer to another record as `{id}`; the type of a field defines which kinds are allowed.
"""

from typing import Annotated

from pydantic import Field

from macros.model.contacts import ContactTexts
from macros.model.types import IssueTypeId, Named, PlaybookId, RoleId, StepText, Text


class IssueType(Named):
    """What can be wrong with an order."""


class Role(Named):
    """Who acts, receives messages, or owns a procedure."""

    contact: ContactTexts = ()


class System(Named):
    """Where a step is done."""

    url: Text | None = None


class Marketplace(Named):
    """The playbooks of a marketplace, and its differences. ``position`` is its place on the site.

    ``contacts`` are those of roles at this marketplace, in place of the roles' own.
    """

    position: int | None = None
    escalation: StepText | None = None
    contacts: dict[RoleId, Annotated[ContactTexts, Field(min_length=1)]] = Field(default={})
    playbooks: Annotated[dict[IssueTypeId, PlaybookId], Field(min_length=1)]
