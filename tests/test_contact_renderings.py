"""Every rendering of the escalation ladder has the contacts of those who are told, and the links of its systems."""

import csv
import io
import json
import re
import shutil
from collections.abc import Callable
from html import unescape
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner

from conftest import ROOT, replace_in_file, words_of_pdf
from macros.api.files import contents
from macros.catalogue.catalogue import Catalogue
from macros.catalogue.fingerprint import fingerprint
from macros.changes.change import METADATA
from macros.changes.diff import diff
from macros.checks.runner import load_catalogue
from macros.cli.main import main
from macros.pages.renderer import Writer, pages
from macros.pdf.compiler import pdfs
from macros.pdf.sheets import papers
from macros.search.entries import entries
from macros.wording.message import message_for

LADDER = ROOT / "tests/other_sops/escalation_ladder"
SITE = "https://sop.example.com"
PHONE, CHANNEL, MAIL, LINK = (
    "+91 22 5550 0100",
    "#north-cooling",
    "north-desk@example.com",
    "https://claims.example.com/new?from=store",
)
PHONE_LINK = f'<a href="tel:+912255500100">{PHONE}</a>'
UNCOVERED = "The fingerprint does not cover contacts."
NORTH, SOUTH = ("north-store", "freezer-alarm"), ("south-store", "freezer-alarm")


@pytest.fixture(scope="module")
def ladder() -> Catalogue:
    return load_catalogue(LADDER)


@pytest.fixture
def edit_ladder(tmp_path: Path) -> Callable[..., Catalogue]:
    """Returns the ladder with one text of a file replaced."""

    def edit(file: str, old: str, new: str) -> Catalogue:
        folder = Path(shutil.copytree(LADDER, tmp_path / "sop_data"))
        replace_in_file(folder / file, old, new)
        return load_catalogue(folder)

    return edit


@pytest.fixture(scope="module", params=["", SITE], ids=["without links", "with links"])
def paper(request: pytest.FixtureRequest, ladder: Catalogue) -> dict[str, str]:
    """The text of each PDF, by the id of its paper."""
    return {one.id: words_of_pdf(pdf) for one, pdf in pdfs(ladder, papers(ladder), request.param)}


@pytest.fixture(scope="module")
def api(ladder: Catalogue) -> dict[str, bytes]:
    return dict(contents(ladder))


def html_of(path: str, catalogue: Catalogue) -> str:
    return " ".join(Writer(catalogue)(path, pages(catalogue)[path]).split())


def card(html: str, step: str) -> str:
    """The HTML of a step's card on the page of a marketplace."""
    return html.split(f'id="freezer-alarm-{step}"')[1].split("</li>")[0]


def without_spaces(text: str) -> str:
    """A text without spaces, because PDFs break lines and words, and cells have none between them."""
    return "".join(text.split())


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", "", html)).split())


def test_the_card_links_the_contacts_of_its_recipients(ladder: Catalogue) -> None:
    page = html_of("marketplaces/north-store.md", ladder)
    assert f"<dt>Reach</dt> <dd>{PHONE_LINK}, {CHANNEL}</dd>" in card(page, "call-technician")
    assert f'Site manager: <a href="mailto:{MAIL}">{MAIL}</a><br>Technician on call: {PHONE_LINK}' in card(
        page, "first-level"
    )
    assert f'<a href="{LINK}">{LINK}</a>' in card(page, "third-level")
    assert "Reach" not in card(page, "confirm")


def test_a_marketplace_without_its_own_contact_shows_that_of_the_role(ladder: Catalogue) -> None:
    page = html_of("marketplaces/south-store.md", ladder)
    assert '<a href="tel:0800555010">0800 555 010</a>' in card(page, "first-level")
    assert MAIL not in page


def test_a_system_is_linked_beside_its_name(ladder: Catalogue) -> None:
    page = card(html_of("marketplaces/north-store.md", ladder), "confirm")
    assert (
        '(<a href="https://alarms.example.com/panel">open<span class="sop-hidden"> Alarm panel</span></a>)'
        in page
    )
    assert "open" not in words(card(html_of("marketplaces/north-store.md", ladder), "call-technician"))


