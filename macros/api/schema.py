"""The models of the JSON API: complete sentences, and the structure behind them.

They extend the models of the files with what is resolved. Addresses are paths on the host of the
site, such as `/marketplaces/flipkart/#order-related-escalate`. If `site_url` has a path, they begin
with it; serialize with the context ``{"base": "/sop"}`` to add it.
"""

from typing import Annotated, Literal

from pydantic import Field, PlainSerializer, SerializationInfo

from macros.catalogue.procedure import Exit
from macros.model import control
from macros.model import records as model
from macros.model.types import IssueTypeId, MarketplaceId, Names, PlaybookId, Record, RoleId, SystemId

API: Literal[1] = 1  # the version of this schema


def on_host(address: str, info: SerializationInfo) -> str:
    """An address below the site -> the same on the host of the site."""
    return f"{(info.context or {}).get('base', '')}{address}"


Address = Annotated[str, PlainSerializer(on_host)]
GapId = Annotated[str, Names("gap")]


class ResolvedStep(model.Step):
    """A resolved step; `sentence` has names where `action` has `{id}`.

    ``exits`` lead to other steps than the one below, to number 0 at the end of the case. ``comes_from`` and
    ``goes_to`` are the numbers of the steps right before and after it on any path;
    it ``follows`` if the case comes to it from the step above without an exit.
    """

    number: int
    sentence: str
    recipients: tuple[RoleId, ...]
    mentioned: tuple[RoleId, ...]
    systems: tuple[SystemId, ...]
    gaps: tuple[GapId, ...]
    exits: tuple[Exit, ...]
    comes_from: tuple[int, ...]
    goes_to: tuple[int, ...]
    follows: bool


class ProcedureStep(ResolvedStep):
    """A step in its procedure. `lane` counts `lanes` from 1; a step without an actor has 0."""

    lane: int
    address: Address


class Neighbour(Record):
    """The step before or after, and the marketplaces where that is so."""

    line: str
    at: tuple[MarketplaceId, ...]


class Task(ResolvedStep):
    """A step that marketplaces share: its addresses, its owners, and the steps before and after it."""

    at: dict[MarketplaceId, Address]
    owners: tuple[RoleId, ...]
    before: tuple[Neighbour, ...]
    after: tuple[Neighbour, ...]


class Approval(control.Approval):
    """An approval, and whether the procedure is unchanged since."""

    current: bool


class Procedure(Record):
    """The steps for an issue type at a marketplace, or for several issue types with the same steps.

    ``approved`` is ``approval`` as a sentence.
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
    steps: tuple[ProcedureStep, ...]
    gaps: tuple[GapId, ...]


class Marketplace(model.Marketplace):
    """A marketplace with its resolved procedures."""

    id: MarketplaceId
    address: Address
    gaps: tuple[GapId, ...]
    procedures: tuple[Procedure, ...]


class Tasks(Record):
    """The steps of a role for an issue type, and the marketplaces whose procedures it owns."""

    owns: tuple[MarketplaceId, ...]
    does: tuple[Task, ...]
    is_told: tuple[Task, ...]
    is_mentioned: tuple[Task, ...]


class Role(model.Role):
    """A role with its steps by issue type."""

    id: RoleId
    address: Address
    gaps: tuple[GapId, ...]
    tasks: dict[IssueTypeId, Tasks]


class System(model.System):
    """A system with its steps by issue type."""

    id: SystemId
    address: Address
    gaps: tuple[GapId, ...]
    tasks: dict[IssueTypeId, tuple[Task, ...]]


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


class Playbook(model.Playbook):
    """Shared steps as in the file, and the marketplaces that follow them."""

    id: PlaybookId
    followed_by: tuple[Follower, ...]


class Gap(model.Gap):
    """An open question; `sentence` has names where `says` has `{id}`. `ask` are the owners."""

    sentence: str
    where: tuple[Where, ...]
    ask: tuple[RoleId, ...]


class Name(Record):
    """The record that an `{id}` refers to, and its page."""

    kind: str
    name: str
    address: Address


class ApiDocument(Record, title="Document"):
    """Document control, records, and the gaps and names that they refer to. `api` is the version of this schema."""

    api: Literal[1] = API
    sop: control.Sop
    issue_types: tuple[IssueType, ...] = ()
    marketplaces: tuple[Marketplace, ...] = ()
    roles: tuple[Role, ...] = ()
    systems: tuple[System, ...] = ()
    playbooks: tuple[Playbook, ...] = ()
    gaps: dict[GapId, Gap] = Field(default={})
    names: dict[str, Name]
