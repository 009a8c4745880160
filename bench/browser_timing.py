"""Measure loading and search in Chromium, with the processor slowed four times."""

import statistics
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from browser import find
from conftest import serving
from measurement import Figure

SLOWED = 4
ROUNDS = 5
PAINT = "() => performance.getEntriesByName('first-contentful-paint')[0].startTime"
# Type a query letter by letter and wait for the answer to each. The index is already loaded.
TYPE = """async query => {
  const box = document.querySelector('#sop-query'), hits = document.querySelector('#sop-hits');
  const answered = async text => {
    const start = performance.now();
    box.value = text;
    box.dispatchEvent(new Event('input'));
    while (hits.dataset.query != text.trim()) await new Promise(done => setTimeout(done));
    return performance.now() - start;
  };
  await answered('flipkart');
  const times = [];
  for (let end = 1; end <= query.length; end++) if (query[end - 1] != ' ') times.push(await answered(query.slice(0, end)));
  return times;
}"""


def slow_pages(folder: Path, path: str = "") -> Iterator[Page]:
    """Open a page of a site in a new browser context for each round."""
    options = ["--no-sandbox", "--disable-background-networking"]
    with serving(folder) as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=options)
        for _ in range(ROUNDS):
            page = browser.new_context().new_page()
            session = page.context.new_cdp_session(page)
            session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
            page.goto(base + path)
            page.wait_for_load_state("networkidle")
            yield page
        browser.close()


def first_paint(sites: dict[str, Path]) -> Iterator[Figure]:
    """Compare the first paint of the first site's first marketplace page with the other site's home page."""
    (ours, site), (theirs, other) = sites.items()
    place = next(iter(sorted(site.glob("marketplaces/*/index.html")))).parent.relative_to(site).as_posix()
    found, floor = (
        statistics.median(page.evaluate(PAINT) for page in slow_pages(folder, path))
        for folder, path in ((site, f"{place}/"), (other, ""))
    )
    yield Figure(f"first paint of {ours}, processor slowed {SLOWED} times", found, "ms", None, theirs, floor)


def query(folder: Path) -> tuple[float, float]:
    """Return the milliseconds from a letter to its results: for the last letter, and for the slowest."""
    rounds = [page.evaluate(TYPE, "markeplace 00042 unfulfilable") for page in slow_pages(folder)]
    return statistics.median(times[-1] for times in rounds), statistics.median(max(times) for times in rounds)
