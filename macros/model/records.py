"""The models of issue types, roles, systems, terms and marketplaces.

Validation, the JSON Schema and the JSON API are derived from the models. A text may
refer to another record as `{id}`; the type of a field defines which kinds are allowed.
"""

from typing import Annotated

from pydantic import Field

from macros.model.types import Addressed, Defined, IssueTypeId, PlaybookId, StepText, Text


class IssueType(Addressed):
    """What can be wrong with an order."""


class Role(Addressed):
    """Who acts, receives messages, or owns a procedure."""

    contact: Text | None = None


class System(Addressed):
    """Where a step is done."""

    url: Text | None = None


class Term(Defined):
    """A word that steps use and that is no other record. ``url`` leads to more, such as a template."""

    url: Text | None = None


class Marketplace(Addressed):
    """The playbooks of a marketplace, and its differences. ``position`` is its place on the site."""

    position: int | None = None
    escalation: StepText | None = None
    playbooks: Annotated[dict[IssueTypeId, PlaybookId], Field(min_length=1)]
