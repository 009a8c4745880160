"""The search answers queries that nobody listed: `made_queries.py`, without and with a typing error."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml
from made_queries import Query, made_queries, mistyped, with_errors
from playwright.sync_api import Browser

from conftest import ROOT
from macros.catalogue.catalogue import Catalogue
from macros.checks.runner import checked
from macros.search.index import script, search_index

CASES = yaml.safe_load((Path(__file__).parent / "search_cases.yml").read_text(encoding="utf-8"))["cases"]
ASK = """queries => {
  const ask = searcher(SOP_INDEX, MiniSearch);
  return queries.map(query => ask(query).hits.slice(0, 3).map(hit => hit.where));
}"""
Ask = Callable[[Catalogue, list[Query]], list[list[str]]]


@pytest.fixture(scope="module")
def ask(chromium: Browser) -> Iterator[Ask]:
    """Answers all queries in one call: the first three addresses of each."""
    page = chromium.new_page()

    def run(catalogue: Catalogue, queries: list[Query]) -> list[list[str]]:
        page.goto("about:blank")
        assets = ROOT / "docs" / "assets"
        page.add_script_tag(path=assets / "vendor" / "minisearch.js")
        page.add_script_tag(content=script(search_index(catalogue)).decode())
        page.add_script_tag(path=assets / "search.js")
        return list(page.evaluate(ASK, [one.text for one in queries]))

    yield run
    page.close()


def report(name: str, queries: list[Query], answers: list[list[str]]) -> tuple[float, float]:
    """Print the results by kind and what was missed; return the shares of first hits and of first threes."""
    kinds: dict[str, list[tuple[bool, bool]]] = {}
    missed = []
    for query, hits in zip(queries, answers, strict=True):
        first, three = bool(query.wanted & {*hits[:1]}), bool(query.wanted & {*hits})
        kinds.setdefault(query.kind, []).append((first, three))
        missed += [] if three else [f"  {query.text}: {hits}"]
    every = [one for found in kinds.values() for one in found]
    first, three = (sum(one[at] for one in every) / len(every) for at in (0, 1))
    print(f"\n{name}: {len(every)} queries, first hit right {first:.1%}, in the first three {three:.1%}")
    for kind, found in kinds.items():
        right = [sum(one[at] for one in found) for at in (0, 1)]
        print(f"  {kind}: {len(found)} queries, first {right[0]}, first three {right[1]}")
    print("\n".join(missed))
    return first, three


def listed() -> list[Query]:
    return [
        Query(one["query"], one["kind"], frozenset(one.get("first_any") or [one["first"]])) for one in CASES
    ]


def test_listed_queries_hold_the_goal(ask: Ask, catalogue: Catalogue) -> None:
    first, three = report("Listed", listed(), ask(catalogue, listed()))
    assert first >= 0.95
    assert three == 1


def test_made_queries_hold_the_goal(ask: Ask, catalogue: Catalogue) -> None:
    queries = made_queries(catalogue)
    assert len(queries) > 200
    first, three = report("Made", queries, ask(catalogue, queries))
    assert first >= 0.95
    assert three == 1


def test_made_queries_with_an_error_are_in_the_first_three(ask: Ask, catalogue: Catalogue) -> None:
    queries = with_errors(made_queries(catalogue))
    assert len(queries) > 600
    _, three = report("Made, with an error", queries, ask(catalogue, queries))
    assert three >= 0.98


def test_the_sop_of_the_day_is_reported(ask: Ask) -> None:
    """A report only: an edit of the SOP is never refused for its search results."""
    catalogue = checked(ROOT / "sop_data")
    queries = made_queries(catalogue)
    report("SOP of the day", queries, ask(catalogue, queries))


@pytest.mark.parametrize(
    ("error", "result"),
    [("left out", 3), ("doubled", 5), ("swapped", 4), ("neighbour key", 4)],
)
def test_an_error_changes_one_long_word(error: str, result: int) -> None:
    assert mistyped("vms", error) is None
    changed = mistyped("the abcdefgh", error)
    assert changed is not None
    assert changed != "the abcdefgh"
    assert changed.startswith("the ")
    assert len(changed) == len("the abcd") + result
