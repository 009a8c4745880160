"""The MkDocs plugin: loads the SOP and adds its pages and menu. The only module that imports MkDocs."""

import logging
import os
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from html import escape
from pathlib import Path
from typing import Literal

from jinja2 import Environment, Template
from mkdocs.config.base import Config
from mkdocs.config.config_options import Type
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc
from watchdog.observers.polling import PollingObserver

from macros.checks.runner import load_catalogue
from macros.host.csp import policy
from macros.host.dev_server import DevServer
from macros.host.frame import Frame, mark, mark_page
from macros.host.site_build import Build, Settings, edit_url_function, page_source, relative_path
from macros.pages.escaping import contents
from macros.pages.languages import with_languages
from macros.pages.navigation import ABOUT, navigation
from macros.pages.renderer import foot, head, overview
from macros.parsing.files import require_writable, write
from macros.parsing.problems import InvalidSop
from macros.pdf.compiler import CompileError, timestamp
from macros.wording.sentences import edition

log = logging.getLogger("mkdocs.sop")
CODE = ("mkdocs.yml", "docs", "macros", "overrides")  # an edit here restarts `mkdocs serve`
UNKNOWN = "not known yet"


class Options(Config):  # type: ignore[no-untyped-call] # MkDocs leaves it untyped
    """The options of the plugin in mkdocs.yml."""

    folder = Type(str, default="sop_data")  # the folder that holds the SOP, from the folder of mkdocs.yml


