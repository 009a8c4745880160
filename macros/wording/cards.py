"""What a card shows below the sentence of its step."""

from macros.catalogue.catalogue import Catalogue
from macros.catalogue.procedure import ResolvedStep
from macros.wording.sentences import facts


def is_in_sentence(step: ResolvedStep, id: str) -> bool:
    """Whether the sentence of a step names a role or system."""
    return f"{{{id}}}" in step.text


def missing_facts(
    step: ResolvedStep, catalogue: Catalogue
) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """The facts that the sentence of a step lacks, and systems with a link of their own."""

    def is_missing(id: str) -> bool:
        return not is_in_sentence(step, id) or (id in catalogue.systems and bool(catalogue.systems[id].url))

    rows = [(label, tuple(filter(is_missing, ids)), texts) for label, ids, texts in facts(step)]
    return [row for row in rows if row[1] or row[2]]
