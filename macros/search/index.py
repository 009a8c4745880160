"""Catalogue -> the index of the search box: an entry for each page, procedure, task and gap.

Aliases are searched but never shown.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from macros.catalogue.catalogue import Catalogue
from macros.catalogue.index import by_issue_types
from macros.catalogue.procedure import Procedure, ResolvedStep
from macros.model import urls
from macros.model.kinds import KINDS
from macros.pages.pagination import listed_gaps
from macros.wording.phrases import WORDS
from macros.wording.sentences import facts, issues, line, plain, title

LANGUAGE = Path(__file__).with_name("search.yml")  # words of questions
PAGES = ("marketplace", "issue_type", "role", "system")  # the kinds that have pages, as they are ranked


class Entry(NamedTuple):
    """A search result. ``summary`` is shown; ``names``, ``issue`` and ``text`` are only searched.

    ``where`` is the address below the site; ``kind`` the label of its kind.
    """

    where: str
    kind: str
    title: str
    summary: str
    names: tuple[str, ...]
    issue: tuple[str, ...]
    text: str


def search_index(catalogue: Catalogue, *, directory_urls: bool = True) -> dict[str, Any]:
    """The entries, the owners to ask if nothing is found, and the words of questions."""
    owners = {procedure.owner for procedure in catalogue.all_procedures()}

    def at(address: str) -> str:
        return address if directory_urls else urls.file_of(address)

    return {
        "home": at(""),
        "entries": [one._replace(where=at(one.where)) for one in entries(catalogue)],
        "owners": [
            (record.name, at(urls.page("role", id))) for id, record in catalogue.roles.items() if id in owners
        ],
        **yaml.safe_load(LANGUAGE.read_text(encoding="utf-8")),
    }


def script(found: dict[str, Any]) -> bytes:
    """The index as a script, because browsers load scripts from files too."""
    return f"SOP_INDEX={json.dumps(found, ensure_ascii=False, separators=(',', ':'))};\n".encode()


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
            text = " ".join(dict.fromkeys(task_texts(catalogue, kind, id)))
            yield Entry(
                urls.page(kind, id), KINDS[kind].label.capitalize(), record.name, about, names, (), text
            )
    for procedure in catalogue.all_procedures():
        yield from procedure_entries(catalogue, procedure)
    for kind in ("role", "system"):
        for id in catalogue.records[kind]:
            yield from task_entries(catalogue, kind, id)
    yield from gap_entries(catalogue)
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
    summary = f"{WORDS['owner']}: {owner}. {WORDS['starts']}: {line(procedure.steps[0], catalogue)}"
    steps = [text_of(step, catalogue) for step in procedure.steps]
    text = " ".join([*steps, plain(procedure.closed or "", catalogue)]).rstrip()
    for of in procedure.issue_types:
        where = f"{urls.page('marketplace', procedure.marketplace)}#{urls.anchor(of)}"
        kind = f"{KINDS['marketplace'].label.capitalize()} · {catalogue.issue_types[of].name}"
        names = (record.name, *record.aliases)
        yield Entry(
            where, kind, title(procedure, catalogue), summary, names, issue_names(catalogue, of), text
        )


def task_texts(catalogue: Catalogue, kind: str, id: str) -> Iterator[str]:
    """The text of the steps of a role, system or issue type; each step once."""
    if kind in ("role", "system"):
        for entry in task_entries(catalogue, kind, id):
            yield entry.text
    if kind == "issue_type":
        for shared in catalogue.index.steps(id):
            yield text_of(shared.step, catalogue)


def task_entries(catalogue: Catalogue, kind: str, id: str) -> Iterator[Entry]:
    """The steps of a role or system, for each issue type."""
    record = catalogue.records[kind][id]
    for of in catalogue.issue_types:
        steps = (catalogue.index.steps_of if kind == "role" else catalogue.index.steps_in)(id, of)
        text = " ".join(text_of(one.step, catalogue) for one in steps)
        yield Entry(
            f"{urls.page(kind, id)}#{of}",
            f"{KINDS[kind].label.capitalize()} · {catalogue.issue_types[of].name}",
            f"{record.name}: {catalogue.issue_types[of].name}",
            line(steps[0].step, catalogue) if steps else "",
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
        (WORDS["kinds"]["gaps"], WORDS["gaps_title"]),
        (),
        "",
    )
    for id in listed_gaps(catalogue):
        gap = catalogue.gaps[id]
        concerned = [catalogue.named(one)[1].name for one in (*gap.role, *gap.system, *gap.marketplace)]
        places = by_issue_types(catalogue.index.procedures_with_gap(id))
        shown = "; ".join(
            f"{issues(types, catalogue)}: {', '.join(catalogue.marketplaces[one.marketplace].name for one in found)}"
            for types, found in places.items()
        )
        words = " ".join((id.replace("-", " "), *concerned))
        yield Entry(f"gaps/#{id}", WORDS["kinds"]["gap"], plain(gap.says, catalogue), shown, (), (), words)


def changes_entry(catalogue: Catalogue) -> Entry:
    """The page of versions and approvals."""
    versions = tuple(f"version {id}" for id in catalogue.releases)
    return Entry(
        "changes/",
        WORDS["kinds"]["changes"],
        WORDS["changes_title"],
        "",
        (WORDS["kinds"]["changes"], WORDS["changes_title"], "approvals", *versions),
        (),
        "",
    )


def text_of(step: ResolvedStep, catalogue: Catalogue) -> str:
    """The text of a step with all its fields."""
    note = [plain(step.note, catalogue)] if step.note else []
    return " ".join((line(step, catalogue), *(plain(words, catalogue) for _, _, words in facts(step)), *note))


def issue_names(catalogue: Catalogue, id: str) -> tuple[str, ...]:
    record = catalogue.issue_types[id]
    return (record.name, *record.aliases)
