"""Where each record has its page and its PDF, below the site, and each step its anchor."""

from macros.model.kinds import KINDS

HANDBOOK = "pdf/handbook.pdf"
MATRIX = "pdf/matrix.pdf"
GAPS = "pdf/gaps.pdf"
PDF_NAMES = ("handbook", "matrix", "gaps")  # no record can have one of these as its id


def page(kind: str, id: str) -> str:
    """The page of a record: `marketplaces/flipkart/`."""
    return f"{KINDS[kind].slug}/{id}/"


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


def sheet(kind: str, id: str) -> str:
    """The PDF of a record: `pdf/flipkart.pdf`, `pdf/roles/seller.pdf`."""
    return f"pdf/{id}.pdf" if kind == "marketplace" else f"pdf/{KINDS[kind].slug}/{id}.pdf"
