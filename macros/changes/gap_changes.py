"""Changes of gaps: opened, answered, opened again, removed, or about something else."""

from collections.abc import Iterator

from macros.catalogue.catalogue import Catalogue
from macros.catalogue.questions import answerers
from macros.changes.change import METADATA, Change, role_names
from macros.model.gaps import Gap
from macros.wording.phrases import WORDS
from macros.wording.questions import answer
from macros.wording.sentences import plain_text


def gap_changes(old: Catalogue, new: Catalogue, id: str) -> Iterator[Change]:
    """The changes of a gap as a whole; `record_changes` compares its other fields."""
    was, now = old.gaps.get(id), new.gaps.get(id)
    if was is None and now:
        yield Change(METADATA, f"{label(now)} added: {describe(id, now, new)}", answerer_names(id, new))
        if now.answered:
            yield Change(METADATA, f"{label(now)} '{id}': {answer(now, new)}", answerer_names(id, new))
    elif now is None and was:
        yield Change(METADATA, f"{label(was)} removed: {describe(id, was, old)}", answerer_names(id, old))
    elif was and now and was.answered != now.answered:
        what = answer(now, new) or WORDS["opened_again"]
        yield Change(METADATA, f"{label(now)} '{id}': {what}", answerer_names(id, new))


def label(gap: Gap) -> str:
    return str(WORDS["reading" if gap.reading else "gap"]).lower()


def describe(id: str, gap: Gap, catalogue: Catalogue) -> str:
    return f"{id} ({plain_text(gap.text, catalogue)})"


def answerer_names(id: str, catalogue: Catalogue) -> tuple[str, ...]:
    """The names of the roles that can answer, or did."""
    answered = catalogue.gaps[id].answered
    return role_names((*answerers(catalogue, id), answered.by if answered else None), catalogue)
