"""Every page type on phones and desks, for keyboards and screen readers, and without a server or a network."""

import gzip
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import pytest
from playwright.sync_api import Browser, Page
from site_pages import faults, one_of_each_kind

from conftest import Open, build_site, copy_project


def test_each_kind_of_page_fits_and_breaks_no_accessibility_rule(visit: Open, site: Path) -> None:
    """tests/audit/test_every_page.py has the other widths and colours."""
    one = visit(width=1280, color_scheme="light")
    kinds = one_of_each_kind(site)
    assert len(kinds) >= 10
    assert faults(one, one.page.url, kinds) == []


def test_every_page_is_for_readers_of_the_sop_only(visit: Open) -> None:
    for path in ("", "marketplaces/flipkart/"):
        page = visit(path).page
        assert page.locator("meta[name=robots]").get_attribute("content") == "noindex"
        assert len(page.locator("meta[name=description]").get_attribute("content") or "") > 50


def test_the_flowchart_is_read_as_a_list_with_the_actor_first(visit: Open) -> None:
    page = visit("marketplaces/flipkart/").page
    steps = page.get_by_role("list", name="Steps of Flipkart: Order-related issue")
    texts = [" ".join(text.split()) for text in steps.get_by_role("listitem").all_inner_texts()]
    spoken = steps.aria_snapshot()
    assert len(texts) == 3
    order = [
        spoken.index(name)
        for name in ("Warehouse POC", "Raise the order IDs in", "Update the", "Raise a ticket")
    ]
    assert order == sorted(order)


def test_headings_and_landmarks_are_in_order(visit: Open) -> None:
    page = visit("marketplaces/flipkart/").page
    levels = page.eval_on_selector_all(
        "h1, h2, h3, h4, h5, h6", "all => all.map(one => Number(one.tagName[1]))"
    )
    assert levels[0] == 1
    assert all(below - above <= 1 for above, below in pairwise(levels))
    for landmark in ("banner", "main", "contentinfo", "search"):
        assert page.get_by_role(landmark).count() == 1, landmark


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.getAttribute('href') || document.activeElement.id"))


def test_home_to_a_step_and_back_by_keyboard(visit: Open) -> None:
    page = visit("").page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('.md-skip')")
    for _ in range(60):
        page.keyboard.press("Tab")
        if focused(page) == "marketplaces/flipkart/#order-related":
            break
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline not in ("none", "")
    page.keyboard.press("Enter")
    page.wait_for_url("**/marketplaces/flipkart/#order-related")
    for _ in range(60):
        page.keyboard.press("Tab")
        if focused(page) == "#order-related-raise-order-ids":
            break
    assert focused(page) == "#order-related-raise-order-ids"
    page.keyboard.press("Enter")
    assert page.url.endswith("#order-related-raise-order-ids")
    for _ in range(80):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.matches('.sop-back')"):
            break
    page.keyboard.press("Enter")
    page.wait_for_function("() => location.pathname == '/'")


def test_the_way_back_stays_in_sight(visit: Open) -> None:
    page = visit("marketplaces/ajio-vms/", width=375, height=500).page
    page.mouse.wheel(0, 2000)
    page.wait_for_function("() => scrollY > 300")
    back = page.locator(".sop-back").bounding_box()
    assert back is not None
    assert 0 <= back["y"] < 60


def test_my_role_stands_out_and_is_kept(visit: Open) -> None:
    page = visit("marketplaces/flipkart/").page
    assert page.locator(".sop-mine").count() == 0
    page.select_option("#sop-role", "client-poc")
    assert page.locator("li.sop-mine").count() == 2
    assert page.inner_text("#sop-role-says") == "2 of 5 steps here are yours"
    page.goto(page.url.replace("flipkart", "ajio-vms"))
    assert page.input_value("#sop-role") == "client-poc"
    assert page.inner_text("#sop-role-says") == "No step here is yours"
    page.select_option("#sop-role", "seller")
    assert page.locator("li.sop-mine").count() == 2


