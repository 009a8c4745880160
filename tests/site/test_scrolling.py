"""What scrolls can be scrolled with the keyboard: it can be focused, or something in it can."""

from pathlib import Path

from site_pages import broken_rules, one_of_each_kind

from conftest import Open

# The elements that scroll once all details are open, and that the keyboard cannot reach.
UNREACHABLE = """() => {
  document.querySelectorAll('details').forEach(one => one.open = true);
  const scrolls = (how, whole, shown) => /auto|scroll/.test(how) && whole > shown + 1;
  return [...document.querySelectorAll('body *')].filter(one => {
    const style = getComputedStyle(one);
    return (scrolls(style.overflowX, one.scrollWidth, one.clientWidth) || scrolls(style.overflowY, one.scrollHeight, one.clientHeight))
      && one.checkVisibility({visibilityProperty: true}) && one.tabIndex < 0 && !one.querySelector('a[href]:not([tabindex]), button, input, select, [tabindex="0"]');
  }).map(one => `${one.tagName}.${one.className}`);
}"""


def test_every_region_that_scrolls_is_reached_by_keyboard(visit: Open, site: Path) -> None:
    one = visit(width=375)
    start, found = one.page.url, {}
    for path in one_of_each_kind(site):
        one.page.goto(start + path)
        found[path] = one.page.evaluate(UNREACHABLE)
    assert {path: regions for path, regions in found.items() if regions} == {}


def test_the_open_search_breaks_no_accessibility_rule(visit: Open) -> None:
    page = visit("gaps/", height=400).page
    page.keyboard.press("/")
    page.keyboard.type("order")
    page.locator("#sop-hits a").first.wait_for()
    page.wait_for_timeout(300)  # the list opens in a transition
    assert page.evaluate(UNREACHABLE) == []
    assert broken_rules(page) == []
