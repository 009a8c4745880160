"""The valid records of an SOP, with every procedure resolved."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from macros.catalogue.contacts import Contacts
from macros.catalogue.fingerprint import fingerprint
from macros.catalogue.gap_lookup import Concerns, gaps_by_subject, gaps_in_state
from macros.catalogue.index import Index
from macros.catalogue.parameters import ParametersNeeded, ParameterUses, parameters_needed
from macros.catalogue.procedure import Procedure
from macros.catalogue.resolver import Resolver
from macros.catalogue.words import Meanings
from macros.model.control import Approval, Release, Sop
from macros.model.gaps import Gap, State
from macros.model.kinds import ADDRESSED, KINDS, NAMEABLE
from macros.model.playbooks import Playbook
from macros.model.records import IssueType, Marketplace, Role, System, Term
from macros.model.types import DefinedRecord

Records = Mapping[str, dict[str, Any]]  # kind -> id -> record


@dataclass(frozen=True, eq=False)  # compared by identity
class Catalogue:
    """A valid SOP: every reference leads to a record. Marketplaces are in the order of the site."""

    root: Path
    records: Records
    procedures: dict[str, list[Procedure]]
    concerns: Concerns
    parameters: Mapping[str, ParameterUses]  # by playbook

    @property
    def sop(self) -> Sop:
        """Document control."""
        stated: Sop = self.records["sop"]["sop"]
        return stated

    @property
    def issue_types(self) -> dict[str, IssueType]:
        return self.records["issue_type"]

    @property
    def roles(self) -> dict[str, Role]:
        return self.records["role"]

    @property
    def systems(self) -> dict[str, System]:
        return self.records["system"]

    @property
    def terms(self) -> dict[str, Term]:
        return self.records["term"]

    @property
    def playbooks(self) -> dict[str, Playbook]:
        return self.records["playbook"]

    @property
    def marketplaces(self) -> dict[str, Marketplace]:
        return self.records["marketplace"]

    @property
    def gaps(self) -> dict[str, Gap]:
        return self.records["gap"]

    @property
    def approvals(self) -> dict[str, Approval]:
        return self.records["approval"]

    @property
    def releases(self) -> dict[str, Release]:
        return self.records["release"]

    def procedure(self, marketplace: str, issue_type: str) -> Procedure:
        """The procedure that a marketplace follows for an issue type; KeyError if it does not exist."""
        for procedure in self.procedures[marketplace]:
            if issue_type in procedure.issue_types:
                return procedure
        raise KeyError(issue_type)

    @cached_property
    def named(self) -> dict[str, tuple[str, DefinedRecord]]:
        """By id, the kind and record that `{id}` in a text refers to."""
        return {id: (kind, one) for kind in reversed(NAMEABLE) for id, one in self.records[kind].items()}

    def former_ids(self) -> Iterator[tuple[str, str, str]]:
        """Kind, former id and id now, of each record that had another id."""
        for kind in ADDRESSED:
            for id, record in self.records[kind].items():
                yield from ((kind, former, id) for former in record.formerly)

    def other_anchor_prefixes(self, procedure: Procedure) -> tuple[str, ...]:
        """The other issue types of a procedure, and the former ids of all: its anchors begin with these too."""
        formers = (former for of in procedure.issue_types for former in self.issue_types[of].formerly)
        return (*procedure.issue_types[1:], *formers)

    def file_of(self, kind: str, id: str) -> str:
        """The path of the file with a record, relative to the parent of `sop_data/`."""
        return f"{self.root.name}/{KINDS[kind].file(id)}"

    def gaps_at(self, kind: str, id: str, state: State = "open") -> tuple[str, ...]:
        """The ids of the gaps about a record or, with the kind `field`, about a field of no certain record."""
        return gaps_in_state(self.gaps, self.concerns.get((kind, id), ()), state)

    def questions_at(self, kind: str, id: str) -> tuple[str, ...]:
        """The gaps, open or answered, that record something as missing.

        If an answered one is still missing, the rules of gaps report that, and no other rule does.
        """
        return self.gaps_at(kind, id) + self.gaps_at(kind, id, "answered")

    def all_procedures(self) -> Iterator[Procedure]:
        """Every procedure, in the order of the site."""
        for procedures in self.procedures.values():
            yield from procedures

    @cached_property
    def needed_parameters(self) -> dict[str, ParametersNeeded]:
        """By marketplace, the parameters of its playbooks."""
        by_playbooks: dict[tuple[str, ...], ParametersNeeded] = {}
        for marketplace in self.marketplaces.values():
            key = tuple(marketplace.playbooks.values())
            if key not in by_playbooks:
                by_playbooks[key] = parameters_needed({one: self.parameters[one] for one in key})
        return {id: by_playbooks[tuple(one.playbooks.values())] for id, one in self.marketplaces.items()}

    @cached_property
    def used_parameters(self) -> list[tuple[str, str, str, set[str]]]:
        """Every parameter that a marketplace gives and its playbooks use: marketplace, name, value, fields that contain it."""
        return [
            (id, name, value, fields)
            for id, marketplace in self.marketplaces.items()
            if marketplace.parameters
            for name, (_, fields) in self.needed_parameters[id].items()
            if (value := marketplace.parameters.get(name)) is not None
        ]

    @cached_property
    def index(self) -> Index:
        """The procedures and steps of each role, system, playbook and gap."""
        return Index(self.all_procedures(), self.gaps_of_marketplace)

    def gaps_of_marketplace(self, id: str) -> list[str]:
        """The gaps about a whole marketplace, in any state."""
        return self.concerns.get(("marketplace", id), [])

    @cached_property
    def contacts(self) -> Contacts:
        """The contacts of roles, at each marketplace."""
        return Contacts(self.roles, self.marketplaces)

    @cached_property
    def fingerprints(self) -> dict[str, str]:
        """The fingerprint of every procedure, by its key."""
        return {one.key: fingerprint(one) for one in self.all_procedures()}

    @cached_property
    def is_as_released(self) -> bool:
        """Whether all procedures are unchanged since the release of the SOP's version; True if it was never released."""
        release = self.releases.get(self.sop.version or "")
        return release is None or release.fingerprints == self.fingerprints


def build(root: Path, records: dict[str, dict[str, Any]]) -> Catalogue:
    """Build the catalogue of records; all their references must lead to records."""
    marketplaces = dict(sorted(records["marketplace"].items(), key=lambda item: site_order(*item)))
    gaps = records["gap"]
    concerns = gaps_by_subject(gaps)
    named = {id for kind in NAMEABLE for id in records[kind]}
    resolver = Resolver(records["playbook"], named, records["system"], Meanings(records), gaps, concerns)
    procedures = {
        id: resolver.procedures(id, record, records["issue_type"]) for id, record in marketplaces.items()
    }
    return Catalogue(
        root, {**records, "marketplace": marketplaces}, procedures, concerns, resolver.parameters
    )


def site_order(id: str, marketplace: Marketplace) -> tuple[bool, int, str, str]:
    """Sort key: by position, then marketplaces without a position by name."""
    return marketplace.position is None, marketplace.position or 0, marketplace.name.casefold(), id