def test_each_hand_off_has_a_draft_to_copy(visit: Open) -> None:
    page = visit("marketplaces/myntra-ppmp/", permissions=["clipboard-read", "clipboard-write"]).page
    step = page.locator("#unfulfillable-report-excess-orders")
    step.locator("summary").click()
    copied = []
    for button in ("Copy subject", "Copy text"):
        step.get_by_role("button", name=button).click()
        step.get_by_text("Copied").wait_for()
        copied.append(page.evaluate("navigator.clipboard.readText()"))
    subject, text = copied
    assert subject == "Myntra PPMP: Unfulfillable, [order IDs]"
    assert text.startswith("Hello Marketplace POC, Client POC,\n\nPlease help with this case at Myntra PPMP")
    for part in (
        "[order IDs]",
        "[ticket number]",
        "Step 1 of our SOP: Report the excess orders received to the",
        "Attached:\n- [supporting data]",
        "Sent: daily",
        "[your name], Increff POC",
    ):
        assert part in text
    assert "It is not part of the SOP" in step.locator(".sop-draft").inner_text()
    mail = step.locator(".sop-draft a")
    link = "mailto:?subject=" + quote("Myntra PPMP: Unfulfillable, [order IDs]", ",:")
    assert mail.get_attribute("href") == link
    page.evaluate(
        "document.addEventListener('click', event => event.preventDefault())"
    )  # no mail program here
    mail.click()
    href = mail.get_attribute("href") or ""
    assert unquote(href.removeprefix(f"{link}&body=")) == text.replace("\n", "\r\n")
    assert page.locator("#order-related-ticket-completed .sop-draft").count() == 0


def test_without_javascript_only_what_needs_it_is_gone(visit: Open) -> None:
    page = visit("marketplaces/flipkart/", java_script_enabled=False).page
    assert page.locator("text=Report the excess orders").first.is_visible()
    assert not page.locator("#sop-query").is_visible()
    assert not page.locator("#sop-role").is_visible()
    page.locator(".sop-draft summary").first.click()
    assert page.locator(".sop-draft a").first.is_visible()
    assert not page.locator(".sop-draft button").first.is_visible()
    page.get_by_role("link", name="Link to step 2").first.click()
    assert page.url.endswith("#unfulfillable-escalate")


@pytest.fixture(scope="module")
def offline(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The copy that opens without a server, as `make offline` builds it."""
    project = copy_project(tmp_path_factory.mktemp("offline"))
    return build_site(project, project / "site", SOP_OFFLINE="true", SOP_DIRECTORY_URLS="false")


@pytest.fixture
def unconnected(chromium: Browser, offline: Path) -> Iterator[tuple[Page, list[str]]]:
    """A page of a browser without a network, and what it complained about."""
    context = chromium.new_context(offline=True)
    page, heard = context.new_page(), []
    page.on("console", lambda said: heard.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    aborted = "net::ERR_ABORTED"  # by going on to the next page
    page.on(
        "requestfailed", lambda one: None if one.failure == aborted else heard.append(f"failed {one.url}")
    )
    page.on("request", lambda request: None if request.url.startswith("file:") else heard.append(request.url))
    page.goto((offline / "index.html").as_uri())
    yield page, heard
    context.close()


def test_the_copy_opens_without_a_server(unconnected: tuple[Page, list[str]], offline: Path) -> None:
    page, heard = unconnected
    for path in one_of_each_kind(offline):
        if path == "404.html":
            continue  # a server's answer; nothing leads there
        page.goto((offline / (path or "index.html")).as_uri())
        banner = page.inner_text(".md-banner")
        assert "This is a copy: Version not stated, source modified 15 Feb 2023." in banner, path
    assert heard == []


def test_the_copy_is_searched(unconnected: tuple[Page, list[str]]) -> None:
    page, heard = unconnected
    page.keyboard.press("/")
    page.keyboard.type("tata cliq exces")
    page.locator("#sop-hits a").first.wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url("**/marketplaces/tatacliq.html#unfulfillable")
    assert page.locator("h1").inner_text().startswith("Tatacliq")
    page.locator(".sop-back").click()
    page.wait_for_url("**/index.html")
    assert heard == []


def test_our_own_scripts_and_styles_are_small(site: Path) -> None:
    names = [path.name for path in Path("docs/assets").glob("*.*s") if path.is_file()]
    ours = [site / "assets" / name for name in names]
    assert {"sop.css", "sop.js"} < set(names)
    size = sum(len(gzip.compress(path.read_bytes(), mtime=0)) for path in ours)
    print(f"\nour CSS and JavaScript: {size} bytes gzipped")
    assert size <= (25 + 8) * 1024  # 8 KB for cases, loaded when first used


def test_no_page_asks_anything_of_another_host(visit: Open, site: Path) -> None:
    one = visit("")
    start = one.page.url
    for path in one_of_each_kind(site):
        if path != "404.html":
            one.page.goto(start + path)
    assert one.complaints == []


def test_search_is_loaded_on_first_use(visit: Open) -> None:
    page: Any = visit("gaps/").page
    loaded = "performance.getEntriesByType('resource').map(one => one.name.split('/').pop())"
    assert not {"minisearch.js", "search-index.js", "search.js"} & set(page.evaluate(loaded))
    page.keyboard.press("/")
    page.wait_for_function("() => typeof SOP_INDEX == 'object'")
