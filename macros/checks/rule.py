"""A rule: a code and a function that finds violations."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from macros.catalogue.catalogue import Catalogue
from macros.parsing.document import Keys


class Finding(NamedTuple):
    """A violation of a rule: message, remedy, and the record and keys where it is.

    ``at_key`` locates it at the last key instead of the value.
    """

    message: str
    help: str
    kind: str
    id: str
    keys: Keys = ()
    at_key: bool = False


class Rule(NamedTuple):
    """A rule with its code in the rule book.

    ``needs`` lists kinds whose records must all be sound: otherwise, the rule would report what an invalid
    record may provide. A rule with ``last`` runs only if there are no other problems.
    """

    code: str
    findings: Callable[[Catalogue], Iterator[Finding]]
    needs: tuple[str, ...] = ()
    last: bool = False
