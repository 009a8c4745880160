"""Parameters: the words of a marketplace for `{name}` in a playbook that it follows."""

from collections.abc import Callable, Container, Iterator, Mapping
from typing import Any

from macros.model.playbooks import Playbook, Step
from macros.model.references import fields_mentioning
from macros.model.types import PARAMETER, REFERENCE, as_tuple

ParameterUses = Mapping[
    int, Mapping[str, list[str]]
]  # number of a step -> parameter -> the fields that contain it
ParameterWords = tuple[
    tuple[str, str, tuple[str, ...]], ...
]  # name, words, and the gaps if there are no words
# parameter -> the first playbook, the fields that contain it
ParametersNeeded = dict[str, tuple[str, set[str]]]
WHOLE = 0  # in place of the number of a step: the fields of the playbook itself
FIELDS = {  # the fields of a step and of a playbook that can contain parameters
    model: fields_mentioning(model, PARAMETER) for model in (Step, Playbook)
}


def parameters_of(playbook: Playbook, records: Container[str]) -> ParameterUses:
    """The parameters of a playbook. ``records`` are the ids of records, which are no parameters."""
    found: dict[int, dict[str, list[str]]] = {}
    parts: tuple[Playbook | Step, ...] = (playbook, *playbook.steps)
    for number, one in enumerate(parts):
        for field, texts in texts_of(one):
            for name in (name for text in texts for name in REFERENCE.findall(text)):
                if name not in records:
                    found.setdefault(number, {}).setdefault(name, []).append(field)
    return found


def parameters_needed(uses: Mapping[str, ParameterUses]) -> ParametersNeeded:
    """The parameters of several playbooks together."""
    found: ParametersNeeded = {}
    for playbook, by_step in uses.items():
        for names in by_step.values():
            for name, fields in names.items():
                found.setdefault(name, (playbook, set()))[1].update(fields)
    return found


def texts_of(one: Step | Playbook) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The fields of a step or playbook that contain references, each with its texts."""
    for field in FIELDS[Playbook if isinstance(one, Playbook) else Step]:
        texts: tuple[str, ...] = as_tuple(getattr(one, field)) or ()
        if any("{" in text for text in texts):
            yield field, texts


def given_words(
    names: Mapping[str, object], parameters: Mapping[str, str], gaps_of: Callable[[str], list[str]]
) -> ParameterWords:
    """The words of a marketplace for parameters; `[name]` and the gaps if it does not give a parameter.

    ``gaps_of`` returns the gaps about a parameter.
    """
    return tuple(
        (name, words, ())
        if (words := parameters.get(name))
        else (name, f"[{name.replace('-', ' ')}]", tuple(gaps_of(name)))
        for name in names
    )


def replace_step_parameters(step: Step, given: ParameterWords) -> Step:
    """The step with the words of a marketplace in place of its parameters."""
    return step.model_copy(
        update={field: replace_parameters(getattr(step, field), given) for field in FIELDS[Step]}
    )


def replace_parameters(value: Any, given: ParameterWords) -> Any:
    """A text, or a list of texts, with the words of a marketplace in place of its parameters."""
    if isinstance(value, tuple):
        return tuple(replace_parameters(text, given) for text in value)
    words = {name: text for name, text, _ in given}
    return value and REFERENCE.sub(lambda found: words.get(found[1], found[0]), value)
