"""A word of the SOP shows its meaning where it stands: on hover, focus and tap."""

import pytest

from conftest import Open

WORD = "dfn a >> nth=0"
SHOWN = "one => getComputedStyle(one, '::after').content"


@pytest.mark.parametrize("how", ["hover", "focus", "tap"])
def test_a_word_shows_its_meaning_and_hides_it_on_escape(visit: Open, how: str) -> None:
    page = visit("marketplaces/myntra-ppmp/", width=375, has_touch=how == "tap", is_mobile=how == "tap").page
    word = page.locator(WORD)
    assert page.eval_on_selector("dfn a", SHOWN) == "none"
    start = page.url
    if how == "focus":
        page.keyboard.press("Tab")  # so that the focus is visible
    getattr(word, how)()
    assert page.eval_on_selector("dfn a", SHOWN) == '"not known yet"'
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.url == start
    page.keyboard.press("Escape")
    assert page.eval_on_selector("dfn a", SHOWN) == "none"


def test_the_second_tap_leads_to_the_list_of_words(visit: Open) -> None:
    page = visit("marketplaces/myntra-ppmp/", width=375, has_touch=True, is_mobile=True).page
    page.locator(WORD).tap()
    page.locator(WORD).tap()
    page.wait_for_url("**#unfulfillable-word-excess-orders")


def test_the_meaning_is_read_with_the_word(visit: Open) -> None:
    page = visit("marketplaces/myntra-ppmp/").page
    described = page.locator(WORD).get_attribute("aria-describedby")
    assert (page.locator(f"#{described}").text_content() or "").strip().startswith("excess orders")
