"""Runs all checks: a folder -> a Catalogue, or all problems."""

import gc
from collections.abc import Container, Iterator
from contextlib import contextmanager
from pathlib import Path

from macros.catalogue.catalogue import Catalogue, build
from macros.catalogue.data_folder import LoadedSop, load
from macros.checks import (
    anchors,
    approvals,
    completeness,
    contacts,
    editorial,
    exits,
    former_ids,
    gaps,
    parameters,
    step_lists,
    terms,
)
from macros.checks.references import References, duplicate_ids, reserved_ids
from macros.checks.rule import Rule
from macros.model.control import Sop, Source
from macros.parsing.problems import InvalidSop, Problem

GROUPS = (
    completeness,
    parameters,
    exits,
    step_lists,
    editorial,
    terms,
    contacts,
    gaps,
    former_ids,
    anchors,
    approvals,
)
RULES = tuple(rule for group in GROUPS for rule in group.RULES)


def check(loaded: LoadedSop) -> list[Problem]:
    """All problems of an SOP, in file order."""
    return examine(loaded)[1]


def load_catalogue(root: Path, *, despite: Container[str] = ()) -> Catalogue:
    """The catalogue of a folder; InvalidSop with all problems if there are any.

    Problems with a code in ``despite`` are ignored.
    """
    with without_garbage_collection():
        catalogue, problems = examine(load(root))
    if left := [problem for problem in problems if problem.code not in despite]:
        raise InvalidSop(left)
    return catalogue


def examine(loaded: LoadedSop) -> tuple[Catalogue, list[Problem]]:
    """The catalogue of all sound records, and all problems."""
    references = References(loaded)
    problems = [*loaded.problems, *reserved_ids(loaded), *duplicate_ids(loaded), *references.problems]
    problems += parameters.parameters_with_ids_of_records(loaded)
    # If sop.yml is invalid, the rules run with an empty one.
    blank = {"sop": Sop(title="-", source=Source(name="-"))}
    catalogue = build(loaded.root, {**references.sound, "sop": references.sound["sop"] or blank})
    problems += parameters.parameters_not_given(loaded, catalogue)
    for rule in sorted(RULES, key=lambda rule: rule.last):
        if not (references.broken_kinds.intersection(rule.needs) or (rule.last and problems)):
            problems += locate(rule, catalogue, loaded)
    return catalogue, sorted(set(problems))


def locate(rule: Rule, catalogue: Catalogue, loaded: LoadedSop) -> Iterator[Problem]:
    """The problems that a rule finds, with their positions."""
    for finding in rule.findings(catalogue):
        place = loaded.places[finding.kind][finding.id]
        yield place.problem(rule.code, finding.message, finding.help, finding.keys, key=finding.at_key)


@contextmanager
def without_garbage_collection() -> Iterator[None]:
    """Disable garbage collection: loaded records live until the end, so there is nothing to collect."""
    was_on = gc.isenabled()
    gc.unfreeze()  # an SOP that was loaded earlier
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_on:
            gc.enable()
