"""Catalogue -> the site as plain Markdown and files, which Zensical builds without this project."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from markupsafe import escape

from macros.api.files import contents
from macros.catalogue.catalogue import Catalogue
from macros.host.redirects import redirects
from macros.host.site_build import Build, Settings
from macros.pages.navigation import ABOUT, navigation
from macros.pages.renderer import Page, Writer, foot, head

BUILD_KEYS = ("hooks", "plugins", "watch", "extra", "nav")  # keys of mkdocs.yml that the export does not need
SEARCH = (
    "search-box.js",
    "search-box.css",
    "search.js",
    "feedback.js",
    "feedback.css",
    "vendor",
)  # scripts of the header; the theme has its own


class Loader(yaml.SafeLoader):
    """Reads mkdocs.yml; a value from the environment gets its default, the last item."""

    def default(self, node: yaml.SequenceNode) -> object:
        return self.construct_sequence(node)[-1]


Loader.add_constructor("!ENV", Loader.default)


def export_files(catalogue: Catalogue, project: Path) -> Iterator[tuple[str, bytes]]:
    """Every file of the export, by its path in it. ``project`` contains mkdocs.yml and docs/."""
    settings = settings_of(project)
    build = Build(catalogue, Settings(site_url=settings.get("site_url")))
    write = Writer(catalogue, links="sources", markdown=True)
    yield (
        "mkdocs.yml",
        yaml.safe_dump(
            export_settings(settings, build.menu_pages), sort_keys=False, allow_unicode=True
        ).encode(),
    )
    for path, page in build.pages.items():
        yield f"docs/{path}", full_page(page, write(path, page), catalogue).encode()
    for file in sorted((project / "docs").rglob("*")):
        name = file.relative_to(project / "docs")
        is_internal = file.suffix == ".md" and name.as_posix() not in ABOUT
        if file.is_file() and not is_internal and not set(name.parts) & set(SEARCH):
            yield f"docs/{name.as_posix()}", file.read_bytes()
    for path, content in build.all_pdfs().items():
        yield f"docs/{path}", content
    for path, make in redirects(catalogue, "folders", settings.get("site_url")).items():
        yield f"docs/{path}", b"".join(make())
    for path, content in contents(catalogue, settings.get("site_url")):
        yield f"docs/{path}", content


def settings_of(project: Path) -> dict[str, Any]:
    """The settings in mkdocs.yml."""
    return dict(yaml.load((project / "mkdocs.yml").read_bytes(), Loader=Loader))  # noqa: S506 - a safe loader


def export_settings(settings: dict[str, Any], listed: list[str]) -> dict[str, Any]:
    """The settings without plugins and custom templates, and with the menu of the export."""
    kept = {key: value for key, value in settings.items() if key not in BUILD_KEYS and value != ""}
    kept["theme"] = {key: value for key, value in kept["theme"].items() if key != "custom_dir"}
    kept["extra_javascript"] = [name for name in kept["extra_javascript"] if not name.endswith(SEARCH)]
    return {**kept, "nav": navigation(listed)}


def full_page(page: Page, markdown: str, catalogue: Catalogue) -> str:
    """A page with the review notes and document control that the site adds around it."""
    hidden = ", ".join(page.hidden_parts)
    title, _, rest = markdown.lstrip().partition("\n")
    content = f"{title}\n\n{search_hints(page, catalogue)}{rest}"
    return f"---\nhide: [{hidden}]\n---\n{head(catalogue)}\n\n{content}\n\n{foot(catalogue)}\n"


def search_hints(page: Page, catalogue: Catalogue) -> str:
    """The aliases of the page's record in a hidden paragraph: Zensical searches it, and tags would be shown."""
    record = catalogue.records.get(page.macro, {}).get(page.id)
    names = getattr(record, "aliases", ())
    return f"<p hidden>{escape(', '.join(names))}</p>\n\n" if names else ""
