"""From some fifty marketplaces on: the index, pages filled into one frame, and builds that reuse what did not change."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from site_pages import faults

import generated_sop
from conftest import SOURCE_SOP, Open, build_site, copy_project, mkdocs, replace_in_file, serve
from macros.catalogue.catalogue import Catalogue
from macros.checks.runner import load_catalogue
from macros.pages.languages import with_languages
from macros.pages.pagination import GAPS_LISTED, PAGE_SIZE, groups, listed_gaps
from macros.pages.renderer import Writer, pages
from macros.search.index import search_index

SIZE = 120


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of the real SOP with made-up marketplaces, built without PDFs into site/."""
    project = tmp_path_factory.mktemp("large")
    generated_sop.grow(SOURCE_SOP, project, SIZE)
    copy_project(project)
    build_of_pages(project)
    return project


def build_of_pages(project: Path) -> Path:
    """The site without PDFs."""
    config = (project / "mkdocs.yml").read_text(encoding="utf-8").replace("!ENV [SOP_PDF, true]", "false")
    (project / "mkdocs.yml").write_text(config, encoding="utf-8")
    return build_of(project)


def build_of(project: Path) -> Path:
    done = mkdocs(project, "build", "--strict", "--quiet")
    assert done.returncode == 0, done.stdout + done.stderr
    return project / "site"


def test_mkdocs_leaves_a_rendered_page_as_it_is(site: Path, catalogue: Catalogue) -> None:
    """Pages that MkDocs renders and pages that are filled into a frame have the same content."""
    write = Writer(catalogue)
    for path, page in pages(catalogue).items():
        file = site / ("index.html" if path == "index.md" else f"{path.removesuffix('.md')}/index.html")
        assert with_languages(write(path, page)) in file.read_text(encoding="utf-8"), path


def test_no_page_holds_every_link(large: Path) -> None:
    html = {
        path.relative_to(large / "site").as_posix(): path.read_text(encoding="utf-8")
        for path in (large / "site").rglob("*.html")
    }
    places = [name for name in html if name.startswith("marketplaces/")]
    assert len(places) == SIZE
    for name, page in html.items():
        linked = set(re.findall(r'href="[./]*marketplaces/([\w-]+)/[#"]', page))
        listing = name == "index.html" or name.startswith(("all/", "issue-types/", "marketplaces/"))
        assert len(linked) <= (PAGE_SIZE if listing else SIZE - 1), name


def test_letters_that_match_hundreds_of_entries_lead_to_pages(large: Path, visit: Open) -> None:
    with serve(large / "site") as base:
        page = visit(base=base).page
        page.keyboard.press("/")
        page.keyboard.type("mad")
        page.locator("#sop-hits[data-query=mad] a").first.wait_for()
        assert {*page.locator("#sop-hits small").all_inner_texts()} == {"Marketplace"}
        status = page.inner_text(".md-search-result__meta")
        assert re.match(r"12 of more than \d+ shown", status), status


def test_every_marketplace_is_two_clicks_from_home(large: Path, visit: Open) -> None:
    catalogue = load_catalogue(large / "sop_data")
    with serve(large / "site") as base:
        home = visit(base=base)
        names = home.page.locator(".sop-groups a").all_inner_texts()
        assert len(names) == len(groups(catalogue)) == 3
        seen: list[str] = []
        for at in range(len(names)):
            one = visit(f"all/{at + 1}/", base=base)
            assert one.page.locator("h1").all_inner_texts()[0].startswith(names[at])
            assert one.page.locator("h1").count() == 1
            seen += one.page.locator(".sop-matrix tbody th a").all_inner_texts()
            assert not one.complaints
        assert sorted(seen) == sorted(record.name for record in catalogue.marketplaces.values())
        assert seen == sorted(seen, key=str.casefold)
        home.page.locator("#sop-filter").fill("flip")
        assert home.page.locator(".sop-groups li:visible").count() == 1
        home.page.locator(".sop-groups li:visible a").click()
        home.page.wait_for_url("**/all/1/")
        home.page.locator("#sop-filter").fill("flip")
        assert home.page.locator(".sop-matrix tbody tr:visible th").all_inner_texts() == ["Flipkart"]
        home.page.get_by_role("link", name="Flipkart: Order-related issue").click()
        home.page.wait_for_url("**/marketplaces/flipkart/#order-related")
        assert not home.complaints


INDEX = ("", "all/1/")  # kinds of pages that a small site does not have
OTHERS = ("issue-types/unfulfillable/", "roles/client-poc/", "marketplaces/made-up-3/")


@pytest.mark.parametrize(
    ("width", "scheme", "paths"),
    [
        (375, "dark", INDEX),
        pytest.param(375, "dark", OTHERS, marks=pytest.mark.long),
        pytest.param(1280, "light", INDEX + OTHERS, marks=pytest.mark.long),
    ],
)
def test_the_index_breaks_no_accessibility_rule(
    large: Path, visit: Open, width: int, scheme: str, paths: tuple[str, ...]
) -> None:
    with serve(large / "site") as base:
        one = visit(base=base, width=width, color_scheme=scheme)
        assert faults(one, base, paths) == []


