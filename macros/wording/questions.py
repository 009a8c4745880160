"""Open questions, their answers, and the state of approvals as text."""

from macros.catalogue.approvals import approval_of, is_current
from macros.catalogue.catalogue import Catalogue
from macros.catalogue.procedure import Procedure
from macros.model.gaps import Gap
from macros.wording.phrases import WORDS
from macros.wording.sentences import format_date, join_names, plain_text


def question(gap: Gap, catalogue: Catalogue) -> str:
    """A question as text, with whom to ask if that is not the owner."""
    asked = f" {WORDS['who_asks']}: {catalogue.roles[gap.ask].name}." if gap.ask else ""
    return plain_text(gap.text, catalogue) + asked


def decision(gap: Gap, catalogue: Catalogue) -> str:
    """Who answered a gap, and when: `Decided by Increff POC, 1 Dec 2026`; empty if nobody did."""
    if not gap.answered:
        return ""
    by = catalogue.roles[gap.answered.by].name
    return str(WORDS["decided"]).format(role=by, date=format_date(gap.answered.date))


def answer(gap: Gap, catalogue: Catalogue) -> str:
    """`Decided by Increff POC, 1 Dec 2026: decided in the weekly call`."""
    how = gap.answered.says if gap.answered else None
    return decision(gap, catalogue) + (f": {plain_text(how, catalogue)}" if how else "")


def approval_status(catalogue: Catalogue) -> list[str]:
    """How many procedures are approved, and when the next review is due: a sentence each."""
    procedures = list(catalogue.all_procedures())
    given = [(one, approval_of(catalogue, one)) for one in procedures]
    current = sum(1 for one, approval in given if approval and is_current(approval, one))
    changed = sum(1 for one, approval in given if approval and not is_current(approval, one))
    words = WORDS["status"]
    lines = [words["approved"].format(approved=current, all=len(procedures))]
    if changed:
        lines.append(words["changed"].format(changed=changed))
    review = catalogue.sop.review
    lines.append(words["review"].format(date=format_date(review)) if review else words["no_review"])
    return lines


def title_with_counts(procedure: Procedure, others: int = 0) -> str:
    """The count of open questions, and of those about steps: `Open questions (7, 3 about steps 1 and 2)`."""
    steps = [step for step in procedure.steps if step.gaps]
    count = len({gap for step in steps for gap in step.gaps})
    about = WORDS["about_step"].format(count=count, number=steps[0].number) if steps else ""
    if len(steps) > 1:
        about = WORDS["about_steps"].format(count=count, numbers=number_list([step.number for step in steps]))
    every = len(procedure.gaps) + others
    return f"{WORDS['gaps_title']} ({', '.join([str(every)] * (count < every) + [about] * bool(about))})"


def number_list(numbers: list[int]) -> str:
    """Ascending numbers as a person writes them: `1 and 3`, `1, 3 and 4`, `1 to 4`."""
    first, last = numbers[0], numbers[-1]
    if last - first + 1 == len(numbers) > 2:
        return f"{first} to {last}"
    return join_names([str(number) for number in numbers])
