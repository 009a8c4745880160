"""Pages and PDFs under the former ids of records: the old addresses lead to the new ones."""

import posixpath
from functools import partial
from html import escape
from typing import TypeVar

from macros.api.files import Make
from macros.catalogue.catalogue import Catalogue
from macros.model import urls
from macros.pages.links import LinkStyle, html_file, source_of

T = TypeVar("T")
SCRIPT = "assets/moved.js"  # keeps the anchor, which servers do not get
PAGE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'{files}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{name}</title>
<link rel="canonical" href="{canonical}">
<noscript><meta http-equiv="refresh" content="0; url={to}"></noscript>
</head>
<body>
<main><h1>This page has moved</h1><p><a href="{to}">{name}</a></p></main>
<script src="{script}"></script>
</body>
</html>
"""


def redirects(catalogue: Catalogue, links: LinkStyle, site_url: str | None) -> dict[str, Make]:
    """A page for each former id, by its path below the site."""
    found: dict[str, Make] = {}
    for kind, former, id in catalogue.former_ids():
        old, new = (html_file(source_of(kind, one), links) for one in (former, id))
        address = new.removesuffix("index.html") if links == "folders" else new

        def relative(path: str, old: str = old) -> str:
            slash = "/" if path.endswith("/") else ""
            return posixpath.relpath(path, posixpath.dirname(old)) + slash

        canonical = f"{site_url}{address}" if site_url else relative(address)
        page = PAGE.format(
            files=" file:" if links == "files" else "",
            name=escape(catalogue.named[id][1].name),
            to=escape(relative(address)),
            canonical=escape(canonical),
            script=relative(SCRIPT),
        )
        found[old] = partial(list, [page.encode()])
    return found


def with_former_paths(catalogue: Catalogue, pdfs: dict[str, T]) -> dict[str, T]:
    """PDFs by path, each also under the former ids of its record."""
    paths = [(urls.sheet(kind, former), urls.sheet(kind, id)) for kind, former, id in catalogue.former_ids()]
    return pdfs | {old: pdfs[new] for old, new in paths if new in pdfs}
