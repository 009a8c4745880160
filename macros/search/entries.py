"""The entries of the search box: one for each page, procedure, task, open question and term.

Aliases are searched but never shown.
"""

from collections.abc import Iterator

from macros.catalogue.catalogue import Catalogue
from macros.catalogue.index import by_issue_types
from macros.catalogue.procedure import Procedure, ResolvedStep
from macros.model import urls
from macros.model.kinds import KINDS
from macros.pages.pagination import listed_gaps
from macros.search.entry import PAGES, Entry
from macros.search.fixed_pages import changes_entry, definition_entries, document_entries
from macros.wording.contacts import reach_of, search_text
from macros.wording.phrases import WORDS
from macros.wording.questions import answer
from macros.wording.sentences import facts, issue_type_names, plain_text, step_line, title


def entries(catalogue: Catalogue) -> Iterator[Entry]:
    """All entries, the more general ones first."""
    yield Entry(
        "",
        WORDS["kinds"]["home"],
        catalogue.sop.title,
        WORDS["home_title"],
        (catalogue.sop.title, "escalation matrix"),
        (),
        "",
    )
    for kind in PAGES:
        for id, record in catalogue.records[kind].items():
            names = (record.name, *record.aliases)
            about = summary_of(catalogue, kind, id)
            own = [record.means or "", KINDS[kind].label, *task_texts(catalogue, kind, id)]
            text = "\n".join(dict.fromkeys(own)).lstrip()
            yield Entry(
                urls.page(kind, id), KINDS[kind].label.capitalize(), record.name, about, names, (), text
            )
    for procedure in catalogue.all_procedures():
        yield from procedure_entries(catalogue, procedure)
    for kind in ("role", "system"):
        for id in catalogue.records[kind]:
            yield from task_entries(catalogue, kind, id)
    yield from gap_entries(catalogue)
    yield from definition_entries(catalogue)
    yield from document_entries(catalogue)
    yield changes_entry(catalogue)


def summary_of(catalogue: Catalogue, kind: str, id: str) -> str:
    """The summary of a record: the owners of a marketplace, else empty."""
    if kind != "marketplace":
        return ""
    owners = {catalogue.roles[one.owner].name: None for one in catalogue.procedures[id]}
    return f"{WORDS['owner']}: {', '.join(owners)}"


def procedure_entries(catalogue: Catalogue, procedure: Procedure) -> Iterator[Entry]:
    record = catalogue.marketplaces[procedure.marketplace]
    owner = catalogue.roles[procedure.owner].name
    summary = f"{WORDS['owner']}: {owner}. {WORDS['starts']}: {step_line(procedure.steps[0], catalogue)}"
    steps = [text_of(step, catalogue) for step in procedure.steps]
    contacts = search_text(text for one in reach_of(procedure, catalogue) for text in one.contacts or ())
    text = "\n".join((*steps, *filter(None, (plain_text(procedure.closed or "", catalogue), contacts))))
    page, names = urls.page("marketplace", procedure.marketplace), (record.name, *record.aliases)
    kind = f"{KINDS['marketplace'].label.capitalize()} · {issue_type_names(procedure.issue_types, catalogue)}"
    for of in procedure.issue_types:  # the search shows the best of them
        where, own = f"{page}#{urls.anchor(of)}", issue_names(catalogue, of)
        yield Entry(where, kind, title(procedure, catalogue), summary, names, own, text)


def task_texts(catalogue: Catalogue, kind: str, id: str) -> Iterator[str]:
    """The text of the steps of a role, system or issue type; each step once."""
    if kind in ("role", "system"):
        for entry in task_entries(catalogue, kind, id):
            yield entry.text
    if kind == "role":
        yield f"{WORDS['contact']} {search_text(catalogue.contacts.texts(id))}".strip()
    if kind == "issue_type":
        for shared in catalogue.index.steps(id):
            yield text_of(shared.step, catalogue)


def task_entries(catalogue: Catalogue, kind: str, id: str) -> Iterator[Entry]:
    """The steps of a role or system, for each issue type."""
    record = catalogue.records[kind][id]
    for of in catalogue.issue_types:
        steps = (catalogue.index.steps_of if kind == "role" else catalogue.index.steps_in)(id, of)
        text = "\n".join(text_of(one.step, catalogue) for one in steps)
        yield Entry(
            f"{urls.page(kind, id)}#{of}",
            f"{KINDS[kind].label.capitalize()} · {catalogue.issue_types[of].name}",
            f"{record.name}: {catalogue.issue_types[of].name}",
            step_line(steps[0].step, catalogue) if steps else "",
            (record.name, *record.aliases),
            issue_names(catalogue, of),
            text,
        )


def gap_entries(catalogue: Catalogue) -> Iterator[Entry]:
    """The page of gaps, and each gap; a gap is also found by its id and the names of its subjects."""
    yield Entry(
        "gaps/",
        WORDS["kinds"]["gaps"],
        WORDS["gaps_title"],
        "",
        (WORDS["gaps_title"], *WORDS["gaps_aliases"]),
        (),
        "",
    )
    for id in listed_gaps(catalogue):
        gap = catalogue.gaps[id]
        concerned = [catalogue.named[one][1].name for one in (*gap.role, *gap.system, *gap.marketplace)]
        places = by_issue_types(catalogue.index.procedures_with_gap(id))
        shown = "; ".join(
            f"{issue_type_names(types, catalogue)}: {', '.join(catalogue.marketplaces[one.marketplace].name for one in found)}"
            for types, found in places.items()
        )
        at = {one.marketplace for found in places.values() for one in found}
        only = [catalogue.marketplaces[one].name for one in at] if len(at) == 1 else []
        words = " ".join((id.replace("-", " "), *concerned, *only))
        kind = WORDS["kinds"]["gap" if gap.state == "open" else gap.state]
        found = answer(gap, catalogue) or shown
        yield Entry(f"gaps/#{id}", kind, plain_text(gap.text, catalogue), found, (), (), words)


def text_of(step: ResolvedStep, catalogue: Catalogue) -> str:
    """The text of a step with all its fields."""
    texts = (
        *(f"{label} {text}" for label, _, texts in facts(step) for text in texts),
        step.note or "",
        WORDS["deadline"] if step.within else "",
    )
    return " ".join((step_line(step, catalogue), *(plain_text(words, catalogue) for words in texts if words)))


def issue_names(catalogue: Catalogue, id: str) -> tuple[str, ...]:
    record = catalogue.issue_types[id]
    return (record.name, *record.aliases)
