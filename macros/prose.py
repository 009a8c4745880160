"""A step -> its sentence and its facts; `{id}` -> a name or a link."""

from collections.abc import Callable

from markupsafe import Markup, escape

from macros.catalogue import Catalogue
from macros.model import REFERENCE
from macros.procedure import Procedure, ProcedureStep, unique

NOT_STATED = "not stated in the source"
NOBODY = "Nobody named"
UNSPLIT = "One list serves both issue types: the source does not split it."
Link = Callable[[str], str]


def plain(text: str, catalogue: Catalogue) -> str:
    """A text of the SOP with names instead of ids."""
    return REFERENCE.sub(lambda found: catalogue.named(found[1])[1].name, text)


def linked(text: str, link: Link) -> Markup:
    """A text of the SOP as HTML, each `{id}` replaced by ``link`` of it."""
    parts = REFERENCE.split(text)  # text, id, text, id, ..., text
    html = (escape(part) if index % 2 == 0 else link(part) for index, part in enumerate(parts))
    return Markup("").join(html)


def facts(step: ProcedureStep) -> list[tuple[str, tuple[str, ...], str]]:
    """What a step says at a glance: (label, ids of roles or systems, or else text)."""
    rows = [
        ("To", step.recipients, ""),
        ("In", step.systems, ""),
        ("How often", (), step.step.frequency),
        ("With", (), step.step.evidence),
        ("Ticket", (), step.step.ticket),
    ]
    return [(label, ids, text or "") for label, ids, text in rows if ids or text]


def title(procedure: Procedure, catalogue: Catalogue) -> str:
    """`Flipkart: Unfulfillable`; both issue types where the source has one list."""
    return f"{catalogue.marketplaces[procedure.marketplace].name}: {issues(procedure.issue_types, catalogue)}"


def issues(issue_types: tuple[str, ...], catalogue: Catalogue) -> str:
    """The names of issue types: `Unfulfillable and Order-related issue`."""
    return " and ".join(catalogue.issue_types[id].name for id in issue_types)


def actor(step: ProcedureStep, catalogue: Catalogue) -> str:
    """Who acts, or that nobody is named."""
    return catalogue.roles[step.step.actor].name if step.step.actor else NOBODY


def systems(procedure: Procedure) -> tuple[str, ...]:
    """The systems that a procedure takes place in, in the order of its steps."""
    return unique(system for step in procedure.steps for system in step.systems)


def tickets(procedure: Procedure) -> str:
    """The states that a procedure leaves tickets in."""
    return ", ".join(step.step.ticket for step in procedure.steps if step.step.ticket)


def document_control(catalogue: Catalogue) -> list[tuple[str, str, str]]:
    """Label, field and value of what `sop.yml` says; an empty value is not stated."""
    sop, source = catalogue.sop, catalogue.sop.source
    modified = f"{source.modified:%-d %b %Y, %H:%M}" if source.modified else ""
    rows = [
        ("Source", "source", source.name),
        (
            "Source modified",
            "modified",
            f"{modified} ({source.timezone or 'no time zone given'})" if modified else "",
        ),
        ("Document id", "id", sop.id),
        ("Version", "version", sop.version),
        ("Author", "author", sop.author),
        ("Owner", "owner", sop.owner),
        ("Approver", "approver", sop.approver),
        ("Effective", "effective", sop.effective),
        ("Next review", "review", sop.review),
    ]
    return [(label, field, str(value or "")) for label, field, value in rows]
