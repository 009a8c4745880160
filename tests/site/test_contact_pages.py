"""Contacts in the browser: found by the search, as links on pages that fit and break no accessibility rule."""

from collections.abc import Iterator

import pytest
from site_pages import faults
from test_search_box import found

from conftest import ROOT, Open, Shared, serve, site_of

LADDER = ROOT / "tests/other_sops/escalation_ladder"
LINKS = (
    "links => links.map(link => link.getAttribute('href')).filter(href => /^(mailto|tel|https):/.test(href))"
)


@pytest.fixture(scope="module")
def ladder(shared: Shared) -> Iterator[str]:
    """Where the site of the escalation ladder is served."""
    with serve(site_of(shared, LADDER)) as url:
        yield url


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("north-desk@example.com", "marketplaces/north-store/#freezer-alarm"),
        ("+91 22 5550 0100", "roles/technician/"),
        ("+912255500100", "marketplaces/north-store/#freezer-alarm"),
        ("cooling-south@example.com", "roles/technician/"),
        ("0800 555 010", "roles/site-manager/"),
    ],
)
def test_the_search_finds_a_contact(query: str, wanted: str, ladder: str, visit: Open) -> None:
    page = visit("gaps/", base=ladder).page
    page.keyboard.press("/")
    assert wanted in found(page, query)[:4]


@pytest.mark.parametrize(
    ("width", "scheme"), [(320, "light"), pytest.param(1280, "dark", marks=pytest.mark.long)]
)
def test_pages_with_contacts_fit_and_break_no_accessibility_rule(
    width: int, scheme: str, ladder: str, visit: Open
) -> None:
    one = visit(base=ladder, width=width, color_scheme=scheme)
    assert (
        faults(one, ladder, ("marketplaces/north-store/", "roles/technician/", "issue-types/freezer-alarm/"))
        == []
    )


def test_the_links_of_a_card_are_mail_phone_and_https_only(ladder: str, visit: Open) -> None:
    page = visit("marketplaces/north-store/", base=ladder).page
    links = page.locator(".sop-facts a").evaluate_all(LINKS)
    assert {*links} == {
        "tel:+912255500100",
        "mailto:north-desk@example.com",
        "mailto:region@example.com",
        "https://claims.example.com/new?from=store",
        "https://alarms.example.com/panel",
    }


def test_the_link_to_the_table_leads_to_it(ladder: str, visit: Open) -> None:
    page = visit("roles/shift-lead/", base=ladder).page
    page.locator(".sop-facts a", has_text="differs by marketplace").first.click()
    page.wait_for_url("**/roles/technician/#sop-contacts")
    assert page.locator("#sop-contacts").is_visible()
