"""Text -> headings in HTML and Markdown. The text of the SOP is escaped in both."""

import re
from typing import Any, TypedDict

from markupsafe import Markup

from macros.model.urls import heading_anchor

HEADING = re.compile(r'<h([1-6]) id="([^"]+)">(.*?)<a class="headerlink"')


class Heading(TypedDict):
    """A heading for MkDocs' table of contents; ``name`` is HTML, ``id`` its anchor."""

    level: int
    id: str
    name: str
    children: list[Any]


def heading(level: int, text: str, id: str = "") -> Markup:
    """A heading in HTML, with the same markup as Markdown and the theme."""
    anchor = id or heading_anchor(text)
    link = f'<a class="headerlink" href="#{anchor}" title="Link to this section">#</a>'
    return Markup('<h{} id="{}">{}{}</h{}>').format(level, anchor, text, Markup(link), level)  # noqa: S704 - an id or a slug


def contents(html: str) -> Heading:
    """The title of a page, and below it all other headings."""
    found = [
        Heading(level=int(level), id=id, name=text, children=[]) for level, id, text in HEADING.findall(html)
    ]
    found[0]["children"] = found[1:]
    return found[0]


def markdown_heading(level: int, text: str, id: str = "") -> Markup:
    """A heading in Markdown, for the export."""
    return Markup(f"{'#' * level} {as_markdown(text)}{f' {{: #{id} }}' if id else ''}")  # noqa: S704 - the text is escaped


def as_markdown(text: str) -> Markup:
    """Text with punctuation as character codes, so that it is not read as Markdown."""
    coded = re.sub(r"[!-/:-@\[-`{-~]", lambda found: f"&#{ord(found[0])};", text)
    return Markup(coded)  # noqa: S704 - no special characters of HTML or Markdown are left
