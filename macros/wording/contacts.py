"""Contacts as text: at a step, and for the search."""

from collections.abc import Iterable

from macros.catalogue.catalogue import Catalogue
from macros.catalogue.contacts import Reach
from macros.catalogue.procedure import Procedure, ResolvedStep
from macros.model.contacts import contact, mail_addresses
from macros.wording.phrases import WORDS


def reach_text(found: Iterable[Reach], catalogue: Catalogue) -> str:
    """Recipients with their contacts: `Marketplace POC: desk@example.com, +91 22 5550 0100; Client POC: ...`."""
    return "; ".join(
        f"{catalogue.roles[one.role].name}: {', '.join(one.contacts or (WORDS['reach_differs'],))}"
        for one in found
    )


def reach_of(procedure: Procedure, catalogue: Catalogue) -> list[Reach]:
    """All recipients of a procedure that have a contact, each once."""
    places = (procedure.marketplace,)
    found = (one for step in procedure.steps for one in catalogue.contacts.of_recipients(step, places))
    return list(dict.fromkeys(found))


def addresses(procedure: Procedure, step: ResolvedStep, catalogue: Catalogue) -> tuple[str, ...]:
    """The mail addresses of the recipients of a step."""
    found = catalogue.contacts.of_recipients(step, (procedure.marketplace,))
    return tuple(address for one in found for address in mail_addresses(one.contacts or ()))


def search_text(texts: Iterable[str]) -> str:
    """Contacts as the search finds them; phone numbers also without spaces."""
    every = tuple(texts)
    phones = (one.link for one in map(contact, every) if one.link.startswith("tel:"))
    return " ".join((*every, *phones))
