"""Measure loading and search in Chromium, with the processor slowed four times."""

import gzip
import statistics
import time
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from browser import find
from conftest import serve
from measurement import Figure

SLOWED = 4
QUIET = 1000  # milliseconds after a page was loaded, in which its scripts finish
CASES = 200  # the most that a browser keeps
ROUNDS = 5
PAINT = "() => performance.getEntriesByName('first-contentful-paint')[0].startTime"
# Keep cases in this browser, all of the procedure on this page.
KEEP = """([count, minute]) => {
  const slot = document.querySelector('.sop-case'), whole = slot.closest('.sop-procedure'), site = new URL('../..', location);
  const steps = [...whole.querySelectorAll('.flow-step')].map(card => [card.id.slice(slot.dataset.issue.length + 1), card.dataset.hash]);
  for (let at = 0; at < count; at++) {
    const i = String(at).padStart(10, '0');
    localStorage.setItem(`sop-case:${site.pathname}:${i}`, JSON.stringify({v: 1, i, o: slot.dataset.issue, f: whole.dataset.fingerprint,
      r: `OD-${at}`, n: '', t: minute, s: steps, l: [[0, 'done', 5, '']], c: 0, p: location.href.slice(site.href.length), q: slot.dataset.title, w: '', d: 0}));
  }
}"""
# Follow the link to a case, and wait until the script is loaded and shows it.
OPEN = """async () => {
  const start = performance.now();
  location.hash = '#case=0000000007';
  while (!document.querySelector('.sop-case-open')) await new Promise(requestAnimationFrame);
  return performance.now() - start;
}"""
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
  box.focus();
  while (!window.SOP_SEARCH_BOX) await new Promise(done => setTimeout(done));
  await answered('flipkart');
  const times = [];
  for (let end = 1; end <= query.length; end++) if (query[end - 1] != ' ') times.push(await answered(query.slice(0, end)));
  return times;
}"""


def slow_pages(folder: Path, path: str = "") -> Iterator[Page]:
    """Open a page of a site in a new browser context for each round."""
    options = ["--no-sandbox", "--disable-background-networking"]
    with serve(folder) as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=options)
        for _ in range(ROUNDS):
            context = browser.new_context()
            page = context.new_page()
            session = context.new_cdp_session(page)
            session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
            page.goto(base + path)
            page.wait_for_timeout(QUIET)
            yield page
            context.close()  # an open page slows the next
        browser.close()


def first_paint(sites: dict[str, Path]) -> Iterator[Figure]:
    """Compare the first paint of the first site's first marketplace page with the other site's home page."""
    (ours, site), (theirs, other) = sites.items()
    found, floor = (
        statistics.median(page.evaluate(PAINT) for page in slow_pages(folder, path))
        for folder, path in ((site, marketplace(site)), (other, ""))
    )
    yield Figure(f"first paint of {ours}, processor slowed {SLOWED} times", found, "ms", 1.1, theirs, floor)


def search_figures(folder: Path, size: int) -> Iterator[Figure]:
    index = gzip.compress((folder / "assets/search-index.js").read_bytes(), mtime=0)
    yield Figure(f"search index, {size:,}", len(index) / 1024, "KB", 1024)
    last, slowest = query(folder)
    yield Figure(f"answer of the search, {size:,}, processor slowed {SLOWED} times", last, "ms", 100)
    yield Figure("the slowest answer while that query is typed", slowest, "ms", 100)


def query(folder: Path) -> tuple[float, float]:
    """Return the milliseconds from a letter to its results: for the last letter, and for the slowest."""
    rounds = [page.evaluate(TYPE, "markeplace 00042 unfulfilable") for page in slow_pages(folder)]
    return statistics.median(times[-1] for times in rounds), statistics.median(max(times) for times in rounds)


def case_opened(folder: Path) -> Iterator[Figure]:
    """Measure the time from a link on the page to its case, among 200 cases: with the script loaded, and with its loading."""
    first, loaded = [], []
    for page in slow_pages(folder, marketplace(folder)):
        page.evaluate(KEEP, [CASES, int(time.time() / 60)])
        first.append(page.evaluate(OPEN))
        page.goto(page.url.split("#")[0])  # a page loads the script if cases are kept
        page.wait_for_timeout(QUIET)
        loaded.append(page.evaluate(OPEN))
    what = f"case opened, {CASES} kept, processor slowed {SLOWED} times"
    yield Figure(f"{what}, script loaded", statistics.median(loaded), "ms", 100)
    yield Figure(f"{what}, with loading of the script", statistics.median(first), "ms")


def marketplace(site: Path) -> str:
    """The address of the first marketplace page, below the site."""
    return min(site.glob("marketplaces/*/index.html")).parent.relative_to(site).as_posix() + "/"
