"""A step with recipients or a system -> a draft message, with [placeholders] for what only the sender knows."""

from typing import NamedTuple
from urllib.parse import quote

from macros.catalogue.catalogue import Catalogue
from macros.catalogue.procedure import Procedure, ResolvedStep
from macros.wording.sentences import issues, plain


class Message(NamedTuple):
    """A message to the recipients of a step."""

    subject: str
    body: str

    @property
    def link(self) -> str:
        """A mailto link without an address."""
        return f"mailto:?subject={quote(self.subject, ',:')}&body={quote(self.body, ',:')}"


def message_for(procedure: Procedure, step: ResolvedStep, catalogue: Catalogue) -> Message | None:
    """The message of a step; None without an actor, or without recipients and systems."""
    if not step.actor or not (step.recipients or step.systems):
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
        *([f"Attached: [{plain(step.evidence, catalogue)}]"] if step.evidence else []),
        *([f"Sent: {step.frequency}"] if step.frequency else []),
        *([f"Please answer within {step.within}."] if step.within else []),
        "",
        f"[your name], {catalogue.roles[step.actor].name}",
    ]
    return Message(f"{marketplace}: {issue}, [order IDs]", "\n".join(lines))
