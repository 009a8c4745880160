"""`sop_data/` -> records by kind and id, each with the place where it is written.

The id of a record is its file's stem, or its key in a file of many records.
"""

import os
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from macros.catalogue.ignored_files import kept
from macros.model.records import (
    Approval,
    Gap,
    Id,
    IssueType,
    Marketplace,
    Playbook,
    Record,
    Release,
    Role,
    Sop,
    System,
)
from macros.model.validation import kebab, shape
from macros.parsing.document import Document, Keys
from macros.parsing.parser import read
from macros.parsing.problems import Problem

# kind of record -> its file, or its folder of one file a record; and its model
LAYOUT: dict[str, tuple[str, type[Record]]] = {
    "sop": ("sop.yml", Sop),
    "issue type": ("issue-types.yml", IssueType),
    "role": ("roles.yml", Role),
    "system": ("systems.yml", System),
    "playbook": ("playbooks/", Playbook),
    "marketplace": ("marketplaces/", Marketplace),
    "gap": ("gaps.yml", Gap),
    "approval": ("approvals.yml", Approval),
    "release": ("releases/", Release),
}
JOINED = {
    "approval": "/",
    "release": ".",
}  # what joins the parts of an id, if not a dash; commands write these
ID = TypeAdapter(Id)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record is written: its document, and the keys that lead to it."""

    document: Document
    keys: Keys = ()

    def report(self, code: str, message: str, help: str, keys: Keys = (), *, key: bool = False) -> None:
        """Add a problem at a value of the record, or at that value's key."""
        mark = self.document.mark((*self.keys, *keys), key=key)
        self.document.report(code, message, help, mark)


@dataclass(slots=True)
class Folder:
    """All that the files hold, before anything is cross-referenced.

    ``ids`` has every id that a file claims, also of records that could not be read;
    a kind whose file could not be read is missing from it.
    """

    root: Path
    documents: list[Document] = field(default_factory=list)
    records: dict[str, dict[str, Record]] = field(default_factory=dict)
    ids: dict[str, set[str]] = field(default_factory=dict)
    places: dict[tuple[str, str], Place] = field(default_factory=dict)

    @property
    def problems(self) -> list[Problem]:
        """What is wrong in all files, as found so far."""
        return [problem for document in self.documents for problem in document.problems]

    def open(self, name: str) -> Document:
        """Read one file below the root; one that cannot be read is a problem of its own."""
        path = f"{self.root.as_posix()}/{name}"
        try:
            with open(path, "rb") as file:  # noqa: PTH123 - pathlib costs as much as the reading
                document = read(path, file.read())
        except OSError as error:
            document = Document(path, [], broken={()})
            reason = (error.strerror or "it cannot be read").lower()
            document.report("SOP301", f"this file cannot be read: {reason}", "restore it", (1, 1))
        except Exception as error:
            error.add_note(path)  # says which file an internal error is about
            raise
        self.documents.append(document)
        return document

    def add(self, kind: str, id: str, place: Place) -> None:
        """Note a record and where it is; keep it if its shape is right."""
        self.ids[kind].add(id)
        self.places[kind, id] = place
        record = shape(LAYOUT[kind][1], place.document, place.keys)
        if record and place.document.is_whole(place.keys):
            self.records[kind][id] = record


def read_folder(root: Path) -> Folder:
    """Every record below ``root``; what is wrong is in its ``problems``."""
    folder = Folder(root)
    for kind, (name, _) in LAYOUT.items():
        folder.records[kind] = {}
        if kind in JOINED and not (root / name).exists():
            folder.ids[kind] = set()
        elif name.endswith("/"):
            read_files(folder, kind, name)
        else:
            read_records(folder, kind, folder.open(name))
    report_stray(folder)
    return folder


def report_stray(folder: Folder) -> None:
    """Files that nothing reads: a marketplace saved as `meesho.yaml` would silently be missing."""
    known = {document.path for document in folder.documents}
    for parent, folders, names in os.walk(folder.root):
        folders[:] = kept(folders)
        place = Path(parent).as_posix()
        for name in kept(names):
            if f"{place}/{name}" not in known:
                path = Path(parent, name)
                document = Document(path.as_posix(), [], broken={()})
                help = "move it out of this folder"
                if path.suffix.lower() in (".yaml", ".yml"):
                    help = f"name it '{path.stem.lower()}.yml', in one of the folders that hold such files"
                document.report("SOP307", "nothing reads this file", help, (1, 1))
                folder.documents.append(document)


def read_files(folder: Folder, kind: str, place: str) -> None:
    """The records of one folder, a file each."""
    try:
        names = [name for name in kept(os.listdir(folder.root / place)) if name.endswith(".yml")]  # noqa: PTH208 - as above
    except OSError:
        folder.open(place)
        return
    folder.ids[kind] = {name.removesuffix(".yml") for name in names}
    for name in names:
        id = name.removesuffix(".yml")
        document = folder.open(place + name)
        check_id(kind, id, Place(document), "rename the file to '{}.yml'")
        if () not in document.broken:
            folder.add(kind, id, Place(document))


def read_records(folder: Folder, kind: str, document: Document) -> None:
    """The records of one file: the file itself, or each of its keys."""
    if () in document.broken:
        return
    folder.ids[kind] = set()
    if kind == "sop":
        folder.add(kind, kind, Place(document))
        return
    for id in document.data:
        place = Place(document, (id,))
        check_id(kind, id, place, "write it as '{}'")
        folder.add(kind, id, place)


def is_id(kind: str, id: str) -> bool:
    """Whether an id is made of small letters and digits, joined as those of its kind are."""
    try:
        ID.validate_python(id.replace(JOINED.get(kind, "-"), "-"))
    except ValidationError:
        return False
    return True


def check_id(kind: str, id: str, place: Place, help: str) -> None:
    """An id is kebab-case: it becomes an address."""
    if not is_id(kind, id):
        place.report("SOP302", f"'{id}' is not kebab-case", help.format(kebab(id)), key=True)
