"""One build of the site: pages that MkDocs renders, and files that this project renders itself."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from html import escape
from pathlib import Path
from posixpath import splitext
from urllib.parse import urljoin

import yaml
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from macros.api.files import Make, files
from macros.catalogue.catalogue import Catalogue
from macros.checks.runner import load_catalogue
from macros.host.frame import Frame
from macros.host.redirects import redirects, with_former_paths
from macros.model.urls import heading_anchor
from macros.pages.languages import with_languages
from macros.pages.links import LinkStyle, html_file, page_address
from macros.pages.pagination import groups
from macros.pages.renderer import Edit, Page, Writer, foot, head, pages
from macros.pdf.cache import Cache
from macros.pdf.compiler import pdfs
from macros.pdf.sheets import Paper, papers
from macros.search.index import script, search_index
from macros.wording.sentences import edition

FRAMED_MACROS = ("marketplace", "group")  # pages of which there may be thousands


class TemplateCache(BytecodeCache):
    """Compiled Jinja templates; Jinja compares each with the hash of its source."""

    def __init__(self, cache: Cache) -> None:
        self.cache = cache

    def load_bytecode(self, bucket: Bucket) -> None:
        content = self.cache.read(bucket.key)
        if content is not None:
            bucket.bytecode_from_string(content)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.cache.save(bucket.key, bucket.bytecode_to_string())


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings from mkdocs.yml: style of links, edit URLs, the URL of the site, and the folder of the cache."""

    links: LinkStyle = "folders"
    edit: Edit | None = None
    site_url: str | None = None
    cache: Path | None = None

    def templates(self) -> BytecodeCache:
        """The cache of compiled templates."""
        return TemplateCache(Cache(self.cache and self.cache / "templates"))

    def pdfs(self) -> Cache:
        """The cache of PDFs, by the hash of their inputs."""
        return Cache(self.cache and self.cache / "pdf")

    def writer(self, catalogue: Catalogue) -> Writer:
        """The renderer of pages."""
        return Writer(catalogue, links=self.links, edit=self.edit, compiled=self.templates())


@dataclass(slots=True)
class Build:
    """The pages and files of one site.

    MkDocs renders the ``hosted`` pages. Of the ``many`` it renders only the first, the ``model``. ``frames`` are pages
    of MkDocs, split at their marks; the other pages are rendered into them.
    """

    catalogue: Catalogue
    settings: Settings
    pages: dict[str, Page] = field(init=False)
    many: dict[str, Page] = field(init=False)
    hosted: dict[str, Page] = field(init=False)
    model: str = field(init=False)
    frames: dict[str, Frame] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.pages = pages(self.catalogue)
        large = bool(groups(self.catalogue))
        self.many = {path: page for path, page in self.pages.items() if large and page.macro in FRAMED_MACROS}
        self.model = next(iter(self.many), "")
        self.hosted = {
            path: page for path, page in self.pages.items() if path == self.model or path not in self.many
        }

    def reload(self) -> "Build | None":
        """The SOP as it is now, in the same frames; None if they change. InvalidSop if it has problems."""
        newer = Build(load_catalogue(self.catalogue.root), self.settings, frames=self.frames)
        return newer if newer.frame_inputs() == self.frame_inputs() else None

    @property
    def menu_pages(self) -> list[str]:
        """The pages in the menu."""
        return [path for path in self.hosted if path != self.model]

    def macros(self) -> dict[str, Callable[[str], str]]:
        """A macro for each kind of page: id -> the page as HTML. All hosted pages are rendered at once."""
        write = self.settings.writer(self.catalogue)
        rendered: dict[str, dict[str, str]] = {}
        for path, page in self.hosted.items():
            rendered.setdefault(page.macro, {})[page.id] = write(path, page)
        return {macro: by_id.__getitem__ for macro, by_id in rendered.items()}

    def frame_inputs(self) -> tuple[object, ...]:
        """All that the host puts around pages: while it stays the same, the frames do."""
        catalogue = self.catalogue
        menu = [(path, self.hosted[path].title, self.hosted[path].source) for path in self.menu_pages]
        return (
            menu,
            bool(self.many),
            head(catalogue),
            foot(catalogue),
            edition(catalogue),
            [*catalogue.releases],
        )

    def page_files(self) -> dict[str, Make]:
        """The renderer of each page that has a frame, by the path of its file in the site."""
        write = self.settings.writer(self.catalogue)
        return {
            html_file(path, self.settings.links): partial(self.page, write, path, page, frame)
            for path, page in self.pages.items()
            if (frame := self.frames.get(self.model if path in self.many else path))
        }

    def page(self, write: Writer, path: str, page: Page, frame: Frame) -> list[bytes]:
        edit = self.settings.edit
        parts = {
            "title": escape(page.title),
            "anchor": heading_anchor(page.title),
            "content": write(path, page),
            "address": escape(f"{self.settings.site_url}{page_address(path, self.settings.links)}"),
            "edit": escape(edit(page.source)) if edit else "",
        }
        return [with_languages(frame.fill(parts)).encode()]

    def other_files(self) -> dict[str, Make]:
        """The renderers of the search index and of each file of the API, by path."""
        return {
            "assets/search-index.js": self.search_index_file,
            **files(self.catalogue, self.settings.site_url),
            **redirects(self.catalogue, self.settings.links, self.settings.site_url),
        }

    def search_index_file(self) -> list[bytes]:
        return [script(search_index(self.catalogue, directory_urls=self.settings.links == "folders"))]

    def pdf_files(self) -> dict[str, Make]:
        """The renderer of each PDF, by path."""
        found: dict[str, Make] = {paper.path: partial(self.pdf, paper) for paper in papers(self.catalogue)}
        return with_former_paths(self.catalogue, found)

    def pdf(self, paper: Paper) -> list[bytes]:
        ((_, content),) = pdfs(self.catalogue, [paper], self.settings.site_url, self.settings.pdfs())
        return [content]

    def all_pdfs(self) -> Mapping[str, bytes]:
        """All PDFs at once, on all processors; of those in the cache, only these are kept."""
        cache = self.settings.pdfs()
        made = pdfs(self.catalogue, papers(self.catalogue), self.settings.site_url, cache)
        found = {paper.path: content for paper, content in made}
        cache.forget_unused()
        return with_former_paths(self.catalogue, found)


def edit_url_function(template: str | None, repository: str | None) -> Edit | None:
    """What returns the URL where a file is edited, from MkDocs' `edit_uri_template` and `repo_url`."""

    def edit(path: str) -> str:
        url = str(template).format(path=path, path_noext=splitext(path)[0])
        return urljoin(f"{repository.rstrip('/')}/", url) if repository else url

    return edit if template else None


def page_source(page: Page) -> str:
    """The Markdown of a page: a macro, and the title, which MkDocs prints as HTML and mkdocs-macros renders."""
    title = escape(page.title).replace("{", "&#123;")
    matter = {"title": title, "hide": page.hidden_parts, "render_macros": True}
    return f'---\n{yaml.safe_dump(matter)}---\n{{{{ {page.macro}("{page.id}") }}}}\n'


def relative_path(path: Path) -> Path:
    """A path from the current folder, as problems show it; on Windows, another drive has none."""
    try:
        return Path(os.path.relpath(path))
    except ValueError:
        return path
