"""The pages of a built site, and what is measured on every one of them in a browser."""

import re
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from PIL import Image, ImageChops
from playwright.sync_api import Page
from visits import Visit

SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
# All details open, and at the top, where the bar covers no target.
OPEN_ALL = "() => { document.querySelectorAll('details').forEach(one => one.open = true); scrollTo({top: 0, behavior: 'instant'}); }"
# Only violations with all their details: to collect those of each rule that is kept doubles the time.
AXE = {"rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations"]}
TARGETS = "a, button, select, summary, input, label.md-icon"
# The visible targets of these selectors that are lower or narrower than a size. Exempt are links in a
# sentence: those in a block that holds words besides links.
SMALLER = """([selector, size]) => {
  const block = e => { let b = e.parentElement; while (getComputedStyle(b).display.startsWith('inline')) b = b.parentElement; return b; };
  const words = e => { const copy = e.cloneNode(true); copy.querySelectorAll('a, .sop-hidden').forEach(a => a.remove()); return /[\\p{L}]/u.test(copy.textContent); };
  const inSentence = e => e.matches('a') && getComputedStyle(e).display == 'inline' && words(block(e));
  return [...document.querySelectorAll(selector)]
    .filter(e => e.checkVisibility({opacityProperty: true, visibilityProperty: true}) && !e.matches('.headerlink, .md-skip, .md-toggle, .md-option, .sop-hidden *') && !inSentence(e))
    .map(e => [e.getBoundingClientRect(), e])
    .filter(([box]) => box.width > 0 && (box.width < size - .1 || box.height < size - .1))
    .map(([box, e]) => `${e.tagName}.${e.className} ${e.textContent.trim().slice(0, 20)} ${Math.round(box.width)}x${Math.round(box.height)}`);
}"""


def every_page(site: Path) -> dict[str, int]:
    """The size of each page in bytes, by its path as in a link."""
    files = [path for path in site.resolve().rglob("*.html") if "assets" not in path.parts]
    paths = {path: path.relative_to(site.resolve()).as_posix().removesuffix("index.html") for path in files}
    return {paths[path]: path.stat().st_size for path in sorted(files)}


def one_of_each_kind(site: Path) -> list[str]:
    """The largest page of each folder, and each page that is not in one."""
    sizes = every_page(site)
    largest: dict[str, str] = {}
    for path in sorted(sizes, key=sizes.__getitem__):
        folder, _, name = path.rstrip("/").rpartition("/")
        largest[folder or name] = path
    return sorted(largest.values())


def faults(one: Visit, start: str, paths: Iterable[str]) -> list[object]:
    """What is wrong with these pages below a URL: sideways scrolling, small targets, accessibility rules broken.

    All details are open. Of the rules of axe, `target-size` runs only if it is enabled.
    """
    found: list[object] = []
    one.page.emulate_media(reduced_motion="reduce")  # no colour on the way to another
    for path in paths:
        one.page.goto(start + path)
        one.page.evaluate(OPEN_ALL)
        wide, small = one.page.evaluate(SIDEWAYS), one.page.evaluate(SMALLER, [TARGETS, 24])
        found += [(path, "wider than the window", wide)] if wide else []
        found += [(path, "smaller than 24 px", small)] if small else []
        found += [(path, *rule) for rule in broken_rules(one.page)]
    return found + [said for said in one.complaints if "404" not in said]


def broken_rules(page: Page) -> list[tuple[str, list[str]]]:
    """The accessibility rules that a page breaks, each with up to three of its elements."""
    broken = Axe().run(page, options=AXE).response["violations"]
    return [(rule["id"], [node["html"][:200] for node in rule["nodes"]][:3]) for rule in broken]


def with_one_empty_page(project: Path) -> Path:
    """A project with one empty page in place of the SOP: what a page of the theme costs."""
    config = (project / "mkdocs.yml").read_text(encoding="utf-8")
    for ours_only in (r"  - sop:.*\n(      .*\n)+", r"extra_css: .*\n", r"  - macros:\n(      .*\n)+"):
        config, count = re.subn(ours_only, "", config)
        assert count == 1, ours_only
    (project / "mkdocs.yml").write_text(config)
    frame = project / "overrides" / "main.html"
    tables = re.compile(
        r"{% if not page or .*tables\.(css|js).*\n"
    )  # a marketplace's page does not load them
    text, count = tables.subn("", frame.read_text(encoding="utf-8"))
    assert count == 2
    frame.write_text(text)
    for path in (project / "docs").glob("*.md"):
        path.unlink()
    (project / "docs" / "index.md").write_text("# Empty\n")
    return project


def is_same_picture(one: bytes, other: bytes) -> bool:
    """Whether two PNGs have the same size and colours; a browser may round a colour at an edge up or down."""
    first, second = (Image.open(BytesIO(png)).convert("RGB") for png in (one, other))
    if first.size != second.size:
        return False
    difference = ImageChops.difference(first, second)
    return not difference.point(lambda level: max(level - 2, 0)).getbbox()  # of 255
