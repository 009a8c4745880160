"""Where pages and files are, and links from one page to another."""

from collections.abc import Callable
from functools import cache
from typing import Literal

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from macros.catalogue.catalogue import Catalogue
from macros.catalogue.procedure import Procedure
from macros.model import urls
from macros.pages.pagination import listed_gaps
from macros.wording import sentences

LinkStyle = Literal[
    "folders", "files", "sources"
]  # what links lead to: a page's folder, its HTML, its Markdown


class Linker:
    """The functions that templates link with; all links are relative to the page that is rendered."""

    def __init__(self, catalogue: Catalogue, links: LinkStyle) -> None:
        self.catalogue, self.links = catalogue, links
        self.listed = set(listed_gaps(catalogue))
        self.named = cache(self.link_from)
        self.worded = cache(self.text_from)

    def functions(self) -> dict[str, Callable[..., str]]:
        """The functions by the names that templates call them."""
        return {
            "url": self.url,
            "link": self.link,
            "steps_url": self.steps_url,
            "text": self.text,
            "gap_url": self.gap_url,
        }

    def link_from(self, up: str, id: str) -> Markup:
        """The name of a record as a link; ``up`` leads from the page to the root of the site."""
        kind, record = self.catalogue.named(id)
        path = up + page_address(source_of(kind, id), self.links)
        return Markup('<a href="{}">{}</a>').format(path or "./", record.name)

    def text_from(self, up: str, words: str) -> Markup:
        """A text in which every ``{id}`` is a link."""
        return sentences.linked(words, lambda id: self.named(up, id))

    @pass_context
    def url(self, context: Context, path: str, anchor: str = "") -> str:
        return relative_url(context["here"], path, self.links) + (f"#{anchor}" if anchor else "")

    @pass_context
    def link(self, context: Context, id: str) -> Markup:
        return self.named(root(context["here"], self.links), id)

    @pass_context
    def text(self, context: Context, words: str) -> Markup:
        return self.worded(root(context["here"], self.links), words)

    @pass_context
    def steps_url(self, context: Context, procedure: Procedure, issue_type: str = "", step: str = "") -> str:
        anchor = urls.anchor(issue_type or procedure.issue_types[0], step)
        return self.url(context, source_of("marketplace", procedure.marketplace), anchor)

    @pass_context
    def gap_url(self, context: Context, id: str) -> str:
        return self.url(context, "gaps.md", id if id in self.listed else "")


def source_of(kind: str, id: str) -> str:
    """The Markdown path of a record's page."""
    return source_at(urls.page(kind, id))


def source_at(address: str) -> str:
    """The Markdown path of the page at an address."""
    return address.rstrip("/") + ".md"


def page_folder(path: str) -> str:
    """The folder of a page of which this is the Markdown path."""
    return "" if path == "index.md" else f"{path.removesuffix('.md')}/"


def relative_url(here: str, path: str, links: LinkStyle) -> str:
    """From the page of one Markdown path to that of another, or to a file."""
    return root(here, links) + page_address(path, links) or "./"


def root(here: str, links: LinkStyle) -> str:
    """From the page of a Markdown path to the root of the site: `../../`."""
    return "../" * (page_folder(here) if links == "folders" else here).count("/")


def page_address(path: str, links: LinkStyle) -> str:
    """Of a page, or of a file, from the root of the site."""
    if links == "sources" or not path.endswith(".md"):
        return path
    return page_folder(path) if links == "folders" else f"{path.removesuffix('.md')}.html"


def html_file(path: str, links: LinkStyle) -> str:
    """The HTML file of a page, below the site."""
    where = page_address(path, links)
    return f"{where}index.html" if links == "folders" else where
