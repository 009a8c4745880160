"""How the search answers made queries over the SOP of the day: a report, which refuses no edit."""

from made_queries import made_queries, with_errors
from playwright.sync_api import Browser
from search_answers import answers, report

from conftest import ROOT
from macros.checks.runner import load_catalogue


def test_made_queries_are_answered_and_reported(chromium: Browser) -> None:
    catalogue = load_catalogue(ROOT / "sop_data")
    page = chromium.new_page()
    for name, queries in (
        ("SOP of the day", made_queries(catalogue)),
        ("SOP of the day, with an error", with_errors(made_queries(catalogue))),
    ):
        page.goto("about:blank")
        found = answers(page, catalogue, queries)
        report(name, queries, found)
        assert len(found) == len(queries)
    page.close()
