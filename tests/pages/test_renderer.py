"""Pages: the steps of each procedure in their order, relative links, text that is never markup."""

import re
from html import unescape

import pytest

from conftest import spoken_steps
from macros.catalogue.catalogue import Catalogue
from macros.catalogue.procedure import Procedure
from macros.pages.escaping import as_markdown
from macros.pages.links import relative_url
from macros.pages.renderer import Writer, html_files, pages


def words(html: str) -> str:
    """What a reader sees of some HTML."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split()).replace(" .", ".")


def test_the_page_has_the_steps(procedures: list[Procedure], catalogue: Catalogue) -> None:
    path = f"marketplaces/{procedures[0].marketplace}.md"
    page = Writer(catalogue)(path, pages(catalogue)[path])
    lists = re.findall(r'<ol class="flow-steps".*?</ol>', page, re.DOTALL)
    assert len(lists) == len(procedures)
    for html, procedure in zip(lists, procedures, strict=True):
        actors = re.findall(r'class="sop-actor">(.*?)</p>', html, re.DOTALL)
        texts = re.findall(r'class="sop-text">(.*?)\.</p>', html, re.DOTALL)
        ids = re.findall(r'<li class="flow-step[^>]* id="([^"]*)"', html)
        assert list(zip(map(words, actors), map(words, texts), strict=True)) == spoken_steps(
            procedure, catalogue
        )
        assert ids == [f"{procedure.issue_types[0]}-{one.id}" for one in procedure.steps]


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
