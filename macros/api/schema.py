"""The models of the JSON API: complete sentences, and the structure behind them.

They extend the models of the files with what is resolved.
"""

from typing import Annotated, Literal

from pydantic import Field

from macros.api.step_schema import Address, Contact, GapId, ProcedureStep, Step, Task
from macros.model import control, gaps, playbooks
from macros.model import records as model
from macros.model.kinds import NAMEABLE
from macros.model.types import (
    IdOf,
    IssueTypeId,
    MarketplaceId,
    PlaybookId,
    Record,
    RoleId,
    StepText,
    SystemId,
    TermId,
)

API: Literal[1] = 1  # the version of this schema


class Approval(control.Approval):
    """An approval, and whether the procedure is unchanged since."""

    current: bool


class Word(Record):
    """A word that a procedure uses, and what it means; None if that is not known."""

    id: Annotated[str, IdOf(*NAMEABLE)]
    means: str | None


class Procedure(Record):
    """The steps for an issue type at a marketplace, or for several issue types with the same steps.

    ``approved`` is ``approval`` as a sentence; ``closed_sentence`` has names where ``closed`` has `{id}`.
    """

    marketplace: MarketplaceId
    issue_types: tuple[IssueTypeId, ...]
    title: str
    address: Address
    playbook: PlaybookId
    owner: RoleId
    fingerprint: str
    approval: Approval | None
    approved: str
    lanes: tuple[RoleId, ...]
    closed: StepText | None
    closed_sentence: str | None
    steps: tuple[ProcedureStep, ...]
    gaps: tuple[GapId, ...]
    words: tuple[Word, ...]
    decided: tuple[GapId, ...]


class Marketplace(model.Marketplace):
    """A marketplace with its resolved procedures."""

    id: MarketplaceId
    address: Address
    gaps: tuple[GapId, ...]
    decided: tuple[GapId, ...]
    procedures: tuple[Procedure, ...]


class Tasks(Record):
    """The steps of a role for an issue type, and the marketplaces whose procedures it owns."""

    owns: tuple[MarketplaceId, ...]
    does: tuple[Task, ...]
    is_told: tuple[Task, ...]
    is_mentioned: tuple[Task, ...]


class Role(model.Role):
    """A role with its steps by issue type.

    ``contacts`` is its ``contact`` with links; ``contacts_at`` are those of marketplaces, in its place.
    """

    id: RoleId
    address: Address
    gaps: tuple[GapId, ...]
    decided: tuple[GapId, ...]
    contacts: tuple[Contact, ...]
    contacts_at: dict[MarketplaceId, tuple[Contact, ...]]
    tasks: dict[IssueTypeId, Tasks]


class System(model.System):
    """A system with its steps by issue type."""

    id: SystemId
    address: Address
    gaps: tuple[GapId, ...]
    decided: tuple[GapId, ...]
    tasks: dict[IssueTypeId, tuple[Task, ...]]


class Term(model.Term):
    """A word that is no other record."""

    id: TermId
    address: Address
    gaps: tuple[GapId, ...]
    decided: tuple[GapId, ...]


class IssueType(model.IssueType):
    """An issue type."""

    id: IssueTypeId
    address: Address


class Where(Record):
    """The procedures of these issue types at these marketplaces."""

    issue_types: tuple[IssueTypeId, ...]
    marketplaces: tuple[MarketplaceId, ...]


class Follower(Record):
    """A marketplace that follows a playbook, for these issue types."""

    marketplace: MarketplaceId
    issue_types: tuple[IssueTypeId, ...]
    address: Address


class Playbook(playbooks.Playbook):
    """Shared steps as in the file, and the marketplaces that follow them."""

    id: PlaybookId
    steps: tuple[Step, ...]
    followed_by: tuple[Follower, ...]


class Gap(gaps.Gap):
    """A question, open or answered, or a reading, by ``status``; `sentence` and `answer` have names where `says` or `reading` have `{id}`.

    ``answerers`` are the roles that can answer: `ask`, else the owners. ``changes_step`` is whether the answer
    changes what somebody does. ``where`` has the marketplaces of the document; all if it has none. ``decided`` is who answered and when, as a phrase.
    """

    status: gaps.State
    sentence: str
    where: tuple[Where, ...]
    answerers: tuple[RoleId, ...]
    changes_step: bool
    decided: str | None
    answer: str | None


class Name(Record):
    """The record that an `{id}` refers to, its page and, for a system, its link."""

    kind: str
    name: str
    address: Address
    url: str | None


class ApiDocument(Record, title="Document"):
    """Document control, records, and the gaps and names that they refer to. `api` is the version of this schema."""

    api: Literal[1] = API
    sop: control.Sop
    issue_types: tuple[IssueType, ...] = ()
    marketplaces: tuple[Marketplace, ...] = ()
    roles: tuple[Role, ...] = ()
    systems: tuple[System, ...] = ()
    terms: tuple[Term, ...] = ()
    playbooks: tuple[Playbook, ...] = ()
    gaps: dict[GapId, Gap] = Field(default={})
    names: dict[str, Name]
