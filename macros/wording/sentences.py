"""Steps, procedures and document control as text; `{id}` -> a name or a link."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from markupsafe import Markup, escape

from macros.catalogue.approvals import approval_of, is_current
from macros.catalogue.catalogue import Catalogue
from macros.catalogue.exits import Exit
from macros.catalogue.procedure import Procedure, ResolvedStep, unique
from macros.model.control import Sop
from macros.model.records import Term
from macros.model.types import REFERENCE, as_tuple
from macros.wording.phrases import WORDS

LinkFunction = Callable[[str], str]  # id -> HTML


def plain_text(text: str, catalogue: Catalogue) -> str:
    """A text of the SOP with names in place of `{id}`."""
    return REFERENCE.sub(lambda found: catalogue.named[found[1]][1].name, text)


def text_with_links(text: str, link: LinkFunction) -> Markup:
    """A text of the SOP as HTML, each `{id}` replaced by ``link`` of it."""
    parts = REFERENCE.split(text)  # text, id, text, id, ..., text
    html = (escape(part) if index % 2 == 0 else link(part) for index, part in enumerate(parts))
    return Markup("").join(html)


def facts(step: ResolvedStep) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """The fields of a step besides its text: (label, ids of roles or systems, or else texts with `{id}`)."""
    rows: list[tuple[str, tuple[str, ...], tuple[str, ...]]] = []
    for field, label in WORDS["facts"].items():
        value = as_tuple(getattr(step, field)) or ()
        if field == "within":
            value = tuple(f"{one} ({WORDS['working_day']})" if "working day" in one else one for one in value)
        if value:
            rows.append((label, value, ()) if field in ("recipients", "systems") else (label, (), value))
    return rows


def step_line(step: ResolvedStep, catalogue: Catalogue) -> str:
    """A step on one line: `Increff POC: if it is a marketplace issue: Raise it ...`."""
    condition = f"if {plain_text(step.condition, catalogue)}: " if step.condition else ""
    return f"{actor_names(step, catalogue)}: {condition}{plain_text(step.text, catalogue)}"


def exit_label(step: ResolvedStep, exit: Exit) -> str:
    """Why a case takes an exit: `Otherwise`, `After 48 hours`."""
    return str(WORDS["exits"][exit.kind]).format(within=step.within)


def exit_target(exit: Exit) -> str:
    """Where an exit leads: `step 5`, or the end of the case."""
    return str(WORDS["to_step"]).format(number=exit.number) if exit.number else str(WORDS["to_end"])


def exit_lines(step: ResolvedStep) -> list[str]:
    """Every exit of a step on a line: `Otherwise: step 5`."""
    return [f"{exit_label(step, exit)}: {exit_target(exit)}" for exit in step.exits]


def closing_sentence(procedure: Procedure, catalogue: Catalogue) -> str:
    """When the case is over, in a sentence; empty if the SOP does not define it."""
    return f"{WORDS['closed']} {plain_text(procedure.closed, catalogue)}." if procedure.closed else ""


def word_lines(procedure: Procedure, catalogue: Catalogue) -> list[str]:
    """The words of a procedure on a line each: `TAT: not known yet`; a term with its address, if it has one."""
    lines = []
    for word in procedure.words:
        record = catalogue.named[word.id][1]
        url = f" ({record.url})" if isinstance(record, Term) and record.url else ""
        lines.append(f"{record.name}: {meaning(word.means)}{url}")
    return lines


def meaning(means: str | None) -> str:
    """What a word means, or a phrase if that is not known."""
    return means or str(WORDS["not_known"])


def title(procedure: Procedure, catalogue: Catalogue) -> str:
    """`Flipkart: Unfulfillable`; all issue types if they share the steps."""
    return f"{catalogue.marketplaces[procedure.marketplace].name}: {issue_type_names(procedure.issue_types, catalogue)}"


def issue_type_names(issue_types: tuple[str, ...], catalogue: Catalogue) -> str:
    """The names of issue types: `Unfulfillable and Order-related issue`."""
    return " and ".join(catalogue.issue_types[id].name for id in issue_types)


def actor_names(step: ResolvedStep, catalogue: Catalogue) -> str:
    """The names of the actors, or a phrase for a step without one."""
    return join_names([catalogue.roles[id].name for id in step.actors]) or str(WORDS["nobody"])


def join_names(names: Sequence[str], last: str = "and") -> str:
    """Names in a sentence: `A, B and C`."""
    return f"{', '.join(names[:-1])} {last} {names[-1]}" if len(names) > 1 else "".join(names)


def systems(procedure: Procedure) -> tuple[str, ...]:
    """The ids of the systems in a procedure, in the order of its steps."""
    return unique(system for step in procedure.steps for system in step.systems)


def tickets(procedure: Procedure) -> str:
    """The ticket states that a procedure sets."""
    return ", ".join(step.ticket for step in procedure.steps if step.ticket)


def approval(catalogue: Catalogue, procedure: Procedure) -> str:
    """The approval of a procedure: `Approved by Client POC on 1 Apr 2027.`"""
    found = approval_of(catalogue, procedure)
    if not found:
        return "No approval is recorded."
    how = "Approved" if is_current(found, procedure) else "Changed since approval"
    return f"{how} by {catalogue.roles[found.by].name} on {format_date(found.date)}."


def version(catalogue: Catalogue) -> str:
    """The version of the SOP, and whether procedures changed since its release; empty if not stated."""
    stated = catalogue.sop.version
    return f"{stated}{'' if catalogue.is_as_released else ', changed since'}" if stated else ""


def edition(catalogue: Catalogue) -> tuple[str, str]:
    """Version and date of the SOP: `Version 2`, `effective 1 Apr 2027`."""
    sop, version_now = catalogue.sop, f"Version {version(catalogue) or 'not stated'}"
    if sop.effective:
        return version_now, f"effective {format_date(sop.effective)}"
    modified = sop.source.modified
    return version_now, f"source modified {format_date(modified)}" if modified else "date not stated"


def document_control(catalogue: Catalogue) -> list[tuple[str, str, str]]:
    """Label, field and value for each field of `sop.yml`; an empty value is not stated."""
    sop, source = catalogue.sop, catalogue.sop.source
    zone = source.timezone or "no time zone given"
    modified = f"{format_date(source.modified)}, {source.modified:%H:%M} ({zone})" if source.modified else ""
    rows = [
        ("Source", "source", source.name),
        ("Source modified", "modified", modified),
        ("Document id", "id", sop.id),
        ("Version", "version", version(catalogue)),
        ("Author", "author", sop.author),
        ("Owner", "owner", sop.owner),
        ("Approver", "approver", sop.approver),
        ("Effective", "effective", sop.effective and format_date(sop.effective)),
        ("Next review", "review", sop.review and format_date(sop.review)),
        ("Review interval", "interval", sop.interval and f"{sop.interval} months"),
    ]
    return [(label, field, value or "") for label, field, value in rows]


def control_line(catalogue: Catalogue) -> str:
    """Document control in one line, for the footer of every page and sheet."""
    rows = document_control(catalogue)
    missing = ", ".join(label.lower() for label, _, value in rows if not value)
    stated = [f"{label}: {value}" for label, _, value in rows if value]
    return ". ".join([*stated, *([f"{WORDS['not_stated_list']}: {missing}"] if missing else [])]) + "."


def review_notes(sop: Sop) -> list[tuple[str, str, str]]:
    """Notes about the review (colour, first day, sentence) that a page shows when their day has come.

    The amber note starts three days before the review for each month between reviews: the last tenth of the time.
    """
    if not sop.review:
        return []
    past = (
        "red",
        f"{sop.review + timedelta(days=1)}",
        f"The review was due on {format_date(sop.review)}. {WORDS['review_passed']}",
    )
    near = sop.review - timedelta(days=3 * (sop.interval or 0))
    return [("amber", f"{near}", f"The next review is due on {format_date(sop.review)}."), past]


def pluralize(number: int, noun: str) -> str:
    """A number with its noun: `1 change`, `2 changes`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def format_date(when: date) -> str:
    return f"{when.day} {when:%b %Y}"
