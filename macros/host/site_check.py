"""Verification of a built site: missing, empty and broken files, and dead links."""

import json
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

STYLE = "assets/sop.css"


def flaws(site: Path, expected: Iterable[str]) -> Iterator[str]:
    """All problems of a built site."""
    for wanted in expected:
        if not (site / wanted).is_file():
            yield f"{wanted} is missing"
    for path in sorted(one for one in site.rglob("*") if one.is_file()):
        name = path.relative_to(site).as_posix()
        if not path.stat().st_size:
            yield f"{name} is empty"
        elif path.suffix == ".json" and not is_json(path):
            yield f"{name} is not JSON"
        elif path.suffix == ".pdf" and not is_pdf(path):
            yield f"{name} is not a whole PDF"
    yield from dead_links(site)


def is_json(path: Path) -> bool:
    try:
        json.loads(path.read_bytes())
    except ValueError:
        return False
    return True


def is_pdf(path: Path) -> bool:
    content = path.read_bytes()
    return content.startswith(b"%PDF-") and content.rstrip().endswith(b"%%EOF")


class PageLinks(HTMLParser):
    """The ids and links of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        for name, value in attributes:
            if name == "id" and value:
                self.ids.append(value)
            elif name in ("href", "src") and value is not None and tag != "base":
                self.links.append(value)


def base_of(links: list[str]) -> str:
    """The path of the site, with which the links of 404.html begin: that page is sent for any address."""
    return next((link.removesuffix(STYLE) for link in links if link.endswith(STYLE)), "/")


def dead_links(site: Path) -> Iterator[str]:
    """Links inside the site to missing pages, files or anchors."""
    pages = {
        path.relative_to(site).as_posix(): PageLinks(path.read_text(encoding="utf-8"))
        for path in sorted(site.rglob("*.html"))
    }
    for name, page in pages.items():
        base = base_of(page.links) if name == "404.html" else "/"
        for link in sorted(set(page.links)):
            target = urlsplit(urljoin(f"{base}{name}", link))
            if target.scheme or target.netloc:
                continue
            path = unquote(target.path).removeprefix(base)
            file = f"{path}index.html" if path.endswith("/") or not path else path
            if not (site / file).is_file():
                yield f"{name}: {link} leads nowhere"
            elif target.fragment and file in pages and target.fragment not in {*pages[file].ids, "__skip"}:
                yield f"{name}: {link} has no such place"
