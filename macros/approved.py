"""Whether procedures are as they were approved and released.

An approval and a release hold fingerprints. They are records in git, not electronic signatures.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from macros.catalogue import Catalogue
from macros.fingerprint import fingerprint
from macros.model import Approval, Release
from macros.procedure import Procedure
from macros.rule import Finding, rule


def key(procedure: Procedure) -> str:
    """What a procedure is approved and released under: `flipkart/order-related`."""
    return f"{procedure.marketplace}/{procedure.issue_types[0]}"


def approval_of(catalogue: Catalogue, procedure: Procedure) -> Approval | None:
    """The approval of a procedure, whether or not it changed since."""
    return catalogue.approvals.get(key(procedure))


def is_current(approval: Approval, procedure: Procedure) -> bool:
    """Whether the procedure is as it was approved."""
    return approval.fingerprint == fingerprint(procedure)


def fingerprints(catalogue: Catalogue) -> dict[str, str]:
    """The fingerprint of every procedure, by its key."""
    return {key(one): fingerprint(one) for one in catalogue.all_procedures()}


def releases(catalogue: Catalogue) -> list[tuple[str, Release]]:
    """All versions, the last first: by date, on one day by number."""

    def place(item: tuple[str, Release]) -> tuple[object, ...]:
        numbers = re.split(r"(\d+)", item[0])
        return item[1].released, [int(part) if part.isdigit() else part for part in numbers]

    return sorted(catalogue.releases.items(), key=place, reverse=True)


@lru_cache(maxsize=2)
def is_as_released(catalogue: Catalogue) -> bool:
    """Whether all procedures are those of the version that the SOP states; True if that was never released."""
    release = catalogue.releases.get(catalogue.sop.version or "")
    return release is None or release.fingerprints == fingerprints(catalogue)


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
