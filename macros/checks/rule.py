"""What a rule is: a function that finds where an SOP breaks it, under a code."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from macros.catalogue.catalogue import Catalogue
from macros.parsing.document import Keys


class Finding(NamedTuple):
    """A broken rule: what is wrong, the remedy, and the record and keys where it is.

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

    ``needs`` are the kinds that must be sound as a whole: a record that is broken might keep the rule.
    A rule that is ``last`` applies only to an SOP without any other problem.
    """

    code: str
    findings: Callable[[Catalogue], Iterator[Finding]]
    needs: tuple[str, ...] = ()
    last: bool = False