def test_a_page_is_the_same_size_however_many_there_are(large: Path, site: Path) -> None:
    import gzip

    sizes = [
        len(gzip.compress((folder / "marketplaces/flipkart/index.html").read_bytes(), mtime=0))
        for folder in (site, large / "site")
    ]
    assert abs(sizes[0] - sizes[1]) <= 2048, sizes


def test_each_page_has_its_own_title_address_and_edit_button(large: Path, tmp_path: Path) -> None:
    project = Path(shutil.copytree(large, tmp_path / "project"))
    edit = "https://github.com/org/repo/edit/main/{path}"
    site = build_site(project, project / "site", SOP_SITE_URL="https://sop.example.com/", SOP_EDIT_URL=edit)
    page = (site / "marketplaces/made-up-7/index.html").read_text(encoding="utf-8")
    assert "<title>Made-up marketplace 7 - Marketplace Escalation SOP</title>" in page
    assert 'href="https://sop.example.com/marketplaces/made-up-7/"' in page
    assert "/edit/main/sop_data/marketplaces/made-up-7.yml" in page
    assert "goes-here" not in page


def test_of_many_gaps_those_that_are_listed_can_be_linked(tmp_path: Path) -> None:
    """Links to the page of gaps, and what the search finds there, lead to gaps that are listed."""
    catalogue = load_catalogue(generated_sop.realistic(tmp_path, 520))
    assert len(catalogue.gaps) > len(listed_gaps(catalogue)) == GAPS_LISTED
    write, made = Writer(catalogue), pages(catalogue)
    html = {path: write(path, page) for path, page in made.items() if page.macro != "marketplace"}
    listed = set(re.findall(r'<li id="([\w-]+)"', html["gaps.md"]))
    assert len(listed) == GAPS_LISTED
    linked = {id for page in html.values() for id in re.findall(r'gaps/#([\w-]+)"', page)}
    found = {
        where.partition("#")[2]
        for where, *_ in search_index(catalogue)["entries"]
        if where.startswith("gaps/#")
    }
    assert linked
    assert linked <= listed == found


def test_up_to_fifty_nothing_changes(tmp_path: Path) -> None:
    fifty = generated_sop.grow(SOURCE_SOP, tmp_path, PAGE_SIZE)
    assert groups(load_catalogue(fifty)) == []
    generated_sop.write(
        fifty / "marketplaces" / "one-more.yml",
        (fifty / "marketplaces" / "flipkart.yml")
        .read_text()
        .replace("Flipkart", "One more")
        .replace("position: 3", "")
        .replace("aliases", "# aliases"),
    )
    assert len(groups(load_catalogue(fifty))) == 2


def files_of(site: Path) -> dict[str, bytes]:
    return {
        path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()
    }


def worded(data: Path) -> None:
    replace_in_file(data / "playbooks/order-issue-via-client.yml", "Update the", "Tell the")
    replace_in_file(data / "roles.yml", "name: Seller", "name: Vendor")


def undone(data: Path) -> None:
    (data / "marketplaces/nykaa.yml").rename(data / "marketplaces/nykaa-nykaa-fashion.yml")
    replace_in_file(data / "roles.yml", "name: Vendor", "name: Seller")
    replace_in_file(data / "playbooks/order-issue-via-client.yml", "Tell the", "Update the")
    replace_in_file(data.parent / "macros/pages/templates/marketplace.md", "Steps of:", "Playbook:")


EDITS: dict[str, Callable[[Path], object]] = {
    "a step and a name": worded,
    "a marketplace goes": lambda data: (data / "marketplaces/nykaa-nykaa-fashion.yml").rename(data.parent / "kept.yml"),
    "a template": lambda data: replace_in_file(data.parent / "macros/pages/templates/marketplace.md", "Playbook:", "Steps of:"),
    "it comes back under another id": lambda data: (data.parent / "kept.yml").rename(data / "marketplaces/nykaa.yml"),
}  # fmt: skip


@pytest.mark.long
def test_what_is_reused_is_never_stale(
    project: Path, tmp_path_factory: pytest.TempPathFactory, site: Path
) -> None:
    """After each edit, a build with everything kept from before is that of a clean folder, byte for byte."""
    build_of(project)
    for name, edit in EDITS.items():
        edit(project / "sop_data")
        clean = copy_project(tmp_path_factory.mktemp("clean"), source=project)
        assert not (clean / ".cache").exists()
        ours, theirs = files_of(build_of(project)), files_of(build_of(clean))
        assert [path for path in ours.keys() | theirs.keys() if ours.get(path) != theirs.get(path)] == [], (
            name
        )
    undone(project / "sop_data")
    assert files_of(build_of(project)) == files_of(site)
