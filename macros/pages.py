"""Catalogue -> the Markdown of every page, by its path below `docs/`.

Headings are Markdown, so that they reach the table of contents and the search; the
rest is finished HTML. The SOP's text is escaped in both: none of it is ever markup.
"""

import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from macros import flowchart, lookups, prose
from macros.catalogue import Catalogue
from macros.procedure import Procedure
from macros.rules import RULEBOOK

# kind -> the folder of its pages, and the title of its section in the navigation
SECTIONS = {
    "marketplace": ("marketplaces", "Marketplaces"),
    "issue type": ("issue-types", "Issue types"),
    "role": ("roles", "Roles"),
    "system": ("systems", "Systems"),
}
Edit = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Page:
    """One page: the macro that returns its Markdown, for which record, and the file to edit."""

    macro: str
    id: str
    source: str
    markdown: str


def pages(catalogue: Catalogue, *, directory_urls: bool = True, edit: Edit | None = None) -> dict[str, Page]:
    """Every page for readers. ``edit`` gives the address where a file is edited, if there is one."""
    environment = templates(catalogue, directory_urls, edit)

    def page(path: str, macro: str, source: str, id: str = "", **values: Any) -> Page:
        template = environment.get_template(f"{macro}.md")
        return Page(macro, id, source, template.render(here=path, id=id, **values))

    result = {"index.md": page("index.md", "home", catalogue.file_of("sop", "sop"))}
    for kind, (folder, _) in SECTIONS.items():
        for id, record in catalogue.records(kind).items():
            path = f"{folder}/{id}.md"
            result[path] = page(path, kind.replace(" ", "_"), catalogue.file_of(kind, id), id, record=record)
    result["gaps.md"] = page("gaps.md", "gaps", f"{catalogue.folder.root.name}/gaps.yml")
    result["checks.md"] = page("checks.md", "checks", "macros/rules.yml", rules=RULEBOOK)
    return result


def navigation(paths: list[str]) -> list[Any]:
    """The menu of the site: one section a kind, its pages in their order."""
    sections = [
        {title: [path for path in paths if path.startswith(f"{folder}/")]}
        for folder, title in SECTIONS.values()
    ]
    about = {"About": ["contributing.md", "checks.md", "checks-proof.md", "architecture.md"]}
    return [{"Home": "index.md"}, *sections, {"Gaps": "gaps.md"}, about]


def templates(catalogue: Catalogue, directory_urls: bool, edit: Edit | None) -> Environment:
    """The environment of all templates; `here` in a template is the path of its page."""
    environment = Environment(
        loader=PackageLoader("macros"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["markdown"] = as_markdown
    order = list(catalogue.roles)

    @pass_context
    def url(context: Context, path: str, anchor: str = "") -> str:
        return relative_url(context["here"], path, directory_urls) + (f"#{anchor}" if anchor else "")

    @pass_context
    def link(context: Context, id: str) -> Markup:
        kind, record = catalogue.named(id)
        href = url(context, f"{SECTIONS[kind][0]}/{id}.md")
        return Markup('<a href="{}">{}</a>').format(href, record.name)

    @pass_context
    def steps_url(context: Context, procedure: Procedure, issue_type: str = "", step: str = "") -> str:
        anchor = "-".join(filter(None, (issue_type or procedure.issue_types[0], step)))
        return url(context, f"marketplaces/{procedure.marketplace}.md", anchor)

    @pass_context
    def text(context: Context, words: str) -> Markup:
        return prose.linked(words, lambda id: link(context, id))

    environment.globals.update(
        sop=catalogue,
        edit=edit,
        prose=prose,
        lookups=lookups,
        flowchart=flowchart,
        url=url,
        link=link,
        text=text,
        steps_url=steps_url,
        hue=order.index,
    )
    return environment


def as_markdown(text: str) -> Markup:
    """Text that means only itself in Markdown: punctuation as its character codes."""
    coded = re.sub(r"[!-/:-@\[-`{-~]", lambda found: f"&#{ord(found[0])};", text)
    return Markup(coded)  # noqa: S704 - no character is left that HTML or Markdown would act on


def relative_url(here: str, path: str, directory_urls: bool) -> str:
    """From the page of one Markdown path to that of another."""

    def address(markdown: str) -> str:
        stem = markdown.removesuffix(".md")
        if not directory_urls:
            return f"{stem}.html"
        return "" if stem == "index" else f"{stem}/"

    start, target = address(here), address(path)
    folder = start if directory_urls else posixpath.dirname(start)
    relative = posixpath.relpath(target or ".", folder or ".")
    return f"{relative}/" if directory_urls else relative
