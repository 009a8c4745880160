"""Flowchart, Mermaid, page and terminal carry the same steps in the same order."""

import re
from html import unescape

import pytest

from conftest import MARKETPLACES
from macros.catalogue.catalogue import Catalogue
from macros.catalogue.procedure import Procedure
from macros.cli.terminal import procedure_text
from macros.pages.escaping import as_markdown
from macros.pages.links import relative_url
from macros.pages.renderer import Writer, html_files, pages
from macros.wording.flowchart import arrow, flowchart, mermaid
from macros.wording.sentences import actor, plain


@pytest.fixture(params=MARKETPLACES)
def procedures(request: pytest.FixtureRequest, catalogue: Catalogue) -> list[Procedure]:
    return catalogue.procedures[request.param]


def words(html: str) -> str:
    """What a reader sees of some HTML."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split()).replace(" .", ".")


def said(procedure: Procedure, catalogue: Catalogue) -> list[tuple[str, str]]:
    """Who does what: the steps that every rendering must carry."""
    return [(actor(one, catalogue), plain(one.text, catalogue)) for one in procedure.steps]


def test_the_flowchart_has_the_steps(procedures: list[Procedure]) -> None:
    for procedure in procedures:
        chart = flowchart(procedure)
        assert [card.step for card in chart.cards] == list(procedure.steps)
        for card in chart.cards:
            assert (chart.lanes[card.lane - 1] if card.lane else None) == card.step.actor


def test_the_page_has_the_steps(procedures: list[Procedure], catalogue: Catalogue) -> None:
    path = f"marketplaces/{procedures[0].marketplace}.md"
    page = Writer(catalogue)(path, pages(catalogue)[path])
    lists = re.findall(r'<ol class="flow-steps".*?</ol>', page, re.DOTALL)
    assert len(lists) == len(procedures)
    for html, procedure in zip(lists, procedures, strict=True):
        actors = re.findall(r'class="sop-actor">(.*?)</p>', html, re.DOTALL)
        texts = re.findall(r'class="sop-text">(.*?)\.</p>', html, re.DOTALL)
        ids = re.findall(r'<li class="flow-step[^>]* id="([^"]*)"', html)
        assert list(zip(map(words, actors), map(words, texts), strict=True)) == said(procedure, catalogue)
        assert ids == [f"{procedure.issue_types[0]}-{one.id}" for one in procedure.steps]


def test_the_terminal_has_the_steps(procedures: list[Procedure], catalogue: Catalogue) -> None:
    for procedure in procedures:
        steps = procedure_text(procedure, catalogue).split("What the SOP does not say here")[0]
        position = 0
        for number, (who, what) in enumerate(said(procedure, catalogue), start=1):
            position = steps.index(f"{number}. {who}\n", position)
            paragraph = " ".join(steps[position:].split("\n\n")[0].split())
            assert f"{what}." in paragraph


def test_mermaid_has_the_steps(procedures: list[Procedure], catalogue: Catalogue) -> None:
    for procedure in procedures:
        labels = re.findall(r's\d+\["\d+ · (.*?)<br>(.*?)"\]', mermaid(procedure, catalogue))
        decoded = [
            tuple(re.sub(r"#(\d+);", lambda m: chr(int(m[1])), part) for part in label) for label in labels
        ]
        assert decoded == said(procedure, catalogue)


@pytest.mark.parametrize(
    ("above", "below", "direction", "first", "lanes"),
    [(1, 3, "right", 1, 3), (3, 1, "left", 1, 3), (2, 2, "down", 2, 1), (3, 0, "down", 3, 1), (0, 2, "down", 2, 1),
     (0, 0, "down", 0, 1)],
)  # fmt: skip
def test_arrows(above: int, below: int, direction: str, first: int, lanes: int) -> None:
    one = arrow(above, below)
    assert (one.direction, one.first, one.lanes) == (direction, first, lanes)


@pytest.mark.parametrize(
    ("here", "path", "pretty", "plain"),
    [
        ("index.md", "roles/seller.md", "roles/seller/", "roles/seller.html"),
        ("roles/seller.md", "index.md", "../../", "../index.html"),
        ("roles/seller.md", "roles/increff.md", "../../roles/increff/", "../roles/increff.html"),
        ("roles/seller.md", "roles/seller.md", "../../roles/seller/", "../roles/seller.html"),
        ("gaps.md", "systems/vms.md", "../systems/vms/", "systems/vms.html"),
    ],
)
def test_links_are_relative(here: str, path: str, pretty: str, plain: str) -> None:
    assert relative_url(here, path, "folders") == pretty
    assert relative_url(here, path, "files") == plain


def test_no_character_of_a_heading_is_markup() -> None:
    assert as_markdown("A*b* <c> {: #d }") == "A&#42;b&#42; &#60;c&#62; &#123;&#58; &#35;d &#125;"


def test_the_files_of_pages_are_named_without_rendering_them(catalogue: Catalogue) -> None:
    rendered = [path.replace("index.md", "").removesuffix(".md") for path in pages(catalogue)]
    assert html_files(catalogue) == [f"{path}/index.html".lstrip("/") for path in rendered]
