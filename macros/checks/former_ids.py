"""The rule of former ids: the address of a former id leads to one record.

rulebook.yml has the title, the reason and a broken example of each rule.
"""

from collections.abc import Iterator

from macros.catalogue.catalogue import Catalogue
from macros.checks.references import RESERVED
from macros.checks.rule import Finding, Rule
from macros.model.kinds import KINDS
from macros.model.urls import PDF_NAMES


def former_ids_are_free(catalogue: Catalogue) -> Iterator[Finding]:
    taken: dict[tuple[str, str], str] = {}
    for kind, former, id in catalogue.former_ids():
        label = KINDS[kind].label
        if former in catalogue.records[kind]:
            what = f"'{former}' is the id of a {label}"
        elif (kind, former) in taken:
            what = f"'{former}' is already a former id of {label} '{taken[kind, former]}'"
        elif former in RESERVED or (kind == "marketplace" and former in PDF_NAMES):
            what = f"'{former}' is reserved, and was never the id of a {label}"
        else:
            taken[kind, former] = id
            continue
        index = catalogue.records[kind][id].formerly.index(former)
        yield Finding(what, "remove it", kind, id, ("formerly", index))


RULES = (Rule("SOP451", former_ids_are_free),)
