"""Rules of parameters: what playbooks need and what marketplaces give.

rulebook.yml has the title, the reason and a broken example of each rule.
"""

from collections import defaultdict
from collections.abc import Iterator

from macros.catalogue.catalogue import Catalogue
from macros.catalogue.data_folder import LoadedSop
from macros.checks.rule import Finding, Rule
from macros.model.kinds import KINDS, NAMEABLE
from macros.model.records import Marketplace
from macros.model.types import DURATION, REFERENCE
from macros.parsing.problems import Problem, nearest

NOT_GIVEN = "parameter-not-given"


def given_names(loaded: LoadedSop) -> dict[str, set[str]]:
    """By playbook, the parameters that a marketplace which follows it gives, or that a gap excuses.

    They are as they stand in the files, whatever else is wrong there; a key that moved counts too.
    """
    excused: dict[str, set[str]] = defaultdict(set)
    for gap in loaded.records["gap"].values():
        for id in gap.marketplace if gap.parameter else ():
            excused[id].add(gap.parameter)
    given: dict[str, set[str]] = defaultdict(set)
    for id, place in loaded.places["marketplace"].items():
        data = place.data if isinstance(place.data, dict) else {}
        parameters, playbooks = data.get("parameters"), data.get("playbooks")
        names = {
            *(parameters if isinstance(parameters, dict) else ()),
            *(Marketplace.moved.keys() & data.keys()),
        }
        for playbook in playbooks.values() if isinstance(playbooks, dict) else ():
            if isinstance(playbook, str):
                given[playbook] |= names | excused[id]
    return given


def parameters_named_like_records(loaded: LoadedSop) -> Iterator[Problem]:
    """Report parameters with the id of a record: `{id}` could be either."""
    taken = {id: kind for kind in NAMEABLE for id in loaded.places[kind]}
    for id, marketplace in loaded.records["marketplace"].items():
        for name in marketplace.parameters.keys() & taken.keys():
            what = f"'{name}' is already the id of a {KINDS[taken[name]].label}"
            place = loaded.places["marketplace"][id]
            yield place.problem("SOP440", what, "choose another name", ("parameters", name), key=True)


def every_parameter_is_given(catalogue: Catalogue) -> Iterator[Finding]:
    for id, marketplace in catalogue.marketplaces.items():
        missing = {
            name: key
            for key in marketplace.playbooks.values()
            for names in catalogue.needed[key].values()
            for name in names
            if name not in marketplace.parameters
        }
        for name, key in missing.items():
            if not any(catalogue.gaps[gap].parameter == name for gap in catalogue.gaps_at("marketplace", id)):
                what = f"playbook '{key}' uses '{{{name}}}', but {id} does not give it"
                help = f"add '{name}: ' below 'parameters', or a gap with 'excuses: {NOT_GIVEN}'"
                yield Finding(
                    what, help, "marketplace", id, ("parameters",) if marketplace.parameters else ()
                )


def every_parameter_is_used(catalogue: Catalogue) -> Iterator[Finding]:
    for id, marketplace in catalogue.marketplaces.items():
        if marketplace.parameters:
            names = {*fields_of(catalogue, marketplace)}
            for name in marketplace.parameters.keys() - names:
                if catalogue.is_named(name):
                    continue  # SOP440 is about it
                what = f"parameter '{name}' is given, but no playbook of this marketplace uses it"
                rest = names - marketplace.parameters.keys()
                help = nearest(name, rest) if rest else f"remove it, or use {{{name}}} in a playbook"
                yield Finding(what, help, "marketplace", id, ("parameters", name))


def every_value_fits(catalogue: Catalogue) -> Iterator[Finding]:
    for id, marketplace in catalogue.marketplaces.items():
        for name, fields in fields_of(catalogue, marketplace).items() if marketplace.parameters else ():
            value = marketplace.parameters.get(name, "")
            if value and "within" in fields and not DURATION.fullmatch(value):
                what = f"'{value}' is not a time, but a playbook has '{name}' as a deadline"
                help = "write a whole number and minutes, hours, days or working days, such as '48 hours'"
                yield Finding(what, help, "marketplace", id, ("parameters", name))
            elif REFERENCE.search(value) and not fields <= {"action", "statement"}:
                what = f"'{name}' names a record, but stands in a condition or in evidence"
                yield Finding(
                    what, "write the words, without { and }", "marketplace", id, ("parameters", name)
                )


def every_excused_parameter_is_missing(catalogue: Catalogue) -> Iterator[Finding]:
    for id, gap in catalogue.gaps.items():
        for key in gap.marketplace if gap.parameter else ():
            marketplace = catalogue.marketplaces[key]
            needed = gap.parameter in fields_of(catalogue, marketplace)
            if not needed or gap.parameter in marketplace.parameters:
                why = "gives it" if needed else "needs no such parameter"
                what = f"this gap excuses the parameter '{gap.parameter}', but {key} {why}"
                yield Finding(what, "remove the gap, or correct what it concerns", "gap", id, ("parameter",))


def fields_of(catalogue: Catalogue, marketplace: Marketplace) -> dict[str, set[str]]:
    """The parameters that the playbooks of a marketplace hold, each with the fields where it stands."""
    found: dict[str, set[str]] = defaultdict(set)
    for key in marketplace.playbooks.values():
        for names in catalogue.needed[key].values():
            for name, fields in names.items():
                found[name].update(fields)
    return found


RULES = (
    Rule("SOP405", every_parameter_is_given),
    Rule("SOP406", every_parameter_is_used),
    Rule("SOP441", every_value_fits),
    Rule("SOP442", every_excused_parameter_is_missing),
)
