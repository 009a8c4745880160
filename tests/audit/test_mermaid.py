"""Mermaid draws the source of flowcharts with every step."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from conftest import ANSWERED_SOP, SOURCE_SOP
from macros.checks.runner import load_catalogue
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


@pytest.mark.parametrize("sop", [SOURCE_SOP, ANSWERED_SOP], ids=["source", "answered"])
def test_mermaid_draws_every_step_and_exit(sop: Path, page: Page) -> None:
    catalogue = load_catalogue(sop)
    for procedure in catalogue.all_procedures():
        source = mermaid(procedure, catalogue)
        drawn = page.evaluate(DRAW, source)
        for one in procedure.steps:
            assert plain_text(one.text, catalogue) in drawn
        assert page.locator(".edgePaths path").count() == len(re.findall(r"-->|\.->", source))


def test_hostile_text_is_drawn_as_typed(page: Page) -> None:
    hostile = """"]; click s1 "javascript:alert(1)" <b onclick=x> %% `a` # {x} --> 1. &lt;"""
    drawn = page.evaluate(DRAW, f'flowchart TD\n    s1["1 · {escape(hostile)}"]')
    assert hostile in drawn
    assert page.locator("[onclick], a").count() == 0
