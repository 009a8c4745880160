"""A case in a real browser: a procedure as a checklist, kept in the browser, handed over by a link."""

import base64
import gzip
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from site_pages import faults, is_same_picture
from visits import Visit

from conftest import ROOT, Open, Shared, build_site, copy_project, serve

PAGE = "marketplaces/corner-shop/"
STUCK = ROOT / "tests/other_sops/stuck_order"
COPIES = ["clipboard-read", "clipboard-write"]
FRIDAY = "2026-11-27T15:00:00"


@pytest.fixture(scope="module")
def shop(shared: Shared) -> Path:
    """The site of an SOP with branches and deadlines."""

    def fill(folder: Path) -> None:
        build_site(copy_project(folder, sop=STUCK), folder / "site", SOP_PDF="false")

    return shared("shop", fill) / "site"


@pytest.fixture(scope="module")
def base(shop: Path) -> Iterator[str]:
    with serve(shop) as url:
        yield url


Begin = Callable[..., Visit]


@pytest.fixture
def opened(visit: Open, base: str) -> Begin:
    """Open the page of the shop on Friday, 27 Nov 2026, 15:00, by the clock of the test."""

    def run(path: str = PAGE, **options: Any) -> Visit:
        one = visit(path, base=base, permissions=COPIES, clock=FRIDAY, **options)
        one.page.set_default_timeout(5000)
        return one

    return run


def slot(page: Page, title: str = "Stuck order") -> Locator:
    return page.locator(".sop-procedure").filter(has=page.locator(f'[data-title="Corner shop: {title}"]'))


def begin(page: Page, title: str = "Stuck order", reference: str = "OD-4711", name: str = "") -> Locator:
    """Start a case; its procedure."""
    procedure = slot(page, title)
    procedure.get_by_role("button", name="Start a case").click()
    procedure.get_by_label("Order or ticket ID").fill(reference)
    procedure.get_by_label("Name").fill(name)
    procedure.get_by_role("button", name="Start", exact=True).click()
    return procedure


def press(procedure: Locator, name: str) -> None:
    procedure.get_by_role("button", name=name).first.click()


def expect_said(procedure: Locator, text: str | re.Pattern[str]) -> None:
    """Wait until the case reports this: some actions, such as copying, finish later."""
    expect(procedure.locator(".sop-case output")).to_have_text(text)


def shown_steps(procedure: Locator) -> list[int]:
    cards = procedure.locator(".flow-step")
    return [at + 1 for at in range(cards.count()) if cards.nth(at).is_visible()]


def clipboard(page: Page) -> str:
    return str(page.evaluate("navigator.clipboard.readText()"))


def kept(page: Page) -> list[dict[str, Any]]:
    stored = page.evaluate("Object.entries(localStorage).filter(([key]) => key.startsWith('sop-case:'))")
    return [json.loads(value) for _, value in stored]


def link(procedure: Locator) -> str:
    press(procedure, "Hand over")
    return procedure.get_by_label("Link", exact=True).input_value()


def test_a_case_is_worked_through_and_its_record_copied(opened: Begin) -> None:
    one = opened()
    procedure = begin(one.page, name="Asha")
    press(procedure, "Done")
    expect_said(procedure, "step 1: done. Now: step 2.")
    one.page.clock.fast_forward(5 * 60_000)
    procedure.get_by_label("Remark").fill("paid already")
    press(procedure, "Otherwise → step 3")
    assert "Due 27 Nov 2026, 23:05" in procedure.inner_text()
    press(procedure, "Otherwise → step 4")
    assert shown_steps(procedure) == [1, 2, 3, 4, 7]
    press(procedure, "Done")
    press(procedure, "Done")
    assert "No step is left." in procedure.locator(".sop-case").inner_text()
    press(procedure, "Close")
    press(procedure, "Copy record")
    expect_said(procedure, "Record copied.")
    lines = clipboard(one.page).splitlines()
    assert lines[:2] == ["Corner shop: Stuck order", "Case: OD-4711 (Asha)"]
    assert lines[3] == "27 Nov 2026, 15:00 step 1: Look up the status in the Order board. done"
    assert lines[4].endswith("condition does not hold → step 3. Remark: paid already")
    assert lines[-2].startswith("Closed: 27 Nov 2026, 15:05")
    assert one.complaints == []


def test_a_tick_is_taken_back_and_a_retry_is_a_further_line(opened: Begin) -> None:
    page = opened().page
    procedure = begin(page, "Short pick")
    press(procedure, "Done")
    press(procedure, "Undo")
    assert kept(page)[0]["l"] == []
    press(procedure, "Done")
    press(procedure, "Otherwise → step 3")
    press(procedure, "Do again step 1")
    press(procedure, "Done")
    assert [line[:2] for line in kept(page)[0]["l"]] == [
        [0, "done"], [1, "otherwise"], [0, "again"], [0, "done"]]  # fmt: skip


