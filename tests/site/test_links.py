"""The built site: every link resolves, one file is one page, nothing of the SOP's text acts."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from conftest import Open, build_site, serve
from macros.catalogue.catalogue import Catalogue
from macros.host.site_check import PageLinks


def read(site: Path) -> dict[str, PageLinks]:
    """The links of every page by its address."""
    pages = {}
    for path in site.rglob("*.html"):
        address = "/" + path.relative_to(site).as_posix().removesuffix("index.html")
        pages[address] = PageLinks(path.read_text(encoding="utf-8"))
    return pages


def test_every_link_and_anchor_resolves(site: Path) -> None:
    pages = read(site)
    assert len(pages) > 25
    for address, page in pages.items():
        for link in page.links:
            target = urlsplit(urljoin(address, link))
            assert target.scheme in ("", "https", "data", "mailto") or target.hostname == "127.0.0.1", (
                address,
                link,
            )
            if target.netloc or target.scheme in ("data", "mailto"):
                continue
            where = unquote(target.path)
            assert where in pages or (site / where.lstrip("/")).is_file(), (address, link)
            if target.fragment and where in pages:
                assert target.fragment in [*pages[where].ids, "__skip"], (address, link)


def test_ids_are_unique(site: Path) -> None:
    for address, page in read(site).items():
        assert sorted(page.ids) == sorted(set(page.ids)), address


def test_both_anchors_of_every_marketplace(site: Path, catalogue: Catalogue) -> None:
    pages = read(site)
    home = [link for link in pages["/"].links if "#" in link]
    for id in catalogue.marketplaces:
        for of in catalogue.issue_types:
            assert of in pages[f"/marketplaces/{id}/"].ids
            assert f"marketplaces/{id}/#{of}" in home
            for step in catalogue.procedure(id, of).steps:
                assert f"{of}-{step.id}" in pages[f"/marketplaces/{id}/"].ids


def test_everything_named_links_to_its_page(site: Path) -> None:
    page = read(site)["/marketplaces/myntra-ppmp/"]
    for path in (
        "roles/warehouse-poc",
        "roles/account-manager",
        "systems/omni-support",
        "issue-types/unfulfillable",
    ):
        assert f"../../{path}/" in page.links


def test_the_unsplit_list_is_shown_once(site: Path) -> None:
    html = (site / "marketplaces" / "ajio-vms" / "index.html").read_text(encoding="utf-8")
    assert html.count('class="flow-steps"') == 1
    assert "One list serves both issue types: the source does not split it." in html


def test_a_role_without_a_step_sees_that(site: Path) -> None:
    html = (site / "roles" / "warehouse-poc" / "index.html").read_text(encoding="utf-8")
    assert "The SOP gives this role no step here." in html


MEESHO = """name: Meesho
parameters:
  escalation: Raise a ticket in {meesho-supplier-panel}
playbooks:
  unfulfillable: excess-orders-via-client
  order-related: order-issue-via-client
"""
WHERE_IT_SHOWS = ("index.html", "marketplaces/flipkart/index.html", "issue-types/unfulfillable/index.html",
                  "roles/client-poc/index.html", "assets/search-index.js", "gaps/index.html")  # fmt: skip


def test_one_file_is_one_marketplace_everywhere(project: Path, build: Callable[[Path], Path]) -> None:
    file = project / "sop_data" / "marketplaces" / "meesho.yml"
    systems = project / "sop_data" / "systems.yml"
    before = systems.read_text(encoding="utf-8")
    file.write_text(MEESHO)
    systems.write_text(before + "meesho-supplier-panel:\n  name: Meesho Supplier Panel\n")
    site = build(project)
    for name in (
        *WHERE_IT_SHOWS,
        "marketplaces/meesho/index.html",
        "systems/meesho-supplier-panel/index.html",
    ):
        assert "Meesho" in (site / name).read_text(encoding="utf-8"), name
    file.unlink()
    systems.write_text(before)
    site = build(project)
    manual = site / "contributing" / "index.html"  # its example is this very file
    for path in {*site.rglob("*.html"), *site.rglob("*.json")} - {manual}:
        assert "Meesho" not in path.read_text(encoding="utf-8"), path
    assert not (site / "marketplaces" / "meesho").exists()


def test_the_edit_button_opens_the_yaml(project: Path) -> None:
    edit = "https://github.com/increff/sop/edit/main/"
    pages = read(build_site(project, project / "site", SOP_EDIT_URL=f"{edit}{{path}}"))
    for address, file in {
        "/marketplaces/flipkart/": "sop_data/marketplaces/flipkart.yml",
        "/roles/seller/": "sop_data/roles.yml",
        "/gaps/": "sop_data/gaps.yml",
        "/": "sop_data/sop.yml",
        "/contributing/": "docs/contributing.md",
    }.items():
        assert edit + file in pages[address].links
    assert edit + "sop_data/playbooks/order-issue-via-client.yml" in pages["/marketplaces/flipkart/"].links


def test_without_an_address_there_is_no_edit_button(site: Path) -> None:
    assert "md-content__button" not in (site / "marketplaces/flipkart/index.html").read_text(encoding="utf-8")


HOSTILE = "Bad <img src=x onerror=alert(1)> {{ 7*7 }} {% raw %} **b** [a](javascript:alert(1)) &lt; `c` {: onclick=alert(1) }"


def test_a_name_never_acts(project: Path, build: Callable[[Path], Path], visit: Open) -> None:
    """`test_hostile_text.py` has all fields."""
    file = project / "sop_data" / "marketplaces/flipkart.yml"
    hostile = HOSTILE.replace("'", "''")
    file.write_text(file.read_text(encoding="utf-8").replace("name: Flipkart", f"name: '{hostile}'"))
    site = build(project)
    with serve(site) as base:
        one = visit("marketplaces/flipkart/", base=base)
        assert HOSTILE in one.page.inner_text("article")
        assert one.page.locator("article img, [onclick], [href^=javascript]").count() == 0
        assert HOSTILE in one.page.title()
        assert HOSTILE in one.page.inner_text("nav[data-md-level='0']")
        assert not one.complaints
