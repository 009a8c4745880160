"""The site in a real browser: home to procedure, both drawings, dark mode, weight, accessibility."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from site_pages import with_one_empty_page

from conftest import Open, serve

PAGES = ("", "marketplaces/myntra-ppmp/", "marketplaces/ajio-vms/", "issue-types/order-related/", "roles/client-poc/",
         "systems/omni-support/", "gaps/", "contributing/", "checks/")  # fmt: skip
WIDE, PHONE = 1280, 375


def box(visit: Any, selector: str) -> dict[str, float]:
    found = visit.page.locator(selector).first.bounding_box()
    assert found, selector
    return dict(found)


def test_home_shows_all_sixteen_procedures_without_scrolling(visit: Open) -> None:
    one = visit(width=1280, height=800)
    cells = one.page.locator("a.sop-cell")
    assert cells.count() == 16
    for index in range(16):
        found = cells.nth(index).bounding_box()
        assert found
        assert found["y"] + found["height"] <= 800
        assert "Owner" in cells.nth(index).inner_text()


@pytest.mark.parametrize("width", [WIDE, PHONE])
def test_one_tap_from_home_to_the_procedure(visit: Open, width: int) -> None:
    one = visit(width=width)
    one.page.get_by_role("link", name="Flipkart: Order-related issue").click()
    one.page.wait_for_url("**/marketplaces/flipkart/#order-related")
    heading = one.page.get_by_role("heading", name="Flipkart: Order-related issue")
    assert heading.is_visible()
    top = heading.evaluate("element => element.getBoundingClientRect().top")
    assert 0 <= top < 400
    assert not one.complaints


@pytest.mark.parametrize("anchor", ["unfulfillable", "order-related", "order-related-raise-case"])
def test_anchors_are_stable(visit: Open, anchor: str) -> None:
    one = visit(f"marketplaces/ajio-vms/#{anchor}")
    top = one.page.locator(f"[id='{anchor}']").evaluate("element => element.getBoundingClientRect().top")
    assert 0 <= top < 800


def test_a_wide_column_draws_lanes(visit: Open) -> None:
    one = visit("marketplaces/myntra-ppmp/", width=WIDE)
    raise_ids, with_marketplace = (
        "#order-related-raise-order-ids .sop-card",
        "#order-related-raise-with-marketplace .sop-card",
    )
    assert one.page.locator(".flow-lane").first.is_visible()
    assert box(one, with_marketplace)["x"] > box(one, raise_ids)["x"] + box(one, raise_ids)["width"]
    assert box(one, with_marketplace)["y"] > box(one, raise_ids)["y"] + box(one, raise_ids)["height"]
    lane = box(one, "#order-related ~ .sop-procedure .flow-lane >> nth=1")
    card = box(one, with_marketplace)
    assert lane["x"] <= card["x"] <= card["x"] + card["width"] <= lane["x"] + lane["width"] + 1


def test_a_step_without_an_actor_crosses_all_lanes(visit: Open) -> None:
    one = visit("marketplaces/myntra-ppmp/", width=WIDE)
    assert (
        box(one, "#order-related-ticket-completed .sop-card")["width"]
        > 0.9 * box(one, ".flow-steps")["width"]
    )


def test_a_narrow_column_draws_a_timeline(visit: Open) -> None:
    one = visit("marketplaces/myntra-ppmp/", width=PHONE)
    assert not one.page.locator(".flow-lane").first.is_visible()
    cards = one.page.locator(".flow-step .sop-card")
    lefts = {
        round(cards.nth(index).evaluate("e => e.getBoundingClientRect().left"))
        for index in range(cards.count())
    }
    assert len(lefts) == 1
    assert one.page.locator(".flow-step .sop-actor").first.is_visible()


SMALLEST = """() => Math.min(...[...document.querySelectorAll('article *')]
    .filter(e => e.checkVisibility() && [...e.childNodes].some(n => n.nodeType == 3 && n.data.trim()))
    .map(e => parseFloat(getComputedStyle(e).fontSize)))"""


@pytest.mark.parametrize("path", PAGES)
def test_text_is_readable_on_a_phone(visit: Open, path: str) -> None:
    one = visit(path, width=PHONE)
    assert one.page.evaluate(SMALLEST) >= 12
    assert one.page.evaluate("document.documentElement.scrollWidth") <= PHONE


def test_zoomed_to_200_percent_nothing_is_lost(visit: Open) -> None:
    one = visit("marketplaces/ajio-vms/", width=640, height=400, device_scale_factor=2)
    assert one.page.evaluate("document.documentElement.scrollWidth") <= 640


def test_print_spells_out_the_actors(visit: Open) -> None:
    one = visit("marketplaces/myntra-ppmp/", width=WIDE)
    one.page.emulate_media(media="print")
    width = one.page.locator(".flow-step .sop-actor").first.evaluate("e => e.getBoundingClientRect().width")
    assert width > 50
    assert not one.page.locator("summary", has_text="Diagram source").first.is_visible()


def test_the_diagram_source_is_copied(visit: Open) -> None:
    one = visit("marketplaces/flipkart/", permissions=["clipboard-read", "clipboard-write"])
    one.page.locator("summary", has_text="About this procedure").first.click()
    one.page.locator("summary", has_text="Diagram source").first.click()
    source = one.page.locator(".sop-draft", has_text="Diagram source").first
    source.get_by_role("button", name="Copy").click()
    source.get_by_text("Copied").wait_for()
    copied = one.page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("flowchart TD")
    assert "Increff POC" in copied


def test_without_javascript_the_pages_work(visit: Open) -> None:
    one = visit("marketplaces/flipkart/", java_script_enabled=False)
    assert one.page.locator(".flow-step").count() == 5
    assert one.page.locator(".flow-lane").first.is_visible()


SHIFT = """() => new Promise(done => new PerformanceObserver(list =>
    done(list.getEntries().reduce((sum, entry) => sum + entry.value, 0))).observe({type: 'layout-shift', buffered: true})
    || setTimeout(() => done(0), 500))"""


@pytest.mark.parametrize("width", [WIDE, PHONE])
def test_the_layout_does_not_shift(visit: Open, width: int) -> None:
    one = visit("marketplaces/myntra-ppmp/", width=width)
    assert one.page.evaluate(SHIFT) == 0


def test_a_page_weighs_little_more_than_an_empty_one(
    visit: Open, project: Path, build: Callable[[Path], Path]
) -> None:
    ours = {
        path: visit(path, fresh=True).bytes
        for path in ("marketplaces/myntra-ppmp/", "marketplaces/ajio-vms/")
    }
    with serve(build(with_one_empty_page(project))) as base:
        empty = visit(base=base, fresh=True).bytes
    print(
        f"\nempty page {empty} bytes; more than that: { ({path: size - empty for path, size in ours.items()}) }"
    )
    assert all(size - empty <= 8 * 1024 for size in ours.values())


# Draws each colour on a canvas, because a computed style may be oklch(); gives the contrast of
# text on the first opaque background behind it.
CONTRAST = """() => {
  const context = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const rgba = colour => { context.clearRect(0, 0, 1, 1); context.fillStyle = colour; context.fillRect(0, 0, 1, 1);
    return [...context.getImageData(0, 0, 1, 1).data]; };
  const light = ([r, g, b]) => [r, g, b].map(c => c / 255).map(c => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = element => { for (let e = element; e; e = e.parentElement) {
    const colour = rgba(getComputedStyle(e).backgroundColor); if (colour[3] == 255) return colour; } return [255, 255, 255]; };
  const words = [...document.querySelectorAll('.flow-lane, .flow-number, .sop-actor, .sop-owned, .sop-role, .sop-text, dt, dd, .sop-if, .sop-otherwise, .sop-marks a, .sop-foot')];
  return words.filter(e => e.checkVisibility()).map(e => {
    const [a, b] = [light(rgba(getComputedStyle(e).color)), light(behind(e))];
    return [(Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), e.className || e.tagName];
  }).sort((a, b) => a[0] - b[0])[0];
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "path", ["", "roles/client-poc/", "marketplaces/myntra-ppmp/", "marketplaces/ajio-vms/"]
)
def test_every_colour_contrasts(visit: Open, scheme: str, path: str) -> None:
    one = visit(path, color_scheme=scheme)
    ratio, where = one.page.evaluate(CONTRAST)
    assert ratio >= 4.5, where
