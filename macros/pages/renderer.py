"""Catalogue -> the Markdown of every page, by its path below `docs/`.

Headings are Markdown, so that they reach the table of contents and the search; the
rest is finished HTML. The SOP's text is escaped in both: none of it is ever markup.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from jinja2 import BytecodeCache, Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markdown.extensions.toc import slugify
from markupsafe import Markup

from macros.catalogue.approvals import approval_of, releases
from macros.catalogue.catalogue import Catalogue
from macros.catalogue.fingerprint import fingerprint
from macros.catalogue.index import by_issue_types, owners
from macros.catalogue.procedure import Procedure
from macros.checks.rulebook import RULEBOOK
from macros.model import urls as addresses
from macros.model.kinds import KINDS
from macros.model.records import RANKS
from macros.pages.pagination import FEW, MANY, groups, listed_gaps
from macros.wording import flowchart
from macros.wording import sentences as prose
from macros.wording.message import message_for
from macros.wording.phrases import WORDS

SECTIONS = (
    "marketplace",
    "issue_type",
    "role",
    "system",
)  # the kinds that have pages, in the order of the menu
# pages without the menu at their side, or with their table of contents
ALONE = ("home", "gaps", "changes")
WITH_CONTENTS = ("changes",)
Edit = Callable[[str], str]
Links = Literal["folders", "files", "sources"]


@dataclass(frozen=True, slots=True)
class Page:
    """One page, not yet rendered: the macro that returns it, for which record, and the file to edit.

    ``values`` are what its template reads besides.
    """

    macro: str
    id: str
    title: str
    source: str
    values: dict[str, Any]

    @property
    def hides(self) -> list[str]:
        """What the theme leaves out beside this page."""
        sides = {"navigation": self.macro in ALONE, "toc": self.macro not in WITH_CONTENTS}
        return [side for side, hidden in sides.items() if hidden]


def pages(catalogue: Catalogue) -> dict[str, Page]:
    """Every page for readers, by its Markdown path."""
    title, folder = catalogue.sop.title, catalogue.root.name
    grouped = groups(catalogue)
    result = {"index.md": Page("home", "", title, catalogue.file_of("sop", "sop"), {})}
    for kind in SECTIONS:
        for id, record in catalogue.records[kind].items():
            printed = kind == "marketplace" or not grouped
            values = {"record": record, "sheet": addresses.sheet(kind, id) if printed else ""}
            file = catalogue.file_of(kind, id)
            result[source_of(kind, id)] = Page(kind, id, record.name, file, values)
    for group in grouped:
        path = source_at(addresses.group(group.number))
        name = f"{group.first} to {group.last}"
        result[path] = Page("group", str(group.number), name, f"{folder}/sop.yml", {"group": group})
    gaps = {"sheet": addresses.GAPS, "listed_gaps": listed_gaps(catalogue)}
    result["gaps.md"] = Page("gaps", "", WORDS["gaps_title"], f"{folder}/gaps.yml", gaps)
    changes = {"releases": releases(catalogue), "ranks": RANKS, "approvable": approvable(catalogue)}
    result["changes.md"] = Page("changes", "", WORDS["changes_title"], f"{folder}/sop.yml", changes)
    result["checks.md"] = Page(
        "checks", "", "What is checked", "macros/checks/rulebook.yml", {"rules": RULEBOOK}
    )
    return result


def approvable(catalogue: Catalogue) -> list[Procedure]:
    """The procedures that the page of changes lists: all, or of many those that were approved."""
    every = list(catalogue.all_procedures())
    return [one for one in every if approval_of(catalogue, one)] if groups(catalogue) else every


class Writer:
    """Renders pages: as Markdown, or where ``finished`` as the HTML that becomes of it.

    ``links`` is what pages link to: a folder for each page, its HTML file, or its Markdown.
    ``edit`` gives the address where a file is edited, if there is one; ``compiled`` keeps templates.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        *,
        links: Links = "folders",
        edit: Edit | None = None,
        finished: bool = False,
        compiled: BytecodeCache | None = None,
    ) -> None:
        self.environment = templates(catalogue, links, edit)
        self.environment.bytecode_cache = compiled
        self.environment.globals["heading"] = finished_heading if finished else heading

    def __call__(self, path: str, page: Page) -> str:
        template = self.environment.get_template(f"{page.macro}.md")
        return template.render(here=path, id=page.id, title=page.title, **page.values)


def head(catalogue: Catalogue) -> Markup:
    """What stands above every page: notes of the review, of which sop.js shows the last whose day has come.

    So a page is right also when nobody builds it again.
    """
    note = Markup('<p class="sop-review sop-{}" data-from="{}" hidden>{}</p>')
    return Markup("\n").join(note.format(*one) for one in prose.review_clock(catalogue.sop))


def foot(catalogue: Catalogue) -> Markup:
    """What stands below every page: document control."""
    return Markup('<p class="sop-controlled">{}</p>').format(prose.control_line(catalogue))


def html_files(catalogue: Catalogue) -> list[str]:
    """The file of every page, below the site, where each page has a folder of its own."""
    return [html_file(path, "folders") for path in pages(catalogue)]