def test_the_page_of_a_role_has_a_table_by_marketplace(ladder: Catalogue) -> None:
    page = html_of("roles/technician.md", ladder)
    table = without_spaces(words(page.split('id="sop-contacts"')[1].split("</table>")[0]))
    assert table.endswith(
        without_spaces(f"North store {PHONE}, {CHANNEL} South store cooling-south@example.com")
    )
    assert "Contact elsewhere not stated in the source" in words(page)
    assert '<a href="tel:0800555010">0800 555 010</a>' in html_of("roles/site-manager.md", ladder)
    assert "sop-contacts" not in html_of("roles/regional-manager.md", ladder)


@pytest.mark.parametrize("path", ["roles/shift-lead.md", "roles/technician.md", "systems/duty-log.md"])
def test_a_shared_card_has_a_link_to_the_table_where_marketplaces_differ(
    path: str, ladder: Catalogue
) -> None:
    page = html_of(path, ladder)
    assert (
        '<dt>Reach</dt> <dd><a href="../../roles/technician/#sop-contacts">differs by marketplace</a></dd>'
        in page
    )
    assert PHONE not in page.replace(page.split("<h2")[0], "")


def test_a_shared_card_has_the_contact_where_marketplaces_agree(ladder: Catalogue) -> None:
    assert (
        '<dd><a href="mailto:region@example.com">region@example.com</a>, ask at the front desk</dd>'
        in html_of("roles/site-manager.md", ladder)
    )


def test_the_page_of_an_issue_type_has_the_contacts_of_each_marketplace(ladder: Catalogue) -> None:
    page = words(html_of("issue-types/freezer-alarm.md", ladder))
    assert (
        page.index("North store")
        < page.index(f"Reach {PHONE}")
        < page.index("South store")
        < page.index("Reach cooling-south")
    )


def test_contacts_and_links_are_on_paper(paper: dict[str, str]) -> None:
    cards = (f"Reach: {PHONE}, {CHANNEL}", "Alarm panel (https://alarms.example.com/panel)", UNCOVERED)
    table = (f"North store {PHONE}, {CHANNEL} South store cooling-south@example.com {UNCOVERED}",)
    wanted = {
        "north-store": cards,
        "handbook": (*cards, *table),
        "technician": table,
        "shift-lead": ("Reach: differs by marketplace",),
        "freezer-alarm": ("Reach: cooling-south@example.com",),
    }
    missing = [
        (id, text)
        for id, texts in wanted.items()
        for text in texts
        if without_spaces(text) not in without_spaces(paper[id])
    ]
    assert missing == []
    assert UNCOVERED not in paper["shift-lead"]


def test_the_terminal_has_contacts_and_links() -> None:
    done = CliRunner().invoke(main, ["show", *NORTH, "--data", str(LADDER)]).output
    assert f"Reach: Technician on call: {PHONE}, {CHANNEL}" in done
    assert "In: Alarm panel (https://alarms.example.com/panel)" in done


def test_the_json_has_contacts_with_their_links(api: dict[str, bytes]) -> None:
    sop = json.loads(api["api/v1/sop.json"])
    jsonschema.Draft202012Validator(json.loads(api["api/v1/schema.json"])).validate(sop)
    phone = [{"text": PHONE, "link": "tel:+912255500100"}, {"text": CHANNEL, "link": None}]
    north = sop["marketplaces"][0]
    assert north["contacts"] == {"technician": [PHONE, CHANNEL], "site-manager": [MAIL]}
    assert north["procedures"][0]["steps"][0]["reach"] == [{"role": "technician", "contacts": phone}]
    roles = {one["id"]: one for one in sop["roles"]}
    assert roles["technician"]["contact"] == []
    assert roles["technician"]["contacts_at"]["north-store"] == phone
    assert roles["regional-manager"]["contact"] == ["region@example.com", "ask at the front desk"]
    assert roles["insurer"]["contacts"] == [{"text": LINK, "link": LINK}]
    tasks = roles["shift-lead"]["tasks"]["freezer-alarm"]["does"]
    assert tasks[0]["reach"] == [{"role": "technician", "contacts": None}]
    names = json.loads(api["api/v1/marketplaces/north-store.json"])["names"]
    assert (names["alarm-panel"]["url"], names["technician"]["url"]) == (
        "https://alarms.example.com/panel",
        None,
    )


