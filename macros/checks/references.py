"""Whether every id is unique, and every record that is named exists."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from macros.catalogue.data_folder import LoadedSop, Place
from macros.model.kinds import KINDS, NAMEABLE, labels
from macros.model.records import ESCALATION
from macros.model.references import Naming, namings
from macros.model.urls import PDF_NAMES
from macros.model.validation import kebab
from macros.parsing.problems import Problem, nearest

DEVICES = (
    "con",
    "prn",
    "aux",
    "nul",
    *(f"{port}{number}" for port in ("com", "lpt") for number in range(10)),
)
RESERVED = {"index": "the site has a file with this name"} | dict.fromkeys(
    DEVICES, "Windows has no such files"
)
RESERVED_IN = ("issue_type", "role", "system", "playbook", "marketplace", "gap", "release")


def reserved_ids(loaded: LoadedSop) -> Iterator[Problem]:
    """No record takes a name that the site, or a disk, uses for something else."""
    for kind in RESERVED_IN:
        for id, place in loaded.places[kind].items():
            if id in RESERVED or (id.startswith("sop-") and kind in ("issue_type", "gap")):
                use = RESERVED.get(id, "the page itself uses what begins with sop-")
                yield place.problem(
                    "SOP309", f"the id '{id}' is reserved: {use}", "choose another id", key=True
                )


def doubled_ids(loaded: LoadedSop) -> Iterator[Problem]:
    """`{id}` in a text names one record, and no record takes the name of another's PDF."""
    taken: dict[str, str] = {ESCALATION: "parameter"} | dict.fromkeys(PDF_NAMES, "PDF")
    for kind in NAMEABLE:
        for id, place in sorted(loaded.places[kind].items()):
            if id in taken and () not in place.document.broken:
                what = f"'{id}' is already the id of a {taken[id]}"
                yield place.problem("SOP303", what, "choose another id", key=True)
            taken[id] = KINDS[kind].label


class References:
    """What the records of a loaded SOP name.

    ``problems`` are names that nothing has. ``sound`` has, by kind and id, each record whose
    references all lead to a sound record.
    """

    def __init__(self, loaded: LoadedSop) -> None:
        self.loaded = loaded
        self.problems: list[Problem] = []
        self.sound: dict[str, dict[str, Any]] = {kind: {} for kind in KINDS}
        self._ids: dict[tuple[str, ...], tuple[set[str], set[str] | None]] = {}
        for kind in KINDS:  # a record names only records of kinds before its own
            for id, place in loaded.places[kind].items():
                holds = self.hold(kind, place)
                if holds and id in loaded.records[kind] and self.step_exists(kind, id, place):
                    self.sound[kind][id] = loaded.records[kind][id]

    @cached_property
    def broken_kinds(self) -> set[str]:
        """The kinds of which not every record is sound."""
        sizes = ((kind, len(self.sound[kind]), len(self.loaded.places[kind])) for kind in KINDS)
        return self.loaded.unread | {kind for kind, sound, claimed in sizes if sound != claimed}

    def ids(self, kinds: tuple[str, ...]) -> tuple[set[str], set[str] | None]:
        """The ids of sound records of some kinds, and all that files claim: None if one cannot be read."""
        if kinds not in self._ids:
            sound = {id for kind in kinds for id in self.sound[kind]}
            claimed = {id for kind in kinds for id in self.loaded.places[kind]}
            self._ids[kinds] = sound, None if self.loaded.unread.intersection(kinds) else claimed
        return self._ids[kinds]

    def hold(self, kind: str, place: Place) -> bool:
        """Whether all that a record names is sound; a name that nothing has is a problem."""
        holds = True
        for naming in namings(KINDS[kind].model, place.data):
            sound, claimed = self.ids(naming.kinds)
            if naming.id in sound or is_parameter(kind, naming):
                continue
            holds = False
            unknown = claimed is not None and naming.id not in claimed
            if unknown and not place.document.is_broken((*place.keys, *naming.keys)):
                self.problems.append(unknown_name(place, naming, claimed or set()))
        return holds

    def step_exists(self, kind: str, id: str, place: Place) -> bool:
        """Whether the step that a gap concerns is one of its playbook; if not, that is a problem."""
        gap = self.loaded.records[kind][id]
        if kind != "gap" or not gap.step:
            return True
        steps = [step.id for step in self.sound["playbook"][gap.playbook[0]].steps]
        if gap.step not in steps:
            what = f"playbook '{gap.playbook[0]}' has no step '{gap.step}'"
            self.problems.append(place.problem("SOP305", what, nearest(gap.step, steps), ("step",)))
        return gap.step in steps


def is_parameter(kind: str, naming: Naming) -> bool:
    """Whether a text of a playbook leaves a place for the words of a marketplace."""
    return kind == "playbook" and naming.in_text and bool(naming.kinds) and naming.id == ESCALATION


def unknown_name(place: Place, naming: Naming, known: set[str]) -> Problem:
    """A name that nothing has, at its place inside the text that holds it."""
    line, column = place.document.mark((*place.keys, *naming.keys), key=naming.on_key)
    if naming.in_text:
        brace = place.document.lines[line - 1].find(f"{{{naming.id}", column - 1)
        column = brace + 2 if brace >= 0 else column
    kinds = labels(naming.kinds)
    if not naming.kinds:
        code, what, help = "SOP306", "nothing can be named here", "write the words, without { and }"
    elif not naming.id:
        code, what = "SOP306", "these braces name nothing"
        help = f"write {{id}}, with the id of a {kinds}"
    else:
        code, what = "SOP304", f"unknown {kinds} '{naming.id}'"
        help = nearest(kebab(naming.id), known)
        if not help.startswith("did you mean"):
            files = " or ".join(KINDS[kind].path for kind in naming.kinds)
            help = f"add it to {files}, or use one that is {help}"
    return place.document.problem(code, what, help, (line, column))