def test_a_deadline_in_working_days_skips_the_weekend_and_overdue_is_red(opened: Begin) -> None:
    page = opened().page
    procedure = begin(page, "Short pick")
    press(procedure, "Done")
    press(procedure, "Otherwise → step 3")
    step = procedure.locator(".sop-now")
    assert "Due 30 Nov 2026, 15:00" in step.inner_text()
    assert not step.get_by_role("button", name="Overdue").is_visible()
    page.clock.fast_forward(3 * 24 * 3600_000 - 60_000)
    assert step.locator(".sop-late").count() == 0
    page.clock.fast_forward(2 * 60_000)
    late = step.locator(".sop-late")
    assert late.inner_text() == "Overdue since 30 Nov 2026, 15:00. Next: step 1"
    page.goto(page.url.replace(PAGE, ""))
    assert "Overdue since 30 Nov 2026, 15:00" in page.locator("#sop-cases .sop-late").inner_text()
    page.locator("#sop-cases a").click()
    page.wait_for_url("**/#short-pick")
    press(slot(page, "Short pick"), "Overdue → step 1")
    expect_said(slot(page, "Short pick"), "step 3: overdue → step 1. Now: step 1.")


def test_a_case_is_found_on_the_home_page_and_deleted(opened: Begin) -> None:
    page = opened("").page
    assert page.locator("#sop-cases").inner_text() == ""
    page.goto(page.url + PAGE)
    begin(page)
    page.goto(page.url.replace(PAGE, ""))
    page.get_by_role("heading", name="My cases").wait_for()
    page.get_by_role("link", name="OD-4711").click()
    page.on("dialog", lambda dialog: dialog.accept())
    press(slot(page), "Delete")
    assert kept(page) == []
    expect_said(slot(page), "Case OD-4711 was deleted.")


def test_a_closed_case_is_deleted_after_90_days(opened: Begin) -> None:
    page = opened().page
    press(begin(page), "Close")
    page.clock.fast_forward(89 * 24 * 3600_000)
    page.reload()
    slot(page).get_by_role("button", name="Start a case").wait_for()
    assert len(kept(page)) == 1
    page.clock.fast_forward(25 * 3600_000)
    page.reload()
    page.wait_for_function("() => !Object.keys(localStorage).some(key => key.startsWith('sop-case:'))")


def test_a_case_is_handed_over_to_another_browser(opened: Begin, base: str) -> None:
    one = opened()
    procedure = begin(one.page, name="अनिल")
    procedure.get_by_label("Remark").fill("<b>seen</b>")
    press(procedure, "Done")
    address = link(procedure)
    assert address.startswith(f"{base}{PAGE}#case=")
    assert clipboard(one.page) == address
    assert "Whoever has this link can read the case." in procedure.inner_text()
    other = opened()
    other.page.goto(address)
    taken = slot(other.page)
    taken.get_by_role("heading", name="A case was handed over: OD-4711 (अनिल)").wait_for()
    assert kept(other.page) == []
    press(taken, "Take over")
    assert other.page.url.endswith("#stuck-order")
    assert "done. Remark: <b>seen</b>" in taken.locator(".sop-case-was").inner_text()
    assert taken.locator(".sop-now .flow-number").inner_text() == "2"
    assert kept(other.page)[0]["l"] == kept(one.page)[0]["l"]
    press(taken, "Done")
    other.page.goto(address)  # the link of before: both records stay
    press(slot(other.page), "Take over")
    assert sorted(len(case["l"]) for case in kept(other.page)) == [1, 2]
    assert [*one.complaints, *other.complaints] == []


def test_a_long_record_is_handed_over_as_text(opened: Begin) -> None:
    page = opened().page
    procedure = begin(page)
    for _ in range(8):
        procedure.get_by_label("Remark").fill("long remark " * 20)
        press(procedure, "Done")
        press(procedure, "Do again step 1")
    assert {len(line[3]) for line in kept(page)[0]["l"]} == {0, 200}
    press(procedure, "Hand over")
    expect_said(procedure, "The record is too long for a link. Its text is copied.")
    assert clipboard(page).startswith("Corner shop: Stuck order\n")


def fragment(data: object) -> str:
    text = data if isinstance(data, str) else json.dumps(data)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


