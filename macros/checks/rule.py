"""What a house rule is: a function that finds where an SOP breaks it, under a code."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from macros.catalogue.catalogue import Catalogue
from macros.parsing.document import Keys


class Finding(NamedTuple):
    """A broken rule: what is wrong, the remedy, and the record and keys where it is."""

    message: str
    help: str
    kind: str
    id: str
    keys: Keys = ()


Rule = Callable[[Catalogue], Iterator[Finding]]
RULES: dict[str, Rule] = {}


def rule(code: str) -> Callable[[Rule], Rule]:
    """Register a house rule under its code."""

    def register(function: Rule) -> Rule:
        RULES[code] = function
        return function

    return register