def navigation(paths: list[str]) -> list[Any]:
    """The menu of the site: one section a kind, its pages in their order."""
    sections = [
        {KINDS[kind].plural.capitalize(): inside}
        for kind in SECTIONS
        if (inside := [path for path in paths if path.startswith(f"{KINDS[kind].slug}/")])
    ]
    about = {
        "About": [
            "contributing.md",
            "publishing.md",
            "checks.md",
            "checks-proof.md",
            "architecture.md",
            "decisions.md",
            "performance.md",
        ]
    }
    return [{"Home": "index.md"}, *sections, {"Gaps": "gaps.md"}, {"Changes": "changes.md"}, about]


def templates(catalogue: Catalogue, links: Links, edit: Edit | None) -> Environment:
    """The environment of all templates; `here` in a template is the path of its page."""
    grouped = groups(catalogue)
    environment = Environment(
        loader=PackageLoader("macros.pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        **linking(catalogue, links),
        sop=catalogue,
        edit=edit,
        addresses=addresses,
        message_for=message_for,
        words=WORDS,
        source_at=source_at,
        fingerprint=fingerprint,
        prose=prose,
        by_issue_types=by_issue_types,
        owners=owners,
        flowchart=flowchart,
        hue=list(catalogue.roles).index,
        groups=grouped,
        MANY=MANY,
        few=FEW if grouped else MANY,
    )
    return environment


def linking(catalogue: Catalogue, links: Links) -> dict[str, Callable[..., str]]:
    """What templates link with; all of it is relative to the page that they render."""

    @cache
    def named(up: str, id: str) -> Markup:
        kind, record = catalogue.named(id)
        return Markup('<a href="{}">{}</a>').format(
            up + address(source_of(kind, id), links) or "./", record.name
        )

    @cache
    def worded(up: str, words: str) -> Markup:
        return prose.linked(words, lambda id: named(up, id))

    @pass_context
    def url(context: Context, path: str, anchor: str = "") -> str:
        return relative_url(context["here"], path, links) + (f"#{anchor}" if anchor else "")

    @pass_context
    def link(context: Context, id: str) -> Markup:
        return named(root(context["here"], links), id)

    @pass_context
    def steps_url(context: Context, procedure: Procedure, issue_type: str = "", step: str = "") -> str:
        anchor = addresses.anchor(issue_type or procedure.issue_types[0], step)
        return url(context, source_of("marketplace", procedure.marketplace), anchor)

    @pass_context
    def text(context: Context, words: str) -> Markup:
        return worded(root(context["here"], links), words)

    listed = set(listed_gaps(catalogue))

    @pass_context
    def gap_url(context: Context, id: str) -> str:
        return url(context, "gaps.md", id if id in listed else "")

    return {"url": url, "link": link, "steps_url": steps_url, "text": text, "gap_url": gap_url}


def heading(level: int, text: str, id: str = "") -> Markup:
    """A heading in Markdown."""
    return Markup(f"{'#' * level} {as_markdown(text)}{f' {{: #{id} }}' if id else ''}")  # noqa: S704 - the text is coded


def finished_heading(level: int, text: str, id: str = "") -> Markup:
    """What Markdown makes of a heading."""
    anchor = id or anchor_of(text)
    link = f'<a class="headerlink" href="#{anchor}" title="Link to this section">#</a>'
    return Markup('<h{} id="{}">{}{}</h{}>').format(level, anchor, text, Markup(link), level)  # noqa: S704 - an id or a slug


def anchor_of(title: str) -> str:
    """The id that Markdown gives the heading of a page."""
    return str(slugify(title, "-"))


def as_markdown(text: str) -> Markup:
    """Text that means only itself in Markdown: punctuation as its character codes."""
    coded = re.sub(r"[!-/:-@\[-`{-~]", lambda found: f"&#{ord(found[0])};", text)
    return Markup(coded)  # noqa: S704 - no character is left that HTML or Markdown would act on


def source_of(kind: str, id: str) -> str:
    """The Markdown path of a record's page."""
    return source_at(addresses.page(kind, id))


def source_at(address: str) -> str:
    """The Markdown path of the page at an address."""
    return address.rstrip("/") + ".md"


def page_address(path: str) -> str:
    """The folder of a page of which this is the Markdown path."""
    return "" if path == "index.md" else f"{path.removesuffix('.md')}/"


def relative_url(here: str, path: str, links: Links) -> str:
    """From the page of one Markdown path to that of another, or to a file."""
    return root(here, links) + address(path, links) or "./"


def root(here: str, links: Links) -> str:
    """From the page of a Markdown path to the root of the site: `../../`."""
    return "../" * (page_address(here) if links == "folders" else here).count("/")


def address(path: str, links: Links) -> str:
    """Of a page, or of a file, from the root of the site."""
    if links == "sources" or not path.endswith(".md"):
        return path
    return page_address(path) if links == "folders" else f"{path.removesuffix('.md')}.html"


def html_file(path: str, links: Links) -> str:
    """The HTML file of a page, below the site."""
    where = address(path, links)
    return f"{where}index.html" if links == "folders" else where
