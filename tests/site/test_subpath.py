"""A site below a path of its host, as a fork publishes it on GitHub Pages: every address leads to a file of the site."""

import csv
import json
import re
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pypdfium2
import pytest
import zxingcpp
from playwright.sync_api import Browser
from pypdf import PdfReader
from site_pages import SIDEWAYS

from conftest import Open, Shared, build_site, copy_project, replace_in_file, serve
from macros.host.site_check import PageLinks, dead_links

URL = "https://org.example.com/repo/"
REPOSITORY = "https://github.com/org/repo"
WORKFLOW = {  # what the workflow sets; GitHub gives the address without a slash at the end
    "SOP_SITE_URL": "https://org.example.com/repo",
    "SOP_EDIT_URL": f"{REPOSITORY}/edit/main/{{path}}",
    "SOP_ISSUES_URL": f"{REPOSITORY}/issues/new",
}
BASE = "/repo/"
DEPTHS = ("nothing", "a/b/c/", "marketplaces/nothing/")


def set_up(folder: Path, line: str) -> Path:
    replace_in_file(copy_project(folder) / "mkdocs.yml", "dev_addr:", f"{line}\ndev_addr:")
    return folder


@pytest.fixture(scope="session")
def below(shared: Shared) -> Path:
    """The site of the SOP of the source as a fork publishes it; its folder has the name of the path."""
    fork = shared(
        "subpath", lambda folder: build_site(copy_project(folder), folder / "host" / "repo", **WORKFLOW)
    )
    return fork / "host" / "repo"


def leads(site: Path, page: str, link: str) -> bool:
    """Whether a link on a page of the host leads to a place of the site, or to another host."""
    target = urlsplit(urljoin(urljoin(URL, page), link))
    if target.netloc != urlsplit(URL).netloc:
        return target.scheme in ("http", "https", "data", "mailto")
    if not target.path.startswith(BASE):
        return False
    path = unquote(target.path).removeprefix(BASE)
    file = site / (f"{path}index.html" if path.endswith("/") or not path else path)
    if not file.is_file():
        return False
    return not target.fragment or target.fragment in ids_of(file)


@cache
def ids_of(file: Path) -> set[str]:
    """The ids of a page, and the one that Material's script adds."""
    return {*PageLinks(file.read_text(encoding="utf-8")).ids, "__skip"} if file.suffix == ".html" else set()


def test_every_link_of_a_page_resolves_below_a_path(below: Path) -> None:
    checked: set[tuple[str, str]] = set()
    for file in below.rglob("*.html"):
        if file.name == "404.html":
            continue
        page = file.relative_to(below).as_posix()
        for link in PageLinks(file.read_text(encoding="utf-8")).links:
            assert (page, link) in checked or leads(below, page, link), (page, link)
            checked.add((page, link))
    assert len(checked) > 1000


@pytest.mark.parametrize("depth", DEPTHS)
def test_every_link_of_the_404_page_resolves_at_every_depth(below: Path, depth: str) -> None:
    links = PageLinks((below / "404.html").read_text(encoding="utf-8")).links
    assert len(links) > 20
    for link in links:
        assert leads(below, depth, link), link


def test_verification_finds_a_dead_link_of_the_404_page(below: Path, tmp_path: Path) -> None:
    copied_site = tmp_path / "repo"
    copied_site.mkdir()
    for name in ("404.html", "assets/sop.css"):
        (copied_site / name).parent.mkdir(exist_ok=True)
        (copied_site / name).write_bytes((below / name).read_bytes())
    assert "404.html: /repo/assets/sop.js leads nowhere" in list(dead_links(copied_site))
    assert "404.html: /repo/assets/sop.css leads nowhere" not in list(dead_links(copied_site))
    assert list(dead_links(below)) == []


def test_a_fork_has_its_own_addresses_edit_buttons_and_feedback(below: Path) -> None:
    page = (below / "marketplaces/flipkart/index.html").read_text(encoding="utf-8")
    links = PageLinks(page).links
    assert f"{REPOSITORY}/edit/main/sop_data/marketplaces/flipkart.yml" in links
    assert f'<link rel="canonical" href="{URL}marketplaces/flipkart/">' in page
    assert f'data-issues="{REPOSITORY}/issues/new"' in page


def addresses(data: object) -> Iterator[str]:
    """All addresses in JSON: texts that begin with a slash."""
    if isinstance(data, str) and data.startswith("/"):
        yield data
    for item in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from addresses(item)


def test_every_address_of_the_api_resolves_below_a_path(below: Path) -> None:
    for file in sorted((below / "api").rglob("*.json")):
        if file.name == "schema.json":
            continue
        page = file.relative_to(below).as_posix()
        found = set(addresses(json.loads(file.read_bytes())))
        assert found, page
        for address in found:
            assert leads(below, page, address), (page, address)


