"""In the browser, a step with several actors is marked for each of them and names all of them."""

from collections.abc import Iterator

import pytest
from site_pages import broken_rules

from conftest import ROOT, Open, Shared, serve, site_of

SHORT = ROOT / "tests/other_sops/short_pick"
HALL, COUNT, CUT = "marketplaces/east-hall/", "#short-bin-count-bin", "#short-bin-cut-line"


@pytest.fixture(scope="module")
def short(shared: Shared) -> Iterator[str]:
    """The address of the site of the short pick."""
    with serve(site_of(shared, SHORT)) as url:
        yield url


@pytest.mark.parametrize(
    ("path", "role", "marked", "says"),
    [
        (HALL, "stock-controller", 2, "2 of 4 steps here are yours"),
        (HALL, "floor-picker", 2, "2 of 4 steps here are yours"),
        (HALL, "customer-care", 1, "1 of 4 steps here are yours"),
        ("issue-types/short-bin/", "customer-care", 1, "1 of 4 steps here are yours"),
        ("roles/shift-lead/", "customer-care", 1, "1 of 1 steps here are yours"),
        (HALL, "packing-bench", 0, "No step here is yours"),
    ],
)
def test_my_role_marks_the_steps_of_each_actor(
    visit: Open, short: str, path: str, role: str, marked: int, says: str
) -> None:
    page = visit(path, base=short).page
    page.select_option("#sop-role", role)
    assert page.locator("[data-actor].sop-mine").count() == marked
    assert page.inner_text("#sop-role-says") == says


@pytest.mark.parametrize("width", [375, 1280])
def test_a_card_names_all_its_actors(visit: Open, short: str, width: int) -> None:
    page = visit(HALL, base=short, width=width).page
    for card, names in ((COUNT, "Floor picker and Stock controller"), (CUT, "Shift lead and Customer care")):
        actors = page.locator(f"{card} .sop-actor")
        assert actors.inner_text() == names
        assert actors.evaluate("one => getComputedStyle(one).clipPath") == "none"
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [320, 375, 600, 1280])
def test_the_names_do_not_cover_where_the_case_comes_from(visit: Open, short: str, width: int) -> None:
    page = visit(HALL, base=short, width=width).page
    rights = "one => { const range = document.createRange(); range.selectNodeContents(one); return range.getBoundingClientRect().right; }"
    for card in (COUNT, CUT):
        names = page.locator(f"{card} .sop-actor").evaluate(rights)
        assert names <= page.locator(f"{card} .sop-sources").evaluate(
            "one => one.getBoundingClientRect().left"
        )


@pytest.mark.parametrize("path", [HALL, "roles/stock-controller/", "roles/packing-bench/"])
def test_lists_of_evidence_break_no_accessibility_rule(visit: Open, short: str, path: str) -> None:
    page = visit(path, base=short, width=375).page
    assert broken_rules(page) == []
