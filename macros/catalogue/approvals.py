"""Whether procedures are as they were approved and released.

An approval and a release hold fingerprints. They are records in git, not electronic signatures.
"""

import re

from macros.catalogue.catalogue import Catalogue
from macros.catalogue.fingerprint import fingerprint
from macros.catalogue.procedure import Procedure
from macros.model.records import Approval, Release


def approval_of(catalogue: Catalogue, procedure: Procedure) -> Approval | None:
    """The approval of a procedure, whether or not it changed since."""
    return catalogue.approvals.get(procedure.key)


def is_current(approval: Approval, procedure: Procedure) -> bool:
    """Whether the procedure is as it was approved."""
    return approval.fingerprint == fingerprint(procedure)


def releases(catalogue: Catalogue) -> list[tuple[str, Release]]:
    """All versions, the last first: by date, on one day by number."""

    def place(item: tuple[str, Release]) -> tuple[object, ...]:
        numbers = re.split(r"(\d+)", item[0])
        return item[1].released, [int(part) if part.isdigit() else part for part in numbers]

    return sorted(catalogue.releases.items(), key=place, reverse=True)
