"""Records -> one cross-referenced Catalogue, every reference checked, every procedure resolved."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from macros.catalogue.data_folder import LAYOUT, Folder, Place, read_folder
from macros.catalogue.procedure import Concerns, Procedure, Resolver, concerns_of
from macros.model.records import (
    ESCALATION,
    Approval,
    Gap,
    IssueType,
    Marketplace,
    Named,
    Playbook,
    Release,
    Role,
    Sop,
    System,
)
from macros.model.references import Naming, namings
from macros.model.urls import PAPER
from macros.model.validation import kebab
from macros.parsing.problems import nearest

NAMEABLE = ("role", "system", "issue type", "marketplace")  # what a text can name; they share their ids


@dataclass(frozen=True, slots=True, eq=False)  # known by identity, so that what was found in it can be kept
class Catalogue:
    """The whole SOP. Records are found by id; marketplaces are in the order of the site.

    Where ``folder`` has problems, it holds only what is sound: fit for more checks, not for readers.
    """

    folder: Folder
    sop: Sop
    issue_types: dict[str, IssueType]
    roles: dict[str, Role]
    systems: dict[str, System]
    playbooks: dict[str, Playbook]
    marketplaces: dict[str, Marketplace]
    gaps: dict[str, Gap]
    approvals: dict[str, Approval]
    releases: dict[str, Release]
    procedures: dict[str, list[Procedure]]
    concerns: Concerns

    def procedure(self, marketplace: str, issue_type: str) -> Procedure:
        """The procedure that a marketplace follows for an issue type; KeyError if there is none."""
        for procedure in self.procedures[marketplace]:
            if issue_type in procedure.issue_types:
                return procedure
        raise KeyError(issue_type)

    def named(self, id: str) -> tuple[str, Named]:
        """Kind and record of what `{id}` names in a text; KeyError if nothing has that id."""
        for kind in NAMEABLE:
            if record := self.folder.records[kind].get(id):
                return kind, cast(Named, record)
        raise KeyError(id)

    def is_named(self, id: str) -> bool:
        """Whether a text can name something with this id."""
        return any(id in self.folder.records[kind] for kind in NAMEABLE)

    def records(self, kind: str) -> dict[str, Any]:
        """All records of a kind by id, in the order of the site."""
        return self.folder.records[kind]

    def file_of(self, kind: str, id: str) -> str:
        """The file that a record is written in, from the folder above `sop_data/`."""
        path = Path(self.folder.places[kind, id].document.path)
        return f"{self.folder.root.name}/{path.relative_to(self.folder.root).as_posix()}"

    def gaps_at(self, kind: str, id: str) -> list[str]:
        """The ids of the gaps that name a role, system or marketplace."""
        return self.concerns.get((kind, id), [])

    def all_procedures(self) -> Iterator[Procedure]:
        """Every procedure, in the order of the site."""
        for procedures in self.procedures.values():
            yield from procedures


def load(root: Path) -> Catalogue:
    """The catalogue of a folder; its ``folder.problems`` say what is wrong with the files."""
    folder = read_folder(root)
    check_names_are_unique(folder)
    known = Known(folder)
    for kind, id in folder.places:
        if not references_hold(folder, kind, id, known):
            folder.records[kind].pop(id, None)
    records = cast(dict[str, dict[str, Any]], folder.records)
    for id in list(records["gap"]):
        if not step_exists(folder, id, records["gap"][id]):
            del records["gap"][id]
    marketplaces = dict(sorted(records["marketplace"].items(), key=lambda item: place_on_site(*item)))
    records["marketplace"] = marketplaces
    concerns = concerns_of(records["gap"])
    resolver = Resolver(records["playbook"], folder.ids.get("system", ()), records["gap"], concerns)
    return Catalogue(
        folder=folder,
        sop=cast(Sop, records["sop"].get("sop")),
        issue_types=records["issue type"],
        roles=records["role"],
        systems=records["system"],
        playbooks=records["playbook"],
        marketplaces=marketplaces,
        gaps=records["gap"],
        approvals=records["approval"],
        releases=records["release"],
        procedures={
            id: resolver.procedures(id, record, records["issue type"]) for id, record in marketplaces.items()
        },
        concerns=concerns,
    )


def place_on_site(id: str, marketplace: Marketplace) -> tuple[bool, int, str, str]:
    """Sort key: by position, then those without one by name."""
    return marketplace.position is None, marketplace.position or 0, marketplace.name.casefold(), id


def check_names_are_unique(folder: Folder) -> None:
    """`{id}` in a text means one record, and no record takes the place of another's sheet of paper."""
    taken: dict[str, str] = {ESCALATION: "parameter"} | dict.fromkeys(PAPER, "PDF")
    for kind in NAMEABLE:
        for id in sorted(folder.ids.get(kind, ())):
            if id in taken and (kind, id) in folder.places:
                what = f"'{id}' is already the id of a {taken[id]}"
                folder.places[kind, id].report("SOP303", what, "choose another id", key=True)
            taken[id] = kind


