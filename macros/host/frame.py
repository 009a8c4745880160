"""A page of MkDocs as a template for other pages: their content replaces marks."""

import re
from collections.abc import Mapping
from typing import Any

PARTS = ("title", "anchor", "content", "address", "edit")


def mark(part: str) -> str:
    """The mark for a part. The content needs a heading, because the theme would add one."""
    name = f"sop-{part}-goes-here"
    return f"<h1>{name}</h1>" if part == "content" else name


def mark_page(page: Any) -> None:
    """Set the marks, except that of the content, on a page of MkDocs with a title and a table of contents."""
    page.title = mark("title")
    page.toc.items[0].id, page.toc.items[0].title = mark("anchor"), mark("title")
    page.toc.items[0].children = []
    page.canonical_url = page.canonical_url and mark("address")
    page.edit_url = page.edit_url and mark("edit")


class Frame:
    """A page of MkDocs, split at its marks."""

    def __init__(self, page: str) -> None:
        self.pieces = re.split("|".join(f"({mark(part)})" for part in PARTS), page)

    def fill(self, parts: Mapping[str, str]) -> str:
        """The page with these parts, which are HTML."""
        found = {mark(part): text for part, text in parts.items()}
        return "".join(found.get(piece, piece) for piece in self.pieces if piece)
