"""What the browser prints: light colours, one column of steps with boxes, no heading alone, title and version at the edges."""

from pathlib import Path

import pytest
from playwright.sync_api import Page
from pypdfium2 import PdfDocument
from site_pages import is_same_picture, one_of_each_kind

from conftest import MARKETPLACES, Open, serve

KINDS = (
    "",
    "marketplaces/nykaa-nykaa-fashion/",
    "issue-types/order-related/",
    "roles/client-poc/",
    "systems/omni-support/",
    "gaps/",
    "changes/",
    "definitions/",
)
BOX = "e => getComputedStyle(e, '::before').borderTopWidth + ' ' + getComputedStyle(e, '::before').width"


@pytest.mark.long
@pytest.mark.parametrize("width", [800, 375])
def test_each_kind_of_page_prints_the_same_picture_from_dark_mode(
    visit: Open, site: Path, width: int
) -> None:
    kinds = one_of_each_kind(site)
    assert len(kinds) >= 10
    assert different_prints(visit, kinds, width) == []


def test_a_marketplace_prints_the_same_picture_from_dark_mode(visit: Open) -> None:
    assert different_prints(visit, ["marketplaces/nykaa-nykaa-fashion/"], 800) == []


def different_prints(visit: Open, paths: list[str], width: int) -> list[str]:
    """The paths of pages whose print from dark mode is another picture than that from light mode."""
    pictures = []
    for scheme in ("light", "dark"):
        page = visit(width=width, color_scheme=scheme, reduced_motion="reduce").page
        start, found = page.url, {}
        for path in paths:
            page.emulate_media(media="screen")
            page.goto(start + path)
            if path != "404.html":  # without an address of the site, it has no script
                expected = "slate" if scheme == "dark" else "default"
                assert page.locator("body").get_attribute("data-md-color-scheme") == expected
            page.emulate_media(media="print")
            found[path] = page.screenshot(full_page=True, animations="disabled")
        pictures.append(found)
    return [path for path in paths if not is_same_picture(pictures[0][path], pictures[1][path])]


def test_steps_print_in_one_column_with_a_box_to_tick(visit: Open) -> None:
    page = visit("marketplaces/nykaa-nykaa-fashion/").page
    page.emulate_media(media="print")
    cards = page.locator(".flow-step .sop-card")
    assert len({card.evaluate("e => e.getBoundingClientRect().left") for card in cards.all()}) == 1
    assert not page.locator(".flow-lane").first.is_visible()
    assert all(card.locator(".sop-actor").is_visible() for card in cards.all())
    for card in cards.all():
        border, width = card.evaluate(BOX).split()
        assert float(border.removesuffix("px")) >= 1
        assert float(width.removesuffix("px")) >= 10


def printed(page: Page, height: str = "297mm") -> list[list[str]]:
    """The lines of each page of a print; Chromium puts those at the edges first."""
    pages = PdfDocument(page.pdf(width="210mm", height=height))
    return [[line.strip() for line in one.get_textpage().get_text_range().splitlines()] for one in pages]


def test_title_version_and_page_number_stand_at_the_edges(visit: Open) -> None:
    found = printed(visit("marketplaces/nykaa-nykaa-fashion/").page)
    title = "Nykaa & Nykaa Fashion - Marketplace Escalation SOP"
    assert len(found) > 1
    for number, lines in enumerate(found, start=1):
        assert lines[0] == f"{title} · Version not stated · source modified 15 Feb 2023"
        assert lines[1] == f"{number} / {len(found)}"


def test_any_title_stands_at_the_edge_as_it_is(visit: Open) -> None:
    page = visit("definitions/").page
    hostile = '"; } a\\b </style> * { display: none }'
    page.evaluate("title => { document.title = title }", hostile)
    assert printed(page)[0][0].startswith(hostile)


OTHERS = {*(f"marketplaces/{id}/" for id in MARKETPLACES), "roles/increff-poc/"} - {*KINDS}


@pytest.mark.parametrize(
    "path", [*KINDS, *(pytest.param(one, marks=pytest.mark.long) for one in sorted(OTHERS))]
)
def test_no_heading_ends_a_page_and_no_page_is_empty(visit: Open, answered_site: Path, path: str) -> None:
    with serve(answered_site) as url:
        page = visit(path, base=url).page
        texts = page.locator("h1, h2, h3, .sop-tasks > p:first-child").all_inner_texts()
        headings = {" ".join(text.removesuffix("#").split()) for text in texts}
        for height in ("297mm", "279mm", "210mm"):  # A4, Letter, and A4 across
            for number, lines in enumerate(printed(page, height), start=1):
                assert len(lines) > 2, (height, number)
                assert " ".join(lines[-1].split()) not in headings, (height, number)


def test_what_stands_above_cards_stays_with_them(visit: Open) -> None:
    page = visit("roles/client-poc/").page
    page.emulate_media(media="print")
    above = page.locator("h2, h3, .sop-tasks > p:first-child").all()
    assert len(above) > 6
    assert {one.evaluate("e => getComputedStyle(e).breakAfter") for one in above} == {"avoid"}
    cards = page.locator(".sop-card").all()
    assert {one.evaluate("e => getComputedStyle(e).breakInside") for one in cards} == {"avoid"}


def test_each_procedure_starts_a_page_with_its_first_step(visit: Open) -> None:
    first, second = printed(visit("marketplaces/nykaa-nykaa-fashion/").page)
    title = "Nykaa & Nykaa Fashion: Order-related issue"
    assert title not in first
    assert second[2] == title
    assert "Raise the order IDs" in " ".join(second)
