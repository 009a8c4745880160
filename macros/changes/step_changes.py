"""The changes of the steps of a procedure."""

from collections.abc import Iterator
from dataclasses import dataclass

from macros.catalogue.catalogue import Catalogue
from macros.catalogue.procedure import Procedure, ResolvedStep, unique
from macros.changes.change import ORDER, WHERE, WHO, WITH, WORDING, Change, role_names
from macros.model.types import REFERENCE
from macros.wording.phrases import WORDS
from macros.wording.sentences import actor_names, plain_text

Value = str | tuple[str, ...] | None  # text, or ids: a role with a new name is unchanged


@dataclass(frozen=True, slots=True)
class Side:
    """A procedure and its catalogue."""

    catalogue: Catalogue
    procedure: Procedure

    def line(self, one: ResolvedStep) -> str:
        """A step on one line: actor and text."""
        condition = f"if {plain_text(one.condition, self.catalogue)}: " if one.condition else ""
        return f"{actor_names(one, self.catalogue)}: {condition}{plain_text(one.text, self.catalogue)}"

    def words(self, value: Value) -> str:
        """A value of a step: text, or the names of the roles or systems with these ids."""
        if isinstance(value, tuple):
            value = ", ".join(self.catalogue.named[id][1].name if id else WORDS["nobody"] for id in value)
        return plain_text(value or "none", self.catalogue)

    def roles(self, one: ResolvedStep) -> tuple[str, ...]:
        """All roles that a step concerns."""
        return role_names((*one.actors, *one.recipients), self.catalogue)


def step_changes(old: Side, new: Side) -> Iterator[Change]:
    """Added, removed, moved and changed steps."""
    before = {one.id: one for one in old.procedure.steps}
    after = {one.id: one for one in new.procedure.steps}
    for id, one in before.items():
        if id not in after:
            yield Change(ORDER, f'step removed: "{old.line(one)}"', old.roles(one))
    last = "at the beginning"
    for id, one in after.items():
        if id not in before:
            yield Change(ORDER, f'step added {last}: "{new.line(one)}"', new.roles(one))
        elif vars(before[id]) != vars(one):  # most steps are the same, and have nothing to compare
            yield from field_changes(old, before[id], new, one)
        last = f"after step '{id}'"
    kept, moved = [id for id in before if id in after], [id for id in after if id in before]
    if kept != moved:
        everybody = unique(role for id in moved for role in new.roles(after[id]))
        yield Change(ORDER, "the order of the steps changes", everybody)


def field_changes(old: Side, was: ResolvedStep, new: Side, now: ResolvedStep) -> Iterator[Change]:
    """The changes of one step."""
    what = f"step '{now.id}'"
    everybody = unique((*old.roles(was), *new.roles(now)))
    if was.evidence != now.evidence:
        text = f"evidence for {what}: {evidence_text(was, old)} -> {evidence_text(now, new)}"
        yield Change(WITH, text, everybody)
    rows: list[tuple[int, str, Value, Value]] = [
        (ORDER, "condition of", was.condition, now.condition),
        (ORDER, "'otherwise' of", was.otherwise, now.otherwise),
        (ORDER, "'then' of", was.then, now.then),
        (ORDER, "deadline of", was.within, now.within),
        (ORDER, "'overdue' of", was.overdue, now.overdue),
        (WHO, "who does", was.actors or ("",), now.actors or ("",)),
        (WHERE, "recipients of", was.recipients, now.recipients),
        (WHERE, "roles mentioned in", was.mentioned, now.mentioned),
        (WHERE, "systems of", was.systems, now.systems),
        (WHERE, "ticket after", was.ticket, now.ticket),
        (WITH, "how often to do", was.frequency, now.frequency),
    ]
    for rank, label, before, after in rows:
        if before != after:
            yield Change(rank, f"{label} {what}: {old.words(before)} -> {new.words(after)}", everybody)
    yield from (Change(WORDING, text, everybody) for text in wording_changes(old, was, new, now))


def evidence_text(step: ResolvedStep, side: Side) -> str:
    """The evidence of a step as text; each text of a list in quotes."""
    evidence = [plain_text(text, side.catalogue) for text in step.evidence]
    return ", ".join(f'"{text}"' for text in evidence) if len(evidence) > 1 else "".join(evidence) or "none"


def wording_changes(old: Side, was: ResolvedStep, new: Side, now: ResolvedStep) -> Iterator[str]:
    """What changes in the text and the note of one step."""
    terms = {*was.terms, *now.terms}
    kinds = [
        (REFERENCE.sub(lambda found: found[0] if found[1] in terms else "{}", one.text), bool(one.action))
        for one in (was, now)
    ]
    roles = [(one.recipients, one.mentioned, one.systems) for one in (was, now)]
    # Another reference is shown as a change of the roles or systems, unless these stay the same.
    if kinds[0] != kinds[1] or (was.text != now.text and roles[0] == roles[1]):
        texts = [plain_text(one.text, side.catalogue) for one, side in ((was, old), (now, new))]
        yield f'step \'{now.id}\': "{texts[0]}" -> "{texts[1]}"'
    if was.note != now.note:
        notes = [plain_text(one.note or "none", side.catalogue) for one, side in ((was, old), (now, new))]
        yield f"note of step '{now.id}': {notes[0]} -> {notes[1]}"
