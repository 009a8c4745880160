"""Words of 40 to 180 letters in every field: on every page they break, and no letter is lost."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import generated_sop
from conftest import Open, Shared, build_site, copy_project, serve

PAGES = (
    "", "marketplaces/marketplace-0/", "marketplaces/marketplace-1/", "issue-types/issue-types-0/",
    "roles/roles-0/", "roles/roles-1/", "systems/systems-1/", "gaps/", "changes/",
)  # fmt: skip
# Gives the texts that are cut by the page or by an element that hides what is wider. The header of the theme is left
# out: it repeats the page's title in one line. What scrolls by itself is not lost.
CUT = """() => {
  const width = document.documentElement.clientWidth, found = [];
  const cut = (element, box) => {
    for (let e = element; e; e = e.parentElement) {
      const { clipPath, overflowX } = getComputedStyle(e), edge = e.getBoundingClientRect();
      if (clipPath != 'none' || ['auto', 'scroll'].includes(overflowX)) return false;
      if (overflowX != 'visible' && (box.right > edge.right + 1 || box.left < edge.left - 1)) return true;
    }
    return box.right > width + 1 || box.left < -1;
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { data, parentElement: parent } = walker.currentNode;
    if (!data.trim() || !parent.checkVisibility({visibilityProperty: true}) || parent.closest('option, .md-header__title')) continue;
    const range = document.createRange();
    range.selectNodeContents(walker.currentNode);
    if ([...range.getClientRects()].some(box => cut(parent, box))) found.push(data.trim().slice(0, 40));
  }
  return found;
}"""


@pytest.fixture(scope="module")
def long_words(shared: Shared) -> Iterator[str]:
    """Where the site of such an SOP is served."""

    def fill(folder: Path) -> None:
        generated_sop.overlong(folder)
        build_site(copy_project(folder), folder / "site", SOP_PDF="false")

    with serve(shared("overlong", fill) / "site") as base:
        yield base


def scrolls(page: Any) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


@pytest.mark.parametrize(
    "width",
    [320, pytest.param(375, marks=pytest.mark.long), pytest.param(720, marks=pytest.mark.long), 1280],
)
def test_no_word_is_cut_and_no_page_scrolls_sideways(long_words: str, visit: Open, width: int) -> None:
    one = visit("", base=long_words, width=width)
    for path in PAGES:
        one.page.goto(long_words + path)
        assert not scrolls(one.page), path
        assert one.page.evaluate(CUT) == [], path


@pytest.mark.parametrize("width", [320, 1280])
def test_no_word_is_cut_in_the_menu_and_the_search(long_words: str, visit: Open, width: int) -> None:
    one = visit("roles/roles-0/", base=long_words, width=width)
    if width == 320:
        one.page.locator(".md-header [for=__drawer]").click()
        one.page.wait_for_timeout(500)
        assert one.page.evaluate(CUT) == []
        one.page.keyboard.press("Escape")
    one.page.keyboard.press("/")
    one.page.keyboard.type("marketplace")
    one.page.locator("#sop-hits a").first.wait_for()
    one.page.wait_for_timeout(500)
    assert one.page.evaluate(CUT) == []
    assert width == 320 or not scrolls(one.page)  # on phones, the overlay of the theme is wider than the page


def test_the_probe_finds_a_word_that_is_cut(long_words: str, visit: Open) -> None:
    one = visit("marketplaces/marketplace-0/", base=long_words, width=375)
    one.page.add_style_tag(content="* { overflow-wrap: normal !important; }")
    assert scrolls(one.page)
    assert len(one.page.evaluate(CUT)) > 5
