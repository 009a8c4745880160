"""Rules for editing: no placeholders, no duplicates, nothing unused.

rulebook.yml has the title, the reason and a broken example of each rule.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from macros.catalogue.catalogue import Catalogue
from macros.catalogue.exits import EXIT_KINDS
from macros.catalogue.procedure import ResolvedStep
from macros.catalogue.words import ids_in, step_texts
from macros.checks.rule import Finding, Rule
from macros.model.contacts import HTTPS
from macros.model.kinds import KINDS, NAMED
from macros.model.playbooks import Step
from macros.model.types import REFERENCE, as_tuple
from macros.parsing.document import Keys

PLACEHOLDER = re.compile(
    r"\b(todo|tbd|tbc|fixme|xxx|lorem ipsum|to be (?:done|decided|confirmed))\b", re.IGNORECASE
)
BEGIN = "begin with the verb, such as 'Raise ...' or 'Update ...'"


def every_record_is_used(catalogue: Catalogue) -> Iterator[Finding]:
    procedures = list(catalogue.all_procedures())
    approvers = {("role", approval.by) for approval in catalogue.approvals.values()}
    used = (
        approvers
        | {("playbook", one.playbook) for one in procedures}
        | {("role", one.owner) for one in procedures}
    )
    acting: set[str] = set()
    named = {*ids_in(*{one.closed for one in procedures})}
    for one in unique_steps(one.steps for one in procedures):
        acting.update(one.actors, one.recipients, one.mentioned)
        named.update(ids_in(*step_texts(one)))
    used |= {("role", id) for id in acting}
    used |= {(kind, id) for id in named for kind in ("role", "system", "term")}
    for gap in catalogue.gaps.values():
        used |= {("role", id) for id in (gap.ask, gap.answered and gap.answered.by) if id}
    for kind in ("role", "system", "term", "playbook"):
        for id in catalogue.records[kind]:
            if (kind, id) not in used:
                yield Finding(f"no procedure uses the {kind} '{id}'", "use it, or remove it", kind, id)


def unique_steps(lists: Iterable[tuple[ResolvedStep, ...]]) -> Iterable[ResolvedStep]:
    """All steps of procedures, each once; procedures that share a step hold the same object."""
    return {id(one): one for steps in lists for one in steps}.values()


def nothing_is_a_placeholder(catalogue: Catalogue) -> Iterator[Finding]:
    for id, playbook in catalogue.playbooks.items():
        for index, step in enumerate(playbook.steps):
            fields = {
                field: as_tuple(value) for field, value in vars(step).items() if value and field != "note"
            }
            if not PLACEHOLDER.search("\n".join(text for texts in fields.values() for text in texts)):
                continue
            for field, texts in fields.items():
                for at, text in enumerate(texts):
                    if found := PLACEHOLDER.search(text):
                        key = Step.model_fields[field].alias or field
                        yield placeholder(found[0], id, ("steps", index, key, at))
        if found := PLACEHOLDER.search(playbook.closed or ""):
            yield placeholder(found[0], id, ("closed",))


def placeholder(word: str, playbook: str, keys: Keys) -> Finding:
    help = "write what is known, and add a gap for what is not"
    return Finding(f"'{word}' is a placeholder", help, "playbook", playbook, keys)


def every_step_contains_words(catalogue: Catalogue) -> Iterator[Finding]:
    for id, playbook in catalogue.playbooks.items():
        for index, step in enumerate(playbook.steps):
            if not re.search(r"\w", step.text):
                field = "action" if step.action else "statement"
                help = "write what is to be done"
                yield Finding(
                    f"'{step.text}' contains no words", help, "playbook", id, ("steps", index, field)
                )
        if playbook.closed and not re.search(r"\w", playbook.closed):
            help = "write when the case is closed"
            yield Finding(f"'{playbook.closed}' contains no words", help, "playbook", id, ("closed",))


def distinguishing_fields(step: Step) -> tuple[object, ...]:
    """What makes steps with the same words differ: who does them, the deadline, and where each exit leads."""
    return (step.actors, step.within, *(getattr(step, kind) for kind in EXIT_KINDS))


def normalize(text: str, catalogue: Catalogue) -> str:
    """A text with names in place of `{id}`, in small letters; parameters stay."""

    def name(found: re.Match[str]) -> str:
        return catalogue.named[found[1]][1].name if found[1] in catalogue.named else found[0]

    return REFERENCE.sub(name, text).casefold().rstrip(".")


def no_step_is_doubled(catalogue: Catalogue) -> Iterator[Finding]:
    for id, playbook in catalogue.playbooks.items():
        texts = [
            (
                normalize(step.text, catalogue),
                normalize(step.condition or "", catalogue),
                *distinguishing_fields(step),
            )
            for step in playbook.steps
        ]
        for index, one in enumerate(texts):
            if one in texts[:index]:
                what = f"this step repeats step {texts.index(one) + 1}"
                yield Finding(what, "remove one of the two", "playbook", id, ("steps", index))


def no_action_begins_with_its_actor(catalogue: Catalogue) -> Iterator[Finding]:
    for id, playbook in catalogue.playbooks.items():
        for index, step in enumerate(playbook.steps):
            if step.action and begins_with_actor(step.action, actor_names(step, catalogue), catalogue):
                what = "this action begins with its actor"
                yield Finding(what, BEGIN, "playbook", id, ("steps", index, "action"))


def begins_with_actor(text: str, actors: tuple[str, ...], catalogue: Catalogue) -> bool:
    """Whether one of these names, in small letters, comes first in a text."""
    return normalize(text, catalogue).removeprefix("the ").startswith(actors)


def actor_names(step: Step, catalogue: Catalogue) -> tuple[str, ...]:
    """The names of the actors of a step, in small letters."""
    return tuple(catalogue.roles[actor].name.casefold() for actor in step.actors)


def names_are_unique(catalogue: Catalogue) -> Iterator[Finding]:
    for kind in NAMED:
        taken: dict[str, str] = {}
        for id, record in catalogue.records[kind].items():
            name = record.name.casefold()
            if name in taken:
                what = f"'{record.name}' is already the name of {KINDS[kind].label} '{taken[name]}'"
                yield Finding(what, "choose another name", kind, id, ("name",))
            taken.setdefault(name, id)


def names_begin_with_a_letter(catalogue: Catalogue) -> Iterator[Finding]:
    for kind in NAMED:
        for id, record in catalogue.records[kind].items():
            if not re.match(r"\w", record.name):
                what = f"'{record.name}' does not begin with a letter or digit"
                yield Finding(what, "begin the name with a letter or digit", kind, id, ("name",))


def positions_are_unique(catalogue: Catalogue) -> Iterator[Finding]:
    taken: dict[int, str] = {}
    for id, marketplace in catalogue.marketplaces.items():
        if (position := marketplace.position) is not None:
            if position in taken:
                what = f"position {position} is already used by '{taken[position]}'"
                yield Finding(what, "choose another number", "marketplace", id, ("position",))
            taken.setdefault(position, id)


def the_past_is_not_in_the_future(catalogue: Catalogue) -> Iterator[Finding]:
    modified = catalogue.sop.source.modified
    # Allow half a day, because the source has no time zone.
    if modified and modified.timestamp() > datetime.now(UTC).timestamp() + 12 * 3600:
        yield Finding(
            f"{modified:%Y-%m-%d} is in the future", "correct the date", "sop", "sop", ("source", "modified")
        )


def links_are_https(catalogue: Catalogue) -> Iterator[Finding]:
    for kind in ("system", "term"):
        for id, record in catalogue.records[kind].items():
            if record.url and not HTTPS.fullmatch(record.url):
                what = f"'{record.url}' is not an https address"
                yield Finding(what, "write it like https://example.com/orders", kind, id, ("url",))


RULES = (
    Rule("SOP409", every_record_is_used, last=True),
    Rule("SOP410", nothing_is_a_placeholder),
    Rule("SOP411", every_step_contains_words),
    Rule("SOP412", no_step_is_doubled),
    Rule("SOP413", no_action_begins_with_its_actor),
    Rule("SOP414", names_are_unique),
    Rule("SOP419", names_begin_with_a_letter),
    Rule("SOP415", positions_are_unique),
    Rule("SOP416", the_past_is_not_in_the_future),
    Rule("SOP417", links_are_https),
)
