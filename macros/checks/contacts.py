"""Rules for contacts: who they are for, and gaps that deny them."""

from collections.abc import Iterator

from macros.catalogue.catalogue import Catalogue
from macros.catalogue.contacts import roles_in
from macros.checks.rule import Finding, Rule
from macros.parsing.problems import nearest


def contacts_are_of_roles_in_procedures(catalogue: Catalogue) -> Iterator[Finding]:
    for id, marketplace in catalogue.marketplaces.items():
        if not marketplace.contacts:
            continue
        named = set().union(*(roles_in(one) for one in catalogue.procedures[id]))
        for role in marketplace.contacts:
            if role not in named:
                what = f"no procedure of {id} names the role '{role}'"
                help = f"remove this line, or use a role that they name; {nearest(role, named & catalogue.roles.keys())}"
                yield Finding(what, help, "marketplace", id, ("contacts", role), at_key=True)


def no_gap_denies_a_contact(catalogue: Catalogue) -> Iterator[Finding]:
    given = catalogue.contacts.given()
    for id, gap in catalogue.gaps.items():
        denied = [role for role in gap.role or catalogue.roles if role in given]
        if gap.state == "open" and "contact" in gap.field and denied:
            left = [role for role in gap.role or catalogue.roles if role not in given]
            help = "remove the gap"
            if left:
                help += f", or list the roles that are left: 'role: [{', '.join(left)}]'"
            yield Finding(f"role '{denied[0]}' has a contact", help, "gap", id, ("field",))


RULES = (
    Rule("SOP409", contacts_are_of_roles_in_procedures, needs=("playbook",)),
    Rule("SOP418", no_gap_denies_a_contact, needs=("role", "marketplace")),
)
