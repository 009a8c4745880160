"""Sizes of targets: 44 px where a thumb goes, on phones and touch screens; 24 px elsewhere, as WCAG 2.5.8 has it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from site_pages import OPEN_ALL, SMALLER, TARGETS, one_of_each_kind
from visits import Visit

from conftest import Open

THUMB = ".sop-actions > a, .sop-actions summary, .sop-draft > a, .sop-actions button, .sop-case button, .sop-jump, .sop-cell"


@pytest.fixture
def touched(chromium: Browser) -> Iterator[Page]:
    """A page of a tablet: wide, and with a coarse pointer."""
    context = chromium.new_context(viewport={"width": 1024, "height": 768}, has_touch=True, is_mobile=True)
    yield context.new_page()
    context.close()


def smaller(one: Visit, site: Path, selector: str, size: int) -> dict[str, list[str]]:
    """The targets that are smaller than a size in pixels, by page, on one page of each kind."""
    start, found = one.page.url, {}
    for path in one_of_each_kind(site):
        one.page.goto(start + path)
        one.page.evaluate(OPEN_ALL)
        found[path] = one.page.evaluate(SMALLER, [selector, size])
    return {path: small for path, small in found.items() if small}


@pytest.mark.parametrize("width", [375, pytest.param(1280, marks=pytest.mark.long)])
def test_every_target_is_at_least_24_px(visit: Open, site: Path, width: int) -> None:
    one = visit(width=width)
    assert smaller(one, site, TARGETS, 24) == {}


def test_on_a_phone_a_thumb_has_44_px(visit: Open, site: Path) -> None:
    one = visit(width=375)
    assert smaller(one, site, THUMB, 44) == {}


def test_on_a_touch_screen_and_in_a_case_a_thumb_has_44_px(touched: Page, address: str) -> None:
    touched.goto(f"{address}marketplaces/flipkart/")
    touched.get_by_role("button", name="Start a case").first.click()
    touched.get_by_label("Order or ticket ID").fill("OD-1")
    touched.evaluate(OPEN_ALL)
    assert touched.evaluate(SMALLER, [THUMB, 44]) == []
    touched.get_by_role("button", name="Start", exact=True).click()
    touched.get_by_role("button", name="Done").click()
    assert touched.locator(".sop-case button, .sop-card button").count() > 10
    touched.evaluate(OPEN_ALL)
    assert touched.evaluate(SMALLER, [THUMB, 44]) == []
