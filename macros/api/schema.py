"""The models of the JSON: every sentence in full, and the structure that it comes from.

They extend the models of the files with what is resolved. Addresses are paths on the host of the
site, such as `/marketplaces/flipkart/#order-related-escalate`. If `site_url` has a path, they begin
with it; serialize with the context ``{"base": "/sop"}`` to add it.
"""

from typing import Annotated, Literal

from pydantic import Field, PlainSerializer, SerializationInfo

from macros.model import records as model
from macros.model.types import IssueTypeId, MarketplaceId, Names, PlaybookId, Record, RoleId, SystemId

API: Literal[1] = 1  # the version of this schema


def on_host(address: str, info: SerializationInfo) -> str:
    """An address below the site -> the same on the host of the site."""
    return f"{(info.context or {}).get('base', '')}{address}"


Address = Annotated[str, PlainSerializer(on_host)]
GapId = Annotated[str, Names("gap")]


class ResolvedStep(model.Step):
    """A step as a marketplace follows it; `sentence` has names where `action` has `{id}`."""

    number: int
    sentence: str
    recipients: tuple[RoleId, ...]
    mentioned: tuple[RoleId, ...]
    systems: tuple[SystemId, ...]
    gaps: tuple[GapId, ...]


class ProcedureStep(ResolvedStep):
    """A step in its procedure. `lane` counts its `lanes` from 1; 0 is a step that names nobody."""

    lane: int
    address: Address


class Neighbour(Record):
    """The step before or after, and the marketplaces where it is that."""

    line: str
    at: tuple[MarketplaceId, ...]


class Task(ResolvedStep):
    """A step that marketplaces share: its address at each, who owns it there, what comes before and after."""

    at: dict[MarketplaceId, Address]
    owners: tuple[RoleId, ...]
    before: tuple[Neighbour, ...]
    after: tuple[Neighbour, ...]


class Approval(model.Approval):
    """An approval, and whether the procedure is still as it was approved."""

    current: bool


class Procedure(Record):
    """What to do at a marketplace for an issue type, or for both if the source has one list.

    ``approved`` says in a sentence what ``approval`` holds.
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
    """A marketplace with what it follows, resolved."""

    id: MarketplaceId
    address: Address
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
    address: Address
    gaps: tuple[GapId, ...]
    tasks: dict[IssueTypeId, Tasks]


class System(model.System):
    """A system with all that is done in it, by issue type."""

    id: SystemId
    address: Address
    gaps: tuple[GapId, ...]
    tasks: dict[IssueTypeId, tuple[Task, ...]]


class IssueType(model.IssueType):
    """An issue type."""

    id: IssueTypeId
    address: Address


class Where(Record):
    """Procedures: these issue types of these marketplaces."""

    issue_types: tuple[IssueTypeId, ...]
    marketplaces: tuple[MarketplaceId, ...]


class Follower(Record):
    """A marketplace that follows a playbook, for these issue types."""

    marketplace: MarketplaceId
    issue_types: tuple[IssueTypeId, ...]
    address: Address


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
    address: Address


class Document(Record):
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
