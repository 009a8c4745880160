"""Paths of pages, and relative links between pages."""

from collections.abc import Callable
from functools import cache, lru_cache
from typing import Literal

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from macros.catalogue.catalogue import Catalogue
from macros.catalogue.procedure import Procedure
from macros.model import urls
from macros.pages.pagination import listed_gaps
from macros.wording import sentences

LinkStyle = Literal["folders", "files", "sources"]  # links to a page's folder, HTML file or Markdown file


class Linker:
    """The link functions of templates; all links are relative to the rendered page."""

    def __init__(self, catalogue: Catalogue, links: LinkStyle) -> None:
        self.catalogue, self.links = catalogue, links
        self.listed = set(listed_gaps(catalogue))
        self.cached_link = cache(self.link_from)
        self.cached_text = lru_cache(maxsize=5000)(self.text_from)

    def functions(self) -> dict[str, Callable[..., str]]:
        """The functions by their names in templates."""
        return {
            "url": self.url,
            "link": self.link,
            "steps_url": self.steps_url,
            "text": self.text,
            "gap_url": self.gap_url,
        }

    def link_from(self, up: str, id: str) -> Markup:
        """The name of a record as a link; ``up`` leads from the page to the root of the site."""
        kind, record = self.catalogue.named[id]
        path = up + page_address(source_of(kind, id), self.links)
        anchor = f"#{urls.definition_anchor(id)}" if kind == "term" else ""
        title = Markup(' title="{}"').format(record.means) if record.means else ""
        return Markup('<a href="{}{}"{}>{}</a>').format(path or "./", anchor, title, record.name)

    def text_from(self, up: str, words: str, issue_type: str, first: tuple[str, ...]) -> Markup:
        """A text in which every ``{id}`` is a link; in a procedure, only the ``first`` uses of terms are."""
        left = set(first)

        def link(id: str) -> Markup:
            if not issue_type or id not in self.catalogue.terms:
                return self.cached_link(up, id)
            name = escape(self.catalogue.terms[id].name)
            if id not in left:
                return name
            left.remove(id)
            means = sentences.meaning(self.catalogue.terms[id].means)
            html = '<dfn><a href="#{0}" data-means="{1}" aria-describedby="{0}">{2}</a></dfn>'
            return Markup(html).format(urls.word_anchor(issue_type, id), means, name)  # noqa: S704 - a constant

        return sentences.text_with_links(words, link)

    @pass_context
    def url(self, context: Context, path: str, anchor: str = "") -> str:
        return relative_url(context["here"], path, self.links) + (f"#{anchor}" if anchor else "")

    @pass_context
    def link(self, context: Context, id: str) -> Markup:
        return self.cached_link(root(context["here"], self.links), id)

    @pass_context
    def text(self, context: Context, words: str, issue_type: str = "", first: tuple[str, ...] = ()) -> Markup:
        return self.cached_text(root(context["here"], self.links), words, issue_type, first)

    @pass_context
    def steps_url(self, context: Context, procedure: Procedure, issue_type: str = "", step: str = "") -> str:
        anchor = urls.anchor(issue_type or procedure.issue_types[0], step)
        return self.url(context, source_of("marketplace", procedure.marketplace), anchor)

    @pass_context
    def gap_url(self, context: Context, id: str) -> str:
        return self.url(context, "gaps.md", id if id in self.listed else "")


def source_of(kind: str, id: str) -> str:
    """The Markdown path of a record's page."""
    return source_at(urls.DEFINITIONS if kind == "term" else urls.page(kind, id))


def source_at(address: str) -> str:
    """The Markdown path of the page at an address."""
    return address.rstrip("/") + ".md"


def page_folder(path: str) -> str:
    """The folder of a page on the site, from its Markdown path."""
    return "" if path == "index.md" else f"{path.removesuffix('.md')}/"


def relative_url(here: str, path: str, links: LinkStyle) -> str:
    """The link from a page to another page or a file; both are Markdown paths."""
    return root(here, links) + page_address(path, links) or "./"


def root(here: str, links: LinkStyle) -> str:
    """The link from a page to the root of the site: `../../`.

    A page that is sent for any address has the path of the site as ``here``: `/sop/`.
    """
    if here.startswith("/"):
        return here
    return "../" * (page_folder(here) if links == "folders" else here).count("/")


def page_address(path: str, links: LinkStyle) -> str:
    """The address of a page or file, relative to the root of the site."""
    if links == "sources" or not path.endswith(".md"):
        return path
    return page_folder(path) if links == "folders" else f"{path.removesuffix('.md')}.html"


def html_file(path: str, links: LinkStyle) -> str:
    """The HTML file of a page, below the site."""
    where = page_address(path, links)
    return f"{where}index.html" if links == "folders" else where
