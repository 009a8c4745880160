"""The entries of definitions, PDFs and changes."""

from collections.abc import Iterator

from macros.catalogue.catalogue import Catalogue
from macros.model import urls
from macros.model.kinds import KINDS
from macros.pages.pagination import groups
from macros.search.entry import PAGES, Entry
from macros.wording.phrases import WORDS
from macros.wording.sentences import meaning


def definition_entries(catalogue: Catalogue) -> Iterator[Entry]:
    """The page of definitions, and each term."""
    titles = (WORDS["definitions_title"], *WORDS["definitions_aliases"])
    yield Entry(
        urls.DEFINITIONS, WORDS["kinds"]["definitions"], WORDS["definitions_title"], "", titles, (), ""
    )
    for id, term in catalogue.terms.items():
        names, means = (term.name, *term.aliases), meaning(term.means)
        kind = KINDS["term"].label.capitalize()
        yield Entry(urls.page("term", id), kind, term.name, means, names, (), f"meaning {means}")


def document_entries(catalogue: Catalogue) -> Iterator[Entry]:
    """The PDFs that the pages of a site without groups link to."""
    kind, asked = WORDS["kinds"]["pdf"], (WORDS["kinds"]["pdf"],)
    paths = {"handbook": urls.HANDBOOK, "matrix": urls.MATRIX, "gaps": urls.GAPS}
    for name, names in WORDS["documents"].items():
        if name == "gaps" or not groups(catalogue):
            yield Entry(paths[name], kind, names[0], "", (*names, *asked[: name == "handbook"]), asked, "")
    if not groups(catalogue):
        for of in PAGES:
            for id, record in catalogue.records[of].items():
                label, names = KINDS[of].label.capitalize(), (record.name, *record.aliases)
                yield Entry(urls.sheet(of, id), f"{kind} · {label}", record.name, "", names, asked, "")


def changes_entry(catalogue: Catalogue) -> Entry:
    """The page of versions and approvals."""
    versions = tuple(f"version {id}" for id in catalogue.releases)
    return Entry(
        "changes/",
        WORDS["kinds"]["changes"],
        WORDS["changes_title"],
        "",
        (WORDS["changes_title"], *WORDS["changes_aliases"], *versions),
        (),
        "",
    )
