"""Whether procedures are as they were approved and released.

An approval and a release hold fingerprints. They are records in git, not electronic signatures.
"""

import re

from macros.catalogue.catalogue import Catalogue
from macros.catalogue.fingerprint import fingerprint
from macros.catalogue.procedure import Procedure
from macros.model.control import Approval, Release


def approval_of(catalogue: Catalogue, procedure: Procedure) -> Approval | None:
    """The approval of a procedure, whether or not it changed since."""
    return catalogue.approvals.get(procedure.key)


def is_current(approval: Approval, procedure: Procedure) -> bool:
    """Whether the procedure is as it was approved."""
    return approval.fingerprint == fingerprint(procedure)


def releases(catalogue: Catalogue) -> list[tuple[str, Release]]:
    """All versions, the last first."""
    return sorted(catalogue.releases.items(), key=lambda item: version_order(item[0]), reverse=True)


def version_order(version: str) -> list[tuple[int, str]]:
    """Sort key of a version: numbers by value, so that 1.10 is after 1.9."""
    parts = re.split(r"(\d+)", version)
    return [(int(part), "") if part.isdigit() else (0, part) for part in parts]
