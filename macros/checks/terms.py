"""Rules of meanings: a term has a meaning, or a gap for the missing one, and a meaning is words.

rulebook.yml has the title, the reason and a broken example of each rule.
"""

import re
from collections.abc import Iterator

from macros.catalogue.catalogue import Catalogue
from macros.checks.editorial import PLACEHOLDER
from macros.checks.rule import Finding, Rule
from macros.model.kinds import NAMEABLE


def every_term_has_a_meaning(catalogue: Catalogue) -> Iterator[Finding]:
    for id, term in catalogue.terms.items():
        if not term.means and not catalogue.questions_at("term", id):
            help = f"add 'means', or add a gap to gaps.yml with 'term: {id}' if its meaning is not known"
            yield Finding(f"term '{id}' has no meaning", help, "term", id)


def meanings(catalogue: Catalogue) -> Iterator[tuple[str, str, str]]:
    """Kind, id and meaning of each record that has one."""
    for kind in NAMEABLE:
        for id, record in catalogue.records[kind].items():
            if record.means:
                yield kind, id, record.means


def no_meaning_is_a_placeholder(catalogue: Catalogue) -> Iterator[Finding]:
    for kind, id, means in meanings(catalogue):
        if found := PLACEHOLDER.search(means):
            help = "write what is known, or remove the line"
            yield Finding(f"'{found[0]}' is a placeholder", help, kind, id, ("means",))


def every_meaning_contains_words(catalogue: Catalogue) -> Iterator[Finding]:
    for kind, id, means in meanings(catalogue):
        if not re.search(r"\w", means):
            yield Finding(f"'{means}' contains no words", "write what it means", kind, id, ("means",))


RULES = (
    Rule("SOP450", every_term_has_a_meaning, needs=("gap",)),
    Rule("SOP410", no_meaning_is_a_placeholder),
    Rule("SOP411", every_meaning_contains_words),
)
