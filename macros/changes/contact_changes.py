"""Changes of contacts; they are in no fingerprint, so no approval lapses."""

from collections.abc import Iterator

from macros.catalogue.catalogue import Catalogue
from macros.catalogue.procedure import unique
from macros.changes.change import METADATA, Change, role_names


def contact_changes(old: Catalogue, new: Catalogue) -> Iterator[Change]:
    """The contacts of roles that both SOPs have, and those at marketplaces that both have."""
    for role in unique((*old.roles, *new.roles)):
        if role in old.roles and role in new.roles:
            before, after = old.roles[role].contact, new.roles[role].contact
            yield from contact_change(role, "", before, after, new)
    for id in (id for id in new.marketplaces if id in old.marketplaces):
        before_at, after_at = old.marketplaces[id].contacts, new.marketplaces[id].contacts
        for role in unique((*before_at, *after_at)):
            if role in new.roles:
                place = f" at {new.marketplaces[id].name}"
                yield from contact_change(role, place, before_at.get(role, ()), after_at.get(role, ()), new)


def contact_change(
    role: str, place: str, before: tuple[str, ...], after: tuple[str, ...], new: Catalogue
) -> Iterator[Change]:
    """The change of one contact; a new order is one too, because the first is tried first."""
    if before != after:
        said = [", ".join(texts) or "nothing" for texts in (before, after)]
        what = f"contact of {new.roles[role].name}{place}: {said[0]} -> {said[1]}"
        yield Change(METADATA, what, role_names((role,), new))