def test_the_csv_has_contacts_and_no_formula(api: dict[str, bytes]) -> None:
    rows = list(csv.DictReader(io.StringIO(api["api/v1/matrix.csv"].decode())))
    assert rows[0]["contacts"].startswith(f"Technician on call: {PHONE}, {CHANNEL}; Site manager: {MAIL}; ")
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@", "\t"))]


@pytest.mark.parametrize("text", [PHONE, "+912255500100", CHANNEL])
def test_the_search_index_has_contacts(text: str, ladder: Catalogue) -> None:
    found = {entry.title for entry in entries(ladder) if text in entry.text}
    assert {"Technician on call", "North store: Freezer alarm"} <= found
    assert "South store: Freezer alarm" not in found


def test_a_draft_goes_to_the_mail_addresses_of_its_recipients(ladder: Catalogue) -> None:
    drafts = []
    for place in (NORTH, SOUTH):
        procedure = ladder.procedure(*place)
        found = (message_for(procedure, step, ladder) for step in procedure.steps)
        drafts.append([message.link.partition("?")[0] for message in found if message])
    assert drafts == [
        ["mailto:", f"mailto:{MAIL}", "mailto:region@example.com", "mailto:", "mailto:"],
        [
            "mailto:cooling-south@example.com",
            "mailto:cooling-south@example.com",
            "mailto:region@example.com",
            "mailto:",
            "mailto:",
        ],
    ]


@pytest.mark.parametrize(
    ("file", "old", "new", "change"),
    [
        (
            "marketplaces/north-store.yml",
            MAIL,
            "other@example.com",
            f"contact of Site manager at North store: {MAIL} -> other@example.com",
        ),
        (
            "marketplaces/north-store.yml",
            f"  site-manager: {MAIL}\n",
            "",
            f"contact of Site manager at North store: {MAIL} -> nothing",
        ),
        (
            "roles.yml",
            "0800 555 010",
            "0800 555 011",
            "contact of Site manager: 0800 555 010 -> 0800 555 011",
        ),
        (
            "roles.yml",
            "[region@example.com, ask at the front desk]",
            "region@example.com",
            "contact of Regional manager: region@example.com, ask at the front desk -> region@example.com",
        ),
    ],
)
def test_another_contact_is_shown_by_the_diff_and_keeps_the_fingerprint(
    file: str, old: str, new: str, change: str, ladder: Catalogue, edit_ladder: Callable[..., Catalogue]
) -> None:
    other = edit_ladder(file, old, new)
    (group,) = diff(ladder, other).groups
    assert (group.change.rank, group.change.text) == (METADATA, change)
    assert group.roles == (change.removeprefix("contact of ").split(" at ")[0].split(":")[0],)
    for place in (NORTH, SOUTH):
        assert fingerprint(ladder.procedure(*place)) == fingerprint(other.procedure(*place))


def test_a_renamed_role_keeps_its_contacts(ladder: Catalogue, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(LADDER, tmp_path / "sop_data"))
    for path in folder.rglob("*.yml"):
        path.write_text(
            re.sub(r"(?<!call-)\btechnician\b", "engineer", path.read_text(encoding="utf-8")),
            encoding="utf-8",
        )
    texts = [group.change.text for group in diff(ladder, load_catalogue(folder)).groups]
    assert len(texts) == 1
    assert "gets the id 'engineer'" in texts[0]
