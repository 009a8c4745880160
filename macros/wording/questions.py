"""Open questions, their answers, and the state of approvals as text."""

from macros.catalogue.approvals import approval_of, is_current
from macros.catalogue.catalogue import Catalogue
from macros.catalogue.procedure import Procedure
from macros.model.gaps import Gap
from macros.wording.phrases import WORDS
from macros.wording.sentences import day, plain


def question(gap: Gap, catalogue: Catalogue) -> str:
    """A question as text, with whom to ask if that is not the owner."""
    asked = f" {WORDS['who_asks']}: {catalogue.roles[gap.ask].name}." if gap.ask else ""
    return plain(gap.text, catalogue) + asked


def decided(gap: Gap, catalogue: Catalogue) -> str:
    """Who answered a gap, and when: `Decided by Increff POC, 1 Dec 2026`; empty if nobody did."""
    if not gap.answered:
        return ""
    by = catalogue.roles[gap.answered.by].name
    return str(WORDS["decided"]).format(role=by, date=day(gap.answered.date))


def answer(gap: Gap, catalogue: Catalogue) -> str:
    """`Decided by Increff POC, 1 Dec 2026: decided in the weekly call`."""
    how = gap.answered.says if gap.answered else None
    return decided(gap, catalogue) + (f": {plain(how, catalogue)}" if how else "")


def status(catalogue: Catalogue) -> list[str]:
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
    lines.append(words["review"].format(date=day(review)) if review else words["no_review"])
    return lines


def counted_by_step(procedure: Procedure, others: int = 0) -> str:
    """The count of open questions, and of those about a step: `Open questions (7, 2 about step 1)`."""
    steps = [step for step in procedure.steps if step.gaps]
    count = len({gap for step in steps for gap in step.gaps})
    about = WORDS["about_step"].format(count=count, number=steps[0].number) if steps else ""
    if len(steps) > 1:
        about = WORDS["about_steps"].format(count=count, steps=len(steps))
    every = len(procedure.gaps) + others
    return f"{WORDS['gaps_title']} ({', '.join([str(every)] * (count < every) + [about] * bool(about))})"
