"""`sop_data/` -> records by kind and id, with their positions.

The id of a record is its file name without suffix, or its key in a file with several records.
"""

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from macros.catalogue.ignored_files import without_ignored
from macros.model.kinds import KINDS, Kind
from macros.model.types import Id
from macros.model.validation import kebab, validate
from macros.parsing.document import Document, Keys
from macros.parsing.parser import read
from macros.parsing.problems import Problem

ID = TypeAdapter(Id)


@dataclass(frozen=True, slots=True)
class Place:
    """The position of a record: its document, and its keys in the document."""

    document: Document
    keys: Keys = ()

    def problem(self, code: str, message: str, help: str, keys: Keys = (), *, key: bool = False) -> Problem:
        """A problem at a value of the record, or at the key of that value."""
        mark = self.document.mark((*self.keys, *keys), key=key)
        return self.document.problem(code, message, help, mark)

    @property
    def data(self) -> Any:
        """The data of the record, as in the file."""
        data = self.document.data
        for key in self.keys:
            data = data[key]
        return data


@dataclass(slots=True)
class LoadedSop:
    """The content of all files and the problems of each file; references are not checked yet.

    ``records`` holds valid records, by kind and id. ``places`` holds all records, including invalid ones.
    ``unread`` holds the kinds whose file could not be read.
    """

    root: Path
    documents: list[Document] = field(default_factory=list)
    records: dict[str, dict[str, Any]] = field(default_factory=lambda: {kind: {} for kind in KINDS})
    places: dict[str, dict[str, Place]] = field(default_factory=lambda: {kind: {} for kind in KINDS})
    unread: set[str] = field(default_factory=set)

    @property
    def problems(self) -> list[Problem]:
        """The problems of each file."""
        return [problem for document in self.documents for problem in document.problems]

    def open(self, name: str) -> Document:
        """Read a file below the root; if that fails, its document has a problem."""
        path = f"{self.root.as_posix()}/{name}"
        try:
            with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - pathlib costs as much as the reading
                document = read(path, file.read())
        except OSError as error:
            document = Document(path, [], broken={()})
            reason = (error.strerror or "it cannot be read").lower()
            document.report("SOP301", f"this file cannot be read: {reason}", "restore it", (1, 1))
        except Exception as error:
            error.add_note(path)  # for the message about an internal error
            raise
        self.documents.append(document)
        return document

    def add(self, kind: Kind, id: str, place: Place, help: str = "") -> None:
        """Add the position of a record, and the record itself if it is valid."""
        self.places[kind.id][id] = place
        if not is_id(kind.id, id):
            what, help = f"'{id}' is not kebab-case", help.format(kebab(id))
            place.document.report("SOP302", what, help, place.document.mark(place.keys, key=True))
        if () not in place.document.broken:
            record = validate(kind.model, place.document, place.keys)
            if record and place.document.is_whole(place.keys):
                self.records[kind.id][id] = record


def load(root: Path) -> LoadedSop:
    """Load all records below ``root``; ``problems`` of the result lists the problems of the files."""
    loaded = LoadedSop(root)
    for kind in KINDS.values():
        if kind.optional and not (root / kind.path).exists():
            continue
        if kind.in_folder:
            read_folder(loaded, kind)
        else:
            read_file(loaded, kind, loaded.open(kind.path))
    report_stray_files(loaded)
    return loaded


def read_folder(loaded: LoadedSop, kind: Kind) -> None:
    """Add the records of a folder, one per file."""
    try:
        found = os.listdir(loaded.root / kind.path)  # noqa: PTH208 - pathlib costs as much as the reading
    except OSError:
        loaded.open(kind.path)
        loaded.unread.add(kind.id)
        return
    for name in without_ignored(name for name in found if name.endswith(".yml")):
        place = Place(loaded.open(kind.path + name))
        loaded.add(kind, name.removesuffix(".yml"), place, "rename the file to '{}.yml'")


def read_file(loaded: LoadedSop, kind: Kind, document: Document) -> None:
    """Add the records of a file: sop.yml is one record; in other files, each key is one."""
    if () in document.broken:
        loaded.unread.add(kind.id)
    elif kind.id == "sop":
        loaded.add(kind, kind.id, Place(document))
    else:
        for id in document.data:
            loaded.add(kind, id, Place(document, (id,)), "write it as '{}'")


def report_stray_files(loaded: LoadedSop) -> None:
    """Report files that are not read: a marketplace saved as `meesho.yaml` would be missing without notice."""
    known = {document.path for document in loaded.documents}
    for parent, folders, names in os.walk(loaded.root):
        folders[:] = without_ignored(folders)
        place = Path(parent).as_posix()
        for name in without_ignored(names):
            if f"{place}/{name}" not in known:
                path = Path(parent, name)
                document = Document(path.as_posix(), [], broken={()})
                help = "move it out of this folder"
                if path.suffix.lower() in (".yaml", ".yml"):
                    help = f"name it '{path.stem.lower()}.yml', in a folder for such files"
                document.report("SOP307", "this file is not read", help, (1, 1))
                loaded.documents.append(document)


def is_id(kind: str, id: str) -> bool:
    """Whether an id consists of lower-case letters and digits with the joint of its kind."""
    try:
        ID.validate_python(id.replace(KINDS[kind].joint, "-"))
    except ValidationError:
        return False
    return True