HOSTILE = "<img src=x onerror=alert(1)>"
CHANGES: list[dict[str, Any]] = [
    {"v": 2}, {"i": "../../x"}, {"i": 7}, {"o": "__proto__"}, {"o": HOSTILE}, {"f": HOSTILE}, {"f": ["7f31-cf52-2571"]},
    {"r": ""}, {"r": {"toString": 1}}, {"r": "x" * 61}, {"n": None}, {"t": -1}, {"t": 1e15}, {"t": "0"},
    {"s": [["look-up-status", "0000"]]}, {"s": "look-up-status"}, {"s": [["x" * 101, "0000"]]},
    {"l": [[0, "constructor", 0, ""]]}, {"l": [[99, "done", 0, ""]]}, {"l": [[0, "done", 0, "x" * 201]]},
    {"l": [[2, "done", 0, ""]]}, {"l": [[0, "otherwise", 0, ""]]}, {"l": [[0, "done", 5, ""], [1, "done", 4, ""]]},
    {"l": [[0, "done", 0, ""]] * 2}, {"c": "now"},
]  # fmt: skip


def test_hostile_and_damaged_links_are_refused(opened: Begin, base: str) -> None:
    one = opened()
    begin(one.page)
    (good,) = kept(one.page)
    good = {key: good[key] for key in "viofrntslc"}
    links = [fragment(good | change) for change in CHANGES]
    links += [
        "",
        "%",
        "../..",
        "x" * 5000,
        fragment("null"),
        fragment("[" * 900),
        fragment(good)[:-9],
        "4pyT%00",
    ]
    assert len(links) > 20
    one.page.on("dialog", lambda dialog: one.heard.append(dialog.message))
    for data in links:
        one.page.evaluate(
            "for (const says of document.querySelectorAll('.sop-case output')) says.textContent = ''"
        )
        one.page.evaluate("data => { location.hash = ''; location.hash = `case=${data}`; }", data)
        one.page.get_by_text("This link to a case is damaged or does not fit this page.").wait_for()
        assert one.page.get_by_role("button", name="Take over").count() == 0
        assert len(kept(one.page)) == 1
    one.page.goto(f"{base}{PAGE}?good#case={fragment(good)}")
    one.page.get_by_role("button", name="Take over").wait_for()
    assert one.complaints == []


def test_what_a_link_says_is_shown_as_text_on_one_line(opened: Begin, base: str) -> None:
    one = opened()
    begin(one.page)
    (good,) = kept(one.page)
    good = {key: good[key] for key in "viofrntslc"}
    forged = {"r": HOSTILE, "n": "a\nClosed: now\u202e", "l": [[0, "done", 0, HOSTILE]]}
    one.page.goto(f"{base}{PAGE}?x#case={fragment(good | forged)}")
    press(slot(one.page), "Take over")
    assert one.page.locator("article img").count() == 0
    assert f"Case {HOSTILE} (a Closed: now)" in slot(one.page).inner_text()
    assert one.complaints == []


def test_a_changed_procedure_is_marked(opened: Begin, shop: Path) -> None:
    page = opened().page
    press(begin(page), "Done")
    html = (shop / PAGE / "index.html").read_text(encoding="utf-8")
    (stored,) = kept(page)
    number = [step for step, _ in stored["s"]].index("check-carrier")
    old = f'data-hash="{stored["s"][number][1]}"'
    assert html.count(old) == 1
    html = html.replace(old, 'data-hash="0000"').replace(stored["f"], "0000-0000-0000")
    page.route(f"**/{PAGE}", lambda route: route.fulfill(body=html, content_type="text/html"))
    page.reload()
    press(slot(page), "Case OD-4711")
    says = "The procedure has changed since this case began: step 3"
    assert says in slot(page).locator(".sop-case").inner_text()
    assert "Changed since the case began" in slot(page).locator("#stuck-order-check-carrier").inner_text()
    assert slot(page).locator(".sop-now .flow-number").inner_text() == "2"


REFUSED = "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('refused', 'SecurityError'); }})"
FULL = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }"


@pytest.mark.parametrize("storage", [REFUSED, FULL])
def test_without_storage_the_case_goes_on_and_this_is_said(opened: Begin, storage: str) -> None:
    one = opened()
    one.page.add_init_script(storage)
    one.page.reload()
    procedure = begin(one.page)
    for _ in range(2):
        expect_said(procedure, re.compile("^Not stored: the storage of this browser is refused or full."))
        press(procedure, "Done")
    press(procedure, "Copy record")
    assert "step 2" in clipboard(one.page)


def many(page: Page, count: int, closed: int) -> None:
    """Copies of the one case, of which some are closed."""
    page.evaluate("""([count, closed]) => {
        const [key, value] = Object.entries(localStorage).find(([key]) => key.startsWith('sop-case:'));
        const one = JSON.parse(value);
        for (let at = 1; at < count; at++) {
            const i = String(at).padStart(10, '0');
            localStorage.setItem(key.slice(0, -10) + i, JSON.stringify({...one, i, r: `R${at}`, c: at <= closed ? one.t + closed - at : 0}));
        }
    }""", [count, closed])  # fmt: skip


