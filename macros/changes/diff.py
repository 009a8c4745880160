"""Two catalogues -> what changes for whom, in words, the most dangerous first.

Both are compared as readers follow them: resolved, step by step, by ids. So a renamed role is
one change, a reformatted file is none, and a change in a shared playbook is said once for all
marketplaces that follow it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from macros.catalogue.catalogue import Catalogue
from macros.catalogue.procedure import Procedure, ProcedureStep, unique
from macros.model.records import REFERENCE, Record
from macros.wording.sentences import NOBODY, actor, plain, title

ORDER, WHO, WHERE, WITH, WORDING, METADATA = range(6)
RANKS = (
    "Order and conditions",
    "Owner and actor",
    "Recipients, system, ticket",
    "Evidence and frequency",
    "Wording",
    "Names, gaps, document control",
)

Value = str | tuple[str, ...] | None  # text, or ids: a role that gets another name is the same


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changes: how dangerous it is (an index of RANKS), in words, and for whom."""

    rank: int
    text: str
    roles: tuple[str, ...] = ()


@dataclass(slots=True)
class Group:
    """A change, everywhere it happens, and whom it concerns.

    ``now`` is the new sequence of steps where it changed, at the first of the places.
    """

    change: Change
    roles: tuple[str, ...] = ()
    places: list[str] = field(default_factory=list)
    now: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Difference:
    """All groups of changes by rank, and how many procedures stay as they are."""

    groups: list[Group]
    unchanged: int
    procedures: int


def diff(old: Catalogue, new: Catalogue) -> Difference:
    """What changes from one SOP to another."""
    groups: dict[tuple[int, str], Group] = {}
    unchanged = 0
    for procedure in new.all_procedures():
        changes = list(dict.fromkeys(procedure_changes(old, new, procedure)))
        unchanged += not changes
        for change in changes:
            group = groups.setdefault((change.rank, change.text), Group(change))
            group.roles = unique((*group.roles, *change.roles))
            group.places.append(title(procedure, new))
            if change.rank == ORDER and not group.now:
                group.now = sequence(procedure, new)
    for change in [*removed_procedures(old, new), *record_changes(old, new)]:
        groups.setdefault((change.rank, change.text), Group(change, change.roles))
    ordered = sorted(groups.values(), key=lambda group: group.change.rank)
    return Difference(ordered, unchanged, sum(1 for _ in new.all_procedures()))


def procedure_changes(old: Catalogue, new: Catalogue, procedure: Procedure) -> Iterator[Change]:
    """What changes in one procedure, against what the same marketplace had for its issue types."""
    for issue_type in procedure.issue_types:
        try:
            before = old.procedure(procedure.marketplace, issue_type)
        except KeyError:
            yield Change(ORDER, "new procedure", names((procedure.owner, *procedure.actors), new))
            continue
        if before.issue_types != procedure.issue_types:
            yield Change(ORDER, "the issue types that this list of steps serves change")
        if before.owner != procedure.owner:
            was, becomes = names((before.owner,), old), names((procedure.owner,), new)
            yield Change(WHO, f"owner: {was[0]} -> {becomes[0]}", (*was, *becomes))
        yield from step_changes(Side(old, before), Side(new, procedure))


@dataclass(frozen=True, slots=True)
class Side:
    """A procedure with the catalogue that it is from."""

    catalogue: Catalogue
    procedure: Procedure

    def say(self, one: ProcedureStep) -> str:
        """A step in words: who, and what."""
        condition = f"if {one.step.condition}: " if one.step.condition else ""
        return f"{actor(one, self.catalogue)}: {condition}{plain(one.step.text, self.catalogue)}"

    def words(self, value: Value) -> str:
        """A value of a step: text, or the names of the roles or systems with these ids."""
        if isinstance(value, tuple):
            value = ", ".join(self.catalogue.named(id)[1].name if id else NOBODY for id in value)
        return value or "none"

    def roles(self, one: ProcedureStep) -> tuple[str, ...]:
        """Everybody whom a step concerns."""
        return names((one.step.actor, *one.recipients), self.catalogue)


