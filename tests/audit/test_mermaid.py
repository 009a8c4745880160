"""Mermaid draws the source of flowcharts with every step."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from conftest import MARKETPLACES
from macros.catalogue.catalogue import Catalogue
from macros.wording.flowchart import escape, mermaid
from macros.wording.sentences import plain_text

LIBRARY = Path(__file__).parent / "node_modules" / "mermaid" / "dist" / "mermaid.min.js"
DRAW = """async source => {
    const {svg} = await mermaid.render('drawing', source);
    document.body.innerHTML = svg;
    return document.body.textContent.replace(/\\s+/g, ' ');
}"""


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Page:
    page = chromium.new_page()
    page.set_content("<!doctype html><body></body>")
    page.add_script_tag(path=LIBRARY)
    return page


@pytest.mark.parametrize("marketplace", MARKETPLACES)
def test_mermaid_draws_every_step(marketplace: str, catalogue: Catalogue, page: Page) -> None:
    for procedure in catalogue.procedures[marketplace]:
        drawn = page.evaluate(DRAW, mermaid(procedure, catalogue))
        for one in procedure.steps:
            assert plain_text(one.text, catalogue) in drawn


def test_hostile_text_is_drawn_as_typed(page: Page) -> None:
    hostile = """"]; click s1 "javascript:alert(1)" <b onclick=x> %% `a` # {x} --> 1. &lt;"""
    drawn = page.evaluate(DRAW, f'flowchart TD\n    s1["1 · {escape(hostile)}"]')
    assert hostile in drawn
    assert page.locator("[onclick], a").count() == 0
