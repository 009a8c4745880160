"""A procedure -> a short hash of its content, to compare paper with the site."""

import json
from hashlib import sha256

from macros.catalogue.procedure import Procedure, ResolvedStep
from macros.model.playbooks import Step

DEFAULTS = {name: field.default for name, field in Step.model_fields.items()}


def fingerprint(procedure: Procedure) -> str:
    """Twelve hexadecimal digits in groups of four, such as `1f0a-77c2-9be4`.

    The digits depend on the owner, on when the case is closed, and on the ids, order and wording of the
    steps as this marketplace follows them, and on the meaning of the words that they use. Names, comments,
    formatting and the id of the playbook do not change them.
    """
    steps = [fields_with_values(step) for step in procedure.steps]
    closed = [procedure.closed] if procedure.closed else []
    means = {word.id: word.means for word in procedure.words if word.means}
    words = [means] if means else []
    meaning = [procedure.marketplace, procedure.issue_types, procedure.owner, *closed, steps, *words]
    digits = digest(meaning)
    return f"{digits[:4]}-{digits[4:8]}-{digits[8:12]}"


def step_hash(step: ResolvedStep) -> str:
    """Four hexadecimal digits that depend on the fields of a step; a case compares them, to mark changed steps."""
    return digest(fields_with_values(step))[:4]


def fields_with_values(step: ResolvedStep) -> dict[str, object]:
    """The fields of a step that the playbook gives."""
    fields = vars(step)
    return {name: value for name, default in DEFAULTS.items() if (value := fields[name]) != default}


def digest(meaning: object) -> str:
    written = json.dumps(meaning, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(written.encode()).hexdigest()
