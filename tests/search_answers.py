"""What the search answers, without a site: its scripts run in an empty page, with the index of an SOP."""

import yaml
from made_queries import Query
from playwright.sync_api import Page

from conftest import ROOT
from macros.catalogue.catalogue import Catalogue
from macros.search.index import script, search_index

# Listed queries. libyaml, because every process of the tests reads them.
LISTED = yaml.load((ROOT / "tests/site/search_cases.yml").read_bytes(), Loader=yaml.CSafeLoader)
ASK = """queries => {
  const ask = searcher(SOP_INDEX, MiniSearch);
  return queries.map(query => ask(query).hits.slice(0, 3).map(hit => hit.where));
}"""


def answers(page: Page, catalogue: Catalogue, queries: list[Query]) -> list[list[str]]:
    """The first three addresses of each query, from one call."""
    assets = ROOT / "docs" / "assets"
    page.add_script_tag(path=assets / "vendor" / "minisearch.js")
    page.add_script_tag(content=script(search_index(catalogue)).decode())
    page.add_script_tag(path=assets / "search.js")
    return list(page.evaluate(ASK, [one.text for one in queries]))


def report(name: str, queries: list[Query], found: list[list[str]]) -> tuple[float, float]:
    """Print the results by kind and what was missed; return the shares of first hits and of first threes."""
    kinds: dict[str, list[tuple[bool, bool]]] = {}
    missed = []
    for query, hits in zip(queries, found, strict=True):
        is_first, is_found = bool(query.wanted & {*hits[:1]}), bool(query.wanted & {*hits})
        kinds.setdefault(query.kind, []).append((is_first, is_found))
        missed += [] if is_found else [f"  {query.text}: {hits}"]
    every = [one for results in kinds.values() for one in results]
    first, three = (sum(one[at] for one in every) / len(every) for at in (0, 1))
    print(f"\n{name}: {len(every)} queries, first hit right {first:.1%}, in the first three {three:.1%}")
    for kind, results in kinds.items():
        right = [sum(one[at] for one in results) for at in (0, 1)]
        print(f"  {kind}: {len(results)} queries, first {right[0]}, first three {right[1]}")
    print("\n".join(missed))
    return first, three