def step_changes(old: Side, new: Side) -> Iterator[Change]:
    """Steps that come, go, move or change."""
    before = {one.step.id: one for one in old.procedure.steps}
    after = {one.step.id: one for one in new.procedure.steps}
    for gone in [id for id in before if id not in after]:  # a step that only got another id is the same step
        same = next(
            (id for id in after if id not in before and content(after[id]) == content(before[gone])), None
        )
        if same:
            yield Change(METADATA, f"step '{gone}' gets the id '{same}', and so another address")
            before = {same if id == gone else id: one for id, one in before.items()}
    for id, one in before.items():
        if id not in after:
            yield Change(ORDER, f'step removed: "{old.say(one)}"', old.roles(one))
    last = "at the beginning"
    for id, one in after.items():
        if id not in before:
            yield Change(ORDER, f'step added {last}: "{new.say(one)}"', new.roles(one))
        else:
            yield from field_changes(old, before[id], new, one)
        last = f"after step '{id}'"
    kept, moved = [id for id in before if id in after], [id for id in after if id in before]
    if kept != moved:
        everybody = unique(role for id in moved for role in new.roles(after[id]))
        yield Change(ORDER, "the order of the steps changes", everybody)


def content(one: ProcedureStep) -> tuple[object, ...]:
    """All that a step says, without its id."""
    return tuple(value for name, value in one.step if name != "id")


def field_changes(old: Side, was: ProcedureStep, new: Side, now: ProcedureStep) -> Iterator[Change]:
    """What changes inside one step."""
    what = f"step '{now.step.id}'"
    everybody = unique((*old.roles(was), *new.roles(now)))
    rows: list[tuple[int, str, Value, Value]] = [
        (ORDER, "condition of", was.step.condition, now.step.condition),
        (WHO, "who does", (was.step.actor or "",), (now.step.actor or "",)),
        (WHERE, "who is told in", was.recipients, now.recipients),
        (WHERE, "who is mentioned in", was.mentioned, now.mentioned),
        (WHERE, "where to do", was.systems, now.systems),
        (WHERE, "ticket after", was.step.ticket, now.step.ticket),
        (WITH, "evidence for", was.step.evidence, now.step.evidence),
        (WITH, "how often to do", was.step.frequency, now.step.frequency),
    ]
    for rank, label, before, after in rows:
        if before != after:
            yield Change(rank, f"{label} {what}: {old.words(before)} -> {new.words(after)}", everybody)
    kinds = [REFERENCE.sub("{}", one.step.text) for one in (was, now)]
    if kinds[0] != kinds[1] or bool(was.step.action) != bool(now.step.action):
        said = [plain(one.step.text, side.catalogue) for one, side in ((was, old), (now, new))]
        yield Change(WORDING, f'{what}: "{said[0]}" -> "{said[1]}"', everybody)


def removed_procedures(old: Catalogue, new: Catalogue) -> Iterator[Change]:
    """Procedures of the old SOP that no marketplace has any more."""
    for procedure in old.all_procedures():
        for issue_type in procedure.issue_types:
            kept = any(issue_type in one.issue_types for one in new.procedures.get(procedure.marketplace, ()))
            if not kept:
                what = f"procedure removed: {title(procedure, old)}"
                yield Change(ORDER, what, names(procedure.actors, old))


def record_changes(old: Catalogue, new: Catalogue) -> Iterator[Change]:
    """What changes in names, aliases, links, gaps and document control."""
    for kind, records in new.folder.records.items():
        if kind == "release":
            continue  # it says itself what changed
        before = old.folder.records[kind]
        if list(before) != list(records) and sorted(before) == sorted(records) and kind != "marketplace":
            yield Change(METADATA, f"the order of the {kind}s changes")
        for id in unique((*before, *records)):
            was, now = before.get(id), records.get(id)
            if was is None or now is None:
                yield Change(
                    METADATA, f"{kind} {'added' if was is None else 'removed'}: {label(id, now or was)}"
                )
            elif was != now:
                yield from (Change(METADATA, f"{kind} '{id}': {text}") for text in values(was, now))


def values(was: Record, now: Record) -> Iterator[str]:
    """The fields of a record that differ; steps and escalation are compared where they are followed."""
    for name in type(now).model_fields:
        before, after = getattr(was, name), getattr(now, name)
        if before != after and name not in ("steps", "owner", "escalation"):
            if isinstance(before, Record):
                yield from values(before, after)
            else:
                yield f"{name}: {before or 'nothing'} -> {after or 'nothing'}"


def label(id: str, record: object) -> str:
    """A record by its name, or by what it says."""
    about = next((getattr(record, name) for name in ("says", "name", "by") if hasattr(record, name)), "")
    return f"{id} ({about})" if about else id


def sequence(procedure: Procedure, catalogue: Catalogue) -> list[str]:
    """The steps of a procedure, in order, in words."""
    side = Side(catalogue, procedure)
    return [side.say(one) for one in procedure.steps]


def names(ids: tuple[str | None, ...], catalogue: Catalogue) -> tuple[str, ...]:
    """The names of roles."""
    return unique(catalogue.roles[id].name for id in ids if id)
