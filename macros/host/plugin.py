"""The SOP as a MkDocs site: loads it, adds its pages and menu. The only importer of mkdocs."""

import gc
import logging
import os
import sys
from collections.abc import Collection, Mapping
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import rjsmin
from jinja2 import Environment
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.config_options import Hooks
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page

if TYPE_CHECKING:
    from macros.host.site_build import Build, Settings

log = logging.getLogger("mkdocs.sop")
STUB = '---\nhide: [{hidden}]\nrender_macros: true\n---\n{{{{ {macro}("{id}") }}}}\n'

UNKNOWN = "not known yet"


def on_startup(command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:  # noqa: ARG001 - MkDocs names them
    """While pages are served, they are made when they are asked for."""
    gc.set_threshold(
        100_000, 50, 50
    )  # nearly all that a build makes it keeps; looking for cycles is 5 % of it
    os.environ["SOP_SERVED"] = "yes" if command == "serve" else ""  # outlives this module


def is_served() -> bool:
    return bool(os.environ.get("SOP_SERVED"))


@event_priority(100)  # before mkdocs-macros asks for the pages, and before MkDocs empties the site
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Load the SOP and render its pages; abort with all its problems if it has any."""
    forget_modules()
    from macros.checks.runner import checked
    from macros.host.site_build import Build
    from macros.pages.renderer import foot, head
    from macros.parsing.problems import InvalidSop
    from macros.pdf.compiler import NotMade, dated
    from macros.wording.sentences import edition

    root = Path(config.config_file_path).parent
    try:
        catalogue = checked(Path(os.path.relpath(root / "sop_data")))
        config["sop"] = Made(Build(catalogue, settings(config, root)))
        if config.extra["pdf"] and not is_served():
            config["sop"].pdfs = config["sop"].build.all_pdfs()
    except (InvalidSop, NotMade) as error:
        raise Abort(str(error)) from None
    config["sop_policy"] = UNKNOWN
    # The date that MkDocs writes into the sitemap: the SOP's, not the clock's.
    os.environ["SOURCE_DATE_EPOCH"] = str(dated(catalogue))
    config["sop_edition"] = ", ".join(edition(catalogue))
    config["sop_head"], config["sop_foot"] = head(catalogue), foot(catalogue)
    unset = [name for name in ("site_url", "edit_uri_template") if not config[name]]
    if unset:
        log.info("Not set in mkdocs.yml, and so not shown: %s", ", ".join(unset))
    return config


class Made:
    """What the events of a build share: an object, because mkdocs-macros copies and prints all plain data it meets."""

    def __init__(self, build: "Build") -> None:
        self.build, self.markdown = build, build.markdown()
        self.pdfs: Mapping[str, bytes] = {}


def settings(config: MkDocsConfig, root: Path) -> "Settings":
    from macros.host.site_build import Settings

    template = config.edit_uri_template
    return Settings(
        links="folders" if config.use_directory_urls else "files",
        edit=(lambda path: template.format(path=path, path_noext=path)) if template else None,
        site_url=config.site_url,
        cache=root / ".cache",
    )


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add a file for each page that MkDocs makes, with the YAML as what its edit button opens."""
    from macros.pages.renderer import navigation

    build = config["sop"].build
    for file in files.documentation_pages():
        file.edit_uri = f"docs/{file.src_uri}"
    for file in list(files.javascript_files()):
        if not file.src_uri.startswith("assets/vendor/"):
            files.remove(file)
            files.append(File.generated(config, file.src_uri, content=rjsmin.jsmin(file.content_string)))
    for path, page in build.hosted.items():
        content = STUB.format(macro=page.macro, id=page.id, hidden=", ".join(page.hides))
        file = File.generated(config, path, content=content)
        file.edit_uri = page.source
        if path == build.model:
            file.inclusion = InclusionLevel.NOT_IN_NAV
        files.append(file)
    config.nav = navigation(build.listed)
    return files


def on_env(env: Environment, config: MkDocsConfig, **_: object) -> Environment:
    """Keep the theme's compiled templates too: compiling them costs as much as filling them."""
    env.bytecode_cache = config["sop"].build.settings.templates()
    return env


def on_page_content(html: str, page: Page, config: MkDocsConfig, **_: object) -> str:
    """Mark what we put in ourselves: in the one page that stands for many, and while serving in all of ours."""
    from macros.host.frame import mark

    build, path = config["sop"].build, page.file.src_uri
    if path == build.model:
        page.title = mark("title")
        page.toc.items[0].id, page.toc.items[0].title = mark("anchor"), mark("title")
        page.toc.items[0].children = []
        page.canonical_url = page.canonical_url and mark("address")
        page.edit_url = page.edit_url and mark("edit")
    return mark("content") if path in shelled(config) else html


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Keep the pages that are filled in by us."""
    from macros.host.frame import Shell

    if page.file.src_uri in shelled(config):
        config["sop"].build.shells[page.file.src_uri] = Shell(output)
    return output


def shelled(config: MkDocsConfig) -> Collection[str]:
    """The pages of which MkDocs makes the shell."""
    build = config["sop"].build
    return build.hosted if is_served() else [build.model]


def on_post_build(config: MkDocsConfig) -> None:
    """Write what MkDocs need not see: the pages that are many, PDFs, the API and the search index."""
    from macros.host.dev_server import save

    if is_served():
        return
    build, site = config["sop"].build, Path(config.site_dir)
    for path, content in config["sop"].pdfs.items():
        save(site / path, [content])
    for path, make in (build.page_files() | build.other_files()).items():
        save(site / path, make())


def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str:
    """Take the policy of all pages from the theme's own page, which MkDocs makes first."""
    from macros.host.csp import policy

    if template_name != "404.html":
        return output_content
    endpoint = (config.extra.get("feedback") or {}).get("endpoint", "")
    config["sop_policy"] = policy(
        output_content, endpoint=endpoint, from_files=bool(config.extra.get("offline"))
    )
    return output_content.replace(UNKNOWN, escape(config["sop_policy"]))


def on_serve(server: LiveReloadServer, config: MkDocsConfig, **_: object) -> LiveReloadServer:
    """Follow edits: MkDocs makes its pages anew only where what it puts around ours changes."""
    from macros.host.dev_server import Live

    def host() -> "Build":
        again = load_config(config.config_file_path, site_dir=config.site_dir, strict=config.strict)
        again.site_url = config.site_url
        mkdocs_build(again, serve_url=config.site_url)
        build: Build = again["sop"].build
        return build

    def builder() -> None:
        from macros.parsing.problems import InvalidSop  # that of the code as it is now

        try:
            live.renew()
        except InvalidSop as error:
            raise Abort(str(error)) from None

    root = Path(config.config_file_path).parent
    code = [root / name for name in ("mkdocs.yml", "docs", "macros", "overrides")]
    live = Live(config["sop"].build, Path(config.site_dir), host, code)
    server.builder = builder
    server.set_app(live.serving(server.serve_request, server.mount_path))
    server.observer._timeout = 0.1  # look for edits ten times a second; twice is too slow to feel live
    return server


def forget_modules() -> None:
    """Let `mkdocs serve` pick up edits to our modules, this one included."""
    Hooks._load_hook.cache_clear()
    for name in [name for name in sys.modules if name.partition(".")[0] == "macros"]:
        del sys.modules[name]
