"""Queries for the search box, made from names, words of steps and patterns of questions, each also with a typing error."""

from collections.abc import Iterator
from random import Random
from typing import NamedTuple

from macros.catalogue.catalogue import Catalogue
from macros.catalogue.procedure import Procedure
from macros.model import urls
from macros.model.kinds import KINDS
from macros.wording.sentences import plain_text

PAGED = ("marketplace", "issue_type", "role", "system")
KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")  # rows of a keyboard
ERRORS = ("left out", "doubled", "swapped", "neighbour key")
LONG = 5  # letters of a word that may have an error


class Query(NamedTuple):
    """A query, its kind, and the addresses of which any is right."""

    text: str
    kind: str
    wanted: frozenset[str]


def made_queries(catalogue: Catalogue) -> list[Query]:
    """Queries without an error; queries with the same text are one, which any of their answers satisfies."""
    merged: dict[str, Query] = {}
    for one in (*names(catalogue), *combinations(catalogue), *steps(catalogue), *questions(catalogue)):
        text = one.text.casefold()
        known = merged.get(text)
        merged[text] = (
            Query(text, known.kind, known.wanted | one.wanted) if known else one._replace(text=text)
        )
    return list(merged.values())


def with_errors(queries: list[Query]) -> list[Query]:
    """Each query that has a long word, with each kind of error once; the errors are the same in every run."""
    return [
        Query(changed, f"{one.kind}, {error}", one.wanted)
        for one in queries
        for error in ERRORS
        if (changed := with_typing_error(one.text, error))
    ]


def with_typing_error(text: str, error: str) -> str | None:
    """A text with an error in one of its long words; None if it has none, or if nothing would change."""
    choice = Random(f"{text} {error}")  # noqa: S311 - the same in every run, and no secret
    words = text.split(" ")
    long = [at for at, word in enumerate(words) if len(word) >= LONG and word.isascii() and word.isalpha()]
    if not long:
        return None
    place = choice.choice(long)
    word, at = words[place], choice.randrange(len(words[place]) - 1)
    row = next((row for row in KEYS if word[at] in row), word[at])
    beside = row[(row.index(word[at]) + 1) % len(row)]
    head, tail = word[:at], word[at + 1 :]
    written = {
        "left out": head + tail,
        "doubled": head + word[at] * 2 + tail,
        "swapped": head + tail[0] + word[at] + tail[1:],
        "neighbour key": head + beside + tail,
    }[error]
    words[place] = written
    return " ".join(words) if written != word else None


def names(catalogue: Catalogue) -> Iterator[Query]:
    for kind in PAGED:
        for id, record in catalogue.records[kind].items():
            for name in (record.name, *record.aliases):
                yield Query(name, "name", frozenset([urls.page(kind, id)]))


def combinations(catalogue: Catalogue) -> Iterator[Query]:
    for procedure in catalogue.all_procedures():
        for of in procedure.issue_types:
            where = f"{urls.page('marketplace', procedure.marketplace)}#{urls.anchor(of)}"
            issue = catalogue.issue_types[of]
            for name in (issue.name, *issue.aliases[:2]):
                text = f"{catalogue.marketplaces[procedure.marketplace].name} {name}"
                yield Query(text, "combination", frozenset([where]))


def steps(catalogue: Catalogue) -> Iterator[Query]:
    """The words of a step: its procedure, or the pages of who does it, where, and for which issue."""
    for procedure in catalogue.all_procedures():
        page = urls.page("marketplace", procedure.marketplace)
        for step in procedure.steps:
            procedure_itself = {f"{page}#{urls.anchor(of)}" for of in procedure.issue_types}
            issues = [("issue_type", of) for of in procedure.issue_types]
            actors = [("role", id) for id in step.actors]
            others = [("role", id) for id in (*step.recipients, *step.mentioned)]
            found = procedure_itself | addresses(
                procedure, [*actors, *(("system", id) for id in step.systems), *issues]
            )
            sentence = plain_text(step.text, catalogue)
            beginning = plain_text(" ".join(step.text.split(" ")[:5]), catalogue)
            for text in (sentence, beginning):
                yield Query(text, "step", frozenset(found | addresses(procedure, others)))
            if step.actors:
                yield Query(f"who will {sentence}", "who", frozenset(found))


def addresses(procedure: Procedure, records: list[tuple[str, str]]) -> set[str]:
    """The pages of records, and their sections about the issue types of a procedure."""
    pages = [urls.page(kind, id) for kind, id in records]
    return {*pages, *(f"{page}#{of}" for page in pages for of in procedure.issue_types)}


def questions(catalogue: Catalogue) -> Iterator[Query]:
    contacts, links = frozenset(["gaps/#no-contacts"]), frozenset(["gaps/#no-links"])
    for kind in PAGED:
        for id, record in catalogue.records[kind].items():
            yield Query(f"{record.name} pdf", "document", frozenset([urls.sheet(kind, id)]))
            yield Query(f"print {record.name}", "document", frozenset([urls.sheet(kind, id)]))
            yield Query(f"{KINDS[kind].label} {record.name}", "name", frozenset([urls.page(kind, id)]))
    for id, record in catalogue.marketplaces.items():
        for pattern in ("who owns {}", "how to escalate {}", "what to do for {}"):
            yield Query(pattern.format(record.name), "question", frozenset([urls.page("marketplace", id)]))
    for id, role in catalogue.roles.items():
        page = frozenset([urls.page("role", id)])
        yield Query(f"what does the {role.name} do", "question", page)
        for pattern in ("{} phone number", "{} contact", "how to reach the {}"):
            yield Query(pattern.format(role.name), "contact", page | contacts)
    for id, system in catalogue.systems.items():
        yield Query(f"link to {system.name}", "contact", frozenset([urls.page("system", id)]) | links)
    for id, term in catalogue.terms.items():
        gaps = {f"gaps/#{gap}" for gap in catalogue.gaps_at("term", id)}
        for pattern in ("what is {}", "{} meaning", "meaning of {}", "{} full form", "define {}"):
            yield Query(pattern.format(term.name), "definition", frozenset({urls.page("term", id), *gaps}))
