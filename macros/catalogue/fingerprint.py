"""A procedure -> a short hash of what it means, to compare paper with the site."""

import json
from hashlib import sha256

from macros.catalogue.procedure import Procedure


def fingerprint(procedure: Procedure) -> str:
    """Twelve hexadecimal digits in groups of four, such as `1f0a-77c2-9be4`.

    It follows the owner and the ids, order and wording of the steps as this marketplace
    has them. Names, comments, formatting and the id of the playbook do not change it.
    """
    steps = [one.step.model_dump(exclude_none=True) for one in procedure.steps]
    meaning = [procedure.marketplace, procedure.issue_types, procedure.owner, steps]
    written = json.dumps(meaning, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    digits = sha256(written.encode()).hexdigest()
    return f"{digits[:4]}-{digits[4:8]}-{digits[8:12]}"
