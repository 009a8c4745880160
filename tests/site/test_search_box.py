"""The search box, in Chromium. `test_made_queries.py` tests what it finds."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from search_answers import LISTED

from conftest import ROOT, Open


@pytest.fixture(scope="module")
def box(chromium: Browser, address: str) -> Iterator[Page]:
    """A page with its search box open."""
    page = chromium.new_page()
    page.goto(address + "gaps/")
    page.keyboard.press("/")
    yield page
    page.close()


def test_readers_get_the_scripts_that_are_tested(site: Path) -> None:
    for file in (ROOT / "docs" / "assets").iterdir():
        if file.is_file():
            assert (site / "assets" / file.name).read_bytes() == file.read_bytes(), file.name


def test_the_text_of_a_script_is_not_changed(box: Page) -> None:
    assert len(found(box, "order")) == 12
    status = box.inner_text(".md-search-result__meta")
    assert re.fullmatch(r"12 of \d+ shown", status)


# Types queries one after the other, and waits for the answer to each; all in the page, to save round trips.
TYPE = """async queries => {
  const box = document.querySelector('#sop-query'), hits = document.querySelector('#sop-hits');
  const start = new URL('..', document.baseURI).href.length, found = [];
  for (const query of queries) {
    box.value = query;
    box.dispatchEvent(new Event('input', {bubbles: true}));
    const deadline = performance.now() + 30_000;
    while (hits.dataset.query !== query.trim()) {
      if (performance.now() > deadline) throw new Error(`no answer to "${query}"`);
      await new Promise(done => setTimeout(done));
    }
    found.push([...hits.querySelectorAll('a')].map(link => link.href.slice(start)));
  }
  return found;
}"""


def all_found(box: Page, queries: list[str]) -> list[list[str]]:
    """The addresses that each query finds, below the site."""
    return list(box.evaluate(TYPE, queries))


def found(box: Page, query: str) -> list[str]:
    """The addresses that a query finds, below the site."""
    (addresses,) = all_found(box, [query])
    return addresses


def test_there_are_enough_queries_of_all_kinds() -> None:
    assert len(LISTED["cases"]) >= 120
    assert len({case["query"] for case in LISTED["cases"]}) == len(LISTED["cases"])
    assert len(Counter(case["kind"] for case in LISTED["cases"])) >= 10


@pytest.mark.parametrize("query", LISTED["nothing"])
def test_what_finds_nothing_is_helped(box: Page, query: str) -> None:
    assert found(box, query) == []
    help = box.inner_text(".md-search-result__meta")
    assert (
        help
        == "Nothing found. Look in the matrix of all marketplaces, or ask the owner: Increff POC or Client POC"
    )


def test_hits_show_their_kind_and_can_be_opened_with_keys(visit: Open) -> None:
    one = visit("roles/seller/")
    one.page.keyboard.press("/")
    one.page.keyboard.type("flipkart order")
    first = one.page.locator("#sop-hits li").first
    first.wait_for()
    assert "Flipkart: Order-related issue" in first.inner_text()
    assert "Marketplace · Order-related issue" in first.inner_text()
    one.page.keyboard.press("ArrowDown")
    one.page.keyboard.press("ArrowUp")
    one.page.keyboard.press("Enter")
    one.page.wait_for_url("**/marketplaces/flipkart/#order-related")
    assert one.complaints == []


def test_a_title_has_the_width_of_a_phone(visit: Open) -> None:
    page = visit("gaps/", width=375).page
    page.keyboard.press("/")
    page.keyboard.type("ajio vms order issue")
    page.locator("#sop-hits a").first.wait_for()
    title, hit = (page.locator(f"#sop-hits {one}").first.bounding_box() for one in ("b", "a"))
    assert title is not None
    assert hit is not None
    assert title["width"] > 0.85 * hit["width"]


def test_a_procedure_of_two_issue_types_is_one_hit(box: Page) -> None:
    hits = [one for one in found(box, "ajio vms") if one.startswith("marketplaces/ajio-vms/#")]
    assert hits == ["marketplaces/ajio-vms/#unfulfillable"]
    hits = [one for one in found(box, "ajio vms order issue") if one.startswith("marketplaces/ajio-vms/#")]
    assert hits == ["marketplaces/ajio-vms/#order-related"]


def test_a_document_opens_from_its_hit(box: Page, site: Path) -> None:
    assert found(box, "flipkart print sheet")[0] == "pdf/flipkart.pdf"
    assert (site / "pdf" / "flipkart.pdf").is_file()


def test_aliases_find_but_do_not_show(box: Page) -> None:
    assert found(box, "oos")[0] == "issue-types/unfulfillable/"
    assert "oos" not in box.inner_text("#sop-hits").lower()


@pytest.mark.parametrize(
    ("query", "wrong"),
    [
        ("myntra order nahi dikh raha", "#unfulfillable"),
        ("flipkart ticket not closed", "#unfulfillable"),
        ("omni support not working", "#unfulfillable"),
        ("kisko mail karu myntra excess", "marketplaces/flipkart"),
    ],
)
def test_small_words_decide_nothing(box: Page, query: str, wrong: str) -> None:
    assert wrong not in found(box, query)[0]


def test_a_word_that_was_read_as_another_is_named(box: Page) -> None:
    found(box, "wms issue")
    assert "“wms” read as “vms”" in box.inner_text(".md-search-result__meta")
    found(box, "flipkart meesho")
    assert "nothing has “meesho”" in box.inner_text(".md-search-result__meta")


def test_the_help_is_reached_by_keyboard_and_closing_gives_the_focus_back(visit: Open) -> None:
    page = visit("gaps/").page
    page.locator("article a").first.focus()
    place = page.evaluate("document.activeElement.href")
    page.keyboard.press("/")
    page.keyboard.type("refund policy")
    page.get_by_text("Nothing found").wait_for()
    for _ in range(3):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "matrix of all marketplaces":
            break
    assert page.evaluate("document.activeElement.textContent") == "matrix of all marketplaces"
    assert page.is_checked("#__search")
    page.focus("#sop-query")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.href") == place
    assert "combobox" not in page.locator("article").aria_snapshot()
    assert page.locator("#sop-query").get_attribute("aria-expanded") == "false"


def test_a_failed_request_is_reported_and_retried(visit: Open) -> None:
    page = visit("gaps/").page
    page.route("**/search-index.js", lambda route: route.abort())
    page.keyboard.press("/")
    page.keyboard.type("fl")
    page.get_by_text("could not be loaded").wait_for()
    page.unroute("**/search-index.js")
    page.keyboard.type("ipkart")
    page.locator("#sop-hits a").first.wait_for()
