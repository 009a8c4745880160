"""A step with recipients or a system -> a draft message, with [placeholders] for what only the sender knows."""

from typing import NamedTuple
from urllib.parse import quote

from macros.catalogue.catalogue import Catalogue
from macros.catalogue.procedure import Procedure, ResolvedStep
from macros.wording.contacts import addresses
from macros.wording.phrases import WORDS
from macros.wording.sentences import issue_type_names, join_names, plain_text


class Message(NamedTuple):
    """A message to the recipients of a step; ``to`` are their mail addresses, if known."""

    subject: str
    body: str
    to: tuple[str, ...] = ()

    @property
    def link(self) -> str:
        """A mailto link with the subject; docs/assets/sop.js adds the body, which would be on the page twice."""
        return f"mailto:{','.join(self.to)}?subject={quote(self.subject, ',:')}"


def message_for(procedure: Procedure, step: ResolvedStep, catalogue: Catalogue) -> Message | None:
    """The message of a step; None without an actor, or without recipients and systems."""
    if not step.actors or not (step.recipients or step.systems):
        return None
    draft, to = WORDS["draft"], [catalogue.roles[id].name for id in step.recipients]
    known = {
        "marketplace": catalogue.marketplaces[procedure.marketplace].name,
        "issue": issue_type_names(procedure.issue_types, catalogue),
        "to": ", ".join(to),
        "systems": ", ".join(catalogue.systems[id].name for id in step.systems),
        "number": step.number,
        "step": plain_text(step.text, catalogue),
        "frequency": step.frequency,
        "within": step.within,
        "actors": join_names([catalogue.roles[id].name for id in step.actors], "or"),
    }
    parts = [
        draft["to_roles" if to else "to_systems"],
        "\n".join((draft["request"], *draft["placeholders"])),
        "\n".join((draft["step"], *([draft["frequency"]] if step.frequency else []))),
    ]
    body = [part.format_map(known) for part in parts]
    body += evidence_paragraph([plain_text(text, catalogue) for text in step.evidence])
    ends = [draft["within"]] * bool(step.within) + [draft["end"]]
    body += [part.format_map(known) for part in ends]
    return Message(
        draft["subject"].format_map(known), "\n\n".join(body), addresses(procedure, step, catalogue)
    )


def evidence_paragraph(evidence: list[str]) -> list[str]:
    """The paragraph that lists what is sent along."""
    return (
        ["\n".join((WORDS["draft"]["evidence"], *(f"- [{text}]" for text in evidence)))] if evidence else []
    )
