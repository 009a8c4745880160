"""Changes of what the words of procedures mean."""

from collections.abc import Iterator

from macros.catalogue.catalogue import Catalogue
from macros.catalogue.procedure import Procedure, unique
from macros.changes.change import WORDING, Change, role_names


def meaning_changes(
    old: Catalogue, before: Procedure, new: Catalogue, procedure: Procedure
) -> Iterator[Change]:
    """The words of a procedure, then and now, whose meaning changes."""
    if before.words == procedure.words:
        return
    for id in unique(word.id for word in (*before.words, *procedure.words)):
        was, now = meaning(old, id), meaning(new, id)
        if was != now:
            name = (new if id in new.named else old).named[id][1].name
            everybody = role_names((procedure.owner, *procedure.actors), new)
            yield Change(WORDING, f"meaning of '{name}': {was or 'none'} -> {now or 'none'}", everybody)


def meaning(catalogue: Catalogue, id: str) -> str | None:
    """What a name means; None if that is not known, or without such a record."""
    return catalogue.named[id][1].means if id in catalogue.named else None


def words_used(catalogue: Catalogue) -> set[str]:
    """The ids of the words that procedures use."""
    return {word.id for procedure in catalogue.all_procedures() for word in procedure.words}
