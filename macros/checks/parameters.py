"""Rules for parameters: what playbooks need, and what marketplaces give.

rulebook.yml has the title, the reason and a broken example of each rule.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from macros.catalogue.catalogue import Catalogue
from macros.catalogue.data_folder import LoadedSop
from macros.catalogue.parameters import ParameterWords, replace_parameters
from macros.checks.editorial import BEGIN, PLACEHOLDER, actor_names, begins_with_actor
from macros.checks.exits import HIDDEN
from macros.checks.rule import Finding, Rule
from macros.model.kinds import KINDS, NAMEABLE
from macros.model.records import Marketplace
from macros.model.types import DURATION, REFERENCE, as_tuple
from macros.parsing.problems import Problem, suggestion


def given_names(loaded: LoadedSop) -> dict[str, set[str]]:
    """By playbook, the parameters that a marketplace gives which follows it, or that a gap excuses.

    They are read from the data of the files, even if something else in a file is invalid. Keys that
    became parameters count too.
    """
    excused = excused_names(loaded)
    given: dict[str, set[str]] = defaultdict(set)
    for id, place in loaded.places["marketplace"].items():
        data = place.data if isinstance(place.data, dict) else {}
        names, playbooks = (
            value if isinstance(value, dict) else {}
            for value in (data.get("parameters"), data.get("playbooks"))
        )
        own = {*names, *(Marketplace.moved.keys() & data.keys()), *excused.get(id, ())}
        for playbook in playbooks.values():
            if isinstance(playbook, str):
                given[playbook] |= own
    return given


def excused_names(loaded: LoadedSop) -> dict[str, set[str]]:
    """By marketplace, the parameters that a gap excuses, even if something else in the gap is invalid."""
    excused: dict[str, set[str]] = defaultdict(set)
    for place in loaded.places["gap"].values():
        data = place.data if isinstance(place.data, dict) else {}
        marketplaces = as_tuple(data.get("marketplace"))
        for id in marketplaces if isinstance(marketplaces, tuple) else ():
            if isinstance(id, str) and isinstance(name := data.get("parameter"), str):
                excused[id].add(name)
    return excused


def parameters_with_ids_of_records(loaded: LoadedSop) -> Iterator[Problem]:
    """Report parameters with the id of a record: `{id}` could be either."""
    taken = {id: kind for kind in NAMEABLE for id in loaded.places[kind]}
    for id, marketplace in loaded.records["marketplace"].items():
        for name in marketplace.parameters.keys() & taken.keys():
            what = f"'{name}' is already the id of a {KINDS[taken[name]].label}"
            place = loaded.places["marketplace"][id]
            yield place.problem("SOP440", what, "choose another name", ("parameters", name), key=True)


def parameters_not_given(loaded: LoadedSop, catalogue: Catalogue) -> Iterator[Problem]:
    """Report parameters that a playbook needs and that neither its marketplace gives nor a gap excuses."""
    excused = excused_names(loaded)
    for id, marketplace in catalogue.marketplaces.items() if "gap" not in loaded.unread else ():
        for name, (playbook, _) in catalogue.needed_parameters[id].items():
            if name not in marketplace.parameters and name not in excused.get(id, ()):
                what = f"playbook '{playbook}' uses '{{{name}}}', but {id} does not give it"
                help = f"add '{name}: ' below 'parameters', or a gap with 'excuses: parameter-not-given'"
                keys = ("parameters",) if marketplace.parameters else ()
                yield loaded.places["marketplace"][id].problem("SOP405", what, help, keys)


def every_parameter_is_used(catalogue: Catalogue) -> Iterator[Finding]:
    for id, marketplace in catalogue.marketplaces.items():
        needed = catalogue.needed_parameters[id]
        for name in marketplace.parameters.keys() - needed.keys():
            if name not in catalogue.named:  # SOP440 reports those
                what = f"parameter '{name}' is given, but no playbook of this marketplace uses it"
                missing = needed.keys() - marketplace.parameters.keys()
                help = suggestion(name, missing) if missing else f"remove it, or use {{{name}}} in a playbook"
                yield Finding(what, help, "marketplace", id, ("parameters", name))


def every_deadline_is_a_time(catalogue: Catalogue) -> Iterator[Finding]:
    for id, name, value, fields in catalogue.used_parameters:
        if "within" in fields and not DURATION.fullmatch(value):
            what = f"'{value}' is not a time, but a playbook uses '{name}' as a deadline"
            help = "write a whole number and minutes, hours, days or working days, such as '48 hours'"
            yield Finding(what, help, "marketplace", id, ("parameters", name))


def no_value_is_a_placeholder(catalogue: Catalogue) -> Iterator[Finding]:
    for id, name, value, fields in catalogue.used_parameters:
        if fields != {"note"} and (found := PLACEHOLDER.search(value)):
            what, help = f"'{found[0]}' is a placeholder", "write what is known, or add a gap"
            yield Finding(what, help, "marketplace", id, ("parameters", name))


def every_value_contains_words(catalogue: Catalogue) -> Iterator[Finding]:
    for id, name, value, _ in catalogue.used_parameters:
        if not re.search(r"\w", value):
            what, help = f"'{value}' contains no words", f"write the words of this marketplace for {{{name}}}"
            yield Finding(what, help, "marketplace", id, ("parameters", name))


def no_value_hides_an_exit(catalogue: Catalogue) -> Iterator[Finding]:
    texts = texts_with_parameters(catalogue)

    @cache  # many marketplaces have the same words
    def hidden_exit(text: str, given: ParameterWords) -> re.Match[str] | None:
        return HIDDEN.search(replace_parameters(text, given))

    for id, marketplace in catalogue.marketplaces.items():
        given = tuple((name, value, ()) for name, value in marketplace.parameters.items())
        for text, names in (one for key in marketplace.playbooks.values() for one in texts[key] if given):
            found = hidden_exit(text, given)
            own = [name for name in names if name in marketplace.parameters]
            if found and own:
                what = f"'{found[0]}' hides an exit or a deadline in the text"
                help = "use 'if', 'otherwise', 'then', 'within' and 'overdue' in the playbook"
                without = {name: tuple(one for one in given if one[0] != name) for name in own}
                name = next((at for at in own if not hidden_exit(text, without[at])), own[0])
                yield Finding(what, help, "marketplace", id, ("parameters", name))


def texts_with_parameters(catalogue: Catalogue) -> dict[str, list[tuple[str, list[str]]]]:
    """By playbook, the sentences of steps with their parameters, but those in which SOP429 reports the playbook."""
    return {
        key: [
            (text, own)
            for number, names in catalogue.parameters[key].items()
            if number
            and not HIDDEN.search(text := playbook.steps[number - 1].text)
            and (own := [name for name in names if f"{{{name}}}" in text])
        ]
        for key, playbook in catalogue.playbooks.items()
    }


def no_value_begins_with_the_actor(catalogue: Catalogue) -> Iterator[Finding]:
    beginnings = {
        key: [
            (found[1], actor_names(step, catalogue))
            for step in playbook.steps
            if (found := REFERENCE.match(step.action or ""))
        ]
        for key, playbook in catalogue.playbooks.items()
    }
    for id, marketplace in catalogue.marketplaces.items():
        for name, actors in (one for key in marketplace.playbooks.values() for one in beginnings[key]):
            value = marketplace.parameters.get(name)
            if value and begins_with_actor(value, actors, catalogue):
                what = "this begins with the actor of the step"
                yield Finding(what, BEGIN, "marketplace", id, ("parameters", name))


RULES = (
    Rule("SOP406", every_parameter_is_used),
    Rule("SOP410", no_value_is_a_placeholder),
    Rule("SOP411", every_value_contains_words),
    Rule("SOP413", no_value_begins_with_the_actor),
    Rule("SOP429", no_value_hides_an_exit),
    Rule("SOP441", every_deadline_is_a_time),
)
