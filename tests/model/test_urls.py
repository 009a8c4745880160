"""Addresses of records: pages, anchors, files, PDFs. They are printed and pasted, so they must not change."""

import pytest
from markdown.extensions.toc import slugify

from macros.model import urls


@pytest.mark.parametrize(
    ("kind", "page", "sheet"),
    [
        ("marketplace", "marketplaces/x/", "pdf/x.pdf"),
        ("issue_type", "issue-types/x/", "pdf/issue-types/x.pdf"),
        ("role", "roles/x/", "pdf/roles/x.pdf"),
        ("system", "systems/x/", "pdf/systems/x.pdf"),
    ],
)
def test_every_kind_of_record_has_a_page_and_a_sheet(kind: str, page: str, sheet: str) -> None:
    assert urls.page(kind, "x") == page
    assert urls.sheet(kind, "x") == sheet


def test_a_procedure_and_a_step_have_an_anchor() -> None:
    assert urls.anchor("lost") == "lost"
    assert urls.anchor("lost", "report") == "lost-report"


@pytest.mark.parametrize(
    ("address", "file"),
    [("", "index.html"), ("roles/x/", "roles/x.html"), ("marketplaces/x/#lost", "marketplaces/x.html#lost")],
)
def test_without_a_server_an_address_is_a_file(address: str, file: str) -> None:
    assert urls.file_of(address) == file


@pytest.mark.parametrize(
    "text",
    [
        "Nykaa & Nykaa Fashion", "नायका", "Café \u2013 Zürich", "a_b  c--d", "-Shop-", "100% (JIT)", "¼ Ⅷ ﬁ", "SOP/2.0", " ", "...",
        "İstanbul ß", "a\u00a0b", "x — y",
    ],
)  # fmt: skip
def test_the_anchor_of_a_heading_is_that_of_markdown(text: str) -> None:
    assert urls.heading_anchor(text) == (slugify(text, "-") or "heading")
