"""The models of issue types, roles, systems and marketplaces.

Validation, the JSON Schema and the JSON API are derived from the models. A text may
refer to another record as `{id}`; the type of a field defines which kinds are allowed.
"""

from collections.abc import Mapping
from typing import Annotated, ClassVar

from pydantic import Field

from macros.model.types import Id, IssueTypeId, Named, ParameterText, PlaybookId, Text


class IssueType(Named):
    """What can be wrong with an order."""


class Role(Named):
    """Who acts, receives messages, or owns a procedure."""

    contact: Text | None = None


class System(Named):
    """Where a step is done."""

    url: Text | None = None


class Marketplace(Named):
    """The playbooks of a marketplace, and its differences. ``position`` is its place on the site.

    ``parameters`` are its own words for each `{name}` in its playbooks that is no record.
    """

    moved: ClassVar[Mapping[str, str]] = {
        "escalation": "write 'parameters:' and below it, indented, 'escalation: ' and its text"
    }

    position: int | None = None
    parameters: dict[Id, ParameterText] = Field(default={})
    playbooks: Annotated[dict[IssueTypeId, PlaybookId], Field(min_length=1)]
