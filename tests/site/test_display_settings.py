"""Pages with forced colours, with reduced motion, and at 400 % zoom: nothing is lost."""

from pathlib import Path

import pytest
from playwright.sync_api import Page
from site_pages import OPEN_ALL, SIDEWAYS, one_of_each_kind

from conftest import Open

# The numbers of the elements whose background differs from that around them. The header and the footer of
# the page are known by their places, code by its font, and a summary by the edge of its details.
FILLED = """() => {
  const behind = one => {
    for (; one; one = one.parentElement) {
      const colour = getComputedStyle(one).backgroundColor;
      if (colour != 'rgba(0, 0, 0, 0)') return colour;
    }
  };
  return [...document.querySelectorAll('body *')].flatMap((one, at) =>
    !one.matches('.md-header, .md-tabs, .md-footer, .md-footer-meta, details > summary, code, pre, .md-code__nav')
    && one.checkVisibility({visibilityProperty: true, opacityProperty: true}) && one.clientWidth > 0
    && behind(one) != behind(one.parentElement) ? [at] : []);
}"""
# Those of them that have no edge, and no background that stays.
EDGELESS = """numbers => {
  const all = document.querySelectorAll('body *');
  return numbers.map(at => all[at]).filter(one => {
    const style = getComputedStyle(one), sides = ['Top', 'Right', 'Bottom', 'Left'];
    return style.outlineStyle == 'none' && style.forcedColorAdjust != 'none'
      && !sides.some(side => style[`border${side}Style`] != 'none' && parseFloat(style[`border${side}Width`]) >= 1);
  }).map(one => `${one.tagName}.${one.className} ${one.textContent.trim().slice(0, 30)}`);
}"""
MOVING = """() => [...document.querySelectorAll('*')]
  .flatMap(one => [null, '::before', '::after'].map(part => [one, getComputedStyle(one, part)]))
  .filter(([, style]) => style.scrollBehavior == 'smooth'
    || `${style.transitionDuration},${style.animationName == 'none' ? 0 : style.animationDuration}`.split(',').some(time => parseFloat(time) > .01))
  .map(([one]) => `${one.tagName}.${one.className}`)"""
# The words of the content that can be seen, labels of cells included, and the elements that cut some off.
# On a phone, each cell has its column as a label, except the row header, which is the title of its row.
WORDS = """() => [...new Set([...document.querySelectorAll('article *:not(thead th:first-child)')]
  .filter(one => one.checkVisibility({visibilityProperty: true, opacityProperty: true}))
  .flatMap(one => [getComputedStyle(one, '::before').content, ...[...one.childNodes].filter(node => node.nodeType == 3).map(node => node.data)])
  .flatMap(text => text.match(/[\\p{L}\\p{N}]+/gu) ?? []))]"""
CUT = """() => [...document.querySelectorAll('article *')].filter(one => {
  const style = getComputedStyle(one);
  return one.checkVisibility() && !one.closest('.sop-hidden') && style.clipPath == 'none'
    && ((/hidden|clip/.test(style.overflowX) && one.scrollWidth > one.clientWidth + 1)
      || (/hidden|clip/.test(style.overflowY) && one.scrollHeight > one.clientHeight + 1));
}).map(one => `${one.tagName}.${one.className}`)"""


def prepared(page: Page, address: str) -> None:
    """Open a page with all its details."""
    page.goto(address)
    page.evaluate(OPEN_ALL)


def with_a_case(page: Page, address: str) -> None:
    """Choose a role on the page of a marketplace, and start a case."""
    page.goto(f"{address}marketplaces/flipkart/")
    page.select_option("#sop-role", "client-poc")
    page.get_by_role("button", name="Start a case").first.click()
    page.get_by_label("Order or ticket ID").fill("1")
    page.get_by_role("button", name="Start", exact=True).click()
    page.locator(".sop-now").first.wait_for()


@pytest.mark.long
def test_with_forced_colours_what_had_a_background_has_an_edge(visit: Open, site: Path) -> None:
    usual, forced = visit().page, visit(forced_colors="active").page
    start, found = usual.url, {}
    for path in one_of_each_kind(site):
        for page in (usual, forced):
            prepared(page, start + path)
        found[path] = forced.evaluate(EDGELESS, usual.evaluate(FILLED))
    for page in (usual, forced):
        with_a_case(page, start)
    found["case"] = forced.evaluate(EDGELESS, usual.evaluate(FILLED))
    assert {path: elements for path, elements in found.items() if elements} == {}


