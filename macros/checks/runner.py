"""All checks of an SOP in one call: a folder -> a sound Catalogue, or all its problems."""

import gc
from collections.abc import Container, Iterator
from contextlib import contextmanager
from pathlib import Path

from macros.catalogue.catalogue import Catalogue, build
from macros.catalogue.data_folder import LoadedSop, load
from macros.checks import anchors, approvals, completeness, editorial
from macros.checks.references import References, doubled_ids, reserved_ids
from macros.checks.rule import Rule
from macros.model.records import Sop, Source
from macros.parsing.problems import InvalidSop, Problem

RULES = (*completeness.RULES, *editorial.RULES, *anchors.RULES, *approvals.RULES)


def check(loaded: LoadedSop) -> list[Problem]:
    """Everything that is wrong with an SOP, in file order."""
    return examine(loaded)[1]


def checked(root: Path, *, despite: Container[str] = ()) -> Catalogue:
    """The catalogue of a folder; InvalidSop with all problems if the SOP is not sound.

    ``despite`` are codes of rules that may be broken.
    """
    with without_collector():
        catalogue, problems = examine(load(root))
    if left := [problem for problem in problems if problem.code not in despite]:
        raise InvalidSop(left)
    return catalogue


def examine(loaded: LoadedSop) -> tuple[Catalogue, list[Problem]]:
    """The sound part of an SOP, and all its problems: the whole SOP, if it has none."""
    references = References(loaded)
    problems = [*loaded.problems, *reserved_ids(loaded), *doubled_ids(loaded), *references.problems]
    # The rules also look at an SOP whose sop.yml is broken: then nothing is stated in it.
    blank = {"sop": Sop(title="-", source=Source(name="-"))}
    catalogue = build(loaded.root, {**references.sound, "sop": references.sound["sop"] or blank})
    for rule in sorted(RULES, key=lambda rule: rule.last):
        if not (references.broken_kinds.intersection(rule.needs) or (rule.last and problems)):
            problems += broken(rule, catalogue, loaded)
    return catalogue, sorted(set(problems))


def broken(rule: Rule, catalogue: Catalogue, loaded: LoadedSop) -> Iterator[Problem]:
    """The problems of a rule, where they are in the files."""
    for finding in rule.findings(catalogue):
        place = loaded.places[finding.kind][finding.id]
        yield place.problem(rule.code, finding.message, finding.help, finding.keys, key=finding.at_key)


@contextmanager
def without_collector() -> Iterator[None]:
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
