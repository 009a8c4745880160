"""One page of the host as the frame of many: what differs from page to page is put where its mark is."""

import re
from collections.abc import Mapping
from typing import Any

PARTS = ("title", "anchor", "content", "address", "edit")


def mark(part: str) -> str:
    """What the host is given in place of a part; without a heading in the content, the theme would add one."""
    name = f"sop-{part}-goes-here"
    return f"<h1>{name}</h1>" if part == "content" else name


def mark_page(page: Any) -> None:
    """Mark what differs from page to page, but for the content, on a page of MkDocs that has a title and contents."""
    page.title = mark("title")
    page.toc.items[0].id, page.toc.items[0].title = mark("anchor"), mark("title")
    page.toc.items[0].children = []
    page.canonical_url = page.canonical_url and mark("address")
    page.edit_url = page.edit_url and mark("edit")


class Frame:
    """A page of the host, cut at its marks."""

    def __init__(self, page: str) -> None:
        self.pieces = re.split("|".join(f"({mark(part)})" for part in PARTS), page)

    def filled(self, parts: Mapping[str, str]) -> str:
        """The page with these parts, which are HTML."""
        found = {mark(part): text for part, text in parts.items()}
        return "".join(found.get(piece, piece) for piece in self.pieces if piece)
