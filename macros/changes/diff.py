"""Two catalogues -> their changes in words, the most dangerous first.

The comparison uses resolved procedures and matches steps by id. So a role with a new name or
a new id is one change, a reformatted file is none, and a change in a shared playbook is listed once
for all its marketplaces.
"""

from collections.abc import Iterator

from macros.catalogue.catalogue import Catalogue
from macros.catalogue.procedure import Procedure, unique
from macros.changes.change import ORDER, WHO, Change, ChangeGroup, Difference, role_names
from macros.changes.contact_changes import contact_changes
from macros.changes.meaning_changes import meaning_changes
from macros.changes.record_changes import record_changes
from macros.changes.renames import rename_changes, renames, with_renames
from macros.changes.step_changes import Side, step_changes
from macros.wording.sentences import plain_text, title


def diff(old: Catalogue, new: Catalogue) -> Difference:
    """All changes from one SOP to another."""
    found = renames(old, new)
    ids, old = list(rename_changes(old, new, found)), with_renames(old, found)
    groups: dict[tuple[int, str], ChangeGroup] = {}
    unchanged = 0
    for procedure in new.all_procedures():
        changes = list(dict.fromkeys(procedure_changes(old, new, procedure)))
        unchanged += not changes
        for change in changes:
            group = groups.setdefault((change.rank, change.text), ChangeGroup(change))
            group.roles = unique((*group.roles, *change.roles))
            group.places.append(title(procedure, new))
            if change.rank == ORDER and not group.now:
                group.now = step_lines(procedure, new)
    for change in [
        *removed_procedures(old, new),
        *ids,
        *contact_changes(old, new),
        *record_changes(old, new),
    ]:
        groups.setdefault((change.rank, change.text), ChangeGroup(change, change.roles))
    ordered = sorted(groups.values(), key=lambda group: group.change.rank)
    return Difference(ordered, unchanged, sum(1 for _ in new.all_procedures()))


def procedure_changes(old: Catalogue, new: Catalogue, procedure: Procedure) -> Iterator[Change]:
    """The changes of a procedure, compared with the old ones of the same marketplace and issue types."""
    for issue_type in procedure.issue_types:
        try:
            before = old.procedure(procedure.marketplace, issue_type)
        except KeyError:
            yield Change(ORDER, "new procedure", role_names((procedure.owner, *procedure.actors), new))
            continue
        if before.issue_types != procedure.issue_types:
            yield Change(ORDER, "the issue types that this list of steps serves change")
        if before.owner != procedure.owner:
            was, becomes = role_names((before.owner,), old), role_names((procedure.owner,), new)
            yield Change(WHO, f"owner: {was[0]} -> {becomes[0]}", (*was, *becomes))
        if before.closed != procedure.closed:
            said = [plain_text(one.closed or "none", side) for one, side in ((before, old), (procedure, new))]
            everybody = role_names((procedure.owner, *procedure.actors), new)
            yield Change(ORDER, f"closing criterion: {said[0]} -> {said[1]}", everybody)
        yield from meaning_changes(old, before, new, procedure)
        yield from step_changes(Side(old, before), Side(new, procedure))


def removed_procedures(old: Catalogue, new: Catalogue) -> Iterator[Change]:
    """The procedures that only the old SOP has."""
    for procedure in old.all_procedures():
        for issue_type in procedure.issue_types:
            kept = any(issue_type in one.issue_types for one in new.procedures.get(procedure.marketplace, ()))
            if not kept:
                what = f"procedure removed: {title(procedure, old)}"
                yield Change(ORDER, what, role_names(procedure.actors, old))


def step_lines(procedure: Procedure, catalogue: Catalogue) -> list[str]:
    """The steps of a procedure as text, in order."""
    side = Side(catalogue, procedure)
    return [side.line(one) for one in procedure.steps]
