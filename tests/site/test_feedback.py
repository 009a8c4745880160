"""Feedback: not shown unless configured, and honest about what became of it, against a real receiver."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

from conftest import Open, build_site, copy_project, replace_in_file, serve

Receiver = tuple[list[dict[str, Any]], dict[str, int], Event]


@contextmanager
def receiving() -> Iterator[tuple[str, Receiver]]:
    """A receiver on another origin: what it got, the status that it answers with, and a way to let it wait."""
    got: list[dict[str, Any]] = []
    status = {"code": 200}
    go_on = Event()
    go_on.set()

    class Handler(BaseHTTPRequestHandler):
        def answer(self, code: int) -> None:
            self.send_response(code)
            self.send_header("Access-Control-Allow-Origin", "*")
            self.send_header("Access-Control-Allow-Headers", "Content-Type")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def do_OPTIONS(self) -> None:
            self.answer(204)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            go_on.wait()
            got.append(json.loads(body))
            self.answer(status["code"])

        def log_message(self, *_: Any) -> None:
            """Be quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/", (got, status, go_on)
        go_on.set()
        server.shutdown()


Site = Callable[[str], str]


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Receiver, str, str]]:
    """A site with an endpoint, what the endpoint gets, one with a mail address, one with an issue tracker."""

    def site(way: str, where: str) -> Path:
        project = copy_project(tmp_path_factory.mktemp(way))
        replace_in_file(project / "mkdocs.yml", 'issues: !ENV [SOP_ISSUES_URL, ""]', f"{way}: '{where}'")
        return build_site(project, project / "site", SOP_PDF="false")

    with (
        receiving() as (endpoint, receiver),
        serve(site("endpoint", endpoint)) as posts,
        serve(site("mail", "sop@example.com")) as mails,
        serve(site("issues", "https://example.com/issues/new")) as writes,
    ):
        yield posts, receiver, mails, writes


PAGE = "marketplaces/flipkart/"
SAID = "#sop-answer"


def test_it_is_not_shown_unless_configured(visit: Open) -> None:
    one = visit(PAGE)
    assert one.page.locator(".sop-feedback").count() == 0
    assert "feedback.js" not in one.page.content()


def test_yes_is_sent_and_confirmed(visit: Open, sites: tuple[str, Receiver, str, str]) -> None:
    base, (got, status, go_on), *_ = sites
    status["code"] = 200
    go_on.clear()
    page = visit(PAGE, base=base).page
    page.get_by_role("button", name="Yes").click()
    page.wait_for_function("() => document.querySelector('#sop-answer').textContent == 'Sending …'")
    go_on.set()
    page.get_by_text("Thank you, your feedback was sent.").wait_for()
    assert got[-1]["helpful"] is True
    assert got[-1]["page"] == "/marketplaces/flipkart/"


def test_no_asks_for_a_reason_and_sends_nothing_personal(
    visit: Open, sites: tuple[str, Receiver, str, str]
) -> None:
    base, (got, status, _), *_ = sites
    status["code"] = 200
    before = len(got)
    page = visit(PAGE, base=base).page
    page.get_by_role("button", name="No", exact=True).click()
    page.get_by_role("button", name="Send").click()
    assert page.inner_text(SAID) == "Please choose at least one of the reasons."
    assert len(got) == before
    page.get_by_label("It is not clear what to do").check()
    page.fill("#sop-comment", "Step 2")
    page.get_by_role("button", name="Send").click()
    page.get_by_text("Thank you, your feedback was sent.").wait_for()
    assert got[-1].keys() == {"page", "version", "fingerprints", "helpful", "reasons", "comment"}
    assert got[-1]["reasons"] == ["It is not clear what to do"]
    assert got[-1]["version"] == "Version not stated, source modified 15 Feb 2023"
    assert all(re.fullmatch(r"[0-9a-f]{4}(-[0-9a-f]{4}){2}", one) for one in got[-1]["fingerprints"])
    assert len(got[-1]["fingerprints"]) == 2


@pytest.mark.parametrize("code", [400, 503])
def test_a_refusal_is_not_called_sent(visit: Open, sites: tuple[str, Receiver, str, str], code: int) -> None:
    base, (_, status, _), *_ = sites
    status["code"] = code
    page = visit(PAGE, base=base).page
    page.get_by_role("button", name="Yes").click()
    page.get_by_text(f"Not sent: the receiver refused it ({code})").wait_for()


def test_silence_is_not_called_sent(visit: Open, sites: tuple[str, Receiver, str, str]) -> None:
    base, (_, _, go_on), *_ = sites
    go_on.clear()
    one = visit(PAGE, base=base)
    one.page.evaluate("AbortSignal.timeout = () => { const stop = new AbortController();"
                      "setTimeout(() => stop.abort(new DOMException('late', 'TimeoutError')), 200); return stop.signal; }")  # fmt: skip
    one.page.get_by_role("button", name="Yes").click()
    one.page.get_by_text("Not sent: the receiver did not answer in time").wait_for()
    go_on.set()


def test_an_unreachable_receiver_is_not_called_sent(
    visit: Open, sites: tuple[str, Receiver, str, str]
) -> None:
    one = visit(PAGE, base=sites[0])
    one.page.evaluate("document.querySelector('.sop-feedback')")
    one.page.route("**/*", lambda route: route.abort())
    one.page.get_by_role("button", name="Yes").click()
    one.page.get_by_text("Not sent: the receiver cannot be reached").wait_for()


def test_a_mail_is_opened_without_claiming_that_it_was_sent(
    visit: Open, sites: tuple[str, Receiver, str, str]
) -> None:
    page = visit(PAGE, base=sites[2]).page
    assert not page.get_by_role("button", name="Yes").count()  # it could not be sent
    page.get_by_role("button", name="Report a problem").click()
    page.get_by_label("My case is not here").check()
    page.get_by_role("button", name="Send").click()
    assert page.inner_text(SAID).endswith("We cannot see whether it was sent.")


def test_an_issue_is_opened_prefilled(visit: Open, sites: tuple[str, Receiver, str, str]) -> None:
    page = visit(PAGE, base=sites[3]).page
    page.evaluate("window.open = (...all) => { window.opened = all; }")
    page.get_by_role("button", name="Report a problem").click()
    page.get_by_label("My case is not here").check()
    page.get_by_role("button", name="Send").click()
    address, _, options = page.evaluate("window.opened")
    assert address.startswith(
        "https://example.com/issues/new?title=Feedback%20on%20%2Fmarketplaces%2Fflipkart%2F&body="
    )
    assert "My%20case%20is%20not%20here" in address
    assert options == "noopener"