def test_the_oldest_closed_case_makes_room_for_a_new_one(opened: Begin) -> None:
    page = opened().page
    press(begin(page), "Hide")
    many(page, 200, closed=2)
    page.clock.fast_forward(60_000 * 5)
    page.reload()
    press(begin(page, reference="NEW"), "Hide")
    references = {case["r"] for case in kept(page)}
    assert len(references) == 200
    assert "NEW" in references
    assert "R2" not in references


def test_with_200_open_cases_no_further_one_is_started(opened: Begin) -> None:
    page = opened().page
    press(begin(page), "Hide")
    many(page, 200, closed=0)
    page.reload()
    procedure = begin(page, reference="NEW")
    expect_said(procedure, "This browser keeps 200 open cases. Close or delete one first.")
    assert procedure.get_by_label("Order or ticket ID").input_value() == "NEW"
    assert len(kept(page)) == 200


def test_a_case_is_worked_through_by_keyboard_alone(opened: Begin) -> None:
    page = opened().page
    slot(page, "Short pick").get_by_role("button", name="Start a case").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Order or ticket ID").wait_for()
    page.keyboard.type("OD-1")
    page.keyboard.press("Enter")
    for number in (1, 2):
        focused = "document.activeElement.textContent"
        assert page.evaluate(focused) == f"Done step {number}"
        page.keyboard.press("Enter")
    assert "No step is left." in slot(page, "Short pick").inner_text()
    for _ in range(4):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent").startswith("Close"):
            break
    page.keyboard.press("Enter")
    expect_said(slot(page, "Short pick"), "The case is closed.")


def test_an_open_case_prints_its_name_and_record_in_light_colours(opened: Begin) -> None:
    pictures = []
    for scheme in ("light", "dark"):
        page = opened(color_scheme=scheme, reduced_motion="reduce").page
        procedure = begin(page)
        press(procedure, "Done")
        page.wait_for_load_state("networkidle")  # the style of cases is loaded
        page.emulate_media(media="print")
        assert procedure.get_by_role("heading", name="Case OD-4711").is_visible()
        assert procedure.get_by_text("27 Nov 2026, 15:00: done").is_visible()
        assert all(step.is_visible() for step in procedure.locator(".flow-step").all())
        controls = procedure.locator("button, input, .sop-case summary").all()
        assert controls
        assert not any(control.is_visible() for control in controls)
        pictures.append(page.screenshot(full_page=True, animations="disabled"))
    assert is_same_picture(*pictures)


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
def test_an_open_case_breaks_no_accessibility_rule(opened: Begin, width: int, scheme: str) -> None:
    one = opened(width=width, color_scheme=scheme)
    procedure = begin(one.page, reference="OD-" + "9" * 40)
    press(procedure, "Done")
    press(procedure, "Otherwise → step 3")
    one.page.clock.fast_forward(9 * 3600_000)
    link(procedure)
    procedure.locator(".sop-case summary").click()
    begin(one.page, "Short pick")
    press(slot(one.page, "Short pick"), "Done")
    start = one.page.url
    one.page.goto = lambda *_: None  # type: ignore[method-assign] # measure the page as it is
    assert faults(one, start, [""]) == []


def test_a_copy_without_a_server_keeps_cases_and_hands_over_text(chromium: Browser, shop: Path) -> None:
    context = chromium.new_context(offline=True)
    page, heard = context.new_page(), []
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("request", lambda one: None if one.url.startswith("file:") else heard.append(one.url))
    page.goto((shop / PAGE / "index.html").as_uri())
    procedure = begin(page)
    press(procedure, "Done")
    press(procedure, "Hand over")
    said_last = procedure.locator(".sop-case output")
    page.wait_for_function(
        "() => document.querySelector('.sop-case-open output').textContent.includes('copy')"
    )
    assert "link" in said_last.inner_text() or "Select the text" in said_last.inner_text()
    page.reload()
    press(slot(page), "Case OD-4711")
    assert slot(page).locator(".sop-now .flow-number").inner_text() == "2"
    assert heard == []
    context.close()


def test_the_script_is_small_and_loaded_when_first_used(opened: Begin) -> None:
    files = [ROOT / "docs/assets" / name for name in ("case.js", "case.css")]
    assert sum(len(gzip.compress(file.read_bytes(), mtime=0)) for file in files) <= 8 * 1024
    page = opened().page
    loaded = "document.querySelectorAll('script[src*=\"case.js\"]').length"
    assert not page.evaluate(loaded)
    begin(page)
    assert page.evaluate(loaded)


def test_without_javascript_there_is_no_case_and_paper_has_boxes(visit: Open, base: str) -> None:
    page = visit(PAGE, base=base, java_script_enabled=False).page
    assert not page.get_by_role("button", name="Start a case").first.is_visible()
    page.emulate_media(media="print")
    box = "getComputedStyle(document.querySelector('.flow-step .sop-card'), '::before').borderTopStyle"
    assert page.evaluate(box) == "solid"
