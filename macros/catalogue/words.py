"""The words that a procedure uses: the terms that it names, and other records whose meaning is given."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from macros.model.kinds import NAMEABLE
from macros.model.playbooks import Step
from macros.model.references import fields_mentioning
from macros.model.types import REFERENCE, as_tuple

FIELDS = fields_mentioning(Step, "term")  # of a step, in the order of reading


class Word(NamedTuple):
    """Kind and id of a record, and what its name means; None if that is not known."""

    kind: str
    id: str
    means: str | None


class Meanings:
    """The meaning of each word: of every term, and of each other record that has one."""

    def __init__(self, records: Mapping[str, Mapping[str, Any]]) -> None:
        self.terms = frozenset(records["term"])
        self.by_id = {
            id: Word(kind, id, record.means)
            for kind in NAMEABLE
            for id, record in records[kind].items()
            if kind == "term" or record.means
        }

    def words(self, ids: Iterable[str]) -> tuple[Word, ...]:
        """The words among these ids, each once, in order."""
        return tuple(self.by_id[id] for id in dict.fromkeys(ids) if id in self.by_id)


def ids_in(*texts: str | None) -> list[str]:
    """The ids that texts name as `{id}`, in order."""
    return [id for text in texts if text for id in REFERENCE.findall(text)]


def step_texts(step: Step) -> list[str]:
    """The texts of a step that may name records, in the order of reading."""
    return [text for field in FIELDS for text in as_tuple(getattr(step, field)) or ()]


def first_uses(steps: Iterable[Step], closed: str | None) -> dict[tuple[str, str], tuple[str, ...]]:
    """The ids that each text names first: by id of its step and field; of the closing criterion, `""` and `closed`."""
    texts = {(step.id, field): as_tuple(getattr(step, field)) or () for step in steps for field in FIELDS}
    seen: set[str] = set()
    found = {}
    for place, own in (texts | {("", "closed"): (closed,)}).items():
        if new := tuple(id for id in dict.fromkeys(ids_in(*own)) if id not in seen):
            found[place] = new
            seen.update(new)
    return found
