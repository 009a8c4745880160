"""Pages of a site in the browser, and browser contexts that tests share."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, Request, Response


@dataclass
class Visit:
    """A page in the browser, and what it complained about or asked of other hosts."""

    page: Page
    start: str
    heard: list[str] = field(default_factory=list)
    received: int = 0

    def listen(self) -> None:
        """Record complaints and bytes from now on."""
        self.page.on("response", self.count)
        self.page.on("requestfailed", self.failed)
        self.page.on(
            "console", lambda m: self.heard.append(m.text) if m.type in ("error", "warning") else None
        )
        self.page.on("pageerror", lambda error: self.heard.append(str(error)))

    def count(self, response: Response) -> None:
        self.received += int(response.headers.get("content-length", 0))
        if not response.ok or not response.url.startswith((self.start, "data:")):
            self.heard.append(f"{response.status} {response.url}")

    def failed(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # the browser went to the next page
            self.heard.append(f"failed {request.url}")

    @property
    def complaints(self) -> list[str]:
        """Console errors, failed requests and requests to other hosts, once the page is at rest."""
        self.page.wait_for_load_state("networkidle")
        return self.heard

    @property
    def bytes(self) -> int:
        """What came over the wire, compressed, once the page is at rest."""
        self.page.wait_for_load_state("networkidle")
        return self.received


class Contexts:
    """Browser contexts that tests take and return: a page in a new one costs more than twice the CPU time.

    Each keeps an empty page. With Chromium's limit of one renderer, that keeps the renderer alive for the next page.
    """

    def __init__(self, chromium: Browser) -> None:
        self.chromium = chromium
        self.free: list[tuple[str, BrowserContext]] = []  # by options, the last used at the end

    def take(self, options: dict[str, Any]) -> BrowserContext:
        at = next((at for at, (key, _) in enumerate(self.free) if key == str(options)), None)
        if at is not None:
            return self.free.pop(at)[1]
        context = self.chromium.new_context(**options)
        context.new_page()
        return context

    def give_back(self, options: dict[str, Any], context: BrowserContext, start: str) -> None:
        """Close the pages of a context but the empty one, and delete what the site at a URL stored."""
        url, (empty, *pages) = urlsplit(start), context.pages
        clear = {"origin": f"{url.scheme}://{url.netloc}", "storageTypes": "all"}
        context.new_cdp_session(empty).send("Storage.clearDataForOrigin", clear)
        for each in pages:
            each.close()
        self.free.append((str(options), context))
        if len(self.free) > 8:
            self.free.pop(0)[1].close()