def test_every_address_of_the_matrix_resolves_below_a_path(below: Path) -> None:
    text = (below / "api/v1/matrix.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    assert len(rows) == 16
    for row in rows:
        assert leads(below, "api/v1/matrix.csv", row["address"]), row


def test_links_and_qr_codes_of_paper_resolve_below_a_path(below: Path) -> None:
    for file in below.rglob("*.pdf"):
        content = file.read_bytes()
        annotations = [
            one.get_object()
            for page in PdfReader(BytesIO(content)).pages
            for one in page.get("/Annots") or ()
        ]
        links = {str(one["/A"]["/URI"]) for one in annotations if "/URI" in one.get("/A", {})}
        picture = pypdfium2.PdfDocument(content)[0].render(scale=3).to_pil()
        links |= {code.text for code in zxingcpp.read_barcodes(picture)}
        for link in links:
            assert not link.startswith(URL) or leads(below, "", link), (file.name, link)
        assert any(link.startswith(URL) for link in links) or file.stem in ("matrix", "gaps"), file.name


def test_a_site_works_in_the_browser_below_a_path(below: Path, visit: Open) -> None:
    with serve(below.parent) as host:
        one = visit("repo/404.html", base=host)
        assert one.page.locator(".md-header").evaluate("e => getComputedStyle(e).position") == "sticky"
        assert one.page.locator("a.sop-cell").count() == 16
        one.page.keyboard.press("/")
        one.page.keyboard.type("flipkart")
        one.page.locator("#sop-hits a").first.click()
        one.page.wait_for_url("**/repo/marketplaces/flipkart/**")
        assert not one.complaints


def test_the_404_page_leads_to_the_procedure_from_any_depth(below: Path, visit: Open) -> None:
    page_not_found = (below / "404.html").read_text(encoding="utf-8")
    with serve(below.parent) as host:
        page = visit("repo/", base=host, width=375).page
        for depth in DEPTHS:
            page.route(
                f"**/{depth}", lambda route: route.fulfill(body=page_not_found, content_type="text/html")
            )
            page.goto(f"{host}repo/{depth}")
            assert page.evaluate(SIDEWAYS) == 0
            page.get_by_role("button", name="Search").last.click()
            page.locator("#sop-query").wait_for()
            page.goto(f"{host}repo/{depth}")
            page.get_by_role("link", name="Flipkart: Order-related issue").click()
            page.wait_for_url("**/repo/marketplaces/flipkart/#order-related")


def test_a_case_is_handed_over_by_a_link_to_the_address_of_the_site(below: Path, visit: Open) -> None:
    with serve(below.parent) as host:
        page = visit("repo/marketplaces/flipkart/", base=host).page
        page.get_by_role("button", name="Start a case").first.click()
        page.get_by_label("Order or ticket ID").fill("OD-1")
        page.get_by_role("button", name="Start", exact=True).click()
        page.get_by_role("button", name="Hand over").click()
        link = page.get_by_label("Link", exact=True).input_value()
    assert link.startswith(f"{URL}marketplaces/flipkart/#case=")


def test_from_a_file_a_case_is_handed_over_as_text_only(below: Path, chromium: Browser) -> None:
    context = chromium.new_context()
    page = context.new_page()
    page.goto((below / "marketplaces/flipkart/index.html").as_uri())
    page.get_by_role("button", name="Start a case").first.click()
    page.get_by_label("Order or ticket ID").fill("OD-1")
    page.get_by_role("button", name="Start", exact=True).click()
    page.get_by_role("button", name="Hand over").click()
    page.get_by_text(re.compile("This copy of the site makes no links|Select the text")).wait_for()
    assert page.get_by_label("Link", exact=True).count() == 0
    assert "Case: OD-1" in (page.locator(".sop-case pre").text_content() or "")
    context.close()


def test_without_an_address_the_404_page_needs_no_file(site: Path, visit: Open) -> None:
    page = (site / "404.html").read_text(encoding="utf-8")
    assert PageLinks(page).links == []
    with serve(site) as host:
        one = visit("404.html", base=host)
        assert one.page.locator("h1").inner_text() == "Page not found"
        assert (
            one.page.locator("body").evaluate("e => getComputedStyle(e).fontFamily").startswith("system-ui")
        )
        assert not one.complaints


@pytest.mark.parametrize("host", ["github.com", "gitlab.com"])
def test_a_repository_alone_makes_no_edit_button(tmp_path: Path, host: str) -> None:
    project = set_up(tmp_path / "project", f"repo_url: https://{host}/org/repo")
    site = build_site(project, project / "site", SOP_PDF="false")
    for file in site.rglob("*.html"):
        assert not re.search(r'href="[^"]*/edit/', file.read_text(encoding="utf-8")), file


def test_an_edit_template_can_be_relative_to_the_repository(tmp_path: Path) -> None:
    lines = "repo_url: https://github.com/org/repo\nedit_uri_template: edit/main/{path}"
    project = set_up(tmp_path / "project", lines)
    site = build_site(project, project / "site", SOP_PDF="false")
    links = PageLinks((site / "marketplaces/flipkart/index.html").read_text(encoding="utf-8")).links
    edits = {link for link in links if "/edit/" in link}
    start = "https://github.com/org/repo/edit/main/sop_data/"
    assert f"{start}marketplaces/flipkart.yml" in edits
    assert all(link.startswith(start) for link in edits)
