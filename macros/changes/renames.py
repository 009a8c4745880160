"""Renamed ids of records and steps, and the old SOP with the new ids."""

from collections.abc import Iterator, Mapping
from typing import Any

from macros.catalogue.catalogue import Catalogue, build
from macros.changes.change import METADATA, Change
from macros.model.gaps import Gap
from macros.model.kinds import ADDRESSED, KINDS
from macros.model.playbooks import Playbook
from macros.model.references import Reference, references_in
from macros.model.types import Record
from macros.parsing.document import Keys

Renames = dict[tuple[str, str], str]  # kind and old id -> new id; of a step, `playbook 'ID'` and its id


def renames(old: Catalogue, new: Catalogue) -> Renames:
    """The ids that changed although the record or step did not."""
    found: Renames = {}
    for kind in KINDS:
        if kind not in ("sop", "approval", "release"):
            before = {id: label(record) for id, record in old.records[kind].items()}
            after = {id: label(record) for id, record in new.records[kind].items()}
            found |= {(kind, id): becomes for id, becomes in changed_ids(before, after)}
    for kind, former, id in new.former_ids():
        taken = id in old.records[kind] or any(key[0] == kind and to == id for key, to in found.items())
        if former in old.records[kind] and not taken:
            found[kind, former] = id
    for id, playbook in old.playbooks.items():
        follows = new.playbooks.get(found.get(("playbook", id), id))
        if follows:
            before = {step.id: content(playbook, step.id, found) for step in playbook.steps}
            after = {step.id: content(follows, step.id, {}) for step in follows.steps}
            found |= {(f"playbook '{id}'", step): becomes for step, becomes in changed_ids(before, after)}
    return found


def changed_ids(before: Mapping[str, object], after: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """The old and new id of each item that has different ids in both."""
    new = {what: id for id, what in after.items() if id not in before}
    for id, what in before.items():
        if id not in after and what in new:
            yield id, new.pop(what)


def label(record: Record) -> str:
    """What identifies a record besides its id."""
    return str(getattr(record, "name", None) or getattr(record, "text", ""))


def content(playbook: Playbook, id: str, found: Renames) -> str:
    """The content of a step without its id."""
    step = next(step for step in playbook.steps if step.id == id)
    data = with_new_ids(Playbook, {"steps": (step.model_dump(by_alias=True, exclude_defaults=True),)}, found)
    return repr({**data["steps"][0], "id": ""})


def rename_changes(old: Catalogue, new: Catalogue, found: Renames) -> Iterator[Change]:
    """One change for each new id."""
    for (kind, id), becomes in found.items():
        if kind in KINDS:
            what = f"{KINDS[kind].label} '{id}' ({label(old.records[kind][id])})"
        else:
            what = f"step '{id}' of {kind}"
        paged = kind not in ("playbook", "gap")  # the ids of these are in no fingerprint and name no page
        address = ", and so another address" if paged else ""
        lapse = "; approvals of the procedures that name it lapse" if paged and old.approvals else ""
        advice = formerly_advice(new, kind, id, becomes) if kind in ADDRESSED else ""
        yield Change(METADATA, f"{what} gets the id '{becomes}'{address}{lapse}{advice}")


def formerly_advice(new: Catalogue, kind: str, id: str, becomes: str) -> str:
    """What to add so that the old address of a record leads to the new one."""
    record = new.records[kind][becomes]
    if id in record.formerly:
        return ""
    ids = ", ".join((*record.formerly, id))
    return f"; add 'formerly: [{ids}]' to it, so that its old address leads to the new one"


def with_renames(old: Catalogue, found: Renames) -> Catalogue:
    """The old SOP with the new ids."""
    if not found:
        return old
    records: dict[str, dict[str, Any]] = {}
    for kind, by_id in old.records.items():
        records[kind] = {
            new_id(kind, id, found): type(record).model_validate(with_new_steps(id, record, found))
            for id, record in by_id.items()
        }
    return build(old.root, records)


def new_id(kind: str, id: str, found: Renames) -> str:
    """The new id of a record; the id of an approval holds those of a marketplace and an issue type."""
    if kind == "approval":
        marketplace, _, issue_type = id.partition("/")
        return f"{found.get(('marketplace', marketplace), marketplace)}/{found.get(('issue_type', issue_type), issue_type)}"
    return found.get((kind, id), id)


def with_new_ids(model: type[Record], data: Any, found: Renames) -> Any:
    """The data of a record with the new ids in all references."""
    for reference in sorted(
        references_in(model, data), key=lambda reference: reference.on_key
    ):  # rename keys last, because they are part of the path to values
        becomes = next(
            (found[kind, reference.id] for kind in reference.kinds if (kind, reference.id) in found), None
        )
        if becomes:
            data = replace_id(data, reference.keys, reference, becomes)
    return data


def with_new_steps(id: str, record: Record, found: Renames) -> Any:
    """The data of a record with all new ids, those of steps included."""
    data = with_new_ids(type(record), record.model_dump(by_alias=True, exclude_defaults=True), found)
    if isinstance(record, Playbook):
        steps = (
            {**step, "id": found.get((f"playbook '{id}'", step["id"]), step["id"])} for step in data["steps"]
        )
        data["steps"] = tuple(steps)
    if isinstance(record, Gap) and record.step:
        data["step"] = found.get((f"playbook '{record.playbook[0]}'", record.step), record.step)
    return data


def replace_id(data: Any, keys: Keys, reference: Reference, becomes: str) -> Any:
    """A copy of nested data in which one reference has another id."""
    if not keys or (reference.on_key and len(keys) == 1):
        if reference.on_key:
            return {becomes if key == reference.id else key: value for key, value in data.items()}
        return data.replace(f"{{{reference.id}}}", f"{{{becomes}}}") if reference.in_text else becomes
    key, rest = keys[0], keys[1:]
    if isinstance(data, tuple):
        return tuple(
            replace_id(value, rest, reference, becomes) if at == key else value
            for at, value in enumerate(data)
        )
    return {
        name: replace_id(value, rest, reference, becomes) if name == key else value
        for name, value in data.items()
    }
