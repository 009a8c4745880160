"""What the browser prints: light colours, one column of steps with boxes, no heading alone."""

from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from site_pages import one_of_each_kind

from conftest import Open

BOX = "e => getComputedStyle(e, '::before').borderTopWidth + ' ' + getComputedStyle(e, '::before').width"


@pytest.mark.parametrize("width", [800, 375])
def test_each_kind_of_page_prints_the_same_picture_from_dark_mode(
    visit: Open, site: Path, width: int
) -> None:
    kinds = one_of_each_kind(site)
    assert len(kinds) >= 10
    pictures = []
    for scheme in ("light", "dark"):
        page = visit(width=width, color_scheme=scheme, reduced_motion="reduce").page
        start, found = page.url, {}
        for path in kinds:
            page.emulate_media(media="screen")
            page.goto(start + path)
            if path != "404.html":  # without an address of the site, it has no script
                expected = "slate" if scheme == "dark" else "default"
                assert page.locator("body").get_attribute("data-md-color-scheme") == expected
            page.emulate_media(media="print")
            found[path] = page.screenshot(full_page=True)
        pictures.append(found)
    assert [path for path in kinds if pictures[0][path] != pictures[1][path]] == []


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


def test_each_procedure_starts_a_page_with_its_first_step(visit: Open) -> None:
    content = visit("marketplaces/nykaa-nykaa-fashion/").page.pdf(format="A4")
    pages = [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(content)).pages]
    (second,) = [text for text in pages if "Nykaa & Nykaa Fashion: Order-related issue" in text]
    assert second.startswith("Nykaa & Nykaa Fashion: Order-related issue")
    assert "Raise the order IDs" in second
