"""The rule for contacts: who they are for. The rules of gaps report those that deny them."""

from collections.abc import Iterator

from macros.catalogue.catalogue import Catalogue
from macros.catalogue.contacts import roles_in
from macros.checks.rule import Finding, Rule
from macros.parsing.problems import suggestion


def contacts_are_of_roles_in_procedures(catalogue: Catalogue) -> Iterator[Finding]:
    for id, marketplace in catalogue.marketplaces.items():
        if not marketplace.contacts:
            continue
        named = set().union(*(roles_in(one) for one in catalogue.procedures[id]))
        for role in marketplace.contacts:
            if role not in named:
                what = f"no procedure of {id} names the role '{role}'"
                help = f"remove this line, or use a role that they name; {suggestion(role, named & catalogue.roles.keys())}"
                yield Finding(what, help, "marketplace", id, ("contacts", role), at_key=True)


RULES = (Rule("SOP409", contacts_are_of_roles_in_procedures, needs=("playbook",)),)
