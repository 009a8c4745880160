"""Gaps -> records of the API, and a table of all."""

import csv
import io
from collections.abc import Iterable

from macros.api import schema
from macros.catalogue.catalogue import Catalogue
from macros.catalogue.index import by_issue_types
from macros.catalogue.procedure import Procedure
from macros.catalogue.questions import answerers, changes_step
from macros.wording.questions import decision
from macros.wording.sentences import plain_text, title

COLUMNS = (
    "id", "state", "text", "changes a step", "who can answer", "concerns", "answered by", "answered on", "answer",
)  # fmt: skip
FORMULA = ("=", "+", "-", "@")  # what a formula begins with in a spreadsheet


def gap(catalogue: Catalogue, id: str) -> schema.Gap:
    record = catalogue.gaps[id]
    how = record.answered.says if record.answered else None
    return schema.Gap(
        **dict(record),
        status=record.state,
        sentence=plain_text(record.text, catalogue),
        where=where(catalogue.index.procedures_with_gap(id)),
        answerers=answerers(catalogue, id),
        changes_step=changes_step(catalogue, id),
        decided=decision(record, catalogue) or None,
        answer=how and plain_text(how, catalogue),
    )


def where(procedures: Iterable[Procedure]) -> tuple[schema.Where, ...]:
    """The issue types and marketplaces of procedures."""
    return tuple(
        schema.Where(issue_types=types, marketplaces=tuple(one.marketplace for one in own))
        for types, own in by_issue_types(procedures).items()
    )


def table(catalogue: Catalogue) -> str:
    """All gaps as CSV: a spreadsheet reads no text as a formula."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    for id, record in catalogue.gaps.items():
        answer = record.answered
        procedures = catalogue.index.procedures_with_gap(id)
        cells = [
            id,
            record.state,
            plain_text(record.text, catalogue),
            "yes" if changes_step(catalogue, id) else "no",
            ", ".join(catalogue.roles[role].name for role in answerers(catalogue, id)),
            "; ".join(title(one, catalogue) for one in procedures) or ", ".join(record.field),
            catalogue.roles[answer.by].name if answer else "",
            f"{answer.date}" if answer else "",
            plain_text(answer.says or "", catalogue) if answer else "",
        ]
        rows.writerow([f"'{cell}" if cell.startswith(FORMULA) else cell for cell in cells])
    return text.getvalue()
