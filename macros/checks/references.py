"""Checks that ids are unique and references lead to records."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from macros.catalogue.data_folder import LoadedSop, Place
from macros.checks.parameters import given_names
from macros.model.kinds import KINDS, NAMEABLE, labels
from macros.model.references import Reference, references_in
from macros.model.types import PARAMETER
from macros.model.urls import PDF_NAMES
from macros.model.validation import kebab
from macros.parsing.problems import Problem, suggestion

DEVICES = (
    "con",
    "prn",
    "aux",
    "nul",
    *(f"{port}{number}" for port in ("com", "lpt") for number in range(10)),
)
RESERVED = {"index": "the site has a file with this name"} | dict.fromkeys(
    DEVICES, "Windows does not allow this file name"
)
RESERVED_IN = ("issue_type", "role", "system", "playbook", "marketplace", "gap", "release")


def reserved_ids(loaded: LoadedSop) -> Iterator[Problem]:
    """Report ids that the site or a file system reserves."""
    for kind in RESERVED_IN:
        for id, place in loaded.places[kind].items():
            if id in RESERVED or (id.startswith("sop-") and kind in ("issue_type", "gap")):
                use = RESERVED.get(id, "pages use ids that begin with sop-")
                yield place.problem(
                    "SOP309", f"the id '{id}' is reserved: {use}", "choose another id", key=True
                )


def duplicate_ids(loaded: LoadedSop) -> Iterator[Problem]:
    """Report ids that two records share, and ids that would give two PDFs the same name."""
    taken: dict[str, str] = dict.fromkeys(PDF_NAMES, "PDF")
    for kind in NAMEABLE:
        for id, place in sorted(loaded.places[kind].items()):
            if id in taken and () not in place.document.broken:
                what = f"'{id}' is already the id of a {taken[id]}"
                yield place.problem("SOP303", what, "choose another id", key=True)
            taken[id] = KINDS[kind].label


class References:
    """The references between the records of a loaded SOP.

    ``problems`` lists references to unknown ids. ``sound`` has, by kind and id, each valid record
    whose references all lead to sound records.
    """

    def __init__(self, loaded: LoadedSop) -> None:
        self.loaded = loaded
        self.problems: list[Problem] = []
        self.sound: dict[str, dict[str, Any]] = {kind: {} for kind in KINDS}
        self.given = given_names(loaded)
        self._ids: dict[tuple[str, ...], tuple[set[str], set[str] | None]] = {}
        for kind in KINDS:  # a record names only records of kinds before its own
            for id, place in loaded.places[kind].items():
                holds = self.check_references(kind, id, place)
                if holds and id in loaded.records[kind] and self.step_exists(kind, id, place):
                    self.sound[kind][id] = loaded.records[kind][id]

    @cached_property
    def broken_kinds(self) -> set[str]:
        """The kinds with a record that is not sound."""
        sizes = ((kind, len(self.sound[kind]), len(self.loaded.places[kind])) for kind in KINDS)
        return self.loaded.unread | {kind for kind, sound, claimed in sizes if sound != claimed}

    def ids(self, kinds: tuple[str, ...]) -> tuple[set[str], set[str] | None]:
        """The ids of sound records of these kinds, and all ids in the files (None if a file cannot be read)."""
        if kinds not in self._ids:
            records = record_kinds(kinds)
            sound = {id for kind in records for id in self.sound[kind]}
            claimed = {id for kind in records for id in self.loaded.places[kind]}
            givers = {"marketplace", "gap"} if PARAMETER in kinds else set()
            self._ids[kinds] = sound, None if self.loaded.unread & {*records, *givers} else claimed
        return self._ids[kinds]

    def check_references(self, kind: str, id: str, place: Place) -> bool:
        """Whether all references of a record lead to sound records; report unknown ids."""
        holds = True
        given = self.given.get(id, set()) if kind == "playbook" else set()
        for reference in references_in(KINDS[kind].model, place.data):
            sound, claimed = self.ids(reference.kinds)
            if reference.id in sound or (PARAMETER in reference.kinds and reference.id in given):
                continue
            holds = False
            unknown = claimed is not None and reference.id not in claimed
            if unknown and not place.document.is_broken((*place.keys, *reference.keys)):
                self.problems.append(unknown_name(place, reference, (claimed or set()) | given))
        return holds

    def step_exists(self, kind: str, id: str, place: Place) -> bool:
        """Whether the step that a gap refers to exists; if not, report it. The step of an answered gap may be gone."""
        gap = self.loaded.records[kind][id]
        if kind != "gap" or not gap.step or gap.answered:
            return True
        steps = [step.id for step in self.sound["playbook"][gap.playbook[0]].steps]
        if gap.step not in steps:
            what = f"playbook '{gap.playbook[0]}' has no step '{gap.step}'"
            self.problems.append(place.problem("SOP305", what, suggestion(gap.step, steps), ("step",)))
        return gap.step in steps


def record_kinds(kinds: tuple[str, ...]) -> tuple[str, ...]:
    """The kinds of records among what a text can refer to."""
    return tuple(kind for kind in kinds if kind != PARAMETER)


def unknown_name(place: Place, reference: Reference, known: set[str]) -> Problem:
    """The problem for an unknown id, located inside its text."""
    line, column = place.document.mark((*place.keys, *reference.keys), key=reference.on_key)
    if reference.in_text:
        brace = place.document.lines[line - 1].find(f"{{{reference.id}", column - 1)
        column = brace + 2 if brace >= 0 else column
    records = record_kinds(reference.kinds)
    kinds = labels(records) or PARAMETER
    if not reference.kinds:
        code, what, help = "SOP306", "this text cannot contain references", "write the words, without { and }"
    elif reference.in_text and not reference.id:
        code, what = "SOP306", "these braces contain no id"
        help = f"write {{id}}, with the id of a {kinds}"
    else:
        code, what = "SOP304", f"unknown {kinds} '{reference.id}'"
        help = suggestion(kebab(reference.id), known)
        if not help.startswith("did you mean"):
            files = [KINDS[kind].path for kind in records]
            files += ["'parameters' of a marketplace"] * (PARAMETER in reference.kinds)
            add = f"add it to {' or '.join(files)}"
            help = f"{add}, or use one that is {help}" if known else add
    return place.document.problem(code, what, help, (line, column))
