"""What a reader waits for, measured in Chromium on a processor slowed four times."""

import statistics
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from browser import find
from conftest import serving
from measured import Figure

SLOWED = 4
ROUNDS = 5
PAINT = "() => performance.getEntriesByName('first-contentful-paint')[0].startTime"
# The box is filled and waits for hits as when somebody types; the index is loaded before.
ASK = """async query => {
  const box = document.querySelector('#sop-query'), hits = document.querySelector('#sop-hits');
  const ask = async text => {
    const start = performance.now();
    box.value = text;
    box.dispatchEvent(new Event('input'));
    while (hits.dataset.query != text) await new Promise(done => setTimeout(done));
    return performance.now() - start;
  };
  await ask('flipkart');
  return ask(query);
}"""


def slowed(folder: Path, path: str = "") -> Iterator[Page]:
    """A page of a site, opened anew in each round."""
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
    """Of the first site's first marketplace page, beside the page of the other site."""
    (ours, site), (theirs, other) = sites.items()
    place = next(iter(sorted(site.glob("marketplaces/*/index.html")))).parent.relative_to(site).as_posix()
    found, floor = (
        statistics.median(page.evaluate(PAINT) for page in slowed(folder, path))
        for folder, path in ((site, f"{place}/"), (other, ""))
    )
    yield Figure(f"first paint of {ours}, processor slowed {SLOWED} times", found, "ms", None, theirs, floor)


def query(folder: Path) -> float:
    """Milliseconds from typing to hits, index loaded."""
    return float(
        statistics.median(page.evaluate(ASK, "markeplace 00042 unfulfilable") for page in slowed(folder))
    )
