"""The addresses of former ids lead to the pages, anchors, PDFs and JSON of the records that had them."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Open, build_site, copy_project, replace_in_file, serve
from macros.host.site_check import dead_links

RENAMED = [
    ("marketplaces/flipkart.yml", "name: Flipkart\n", "name: Flipkart\nformerly: [fk-store, walmart]\n"),
    ("roles.yml", "  name: Seller\n", "  name: Seller\n  formerly: [vendor]\n"),
    ("systems.yml", "  name: VMS\n", "  name: VMS\n  formerly: [vendor-system]\n"),
    ("issue-types.yml", "  name: Order-related issue\n", "  name: Order-related issue\n  formerly: [order-issue]\n"),
]  # fmt: skip
MOVED = {
    "marketplaces/fk-store/": "marketplaces/flipkart/",
    "marketplaces/walmart/#order-related-escalate": "marketplaces/flipkart/#order-related-escalate",
    "marketplaces/walmart/#order-issue-escalate": "marketplaces/flipkart/#order-issue-escalate",
    "roles/vendor/#unfulfillable": "roles/seller/#unfulfillable",
    "systems/vendor-system/": "systems/vms/",
    "issue-types/order-issue/": "issue-types/order-related/",
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = copy_project(tmp_path_factory.mktemp("former"))
    for file, old, new in RENAMED:
        replace_in_file(folder / "sop_data" / file, old, new)
    return folder


@pytest.fixture(scope="module")
def renamed(project: Path) -> Path:
    return build_site(project, project / "site")


@pytest.mark.parametrize("javascript", [True, False])
def test_an_old_address_leads_to_the_new_one(javascript: bool, renamed: Path, visit: Open) -> None:
    with serve(renamed) as base:
        one = visit(base=base, java_script_enabled=javascript)
        for old, new in MOVED.items():
            path, _, anchor = new.partition("#")
            one.page.goto(base + old)
            one.page.wait_for_url(base + (new if javascript else path))
            assert not anchor or one.page.locator(f"[id='{anchor}']").count() == 1
            if javascript:
                assert not one.complaints, old


def test_the_old_anchors_of_an_issue_type_are_at_the_same_places(renamed: Path, visit: Open) -> None:
    pairs = [("order-issue", "order-related"), ("order-issue-escalate", "order-related-escalate"),
             ("order-issue-gap-supporting-data-meaning", "order-related-gap-supporting-data-meaning"),
             ("order-issue-word-supporting-data", "order-related-word-supporting-data")]  # fmt: skip
    top = "element => element.getBoundingClientRect().top"
    with serve(renamed) as base:
        page = visit("marketplaces/flipkart/", base=base).page
        page.eval_on_selector_all("details", "all => all.forEach(one => { one.open = true; })")
        for old, new in pairs:
            tops = [page.locator(f"[id='{anchor}']").evaluate(top) for anchor in (old, new)]
            assert abs(tops[0] - tops[1]) < 60, old
        for path in ("roles/client-poc/", "systems/omni-support/"):
            assert visit(f"{path}#order-issue", base=base).page.locator("[id='order-issue']").count() == 1


def test_old_pdfs_and_json_are_the_new_ones(renamed: Path) -> None:
    for old, new in {
        "pdf/fk-store.pdf": "pdf/flipkart.pdf",
        "pdf/roles/vendor.pdf": "pdf/roles/seller.pdf",
        "api/v1/marketplaces/walmart.json": "api/v1/marketplaces/flipkart.json",
        "api/v1/roles/vendor.json": "api/v1/roles/seller.json",
    }.items():
        assert (renamed / old).read_bytes() == (renamed / new).read_bytes()
    listed = json.loads((renamed / "api/v1/index.json").read_text(encoding="utf-8"))["files"]
    assert "/api/v1/marketplaces/fk-store.json" in listed


def test_no_link_of_the_renamed_site_is_dead(renamed: Path) -> None:
    assert list(dead_links(renamed)) == []


def test_the_copy_without_a_server_has_them_too(project: Path, visit: Callable[..., object]) -> None:
    site = build_site(
        project, project / "offline", SOP_DIRECTORY_URLS="false", SOP_OFFLINE="true", SOP_PDF="false"
    )
    assert [one for one in dead_links(site) if ".pdf " not in one] == []
    page = visit("marketplaces/walmart.html#order-issue-escalate", base=f"{site.resolve().as_uri()}/").page  # type: ignore[attr-defined] # Open gives any keyword
    page.wait_for_url("**/marketplaces/flipkart.html#order-issue-escalate")


def test_no_former_id_changes_nothing_else(site: Path) -> None:
    assert not [
        path for path in site.rglob("*.html") if "assets/moved.js" in path.read_text(encoding="utf-8")
    ]
