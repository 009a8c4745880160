"""Parameters: the words of a marketplace for `{name}` in a playbook that it follows."""

from collections.abc import Container, Iterable, Mapping

from macros.model.records import FILLED, Playbook, Step
from macros.model.types import REFERENCE

Given = tuple[tuple[str, str, tuple[str, ...]], ...]  # name, words, and the gaps if a marketplace gives none


def needed(playbook: Playbook, records: Container[str]) -> dict[int, dict[str, list[str]]]:
    """By the number of each step with parameters, their names, each with the fields that hold it.

    ``records`` are the ids that are no parameters.
    """
    found: dict[int, dict[str, list[str]]] = {}
    for number, step in enumerate(playbook.steps, start=1):
        for field in FILLED:
            if (text := getattr(step, field)) and "{" in text:
                for name in REFERENCE.findall(text):
                    if name not in records:
                        found.setdefault(number, {}).setdefault(name, []).append(field)
    return found


def given_words(
    needed: dict[int, dict[str, list[str]]],
    parameters: Mapping[str, str],
    gaps: Iterable[tuple[str, str | None]],
) -> Given:
    """The words of a marketplace for each parameter of a playbook; its name and gaps where there are none.

    ``gaps`` are the ids of the gaps of the marketplace, each with the parameter that it is about.
    """
    if not needed:
        return ()
    excuses = list(gaps)
    return tuple(
        (name, words, ())
        if (words := parameters.get(name))
        else (name, f"[{name.replace('-', ' ')}]", tuple(gap for gap, about in excuses if about == name))
        for name in dict.fromkeys(name for names in needed.values() for name in names)
    )


def filled(step: Step, given: Given) -> Step:
    """The step with the words of a marketplace in place of its parameters."""
    words = {name: text for name, text, _ in given}
    texts = {field: text for field in FILLED if (text := getattr(step, field))}
    return step.model_copy(
        update={
            field: REFERENCE.sub(lambda found: words.get(found[1], found[0]), text)
            for field, text in texts.items()
        }
    )
