"""Where each record has its page and its sheet of paper, and each step its anchor."""

# kind -> the folder of its pages
FOLDERS = {
    "marketplace": "marketplaces",
    "issue type": "issue-types",
    "role": "roles",
    "system": "systems",
}
HANDBOOK = "pdf/handbook.pdf"
MATRIX = "pdf/matrix.pdf"
GAPS = "pdf/gaps.pdf"
PAPER = ("handbook", "matrix", "gaps")  # no marketplace can have one of these as its id


def page(kind: str, id: str) -> str:
    """The page of a record, below the site: `marketplaces/flipkart/`."""
    return f"{FOLDERS[kind]}/{id}/"


def group(number: int) -> str:
    """The page of a group of marketplaces."""
    return f"all/{number}/"


def volume(number: int, name: str) -> str:
    """The handbook or matrix of a group, as a PDF: `pdf/all/1/handbook.pdf`."""
    return f"pdf/{group(number)}{name}.pdf"


def file_of(address: str) -> str:
    """The file of a page where addresses are those of files: `marketplaces/flipkart.html#unfulfillable`."""
    path, sharp, anchor = address.partition("#")
    return f"{path.rstrip('/') or 'index'}.html{sharp}{anchor}"


def anchor(issue_type: str, step: str = "") -> str:
    """Of a procedure on the page of its marketplace, or of a step: `order-related-escalate`."""
    return f"{issue_type}-{step}" if step else issue_type


def sheet(kind: str, id: str) -> str:
    """The PDF of a record, below the site: `pdf/flipkart.pdf`, `pdf/roles/seller.pdf`."""
    return f"pdf/{id}.pdf" if kind == "marketplace" else f"pdf/{FOLDERS[kind]}/{id}.pdf"
