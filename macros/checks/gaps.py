"""Rules of gaps: an open one is about something missing, and the data has the answer of an answered one.

rulebook.yml has the title, the reason and a broken example of each rule.
"""

from collections.abc import Iterator
from functools import cache

from macros.catalogue.catalogue import Catalogue
from macros.checks.completeness import needs_excuse
from macros.checks.rule import Finding, Rule
from macros.model.gaps import Gap
from macros.model.kinds import KINDS, NAMEABLE, NAMED
from macros.model.types import Record

TIED = ("playbook", "marketplace", "role", "system", "term")  # the kinds whose fields a gap can be about
NOT_ASKED = ("aliases", "approval", "formerly", "position")  # optional fields that no source leaves open
ANSWER = "write the answer into the data, or remove 'answered'"
OUTGROWN = "answer the gap with 'sop answer {}', or remove it"


def every_excuse_is_needed(catalogue: Catalogue) -> Iterator[Finding]:
    for id, gap in catalogue.gaps.items():
        for key in gap.playbook:
            if not gap.excuses or gap.parameter:
                continue
            missing = needs_excuse(catalogue.playbooks[key], gap.excuses, gap.step)
            if missing and gap.answered:
                what = f"this gap is answered, but playbook '{key}' still needs the excuse '{gap.excuses}'"
                yield Finding(what, ANSWER, "gap", id, ("excuses",))
            elif not missing and not gap.answered:
                what = f"nothing in playbook '{key}' needs the excuse '{gap.excuses}'"
                help = f"{OUTGROWN.format(id)}, or correct what it concerns"
                yield Finding(what, help, "gap", id, ("excuses",))


def gaps_name_optional_fields(catalogue: Catalogue) -> Iterator[Finding]:
    for id, gap in catalogue.gaps.items():
        tied = subjects(catalogue, gap)
        known = {name for _, record in tied for name in optional_fields(type(record))}
        for name in gap.field if tied else ():
            filled = [is_filled(record, name) for _, record in tied if name in optional_fields(type(record))]
            if not filled:
                what = f"'{name}' is not an optional field"
                yield Finding(what, f"known: {', '.join(sorted(known))}", "gap", id, ("field",))
            elif name == "contact":
                continue  # the rule of contacts reports it, with those of marketplaces
            elif gap.answered and not (all(filled) if gap.record_ids else any(filled)):
                what = f"this gap is answered, but '{name}' is still empty"
                yield Finding(what, ANSWER, "gap", id, ("field",))
            elif gap.state == "open" and not gap.record_ids and all(filled):
                help = f"remove it from the gap, or {OUTGROWN.format(id)}"
                yield Finding(f"'{name}' is filled in", help, "gap", id, ("field",))


def no_gap_is_outgrown(catalogue: Catalogue) -> Iterator[Finding]:
    for id, gap in catalogue.gaps.items():
        tied = subjects(catalogue, gap) if gap.record_ids and gap.state == "open" else []
        for name in gap.field:
            if name == "contact":
                continue
            has = [
                what
                for what, record in tied
                if name in optional_fields(type(record)) and is_filled(record, name)
            ]
            if has:
                what = f"the field '{name}' of {has[0]} is filled in"
                help = OUTGROWN.format(id) + (f", or tie it to those that lack '{name}'" if tied[1:] else "")
                yield Finding(what, help, "gap", id, ("field",))


def gaps_about_terms_fit_their_meanings(catalogue: Catalogue) -> Iterator[Finding]:
    for id, gap in catalogue.gaps.items():
        for term in gap.term if not gap.field and not gap.reading else ():
            if catalogue.terms[term].means and gap.state == "open":
                help = OUTGROWN.format(id) + (", or tie it to the terms without one" if gap.term[1:] else "")
                yield Finding(f"term '{term}' has a meaning", help, "gap", id, ("term",))
                break
            if gap.answered and not catalogue.terms[term].means:
                what = f"this gap is answered, but term '{term}' still has no meaning"
                yield Finding(what, ANSWER, "gap", id, ("term",))


