"""Catalogue -> all pages as HTML, by Markdown path below `docs/`.

The text of the SOP is escaped. In the export, headings are Markdown.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from jinja2 import BytecodeCache, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from macros.catalogue.approvals import approval_of, releases
from macros.catalogue.catalogue import Catalogue
from macros.catalogue.fingerprint import fingerprint, step_hash
from macros.catalogue.index import by_issue_types, owners
from macros.catalogue.procedure import Procedure
from macros.catalogue.questions import questions
from macros.catalogue.words import first_uses
from macros.checks.rulebook import RULEBOOK
from macros.model import urls
from macros.model.contacts import contact
from macros.model.control import RANKS
from macros.pages.definitions import definitions
from macros.pages.escaping import heading, markdown_heading
from macros.pages.links import Linker, LinkStyle, html_file, source_at, source_of
from macros.pages.navigation import SECTIONS
from macros.pages.ordering import by_frequency, roles_by_steps
from macros.pages.pagination import PAGE_SIZE, PLACES_SHOWN, groups, listed_gaps
from macros.wording import cards, flowchart, sentences
from macros.wording import questions as question_words
from macros.wording.message import message_for
from macros.wording.phrases import WORDS

# macros of pages without the menu, and of pages with a table of contents
WITHOUT_MENU = ("home", "gaps", "changes", "definitions")
WITH_CONTENTS = ("changes",)
Edit = Callable[[str], str]
FUNCTIONS: Mapping[str, object] = {  # what every template can use
    "words": WORDS,
    "questions": question_words,
    "urls": urls,
    "contact": contact,
    "message_for": message_for,
    "source_at": source_at,
    "fingerprint": fingerprint,
    "step_hash": step_hash,
    "sentences": sentences,
    "cards": cards,
    "first_uses": first_uses,
    "by_issue_types": by_issue_types,
    "owners": owners,
    "roles_by_steps": roles_by_steps,
    "by_frequency": by_frequency,
    "flowchart": flowchart,
}


@dataclass(frozen=True, slots=True)
class Page:
    """A page that is not rendered yet: its macro, the id of its record, its title, and its source file.

    ``values`` are further variables of its template.
    """

    macro: str
    id: str
    title: str
    source: str
    values: dict[str, Any]

    @property
    def hidden_parts(self) -> list[str]:
        """The parts of the theme that this page hides."""
        sides = {"navigation": self.macro in WITHOUT_MENU, "toc": self.macro not in WITH_CONTENTS}
        return [side for side, hidden in sides.items() if hidden]


def pages(catalogue: Catalogue) -> dict[str, Page]:
    """All pages, by Markdown path."""
    title, folder = catalogue.sop.title, catalogue.root.name
    grouped = groups(catalogue)
    result = {"index.md": Page("home", "", title, catalogue.file_of("sop", "sop"), {})}
    for kind in SECTIONS:
        for id, record in catalogue.records[kind].items():
            printed = kind == "marketplace" or not grouped
            values = {"record": record, "sheet": urls.sheet(kind, id) if printed else ""}
            file = catalogue.file_of(kind, id)
            result[source_of(kind, id)] = Page(kind, id, record.name, file, values)
    for group in grouped:
        path = source_at(urls.group(group.number))
        name = f"{group.first} to {group.last}"
        result[path] = Page("group", str(group.number), name, f"{folder}/sop.yml", {"group": group})
    ids = listed_gaps(catalogue)
    listed = questions(catalogue, ids)._asdict()
    gaps = {"sheet": urls.GAPS, "listed": listed, "unlisted": len(catalogue.gaps) - len(ids)}
    result["gaps.md"] = Page("gaps", "", WORDS["gaps_title"], f"{folder}/gaps.yml", gaps)
    changes = {"releases": releases(catalogue), "ranks": RANKS, "approvable": listed_procedures(catalogue)}
    result["changes.md"] = Page("changes", "", WORDS["changes_title"], f"{folder}/sop.yml", changes)
    defined = {"defined": definitions(catalogue)}
    file = f"{folder}/terms.yml" if catalogue.terms else f"{folder}/sop.yml"
    result["definitions.md"] = Page("definitions", "", WORDS["definitions_title"], file, defined)
    result["checks.md"] = Page(
        "checks", "", "What is checked", "macros/checks/rulebook.yml", {"rules": RULEBOOK}
    )
    return result


def listed_procedures(catalogue: Catalogue) -> list[Procedure]:
    """The procedures on the page of changes: all or, if there are groups, those with an approval."""
    every = list(catalogue.all_procedures())
    return [one for one in every if approval_of(catalogue, one)] if groups(catalogue) else every


class Writer:
    """Renders pages as HTML; with ``markdown``, their headings are Markdown.

    ``edit`` returns the URL where a file is edited, if there is one; ``compiled`` caches templates.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        *,
        links: LinkStyle = "folders",
        edit: Edit | None = None,
        markdown: bool = False,
        compiled: BytecodeCache | None = None,
    ) -> None:
        self.environment = templates(catalogue, links, edit)
        self.environment.bytecode_cache = compiled
        self.environment.globals["heading"] = markdown_heading if markdown else heading

    def __call__(self, path: str, page: Page) -> str:
        template = self.environment.get_template(f"{page.macro}.md")
        return template.render(here=path, id=page.id, title=page.title, **page.values)


def head(catalogue: Catalogue) -> Markup:
    """The HTML above every page: review notes. sop.js shows the latest one that is due, so no rebuild is needed."""
    note = Markup('<p class="sop-review sop-{}" data-from="{}" hidden>{}</p>')
    return Markup("\n").join(note.format(*one) for one in sentences.review_notes(catalogue.sop))


def foot(catalogue: Catalogue) -> Markup:
    """The HTML below every page: document control."""
    html = """<details class="sop-more sop-control-line"><summary>{}</summary>
<p class="sop-controlled">{}</p></details>"""
    edition = " · ".join(sentences.edition(catalogue))
    return Markup(html).format(edition, sentences.control_line(catalogue))  # noqa: S704 - a constant


def overview(write: Writer, site_url: str | None) -> Markup:
    """The HTML of the matrix, for the page that a server sends for any address."""
    page = write(f"{urls.base_path(site_url)}/", Page("not_found", "", "", "", {}))
    return Markup(page)  # noqa: S704 - its template escapes


def html_files(catalogue: Catalogue) -> list[str]:
    """The HTML files of all pages below the site, one folder per page."""
    return [html_file(path, "folders") for path in pages(catalogue)]


def templates(catalogue: Catalogue, links: LinkStyle, edit: Edit | None) -> Environment:
    """The environment of all templates; `here` in a template is the path of its page."""
    grouped = groups(catalogue)
    environment = Environment(
        loader=PackageLoader("macros.pages"), autoescape=True, undefined=StrictUndefined
    )
    environment.trim_blocks = environment.lstrip_blocks = True
    environment.globals.update(FUNCTIONS)
    environment.globals.update(
        **Linker(catalogue, links).functions(),
        sop=catalogue,
        edit=edit,
        hue=list(catalogue.roles).index,
        groups=grouped,
        page_size=PAGE_SIZE,
        places_shown=PLACES_SHOWN if grouped else PAGE_SIZE,
    )
    return environment