class Known(dict[tuple[str, ...], "set[str] | None"]):
    """The ids of records of some kinds; None where a file of one of them could not be read."""

    def __init__(self, folder: Folder) -> None:
        self.ids = folder.ids

    def __missing__(self, kinds: tuple[str, ...]) -> "set[str] | None":
        whole = all(kind in self.ids for kind in kinds)
        self[kinds] = {id for kind in kinds for id in self.ids[kind]} if whole else None
        return self[kinds]


def references_hold(folder: Folder, kind: str, id: str, known: Known) -> bool:
    """Whether all that a record names exists; what does not is reported."""
    place = folder.places[kind, id]
    data = place.document.data
    for key in place.keys:
        data = data[key]
    holds = True
    for naming in namings(LAYOUT[kind][1], data):
        ids = known[naming.kinds]
        if ids is None or naming.id in ids or place.document.is_broken((*place.keys, *naming.keys)):
            continue
        parameter = naming.in_text and naming.kinds and kind == "playbook" and naming.id == ESCALATION
        if not parameter:
            report_unknown(place, naming, ids)
            holds = False
    return holds


def step_exists(folder: Folder, id: str, gap: Gap) -> bool:
    """Whether the step that a gap is tied to is one of its playbook; if not, that is reported."""
    playbook = folder.records["playbook"].get(gap.playbook[0]) if gap.step else None
    steps = [step.id for step in cast(Playbook, playbook).steps] if playbook else [gap.step]
    if gap.step not in steps:
        what = f"playbook '{gap.playbook[0]}' has no step '{gap.step}'"
        help = nearest(str(gap.step), map(str, steps))
        folder.places["gap", id].report("SOP305", what, help, ("step",))
    return gap.step in steps


def report_unknown(place: Place, naming: Naming, known: set[str]) -> None:
    """A name that nothing has, at its place inside the text where it stands in one."""
    line, column = place.document.mark((*place.keys, *naming.keys), key=naming.on_key)
    if naming.in_text:
        brace = place.document.lines[line - 1].find(f"{{{naming.id}", column - 1)
        column = brace + 2 if brace >= 0 else column
    if not naming.kinds:
        code, what, help = "SOP306", "nothing can be named here", "write the words, without { and }"
    elif not naming.id:
        code, what = "SOP306", "these braces name nothing"
        help = "write {id}, with the id of a " + " or ".join(naming.kinds)
    else:
        code, what = "SOP304", f"unknown {' or '.join(naming.kinds)} '{naming.id}'"
        help = nearest(kebab(naming.id), known)
        if not help.startswith("did you mean"):
            files = " or ".join(LAYOUT[kind][0] for kind in naming.kinds)
            help = f"add it to {files}, or use one that is {help}"
    place.document.report(code, what, help, (line, column))
