"""The contacts of roles: a marketplace's own before those of the role."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from macros.catalogue.procedure import Procedure, ResolvedStep, unique
from macros.catalogue.words import ids_in
from macros.model.records import Marketplace, Role

Texts = tuple[str, ...]  # the contacts of a role, as written


class Reach(NamedTuple):
    """A recipient of a step and its contacts; None if they differ between the marketplaces of the step."""

    role: str
    contacts: Texts | None


class Contacts:
    """The contacts of all roles. ``at`` holds those that marketplaces give, by role and marketplace."""

    def __init__(self, roles: Mapping[str, Role], marketplaces: Mapping[str, Marketplace]) -> None:
        self.of_roles = {id: record.contact for id, record in roles.items()}
        self.at: Mapping[str, dict[str, Texts]] = defaultdict(dict)
        for id, record in marketplaces.items():
            for role, texts in record.contacts.items():
                self.at[role][id] = texts

    def of(self, role: str, marketplaces: Iterable[str]) -> Texts | None:
        """The contacts of a role if these marketplaces agree on them, else None."""
        own, general = self.at.get(role), self.of_roles[role]
        if not own:
            return general
        found = {own.get(id, general) for id in marketplaces}
        return found.pop() if len(found) == 1 else None

    def of_recipients(self, step: ResolvedStep, marketplaces: Iterable[str]) -> list[Reach]:
        """The recipients of a step that have a contact at some of these marketplaces."""
        places = tuple(marketplaces)
        found = (Reach(role, self.of(role, places)) for role in step.recipients)
        return [one for one in found if one.contacts != ()]

    def texts(self, role: str) -> Texts:
        """All contacts of a role, its own first."""
        return unique(
            text for texts in (self.of_roles[role], *self.at.get(role, {}).values()) for text in texts
        )

    def has_contact(self, role: str, marketplaces: Iterable[str] = ()) -> bool:
        """Whether a role has a contact of its own or at a marketplace; at each of these marketplaces, if named."""
        own = self.at.get(role, {})
        places = tuple(marketplaces)
        return bool(self.of_roles[role]) or (all(id in own for id in places) if places else bool(own))


def roles_in(procedure: Procedure) -> set[str]:
    """The ids named in a procedure: its owner, actors and recipients, and what its texts mention."""
    texts = [procedure.closed, *(text for step in procedure.steps for text in (step.text, step.note))]
    return {procedure.owner, *procedure.actors, *ids_in(*texts)}
