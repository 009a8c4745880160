"""The models of issue types, roles, systems, terms and marketplaces.

Validation, the JSON Schema and the JSON API are derived from the models. A text may
refer to another record as `{id}`; the type of a field defines which kinds are allowed.
"""

from collections.abc import Mapping
from typing import Annotated, ClassVar

from pydantic import Field

from macros.model.contacts import ContactTexts
from macros.model.types import (
    AddressedRecord,
    DefinedRecord,
    Id,
    IssueTypeId,
    ParameterText,
    PlaybookId,
    RoleId,
    Text,
)


class IssueType(AddressedRecord):
    """What can be wrong with an order."""


class Role(AddressedRecord):
    """Who acts, receives messages, or owns a procedure."""

    contact: ContactTexts = ()


class System(AddressedRecord):
    """Where a step is done."""

    url: Text | None = None


class Term(DefinedRecord):
    """A word that steps use and that is no other record. ``url`` leads to more, such as a template."""

    url: Text | None = None


class Marketplace(AddressedRecord):
    """The playbooks of a marketplace, and its differences. ``position`` is its place on the site.

    ``parameters`` are its own words for each `{name}` in its playbooks that is no record. ``contacts`` are those of
    roles at this marketplace, in place of the roles' own.
    """

    moved: ClassVar[Mapping[str, str]] = {
        "escalation": "write 'parameters:' and below it, indented, 'escalation: ' and its text"
    }

    position: int | None = None
    parameters: dict[Id, ParameterText] = Field(default_factory=dict)
    contacts: dict[RoleId, Annotated[ContactTexts, Field(min_length=1)]] = Field(default_factory=dict)
    playbooks: Annotated[dict[IssueTypeId, PlaybookId], Field(min_length=1)]
