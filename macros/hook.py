"""The SOP as a MkDocs site: loads it, adds its pages and menu. The only importer of mkdocs."""

import logging
import os
import sys
from html import escape
from pathlib import Path

import rjsmin
from mkdocs.config.config_options import Hooks
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files

log = logging.getLogger("mkdocs.sop")
STUB = '---\nhide: [{hidden}]\nrender_macros: true\n---\n{{{{ {macro}("{id}") }}}}\n'

UNKNOWN = "not known yet"


@event_priority(100)  # before mkdocs-macros asks for the pages, and before MkDocs empties the site
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Load the SOP and render its pages; abort with all its problems if it has any."""
    forget_modules()
    from macros.cache import Cache
    from macros.checks import checked
    from macros.pages import foot, head, pages
    from macros.pdf import NotMade, dated, papers, pdfs
    from macros.problems import InvalidSop
    from macros.prose import edition
    from macros.published import published
    from macros.search import index, script

    template = config.edit_uri_template
    edit = (lambda path: template.format(path=path, path_noext=path)) if template else None
    root = Path(config.config_file_path).parent
    cache = Cache(root / ".cache" / "pdf")
    try:
        catalogue = checked(Path(os.path.relpath(root / "sop_data")))
        made = pdfs(catalogue, papers(catalogue), config.site_url, cache)
        config["sop_files"] = {paper.path: content for paper, content in made}
        cache.forget_unused()
        config["sop_files"] |= published(catalogue)
        found = index(catalogue, directory_urls=config.use_directory_urls)
        config["sop_files"]["assets/search-index.js"] = script(found)
    except (InvalidSop, NotMade) as error:
        raise Abort(str(error)) from None
    config["sop_pages"] = pages(
        catalogue, links="folders" if config.use_directory_urls else "files", edit=edit
    )
    config["sop_policy"] = UNKNOWN
    # The date that MkDocs writes into the sitemap: the SOP's, not the clock's.
    os.environ["SOURCE_DATE_EPOCH"] = str(dated(catalogue))
    config["sop_edition"] = ", ".join(edition(catalogue))
    config["sop_head"], config["sop_foot"] = head(catalogue), foot(catalogue)
    unset = [name for name in ("site_url", "edit_uri_template") if not config[name]]
    if unset:
        log.info("Not set in mkdocs.yml, and so not shown: %s", ", ".join(unset))
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add a file for each page of the SOP, with the YAML as what its edit button opens."""
    from macros.pages import navigation

    for file in files.documentation_pages():
        file.edit_uri = f"docs/{file.src_uri}"
    for file in list(files.javascript_files()):
        if not file.src_uri.startswith("assets/vendor/"):
            files.remove(file)
            files.append(File.generated(config, file.src_uri, content=rjsmin.jsmin(file.content_string)))
    for path, page in config["sop_pages"].items():
        file = File.generated(
            config,
            path,
            content=STUB.format(macro=page.macro, id=page.id, hidden=", ".join(page.hides)),
        )
        file.edit_uri = page.source
        files.append(file)
    for path, content in config["sop_files"].items():
        files.append(File.generated(config, path, content=content))
    config.nav = navigation(list(config["sop_pages"]))
    return files


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
