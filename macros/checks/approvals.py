"""House rules, third part: approvals are of procedures, and are there where they are required."""

from collections.abc import Iterator

from macros.catalogue.approvals import approval_of, is_current, key
from macros.catalogue.catalogue import Catalogue
from macros.checks.rule import Finding, rule


@rule("SOP420")
def approvals_are_of_procedures(catalogue: Catalogue) -> Iterator[Finding]:
    if not all(
        catalogue.folder.ids.get(kind) == catalogue.records(kind).keys()
        for kind in ("marketplace", "playbook")
    ):
        return  # what is broken elsewhere may be what was approved
    keys = {
        f"{one.marketplace}/{of}": key(one) for one in catalogue.all_procedures() for of in one.issue_types
    }
    for id in catalogue.approvals:
        if id not in keys:
            yield Finding(f"there is no procedure '{id}'", "remove this approval", "approval", id)
        elif keys[id] != id:
            yield Finding(f"'{id}' is one procedure with '{keys[id]}'", f"write '{keys[id]}'", "approval", id)


@rule("SOP421")
def what_needs_approval_has_it(catalogue: Catalogue) -> Iterator[Finding]:
    if not catalogue.sop or catalogue.sop.approval != "required":
        return
    for procedure in catalogue.all_procedures():
        approval, name = approval_of(catalogue, procedure), key(procedure)
        if not approval or not is_current(approval, procedure):
            what = f"{name} {'changed since it was approved' if approval else 'is not approved'}"
            help = f"let it be approved, then run 'sop approve {name} --by ROLE'"
            yield Finding(
                what, help, "marketplace", procedure.marketplace, ("playbooks", procedure.issue_types[0])
            )
