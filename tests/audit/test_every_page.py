"""Every page of the site fits and breaks no accessibility rule, at each width and in both colour schemes."""

from pathlib import Path

import pytest
from site_pages import every_page, faults

from conftest import Open

# Both colour schemes of the timeline and of the lanes, and every width.
VIEWS = [
    (320, "light"),
    (320, "dark"),
    (375, "dark"),
    (768, "light"),
    (768, "dark"),
    (1280, "light"),
    (1280, "dark"),
]


@pytest.mark.parametrize(("width", "scheme"), VIEWS)
def test_every_page_fits_and_breaks_no_accessibility_rule(
    visit: Open, site: Path, width: int, scheme: str
) -> None:
    one = visit(width=width, color_scheme=scheme)
    pages = every_page(site)
    assert len(pages) >= 25
    assert faults(one, one.page.url, pages) == []
