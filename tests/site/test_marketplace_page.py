"""The page of a marketplace: its steps come first, and what is about the document stays closed until opened."""

import pytest

from conftest import MARKETPLACES, Open

PHONE = 375
HEIGHTS = """() => {
  const height = element => element.getBoundingClientRect().height;
  const lists = [...document.querySelectorAll('.flow-steps')].map(height), whole = height(document.querySelector('article'));
  const steps = lists.reduce((sum, one) => sum + one, 0);
  return [steps / whole, (whole - steps) / lists.length];
}"""
QUESTION = "order-related-gap-no-otherwise"


@pytest.mark.parametrize("id", MARKETPLACES)
def test_most_of_the_page_on_a_phone_is_steps(visit: Open, id: str) -> None:
    share, others = visit(f"marketplaces/{id}/", width=PHONE).page.evaluate(HEIGHTS)
    assert share >= 0.6
    assert others <= 320


def test_what_is_about_the_document_stands_below_the_steps_and_is_closed(visit: Open) -> None:
    page = visit("marketplaces/nykaa-nykaa-fashion/", width=PHONE).page
    procedure = page.locator(".sop-procedure").first
    summaries = procedure.locator(".sop-about > details > summary")
    assert summaries.all_inner_texts() == [
        "Open questions (6, 3 about steps 1 and 2)",
        "About this procedure",
    ]
    steps, about = procedure.locator(".flow-steps").bounding_box(), summaries.first.bounding_box()
    assert steps
    assert about
    assert about["y"] >= steps["y"] + steps["height"]
    assert not page.locator(".sop-gaps ol, .sop-words, .sop-foot").first.is_visible()


@pytest.mark.parametrize("script", [True, False])
def test_a_link_to_a_question_or_a_word_opens_it(visit: Open, script: bool) -> None:
    one = visit(f"marketplaces/nykaa-nykaa-fashion/#{QUESTION}", java_script_enabled=script)
    one.page.locator(f"#{QUESTION}").wait_for(state="visible")
    one.page.locator("dfn a").first.click()
    one.page.locator("[id$='word-excess-orders']").first.wait_for(state="visible")


def test_print_shows_what_is_closed_on_the_screen(visit: Open) -> None:
    page = visit("marketplaces/nykaa-nykaa-fashion/").page
    page.emulate_media(media="print")
    for selector in (".sop-gaps ol", ".sop-words dl", ".sop-foot > p", ".sop-controlled"):
        found = page.locator(selector).first.bounding_box()
        assert found, selector
        assert found["height"] > 10, selector


@pytest.mark.parametrize("width", [PHONE, 1280])
@pytest.mark.parametrize("anchor", ["order-related", "order-related-raise-with-marketplace"])
def test_a_jump_lands_right_under_the_bar(visit: Open, width: int, anchor: str) -> None:
    page = visit(f"marketplaces/nykaa-nykaa-fashion/#{anchor}", width=width, height=700).page
    page.wait_for_timeout(300)
    bar = page.locator(".md-header").bounding_box()
    target = page.locator(f"[id='{anchor}']").bounding_box()
    assert bar
    assert target
    assert 0 <= target["y"] - bar["height"] <= 60
    assert "Nykaa" in page.locator(".md-header__title--active").inner_text()


def test_the_link_of_a_step_copies_its_address_and_reports_it(visit: Open) -> None:
    page = visit("marketplaces/nykaa-nykaa-fashion/", permissions=["clipboard-read", "clipboard-write"]).page
    start = page.url
    step = page.locator("#order-related-raise-with-marketplace")
    step.get_by_role("link", name="Link to step 2").click()
    step.get_by_role("status").get_by_text("Link copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == f"{start}#order-related-raise-with-marketplace"


def test_where_copying_fails_the_link_shows_the_address(visit: Open) -> None:
    page = visit("marketplaces/nykaa-nykaa-fashion/").page
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('refused')); }")
    page.get_by_role("link", name="Link to step 1").first.click()
    page.get_by_text("Copy the address of this page").wait_for()
    assert page.url.endswith("#unfulfillable-report-excess-orders")


def test_a_card_names_a_recipient_or_system_once(visit: Open) -> None:
    page = visit("marketplaces/flipkart/").page
    for card in page.locator(".flow-step .sop-card").all():
        sentence = card.locator(".sop-text").inner_text()
        named = card.locator(".sop-facts > div", has=page.locator("dt:text-matches('^(To|In)$')"))
        for text in named.locator("dd").all_inner_texts():
            assert text not in sentence
    assert page.locator(".flow-step", has_text="Raise a ticket in").count() == 2