def test_without_an_edge_a_background_is_lost(visit: Open) -> None:
    usual, forced = visit().page, visit(forced_colors="active").page
    for page in (usual, forced):
        page.add_style_tag(content=".sop-cell.sop-cell { border: 0; }")
    assert len(forced.evaluate(EDGELESS, usual.evaluate(FILLED))) == 16


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_with_forced_colours_a_flowchart_keeps_its_lanes_lines_and_marks(visit: Open, scheme: str) -> None:
    page = visit(forced_colors="active", color_scheme=scheme).page
    with_a_case(page, page.url)
    ink, paper = page.evaluate(
        """() => {
          const probe = document.body.appendChild(document.createElement('i'));
          probe.style = 'color: CanvasText; background: Canvas';
          return [getComputedStyle(probe).color, getComputedStyle(probe).backgroundColor];
        }"""
    )
    style = "([one, part, property]) => getComputedStyle(document.querySelector(one), part)[property]"
    for one, part, name in (
        (".flow-number", None, "backgroundColor"),
        (".flow-right", "::after", "backgroundColor"),
        (".flow-right", "::before", "borderBottomColor"),
        (".sop-role", "::before", "backgroundColor"),
        (".sop-mine > .sop-card", "::after", "backgroundColor"),
    ):
        assert page.evaluate(style, [one, part, name]) == ink, one
    assert page.evaluate(style, [".flow-number", None, "color"]) == paper
    assert ink in page.evaluate(style, [".flow-steps", None, "backgroundImage"])
    assert page.evaluate(style, [".sop-now > .sop-card", None, "outlineStyle"]) == "solid"


def test_with_forced_colours_the_focus_is_seen(visit: Open) -> None:
    page = visit("marketplaces/flipkart/", forced_colors="active").page
    seen, outlined = (
        set(),
        "one => getComputedStyle(one).outlineStyle != 'none' && parseFloat(getComputedStyle(one).outlineWidth) >= 1",
    )
    for _ in range(60):
        page.keyboard.press("Tab")
        element = page.evaluate_handle(
            """() => {
              const one = document.activeElement;
              return one.closest('.md-search__form') ?? (one.matches('.md-option') ? one.nextElementSibling : one);
            }"""
        )
        seen.add(page.evaluate("one => one.outerHTML", element))
        assert page.evaluate(outlined, element), element
    assert len(seen) > 40


def test_with_forced_colours_the_chosen_hit_and_the_current_page_are_seen(visit: Open) -> None:
    page = visit("marketplaces/ajio-vms/#unfulfillable-gap-turnaround-time", forced_colors="active").page
    active = page.locator(".md-sidebar--primary a.md-nav__link--active").first
    assert active.evaluate("one => getComputedStyle(one).fontWeight") == "700"
    assert page.locator(":target").evaluate("one => getComputedStyle(one).outlineStyle") == "solid"
    page.keyboard.press("/")
    page.keyboard.type("order")
    page.locator('#sop-hits [aria-selected="true"]').wait_for()
    chosen = page.locator('#sop-hits [aria-selected="true"]')
    assert chosen.evaluate("one => getComputedStyle(one).outlineStyle") == "solid"


def test_with_reduced_motion_nothing_moves(visit: Open, site: Path) -> None:
    page = visit(reduced_motion="reduce").page
    start, found = page.url, {}
    for path in one_of_each_kind(site):
        prepared(page, start + path)
        found[path] = page.evaluate(MOVING)
    page.keyboard.press("/")
    page.keyboard.type("order")
    page.locator("#sop-hits a").first.wait_for()
    found["search"] = page.evaluate(MOVING)
    with_a_case(page, start)
    found["case"] = page.evaluate(MOVING)
    assert {path: elements for path, elements in found.items() if elements} == {}


@pytest.mark.long
def test_at_four_hundred_percent_nothing_is_lost(visit: Open, site: Path) -> None:
    """A window of 1280 by 1024 px at 400 % is one of 320 by 256 CSS px."""
    usual, zoomed = visit(height=1024).page, visit(width=320, height=256, device_scale_factor=4).page
    start, found = usual.url, {}
    for path in one_of_each_kind(site):
        for page in (usual, zoomed):
            prepared(page, start + path)
        lost = {*usual.evaluate(WORDS)} - {*zoomed.evaluate(WORDS)}
        found[path] = [*lost, *zoomed.evaluate(CUT), *([path] if zoomed.evaluate(SIDEWAYS) else [])]
    with_a_case(zoomed, start)
    found["case"] = [*zoomed.evaluate(CUT), *(["case"] if zoomed.evaluate(SIDEWAYS) else [])]
    assert {path: elements for path, elements in found.items() if elements} == {}
