"""The matrix of owners and single procedures as text for terminals."""

from collections.abc import Iterable
from textwrap import wrap

from macros.catalogue.catalogue import Catalogue
from macros.catalogue.fingerprint import fingerprint
from macros.catalogue.procedure import Procedure, ResolvedStep
from macros.wording.contacts import reach_text
from macros.wording.phrases import WORDS
from macros.wording.questions import answer, decision, question
from macros.wording.sentences import (
    actor_names,
    closing_sentence,
    control_line,
    exit_lines,
    facts,
    plain_text,
    title,
    word_lines,
)

WIDTH = 88


def matrix(catalogue: Catalogue) -> str:
    """Marketplaces x issue types, with ids and owners; document control below."""
    head = ["Marketplace", "", *(issue_type.name for issue_type in catalogue.issue_types.values())]
    rows = [
        [record.name, id, *(owner(catalogue, id, of) for of in catalogue.issue_types)]
        for id, record in catalogue.marketplaces.items()
    ]
    ids = ["", "", *catalogue.issue_types]
    widths = [max(map(len, column)) for column in zip(head, ids, *rows, strict=True)]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        for row in [head, ids, *rows]
    ]
    control = wrap(control_line(catalogue), WIDTH)
    return "\n".join([*(line.rstrip() for line in lines), "", *control])


def owner(catalogue: Catalogue, marketplace: str, issue_type: str) -> str:
    return catalogue.roles[catalogue.procedure(marketplace, issue_type).owner].name


def procedure_text(procedure: Procedure, catalogue: Catalogue) -> str:
    """One procedure: owner, steps in order, open questions and answered ones."""
    owner = catalogue.roles[procedure.owner].name
    lines = [
        title(procedure, catalogue),
        f"{WORDS['owner']}: {owner}",
        f"Fingerprint: {fingerprint(procedure)}",
    ]
    lines += [WORDS["unsplit"], ""] if len(procedure.issue_types) > 1 else [""]
    for step in procedure.steps:
        lines += step_lines(step, procedure.marketplace, catalogue)
        marks = ", ".join(f"?{procedure.gaps.index(gap) + 1}" for gap in step.gaps)
        lines += [f"   {marks}", ""] if marks else [""]
    if procedure.closed:
        lines += [*wrap(closing_sentence(procedure, catalogue), WIDTH), ""]
    if procedure.words:
        lines.append(f"{WORDS['words_used']}:")
        for text in word_lines(procedure, catalogue):
            lines += indent(text)
        lines.append("")
    return "\n".join((*lines, *gap_lines(procedure, catalogue)))


def gap_lines(procedure: Procedure, catalogue: Catalogue) -> list[str]:
    """The open questions of a procedure, and its answered ones."""
    lines = []
    if procedure.gaps:
        lines.append(f"{WORDS['silent_here']} {WORDS['ask']} {catalogue.roles[procedure.owner].name}.")
        for number, id in enumerate(procedure.gaps, start=1):
            text = f"?{number} {question(catalogue.gaps[id], catalogue)}"
            lines += wrap(text, WIDTH, subsequent_indent="   ")
    if procedure.decided:
        lines += ["", WORDS["decided_here"]] if procedure.gaps else [WORDS["decided_here"]]
        lines += answered_lines(procedure.decided, catalogue)
    return lines


def answered_lines(ids: Iterable[str], catalogue: Catalogue) -> list[str]:
    """Answered questions with their answers."""
    texts = (
        f"{plain_text(catalogue.gaps[id].text, catalogue)} {answer(catalogue.gaps[id], catalogue)}."
        for id in ids
    )
    return [line for text in texts for line in indent(text)]


def marketplace_text(id: str, catalogue: Catalogue) -> str:
    """What is known of a marketplace besides its procedures: its meaning and the questions about it, or nothing."""
    record = catalogue.marketplaces[id]
    lines = indent(f"{WORDS['means']}: {record.means}") if record.means else []
    for gap in catalogue.gaps_at("marketplace", id):
        lines += indent(f"? {question(catalogue.gaps[gap], catalogue)}")
    lines += answered_lines(catalogue.gaps_at("marketplace", id, "answered"), catalogue)
    return "\n".join([record.name, *lines]) if lines else ""


def step_lines(step: ResolvedStep, marketplace: str, catalogue: Catalogue) -> list[str]:
    """One step: who acts, what to do, its facts and its exits."""
    lines = [f"{step.number}. {actor_names(step, catalogue)}"]
    condition = f"If {plain_text(step.condition, catalogue)}: " if step.condition else ""
    lines += indent(f"{condition}{plain_text(step.text, catalogue)}.")
    for label, ids, texts in facts(step):
        found = [name_with_link(id, catalogue) for id in ids] or [
            plain_text(text, catalogue) for text in texts
        ]
        if len(texts) > 1:
            lines += [f"   {label}:", *(line for text in found for line in list_item(text))]
        else:
            lines += indent(f"{label}: {', '.join(found)}")
    if found_contacts := catalogue.contacts.of_recipients(step, [marketplace]):
        lines += indent(f"{WORDS['reach']}: {reach_text(found_contacts, catalogue)}")
    if step.note:
        lines += indent(f"{WORDS['note']}: {plain_text(step.note, catalogue)}")
    for id in step.decided:
        lines += indent(decision(catalogue.gaps[id], catalogue))
    for text in exit_lines(step):
        lines += indent(text)
    if step.sources:
        lines += indent(f"{WORDS['from_steps']}: {', '.join(map(str, step.sources))}")
    return lines


def name_with_link(id: str, catalogue: Catalogue) -> str:
    """The name of a role or system; a system with its link."""
    system = catalogue.systems.get(id)
    return f"{system.name} ({system.url})" if system and system.url else catalogue.named[id][1].name


def list_item(text: str) -> list[str]:
    """An item of a list."""
    return wrap(text, WIDTH, initial_indent="   - ", subsequent_indent="     ")


def indent(text: str) -> list[str]:
    return wrap(text, WIDTH, initial_indent="   ", subsequent_indent="   ")