def gaps_about_contacts_fit_them(catalogue: Catalogue) -> Iterator[Finding]:
    for id, gap in catalogue.gaps.items():
        roles = gap.role or tuple(catalogue.roles) if "contact" in gap.field else ()
        given = [role for role in roles if catalogue.contacts.has_contact(role, gap.marketplace)]
        left = [role for role in roles if role not in given]
        if gap.state == "open" and given:
            help = "remove the gap"
            if left:
                help += f", or list the roles that are left: 'role: [{', '.join(left)}]'"
            yield Finding(f"role '{given[0]}' has a contact", help, "gap", id, ("field",))
        elif gap.answered and left and (gap.record_ids or not given):
            what = f"this gap is answered, but role '{left[0]}' still has no contact"
            yield Finding(what, ANSWER, "gap", id, ("field",))


def gaps_about_parameters_fit_them(catalogue: Catalogue) -> Iterator[Finding]:
    for id, gap in catalogue.gaps.items():
        for key in gap.marketplace if gap.parameter else ():
            marketplace = catalogue.marketplaces[key]
            needed = gap.parameter in catalogue.needed_parameters[key]
            given = gap.parameter in marketplace.parameters
            if gap.answered and needed and not given:
                what = f"this gap is answered, but {key} still gives no '{gap.parameter}'"
                yield Finding(what, ANSWER, "gap", id, ("parameter",))
            elif not gap.answered and (given or not needed):
                why = "gives it" if needed else "needs no such parameter"
                what = f"this gap excuses the parameter '{gap.parameter}', but {key} {why}"
                help = f"{OUTGROWN.format(id)}, or correct what it concerns"
                yield Finding(what, help, "gap", id, ("parameter",))


def subjects(catalogue: Catalogue, gap: Gap) -> list[tuple[str, Record]]:
    """The records whose fields a gap can be about, each with its name in messages.

    They are its step, or else what it is tied to, or else document control and all named records. A step that
    is gone gives none.
    """
    if gap.step:
        steps = catalogue.playbooks[gap.playbook[0]].steps
        return [(f"step '{step.id}'", step) for step in steps if step.id == gap.step]
    if gap.record_ids:
        tied = [(kind, id) for kind in TIED for id in getattr(gap, kind)]
        return [(f"{KINDS[kind].label} '{id}'", catalogue.records[kind][id]) for kind, id in tied]
    control = [("the SOP", catalogue.sop), ("the source", catalogue.sop.source)]
    named = [record for kind in NAMEABLE for record in catalogue.records[kind].values()]
    return [*control, *((record.name, record) for record in named)]


@cache
def optional_fields(model: type[Record]) -> dict[str, str]:
    """The optional fields of a kind of record: name in the file -> name in the model."""
    fields = model.model_fields.items()
    return {
        field.alias or name: name
        for name, field in fields
        if not field.is_required() and name not in NOT_ASKED
    }


def is_filled(record: Record, field: str) -> bool:
    return getattr(record, optional_fields(type(record))[field]) not in (None, (), {})


RULES = (
    Rule("SOP407", every_excuse_is_needed),
    Rule("SOP418", gaps_name_optional_fields, needs=("sop", *NAMED)),
    Rule("SOP418", gaps_about_contacts_fit_them, needs=("role", "marketplace")),
    Rule("SOP430", no_gap_is_outgrown),
    Rule("SOP430", gaps_about_terms_fit_their_meanings, needs=("term",)),
    Rule("SOP442", gaps_about_parameters_fit_them, needs=("playbook",)),
)
ABOUT_GAPS = frozenset(rule.code for rule in RULES)


def remaining_findings(catalogue: Catalogue, id: str) -> list[Finding]:
    """What the data still lacks of the answer to a gap."""
    return [finding for rule in RULES for finding in rule.findings(catalogue) if finding.id == id]