class SopPlugin(BasePlugin[Options]):  # type: ignore[no-untyped-call] # MkDocs leaves it untyped
    """One instance for all builds of a process."""

    build: Build
    served = False
    pdfs: Mapping[str, bytes]
    not_found: Template  # the 404 page of a site that does not know its address

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:  # noqa: ARG002 - MkDocs names them
        """Files that are served are rendered when they are requested."""
        self.served = command == "serve"

    @event_priority(100)  # before mkdocs-macros needs the pages, and before MkDocs empties the site
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Load the SOP and render its pages; abort with all its problems if it has any."""
        root = Path(config.config_file_path).parent
        try:
            catalogue = load_catalogue(relative_path(root / self.config.folder))
            self.build = Build(catalogue, settings(config, root))
            self.pdfs = self.build.all_pdfs() if config.extra["pdf"] and not self.served else {}
            require_writable(Path(config.site_dir))
        except (InvalidSop, CompileError) as error:
            raise Abort(str(error)) from None
        except OSError as error:
            raise Abort(f"{error.filename} cannot be written: {error.strerror}") from None
        # The date that MkDocs writes into the sitemap: that of the SOP, not of the clock.
        os.environ["SOURCE_DATE_EPOCH"] = str(timestamp(catalogue))
        if not config.edit_uri_template:
            config.edit_uri = None  # MkDocs guesses one from `repo_url`, which leads to no file of the SOP
        config["sop_policy"] = UNKNOWN
        config["sop_edition"] = ", ".join(edition(catalogue))
        config["sop_head"], config["sop_foot"] = head(catalogue), foot(catalogue)
        config["sop_overview"] = overview(self.build.settings.writer(catalogue), config.site_url)
        if unset := [name for name in ("site_url", "edit_uri_template") if not config[name]]:
            log.info("Not set in mkdocs.yml, and so not shown: %s", ", ".join(unset))
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add a file for each page that MkDocs renders; its edit button opens the YAML."""
        for file in files.documentation_pages():
            file.edit_uri = f"docs/{file.src_uri}"
            if file.src_uri not in ABOUT:
                file.inclusion = InclusionLevel.EXCLUDED
        for path, page in self.build.hosted.items():
            file = File.generated(config, path, content=page_source(page))
            file.edit_uri = page.source
            if path == self.build.model:
                file.inclusion = InclusionLevel.NOT_IN_NAV
            files.append(file)
        config.nav = navigation(self.build.menu_pages)
        return files

    def on_env(self, env: Environment, **_: object) -> Environment:
        """Cache the theme's compiled templates, because compiling takes as long as rendering; omit blank lines."""
        env.trim_blocks = env.lstrip_blocks = True
        env.bytecode_cache = self.build.settings.templates()
        self.not_found = env.get_template("not-found.html")
        return env

    @event_priority(-100)  # after mkdocs-macros has rendered the page
    def on_page_markdown(self, markdown: str, *, page: Page, **_: object) -> str:
        """Keep a page of the SOP from Markdown: it is HTML, which Markdown would only parse."""
        if page.file.src_uri in self.build.hosted:
            page.meta["html"], markdown = markdown, ""
        return markdown

    def on_page_content(self, html: str, *, page: Page, **_: object) -> str:
        """Set the content and its table, and marks where a page is cut into a frame."""
        path = page.file.src_uri
        if path in self.build.hosted:
            html = page.meta.pop("html")
            page.toc = get_toc([contents(html)])
        if path == self.build.model:
            mark_page(page)
        return mark("content") if path in self.frame_pages() else html

    def on_post_page(self, output: str, *, page: Page, **_: object) -> str:
        """Keep the pages that are frames, and mark languages."""
        if page.file.src_uri in self.frame_pages():
            self.build.frames[page.file.src_uri] = Frame(output)
        return with_languages(output)

    def frame_pages(self) -> Collection[str]:
        """The pages of which only the frame is used: while serving all, else the model of many pages."""
        return self.build.hosted if self.served else [self.build.model]

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write what MkDocs does not render: the pages that are many, PDFs, the API and the search index."""
        if self.served:
            return
        site = Path(config.site_dir)
        for path, content in self.pdfs.items():
            write(site / path, [content])
        for path, make in (self.build.page_files() | self.build.other_files()).items():
            write(site / path, make())

    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        """Derive the policy of all pages from the theme's own page, which MkDocs renders first.

        Servers send this page for any address. Its links need the path of the site: without `site_url`, it has none.
        """
        if template_name != "404.html":
            return output_content
        endpoint = (config.extra.get("feedback") or {}).get("endpoint", "")
        offline = bool(config.extra.get("offline"))
        config["sop_policy"] = policy(output_content, endpoint=endpoint, from_files=offline)
        if not config.site_url:
            return self.not_found.render(config=config)
        return output_content.replace(UNKNOWN, escape(config["sop_policy"]))

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[[], None]
    ) -> LiveReloadServer:
        """Follow edits: MkDocs renders frames again only where they change."""
        root = Path(config.config_file_path).parent

        def reframe() -> Build:
            builder()
            return self.build

        def follow_edit() -> None:
            try:
                files.follow_edit()
            except InvalidSop as error:
                raise Abort(str(error)) from None

        files = DevServer(self.build, Path(config.site_dir), reframe, [root / name for name in CODE])
        server.builder = follow_edit
        server.set_app(files.wrap_app(server.serve_request, server.mount_path))
        use_fast_polling(server, [config.docs_dir, config.config_file_path, *config.theme.dirs])
        server.watch(str(root / self.config.folder))
        return server


def settings(config: MkDocsConfig, root: Path) -> Settings:
    return Settings(
        links="folders" if config.use_directory_urls else "files",
        edit=edit_url_function(config.edit_uri_template, config.repo_url),
        site_url=config.site_url,
        cache=root / ".cache",
    )


def use_fast_polling(server: LiveReloadServer, paths: list[str]) -> None:
    """Make a server detect edits sooner; these paths stay watched if they were."""
    watched = []
    for path in paths:
        with suppress(KeyError):  # not watched
            server.unwatch(path)
            watched.append(path)
    server.observer = PollingObserver(timeout=0.1)  # seconds; MkDocs has 0.5
    for path in watched:
        server.watch(path)
