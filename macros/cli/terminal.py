"""The matrix of owners and single procedures as text for terminals."""

from textwrap import wrap

from macros.catalogue.catalogue import Catalogue
from macros.catalogue.fingerprint import fingerprint
from macros.catalogue.procedure import Procedure, ResolvedStep
from macros.wording.phrases import WORDS
from macros.wording.sentences import actor, closed, exit_lines, facts, plain, title

WIDTH = 88


def matrix(catalogue: Catalogue) -> str:
    """Marketplaces x issue types, with ids and owners."""
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
    return "\n".join(line.rstrip() for line in lines)


def owner(catalogue: Catalogue, marketplace: str, issue_type: str) -> str:
    return catalogue.roles[catalogue.procedure(marketplace, issue_type).owner].name


def procedure_text(procedure: Procedure, catalogue: Catalogue) -> str:
    """One procedure: owner, steps in order, and what the SOP does not say."""
    owner = catalogue.roles[procedure.owner].name
    lines = [
        title(procedure, catalogue),
        f"{WORDS['owner']}: {owner}",
        f"Fingerprint: {fingerprint(procedure)}",
    ]
    lines += [WORDS["unsplit"], ""] if len(procedure.issue_types) > 1 else [""]
    for step in procedure.steps:
        lines += step_lines(step, catalogue)
        marks = ", ".join(f"?{procedure.gaps.index(gap) + 1}" for gap in step.gaps)
        lines += [f"   {marks}", ""] if marks else [""]
    if procedure.closed:
        lines += [*wrap(closed(procedure, catalogue), WIDTH), ""]
    if procedure.gaps:
        lines.append(f"{WORDS['silent_here']} {WORDS['ask']} {owner}.")
        for number, gap in enumerate(procedure.gaps, start=1):
            lines += wrap(
                f"?{number} {plain(catalogue.gaps[gap].says, catalogue)}", WIDTH, subsequent_indent="   "
            )
    return "\n".join(lines)


def step_lines(step: ResolvedStep, catalogue: Catalogue) -> list[str]:
    """One step: who acts, what to do, its facts and its exits."""
    lines = [f"{step.number}. {actor(step, catalogue)}"]
    condition = f"If {plain(step.condition, catalogue)}: " if step.condition else ""
    lines += indented(f"{condition}{plain(step.text, catalogue)}.")
    for label, ids, text in facts(step):
        names = ", ".join(catalogue.named(id)[1].name for id in ids)
        lines += indented(f"{label}: {names or plain(text, catalogue)}")
    if step.note:
        lines += indented(f"{WORDS['note']}: {plain(step.note, catalogue)}")
    for text in exit_lines(step):
        lines += indented(text)
    if step.sources:
        lines += indented(f"{WORDS['from_steps']}: {', '.join(map(str, step.sources))}")
    return lines


def indented(text: str) -> list[str]:
    return wrap(text, WIDTH, initial_indent="   ", subsequent_indent="   ")
