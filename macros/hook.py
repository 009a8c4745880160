"""The SOP as a MkDocs site: loads it, adds its pages and menu. The only importer of mkdocs."""

import logging
import os
import sys
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import rjsmin
from mkdocs.config.config_options import Hooks
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page

if TYPE_CHECKING:
    from macros.catalogue import Catalogue
    from macros.pages import Edit
    from macros.shell import Shell

log = logging.getLogger("mkdocs.sop")
STUB = '---\nhide: [{hidden}]\nrender_macros: true\n---\n{{{{ {macro}("{id}") }}}}\n'

UNKNOWN = "not known yet"
MANY = ("marketplace", "group")  # the pages of which there may be thousands


class Build:
    """What one build knows of the SOP: an object, because mkdocs-macros copies and prints all plain data it meets.

    Of the pages that are ``many``, MkDocs makes only the first, the ``model``; the others are made from its ``shell``.
    """

    shell: "Shell"

    def __init__(
        self, catalogue: "Catalogue", config: MkDocsConfig, edit: "Edit | None", pdfs: dict[str, bytes]
    ) -> None:
        from macros.groups import groups
        from macros.pages import Writer, pages

        self.catalogue, self.edit, self.pdfs = catalogue, edit, pdfs
        made = pages(catalogue)
        self.many = {path: page for path, page in made.items() if page.macro in MANY and groups(catalogue)}
        self.model = next(iter(self.many), "")
        self.hosted = {
            path: page for path, page in made.items() if path == self.model or path not in self.many
        }
        write = Writer(catalogue, links=links(config), edit=edit)
        self.markdown = {(page.macro, page.id): write(path, page) for path, page in self.hosted.items()}


@event_priority(100)  # before mkdocs-macros asks for the pages, and before MkDocs empties the site
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Load the SOP and render its pages; abort with all its problems if it has any."""
    forget_modules()
    from macros.checks import checked
    from macros.pages import foot, head
    from macros.pdf import NotMade, dated
    from macros.problems import InvalidSop
    from macros.prose import edition

    template = config.edit_uri_template
    edit = (lambda path: template.format(path=path, path_noext=path)) if template else None
    root = Path(config.config_file_path).parent
    try:
        catalogue = checked(Path(os.path.relpath(root / "sop_data")))
        pdfs = printed(catalogue, root, config.site_url) if config.extra["pdf"] else {}
    except (InvalidSop, NotMade) as error:
        raise Abort(str(error)) from None
    config["sop"] = Build(catalogue, config, edit, pdfs)
    config["sop_policy"] = UNKNOWN
    # The date that MkDocs writes into the sitemap: the SOP's, not the clock's.
    os.environ["SOURCE_DATE_EPOCH"] = str(dated(catalogue))
    config["sop_edition"] = ", ".join(edition(catalogue))
    config["sop_head"], config["sop_foot"] = head(catalogue), foot(catalogue)
    unset = [name for name in ("site_url", "edit_uri_template") if not config[name]]
    if unset:
        log.info("Not set in mkdocs.yml, and so not shown: %s", ", ".join(unset))
    return config


def printed(catalogue: "Catalogue", root: Path, site_url: str | None) -> dict[str, bytes]:
    """All PDFs, by their path below the site; those whose inputs did not change are taken from the cache."""
    from macros.cache import Cache
    from macros.pdf import papers, pdfs

    cache = Cache(root / ".cache" / "pdf")
    made = {paper.path: content for paper, content in pdfs(catalogue, papers(catalogue), site_url, cache)}
    cache.forget_unused()
    return made


def links(config: MkDocsConfig) -> Literal["folders", "files"]:
    return "folders" if config.use_directory_urls else "files"


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add a file for each page that MkDocs makes, with the YAML as what its edit button opens."""
    from macros.pages import navigation

    for file in files.documentation_pages():
        file.edit_uri = f"docs/{file.src_uri}"
    for file in list(files.javascript_files()):
        if not file.src_uri.startswith("assets/vendor/"):
            files.remove(file)
            files.append(File.generated(config, file.src_uri, content=rjsmin.jsmin(file.content_string)))
    build = config["sop"]
    for path, page in build.hosted.items():
        content = STUB.format(macro=page.macro, id=page.id, hidden=", ".join(page.hides))
        file = File.generated(config, path, content=content)
        file.edit_uri = page.source
        if path == build.model:
            file.inclusion = InclusionLevel.NOT_IN_NAV
        files.append(file)
    config.nav = navigation([path for path in build.hosted if path != build.model])
    return files


def on_page_content(html: str, page: Page, config: MkDocsConfig, **_: object) -> str:
    """Of the pages that are many, MkDocs makes one, with marks for what differs."""
    from macros.shell import mark

    if page.file.src_uri != config["sop"].model:
        return html
    page.title = mark("title")
    page.canonical_url = page.canonical_url and mark("address")
    page.edit_url = page.edit_url and mark("edit")
    return mark("content")


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Keep the page that the others are made of."""
    from macros.shell import Shell

    if page.file.src_uri == config["sop"].model:
        config["sop"].shell = Shell(output)
    return output


def on_post_build(config: MkDocsConfig) -> None:
    """Write what MkDocs need not see: the pages that are many, PDFs, the API and the search index."""
    from macros.published import published
    from macros.search import index, script

    build, site = config["sop"], Path(config.site_dir)
    found = index(build.catalogue, directory_urls=config.use_directory_urls)
    save(site / "assets/search-index.js", script(found))
    for path, content in build.pdfs.items():
        save(site / path, content)
    for path, content in published(build.catalogue):
        save(site / path, content)
    for path, page in filled(config):
        save(site / path, page.encode())


def filled(config: MkDocsConfig) -> Iterator[tuple[str, str]]:
    """The pages that are many, by the path of their file below the site."""
    from macros.pages import Writer, page_address

    build: Build = config["sop"]
    write = Writer(build.catalogue, links=links(config), edit=build.edit, finished=True)
    for path, page in build.many.items():
        address = page_address(path) if config.use_directory_urls else f"{path.removesuffix('.md')}.html"
        parts = {
            "title": escape(page.title),
            "content": write(path, page),
            "address": escape(f"{config.site_url}{address}"),
            "edit": escape(build.edit(page.source)) if build.edit else "",
        }
        yield f"{address}index.html" if config.use_directory_urls else address, build.shell.filled(parts)


def save(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str:
    """Take the policy of all pages from the theme's own page, which MkDocs makes first."""
    from macros.policy import policy

    if template_name != "404.html":
        return output_content
    endpoint = (config.extra.get("feedback") or {}).get("endpoint", "")
    config["sop_policy"] = policy(
        output_content, endpoint=endpoint, from_files=bool(config.extra.get("offline"))
    )
    return output_content.replace(UNKNOWN, escape(config["sop_policy"]))


def on_serve(server: LiveReloadServer, **_: object) -> LiveReloadServer:
    """Look for edits of what we watch ten times a second; twice is too slow to feel live."""
    server.observer._timeout = 0.1
    return server


def forget_modules() -> None:
    """Let `mkdocs serve` pick up edits to our modules, this one included."""
    Hooks._load_hook.cache_clear()
    for name in [name for name in sys.modules if name.partition(".")[0] == "macros"]:
        del sys.modules[name]
