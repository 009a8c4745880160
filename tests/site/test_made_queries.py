"""The search answers queries that nobody listed: `made_queries.py`, without and with a typing error."""

from collections.abc import Iterator

import pytest
from made_queries import Query, made_queries, with_errors, with_typing_error
from playwright.sync_api import Browser, Page
from search_answers import LISTED, answers, report

from macros.catalogue.catalogue import Catalogue


@pytest.fixture
def blank(chromium: Browser) -> Iterator[Page]:
    """An empty page."""
    page = chromium.new_page()
    yield page
    page.close()


def listed() -> list[Query]:
    return [
        Query(one["query"], one["kind"], frozenset(one.get("first_any") or [one["first"]]))
        for one in LISTED["cases"]
    ]


def test_listed_queries_hold_the_goal(blank: Page, catalogue: Catalogue) -> None:
    found = answers(blank, catalogue, listed())
    first, three = report("Listed", listed(), found)
    assert all(found)
    assert first >= 0.95
    assert three == 1


def test_made_queries_hold_the_goal(blank: Page, catalogue: Catalogue) -> None:
    queries = made_queries(catalogue)
    assert len(queries) > 200
    found = answers(blank, catalogue, queries)
    first, three = report("Made", queries, found)
    assert all(found)
    assert first >= 0.95
    assert three == 1


def test_made_queries_with_an_error_are_in_the_first_three(blank: Page, catalogue: Catalogue) -> None:
    queries = with_errors(made_queries(catalogue))
    assert len(queries) > 600
    found = answers(blank, catalogue, queries)
    _, three = report("Made, with an error", queries, found)
    assert all(found)
    assert three >= 0.98


@pytest.mark.parametrize(
    ("error", "result"),
    [("left out", 3), ("doubled", 5), ("swapped", 4), ("neighbour key", 4)],
)
def test_an_error_changes_one_long_word(error: str, result: int) -> None:
    assert with_typing_error("vms", error) is None
    changed = with_typing_error("the abcdefgh", error)
    assert changed is not None
    assert changed != "the abcdefgh"
    assert changed.startswith("the ")
    assert len(changed) == len("the abcd") + result
