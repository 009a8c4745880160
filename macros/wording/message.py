"""A step with recipients or a system -> a draft message, with [placeholders] for what only the sender knows."""

from typing import NamedTuple
from urllib.parse import quote

from macros.catalogue.catalogue import Catalogue
from macros.catalogue.procedure import Procedure, ResolvedStep
from macros.wording.contacts import addresses
from macros.wording.sentences import issues, listed, plain


class Message(NamedTuple):
    """A message to the recipients of a step; ``to`` are their mail addresses, if known."""

    subject: str
    body: str
    to: tuple[str, ...] = ()

    @property
    def link(self) -> str:
        """A mailto link."""
        return f"mailto:{','.join(self.to)}?subject={quote(self.subject, ',:')}&body={quote(self.body, ',:')}"


def message_for(procedure: Procedure, step: ResolvedStep, catalogue: Catalogue) -> Message | None:
    """The message of a step; None without an actor, or without recipients and systems."""
    if not step.actors or not (step.recipients or step.systems):
        return None
    marketplace = catalogue.marketplaces[procedure.marketplace].name
    issue = issues(procedure.issue_types, catalogue)
    to = ", ".join(catalogue.roles[id].name for id in step.recipients)
    where = ", ".join(catalogue.systems[id].name for id in step.systems)
    lines = [
        f"Hello {to}," if to else f"For {where}:",
        "",
        f"{marketplace}, {issue}: [order IDs]",
        f"Step {step.number}: {plain(step.text, catalogue)}.",
        "What happened: [in a sentence]",
        *attached([plain(text, catalogue) for text in step.evidence]),
        *([f"Sent: {step.frequency}"] if step.frequency else []),
        *([f"Please answer within {step.within}."] if step.within else []),
        "",
        f"[your name], {listed([catalogue.roles[id].name for id in step.actors], 'or')}",
    ]
    subject = f"{marketplace}: {issue}, [order IDs]"
    return Message(subject, "\n".join(lines), addresses(procedure, step, catalogue))


def attached(evidence: list[str]) -> list[str]:
    """The lines about what is sent along: several things as a list."""
    if len(evidence) > 1:
        return ["Attached:", *(f"- [{text}]" for text in evidence)]
    return [f"Attached: [{text}]" for text in evidence]
