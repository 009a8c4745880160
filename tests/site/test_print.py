"""What the browser prints: light colours, one column of steps with boxes, no heading alone."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from conftest import Open

KINDS = ("", "marketplaces/nykaa-nykaa-fashion/", "issue-types/order-related/", "roles/client-poc/",
         "systems/omni-support/", "gaps/", "changes/", "definitions/")  # fmt: skip
BOX = "e => getComputedStyle(e, '::before').borderTopWidth + ' ' + getComputedStyle(e, '::before').width"


@pytest.mark.parametrize("path", KINDS)
def test_a_print_from_dark_mode_is_the_same_picture(visit: Open, path: str) -> None:
    pictures = []
    for scheme in ("light", "dark"):
        page = visit(path, width=800, color_scheme=scheme, reduced_motion="reduce").page
        expected = "slate" if scheme == "dark" else "default"
        assert page.locator("body").get_attribute("data-md-color-scheme") == expected
        page.emulate_media(media="print")
        pictures.append(page.screenshot(full_page=True))
    assert pictures[0] == pictures[1]


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
