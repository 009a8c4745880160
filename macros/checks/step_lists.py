"""Rules of the lists of a step: actors, recipients and evidence.

rulebook.yml has the title, the reason and a broken example of each rule.
"""

from collections.abc import Iterator

from macros.catalogue.catalogue import Catalogue
from macros.checks.rule import Finding, Rule
from macros.model.playbooks import Step
from macros.model.types import REFERENCE

LISTS = {"actors": "actor", "to": "to", "evidence": "evidence"}  # field of a step -> its key in a file


def no_list_repeats_itself(catalogue: Catalogue) -> Iterator[Finding]:
    for id, playbook in catalogue.playbooks.items():
        for index, step in enumerate(playbook.steps):
            for field, key in LISTS.items():
                texts = [text.casefold() for text in getattr(step, field) or ()]
                for at, text in enumerate(texts):
                    if text in texts[:at]:
                        what = f"'{key}' lists '{getattr(step, field)[at]}' twice"
                        keys = ("steps", index, key, at)
                        yield Finding(what, "remove one of the two", "playbook", id, keys)


def recipients_differ_from_the_action(catalogue: Catalogue) -> Iterator[Finding]:
    for id, playbook in catalogue.playbooks.items():
        for index, step in enumerate(playbook.steps):
            if step.to is not None and (problem := problem_of_recipients(catalogue, step)):
                yield Finding(*problem, "playbook", id, ("steps", index, "to"))


def problem_of_recipients(catalogue: Catalogue, step: Step) -> tuple[str, str] | None:
    """Why a step cannot have these recipients, and the remedy; None if it can."""
    named = set(REFERENCE.findall(step.text))
    if parameters := sorted(id for id in named if id not in catalogue.named):
        # The words of a marketplace can name further recipients.
        what = f"a step with the parameter '{parameters[0]}' cannot have 'to'"
        return what, "remove 'to': the roles named in the action are the recipients"
    if {*(step.to or ())} == named & catalogue.roles.keys():
        what = "'to' has the recipients that the action names" if step.to else "the action names no recipient"
        return what, "remove 'to', which is only for other recipients than those"
    return None


RULES = (
    Rule("SOP470", no_list_repeats_itself),
    Rule("SOP471", recipients_differ_from_the_action),
)
