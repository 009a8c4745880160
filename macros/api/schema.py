"""The models of the JSON: every sentence in full, and the structure that it comes from.

They extend the models of the files with what is resolved. Addresses are relative to the site,
such as `/marketplaces/flipkart/#order-related-escalate`.
"""

from typing import Annotated, Literal

from pydantic import Field

from macros.catalogue.exits import Exit
from macros.model import records as model
from macros.model.types import (
    IssueTypeId,
    MarketplaceId,
    Names,
    PlaybookId,
    Record,
    RoleId,
    StepText,
    SystemId,
)

API: Literal[1] = 1  # the version of this schema
GapId = Annotated[str, Names("gap")]


class ResolvedStep(model.Step):
    """A step as a marketplace follows it.

    ``sentence`` and ``note_sentence`` have names where ``action`` or ``statement``, and ``note``, have `{id}`.
    ``exits`` lead to other steps than the one below, to number 0 at the end of the case. ``comes_from`` and
    ``goes_to`` are the numbers of the steps right before and after it on any path;
    it ``follows`` if the case comes to it from the step above without an exit.
    """

    number: int
    sentence: str
    note_sentence: str | None
    recipients: tuple[RoleId, ...]
    mentioned: tuple[RoleId, ...]
    systems: tuple[SystemId, ...]
    gaps: tuple[GapId, ...]
    exits: tuple[Exit, ...]
    comes_from: tuple[int, ...]
    goes_to: tuple[int, ...]
    follows: bool


class ProcedureStep(ResolvedStep):
    """A step in its procedure. `lane` counts its `lanes` from 1; 0 is a step that names nobody."""

    lane: int
    address: str


class Neighbour(Record):
    """The step before or after, and the marketplaces where it is that."""

    line: str
    at: tuple[MarketplaceId, ...]


class Task(ResolvedStep):
    """A step that marketplaces share: its address at each, who owns it there, what comes before and after."""

    at: dict[MarketplaceId, str]
    owners: tuple[RoleId, ...]
    before: tuple[Neighbour, ...]
    after: tuple[Neighbour, ...]


class Approval(model.Approval):
    """An approval, and whether the procedure is still as it was approved."""

    current: bool


class Procedure(Record):
    """What to do at a marketplace for an issue type, or for both if the source has one list.

    ``approved`` says in a sentence what ``approval`` holds; ``closed_sentence`` has names where ``closed`` has `{id}`.
    """

    marketplace: MarketplaceId
    issue_types: tuple[IssueTypeId, ...]
    title: str
    address: str
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


class Marketplace(model.Marketplace):
    """A marketplace with what it follows, resolved."""

    id: MarketplaceId
    address: str
    gaps: tuple[GapId, ...]
    procedures: tuple[Procedure, ...]


class Tasks(Record):
    """What a role has to do with an issue type; it owns the procedures of these marketplaces."""

    owns: tuple[MarketplaceId, ...]
    does: tuple[Task, ...]
    is_told: tuple[Task, ...]
    is_mentioned: tuple[Task, ...]


class Role(model.Role):
    """A role with all it does, by issue type."""

    id: RoleId
    address: str
    gaps: tuple[GapId, ...]
    tasks: dict[IssueTypeId, Tasks]


class System(model.System):
    """A system with all that is done in it, by issue type."""

    id: SystemId
    address: str
    gaps: tuple[GapId, ...]
    tasks: dict[IssueTypeId, tuple[Task, ...]]


class IssueType(model.IssueType):
    """An issue type."""

    id: IssueTypeId
    address: str


class Where(Record):
    """Procedures: these issue types of these marketplaces."""

    issue_types: tuple[IssueTypeId, ...]
    marketplaces: tuple[MarketplaceId, ...]


class Follower(Record):
    """A marketplace that follows a playbook, for these issue types."""

    marketplace: MarketplaceId
    issue_types: tuple[IssueTypeId, ...]
    address: str


class Playbook(model.Playbook):
    """Shared steps as they are written, and who follows them."""

    id: PlaybookId
    followed_by: tuple[Follower, ...]


class Gap(model.Gap):
    """What the source does not say; `sentence` has names where `says` has `{id}`. Ask the owners."""

    sentence: str
    where: tuple[Where, ...]
    ask: tuple[RoleId, ...]


class Name(Record):
    """What an `{id}` stands for, and its page."""

    kind: str
    name: str
    address: str


class ApiDocument(Record, title="Document"):
    """Document control, records, and the gaps and names that they point to. `api` is the version of this schema."""

    api: Literal[1] = API
    sop: model.Sop
    issue_types: tuple[IssueType, ...] = ()
    marketplaces: tuple[Marketplace, ...] = ()
    roles: tuple[Role, ...] = ()
    systems: tuple[System, ...] = ()
    playbooks: tuple[Playbook, ...] = ()
    gaps: dict[GapId, Gap] = Field(default={})
    names: dict[str, Name]
