"""Whether procedures are as they were approved and released.

An approval and a release hold fingerprints. They are records in git, not electronic signatures.
"""

import re
from functools import lru_cache

from macros.catalogue.catalogue import Catalogue
from macros.catalogue.fingerprint import fingerprint
from macros.catalogue.procedure import Procedure
from macros.model.records import Approval, Release


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
