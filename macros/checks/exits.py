"""Rules of exits: they lead to steps, and a case can reach every step.

A case can always reach an end: `then` leads forward only, and after the last step the case ends.

rulebook.yml has the title, the reason and a broken example of each rule.
"""

import re
from collections.abc import Iterator

from macros.catalogue.catalogue import Catalogue
from macros.catalogue.exits import EXIT_KINDS
from macros.checks.completeness import every_condition_has_an_otherwise, every_deadline_has_an_overdue
from macros.checks.rule import Finding, Rule
from macros.model.playbooks import Playbook
from macros.model.types import END
from macros.parsing.problems import suggestion

HIDDEN = re.compile(
    r"\b(?:^if|otherwise|go (?:back )?to step|within \d+ (?:minute|hour|day|working day)s?)\b",
    re.IGNORECASE,
)
Graph = dict[str, set[str]]  # the id of a step -> the ids where it leads, `end` among them


def targets_exist(catalogue: Catalogue) -> Iterator[Finding]:
    for id, playbook in catalogue.playbooks.items():
        known = [step.id for step in playbook.steps]
        for index, step in enumerate(playbook.steps):
            for exit in EXIT_KINDS:
                target = getattr(step, exit)
                if target and target not in (*known, END):
                    what = f"'{exit}' leads to '{target}', which is no step of this playbook"
                    yield Finding(
                        what, suggestion(target, [*known, END]), "playbook", id, ("steps", index, exit)
                    )


def then_leads_forward(catalogue: Catalogue) -> Iterator[Finding]:
    for id, playbook in catalogue.playbooks.items():
        known = [step.id for step in playbook.steps]
        for index, step in enumerate(playbook.steps):
            below = known[index + 1] if index + 1 < len(known) else END
            if step.then == below:
                what, help = f"'then' names what follows anyway, '{below}'", "remove this line"
                yield Finding(what, help, "playbook", id, ("steps", index, "then"))
            elif step.then in known[: index + 1]:
                what = f"'then' leads back to '{step.then}'"
                help = "only 'otherwise' and 'overdue' may lead back: name a later step"
                yield Finding(what, help, "playbook", id, ("steps", index, "then"))


def every_step_is_reached(catalogue: Catalogue) -> Iterator[Finding]:
    for id, playbook in sound_playbooks(catalogue):
        reached = closure(graph(playbook), {playbook.steps[0].id})
        index = next((at for at, step in enumerate(playbook.steps) if step.id not in reached), None)
        if index is not None:  # the steps after it follow from it
            what = f"no step leads to step '{playbook.steps[index].id}'"
            help = "lead an exit to it, correct the 'then' above it, or remove it"
            yield Finding(what, help, "playbook", id, ("steps", index))


def no_text_hides_an_exit(catalogue: Catalogue) -> Iterator[Finding]:
    for id, playbook in catalogue.playbooks.items():
        for index, step in enumerate(playbook.steps):
            if found := HIDDEN.search(step.text):
                field = "action" if step.action else "statement"
                what = f"'{found[0]}' hides an exit or a deadline in the text"
                help = "use the fields 'if', 'otherwise', 'then', 'within' and 'overdue'"
                yield Finding(what, help, "playbook", id, ("steps", index, field))


def sound_playbooks(catalogue: Catalogue) -> Iterator[tuple[str, Playbook]]:
    """The playbooks whose exits lead where they may and are all there, so that paths can be followed."""
    rules = (
        targets_exist,
        then_leads_forward,
        every_condition_has_an_otherwise,
        every_deadline_has_an_overdue,
    )
    broken = {finding.id for rule in rules for finding in rule(catalogue)}
    return ((id, playbook) for id, playbook in catalogue.playbooks.items() if id not in broken)


def graph(playbook: Playbook) -> Graph:
    """Where each step leads: to the next one, and by its exits."""
    below = [step.id for step in playbook.steps[1:]] + [END]
    return {
        step.id: {target for target in (step.then or under, step.otherwise, step.overdue) if target}
        for step, under in zip(playbook.steps, below, strict=True)
    }


def closure(leads: Graph, start: set[str]) -> set[str]:
    """All ids that can be reached from some, these included."""
    reached, rest = set(start), list(start)
    while rest:
        for target in leads.get(rest.pop(), set()) - reached:
            reached.add(target)
            rest.append(target)
    return reached


RULES = (
    Rule("SOP426", targets_exist),
    Rule("SOP427", then_leads_forward),
    Rule("SOP428", every_step_is_reached, needs=("gap",)),
    Rule("SOP429", no_text_hides_an_exit),
)
