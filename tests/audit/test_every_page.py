"""Every page of the sites fits and breaks no accessibility rule, at each width and in both colour schemes."""

from pathlib import Path

import pytest
from site_pages import every_page, faults

from conftest import Open, serve

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


@pytest.mark.parametrize("sop", ["site", "answered_site"])
@pytest.mark.parametrize(("width", "scheme"), VIEWS)
def test_every_page_fits_and_breaks_no_accessibility_rule(
    visit: Open, request: pytest.FixtureRequest, sop: str, width: int, scheme: str
) -> None:
    site: Path = request.getfixturevalue(sop)
    pages = every_page(site)
    assert len(pages) >= 25
    with serve(site) as url:
        one = visit(base=url, width=width, color_scheme=scheme)
        assert faults(one, url, pages) == []
