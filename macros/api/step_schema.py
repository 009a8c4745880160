"""The models of steps in the JSON API.

They extend the step of a playbook with what is resolved. Addresses are paths on the host of the
site, such as `/marketplaces/flipkart/#order-related-escalate`. If `site_url` has a path, they begin
with it; serialize with the context ``{"base": "/sop"}`` to add it.
"""

from typing import Annotated

from pydantic import PlainSerializer, SerializationInfo

from macros.catalogue.exits import Exit
from macros.model import playbooks
from macros.model.types import IdOf, MarketplaceId, Record, RoleId, StepText, SystemId, TermId, Text


def on_host(address: str, info: SerializationInfo) -> str:
    """An address below the site -> the same on the host of the site."""
    return f"{(info.context or {}).get('base', '')}{address}"


Address = Annotated[str, PlainSerializer(on_host)]
GapId = Annotated[str, IdOf("gap")]


class Contact(Record):
    """A mail address, phone number, https link or other text; ``link`` begins with `mailto:`, `tel:` or `https:`."""

    text: str
    link: str | None


class Reach(Record):
    """A recipient and its contacts; None if they differ between the marketplaces of a shared step."""

    role: RoleId
    contacts: tuple[Contact, ...] | None


class Step(playbooks.Step):
    """A step of a playbook. What a file may write as one item is always a list here."""

    actors: tuple[RoleId, ...] = ()
    to: tuple[RoleId, ...] | None = None
    evidence: tuple[StepText, ...] = ()


class ResolvedStep(Step):
    """A resolved step.

    ``sentence`` has names where ``action`` or ``statement`` has `{id}`; so do ``if_sentence``,
    ``evidence_sentences`` and ``note_sentence``. A parameter that the marketplace does not give is `[name]`.
    ``exits`` lead to other steps than the one below, to number 0 at the end of the case. ``comes_from`` and
    ``goes_to`` are the numbers of the steps right before and after it on any path;
    it ``follows`` if the case comes to it from the step above without an exit. ``reach`` holds the recipients
    that have a contact.
    """

    number: int
    within: Text | None = None
    sentence: str
    if_sentence: str | None
    evidence_sentences: tuple[str, ...]
    note_sentence: str | None
    recipients: tuple[RoleId, ...]
    mentioned: tuple[RoleId, ...]
    systems: tuple[SystemId, ...]
    terms: tuple[TermId, ...]
    gaps: tuple[GapId, ...]
    decided: tuple[GapId, ...]
    exits: tuple[Exit, ...]
    comes_from: tuple[int, ...]
    goes_to: tuple[int, ...]
    follows: bool
    reach: tuple[Reach, ...]


class ProcedureStep(ResolvedStep):
    """A step in its procedure. `lane` is that of the first actor and counts `lanes` from 1; a step without an actor has 0."""

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
