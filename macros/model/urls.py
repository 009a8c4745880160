"""The paths of pages and PDFs below the site, and the anchors on each page."""

import re
import unicodedata
from urllib.parse import urlsplit

from macros.model.kinds import KINDS

HANDBOOK = "pdf/handbook.pdf"
MATRIX = "pdf/matrix.pdf"
GAPS = "pdf/gaps.pdf"
PDF_NAMES = ("handbook", "matrix", "gaps")  # reserved ids

HOME_SECTIONS = {"my_role": "my-role", "systems": "systems", "about": "about"}  # anchors on the home page
APPROVALS = "approvals"  # the anchor of the approvals on the page of changes
CONTACTS = "sop-contacts"  # the contacts at marketplaces on the page of a role
DEFINITIONS = "definitions/"
GAPS_HEADING = "open-questions"
GAPS_TABLE = "api/v1/gaps.csv"
CHANGES_HEADING = "what-changed"
# The ids that templates and scripts use; no heading can have one of these as its anchor.
USED_IDS = {
    *(
        "sop-role",
        "sop-role-says",
        "sop-filter",
        "sop-filtered",
        "sop-query",
        "sop-clear",
        "sop-hits",
        "sop-cases",
    ),
    CONTACTS,
    *("sop-helpful", "sop-improve", "sop-comment", "sop-answer"),
    *(f"sop-hit-{number}" for number in range(12)),
}
USED_PREFIX = "__"  # of the ids of the theme


def page(kind: str, id: str) -> str:
    """The page of a record: `marketplaces/flipkart/`; of a term, its place on the page of definitions."""
    if kind == "term":
        return f"{DEFINITIONS}#{definition_anchor(id)}"
    return f"{KINDS[kind].slug}/{id}/"


def base_path(site_url: str | None) -> str:
    """The path of a site on its host, without the last slash: `/sop` for `https://example.com/sop/`."""
    return urlsplit(site_url or "").path.rstrip("/")


def group(number: int) -> str:
    """The page of a group of marketplaces: `all/1/`."""
    return f"all/{number}/"


def volume(number: int, name: str) -> str:
    """The handbook or matrix of a group, as a PDF: `pdf/all/1/handbook.pdf`."""
    return f"pdf/{group(number)}{name}.pdf"


def file_of(address: str) -> str:
    """The file of a page where links lead to files: `marketplaces/flipkart.html#unfulfillable`."""
    path, sharp, anchor = address.partition("#")
    return f"{path.rstrip('/') or 'index'}.html{sharp}{anchor}"


def anchor(issue_type: str, step: str = "") -> str:
    """The anchor of a procedure on its marketplace's page, or of a step: `order-related-escalate`."""
    return f"{issue_type}-{step}" if step else issue_type


def gap_anchor(issue_type: str, gap: str) -> str:
    """The anchor of a gap on a marketplace's page: `order-related-gap-no-otherwise`."""
    return anchor(issue_type, f"gap-{gap}")


def definition_anchor(id: str) -> str:
    """The anchor of a word on the page of definitions: `word-supporting-data`."""
    return f"word-{id}"


def word_anchor(issue_type: str, id: str) -> str:
    """The anchor of a word used in a procedure, on a marketplace's page: `order-related-word-supporting-data`."""
    return anchor(issue_type, definition_anchor(id))


def gap_section_anchor(part: str) -> str:
    """The anchor of a section of the page of open questions: `sop-readings`. SOP309 keeps gaps from having it."""
    return f"sop-{part}"


def version_anchor(version: str) -> str:
    """The anchor of a version on the page of changes: `version-1-0`."""
    return f"version-{version.replace('.', '-')}"


def heading_anchor(text: str) -> str:
    """The anchor of a heading, as Markdown makes it; `heading` if no letter of the text is Latin.

    Markdown's own function is not used, because its import takes as long as the check of an SOP.
    """
    latin = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    words = re.sub(r"[^\w\s-]", "", latin).strip().lower()
    return re.sub(r"[-\s]+", "-", words) or "heading"


def is_used(anchor: str) -> bool:
    """Whether templates or theme use an id on their pages."""
    return anchor in USED_IDS or anchor.startswith(USED_PREFIX)


def sheet(kind: str, id: str) -> str:
    """The PDF of a record: `pdf/flipkart.pdf`, `pdf/roles/seller.pdf`."""
    return f"pdf/{id}.pdf" if kind == "marketplace" else f"pdf/{KINDS[kind].slug}/{id}.pdf"
