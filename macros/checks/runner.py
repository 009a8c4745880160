"""Everything that must hold in an SOP, in one call: what the entry points ask before they render."""

import gc
from collections.abc import Container, Iterator
from contextlib import contextmanager
from pathlib import Path

from macros.catalogue.catalogue import Catalogue, load
from macros.checks import approvals, completeness, editorial  # importing them registers their rules
from macros.checks.rule import RULES
from macros.parsing.problems import InvalidSop, Problem

__all__ = ["approvals", "checked", "completeness", "editorial", "problems_of"]


def problems_of(catalogue: Catalogue) -> list[Problem]:
    """Everything that is wrong with an SOP, in file order."""
    for code, breaks in RULES.items():
        for finding in breaks(catalogue):
            place = catalogue.folder.places[finding.kind, finding.id]
            place.report(code, finding.message, finding.help, finding.keys)
    return sorted(set(catalogue.folder.problems))


def checked(root: Path, *, despite: Container[str] = ()) -> Catalogue:
    """The catalogue of a folder, fit for readers; InvalidSop with all problems if it is not.

    ``despite`` are codes of rules that may be broken.
    """
    with uncollected():
        catalogue = load(root)
        problems = [one for one in problems_of(catalogue) if one.code not in despite]
    if problems:
        raise InvalidSop(problems)
    return catalogue


@contextmanager
def uncollected() -> Iterator[None]:
    """Without garbage collection: what is loaded stays, so the collector need not look at it, now or later."""
    was_on = gc.isenabled()
    gc.unfreeze()  # an SOP that was loaded before
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_on:
            gc.enable()
