"""Made-up answers to the open questions of `tests/source_sop/`, each as edits of its files."""

from typing import NamedTuple

Edit = tuple[str, str, str]  # file, text, text in its place


class Answer(NamedTuple):
    """``shown`` is what readers of the marketplace see then, and ``stored`` is that in JSON, if it is not the same."""

    marketplace: str
    shown: str
    edits: tuple[Edit, ...]
    stored: str = ""


EXCESS, EXCESS_CLIENT = "playbooks/excess-orders-via-increff.yml", "playbooks/excess-orders-via-client.yml"
ORDER, ORDER_CLIENT = "playbooks/order-issue-via-increff.yml", "playbooks/order-issue-via-client.yml"
VMS = "playbooks/ajio-vms-case.yml"
COUNT = "steps:\n  - id: count-stock\n    actor: warehouse-poc\n    action: Count the stock again\n"
ROLES = (
    "warehouse-poc", "increff-poc", "client-poc", "marketplace-poc", "account-manager",
    "tatacliq-seller-account-manager", "seller", "increff", "ajio-team",
)  # fmt: skip
SYSTEMS = ("omni-support", "seller-central", "flipkart-seller-panel", "vendor-central", "vms")


def closed(text: str, *files: str) -> tuple[Edit, ...]:
    """Give playbooks a closing criterion."""
    return tuple((file, "steps:\n", f"closed: {text}\nsteps:\n") for file in files)


def means(file: str, name: str, text: str) -> Edit:
    """Give a record a meaning."""
    indent = "" if file.startswith("marketplaces/") else "  "
    return file, f"{indent}name: {name}\n", f"{indent}name: {name}\n{indent}means: {text}\n"


def to_each(file: str, ids: tuple[str, ...], field: str, value: str) -> tuple[Edit, ...]:
    """Give records of a file a field."""
    return tuple((file, f"\n{id}:\n", f"\n{id}:\n  {field}: {value.format(id)}\n") for id in ids)


def control(**fields: str) -> tuple[Edit, ...]:
    """Fill in fields of document control."""
    return tuple(("sop.yml", f"\n{field}:", f"\n{field}: {value}") for field, value in fields.items())


ANSWERS = {
    "no-warehouse-step": Answer("flipkart", "Count the stock again", ((EXCESS, "steps:\n", COUNT), (EXCESS_CLIENT, "steps:\n", COUNT))),
    "no-closing-step-excess-orders": Answer("flipkart", "every order is shipped or cancelled", closed("every order is shipped or cancelled", EXCESS, EXCESS_CLIENT)),
    "owner-without-last-step": Answer("ajio-jit", "Confirm the result to the Client POC", ((EXCESS, "follow up on the issue\n", "follow up on the issue\n  - id: confirm\n    actor: increff-poc\n    action: Confirm the result to the {client-poc}\n"),)),
    "excess-orders-meaning": Answer("flipkart", "more units than the stock", (means("terms.yml", "excess orders", "more units than the stock"),)),
    "no-otherwise": Answer("ajio-jit", "Otherwise", ((ORDER, "    if: it is a marketplace issue\n", "    if: it is a marketplace issue\n    otherwise: ticket-completed\n"),), '"otherwise":"ticket-completed"'),
    "only-when-marketplace-issue": Answer("ajio-jit", "If the marketplace does not reply", ((ORDER, "  - id: bring-in-account-manager\n", "  - id: bring-in-account-manager\n    if: the marketplace does not reply\n    otherwise: ticket-completed\n"),), 'the marketplace does not reply'),
    "nobody-completes-ticket": Answer("ajio-jit", "Mark the ticket as Completed", ((ORDER, "statement: The ticket that the {warehouse-poc} raised is marked Completed", "actor: warehouse-poc\n    action: Mark the ticket as Completed"),)),
    "completed-by-whom": Answer("flipkart", "The Increff POC marks the ticket", ((ORDER_CLIENT, "    ticket: Completed\n", "    ticket: Completed\n    note: The {increff-poc} marks the ticket of the {warehouse-poc}.\n"),)),
    "completed-before-escalation": Answer("flipkart", "the ticket of the marketplace is closed", closed("the ticket of the marketplace is closed", ORDER_CLIENT)),
    "supporting-data-meaning": Answer("flipkart", "an export with order ID and SKU", (means("terms.yml", "supporting data", "an export with order ID and SKU"),)),
    "seller-or-client": Answer("ajio-vms", "the client, as Ajio names it", (means("roles.yml", "Seller", "the client, as Ajio names it"),)),
    "increff-or-increff-poc": Answer("ajio-vms", "the same as Increff POC", (means("roles.yml", "Increff", "the same as Increff POC"),)),
    "turnaround-time": Answer("ajio-vms", "After 2 working days", ((VMS, "within the {tat}\n", "within the {tat}\n    within: 2 working days\n    overdue: raise-case\n"), means("terms.yml", "TAT", "turnaround time")), '"overdue":"raise-case"'),
    "nobody-attaches": Answer("ajio-vms", "Provide the attachments in the ticket", ((VMS, "statement: Attachments are provided in the ticket", "actor: seller\n    action: Provide the attachments in the ticket"),)),
    "nobody-communicates": Answer("ajio-vms", "Ajio team and Seller", ((VMS, "statement: Ajio and the {seller} communicate on", "actor: [ajio-team, seller]\n    action: Communicate on"),), '"actors":["ajio-team","seller"]'),
    "no-closing-step-ajio-vms": Answer("ajio-vms", "the Ajio team confirms it", closed("the {ajio-team} confirms it", VMS)),
    "whose-account-manager": Answer("ajio-jit", "the manager at the marketplace", (means("roles.yml", "Account Manager", "the manager at the marketplace"),)),
    "omni-support-tool-or-desk": Answer("ajio-jit", "the ticket tool, not a desk", (means("systems.yml", "Omni Support", "the ticket tool, not a desk"),)),
    "ppmp-meaning": Answer("myntra-ppmp", "a programme for partners", (means("marketplaces/myntra-ppmp.yml", "Myntra PPMP", "a programme for partners"),)),
    "jit-meaning": Answer("ajio-jit", "just in time", (means("marketplaces/ajio-jit.yml", "Ajio JIT", "just in time"),)),
    "vms-meaning": Answer("ajio-vms", "vendor management system", (means("marketplaces/ajio-vms.yml", "Ajio VMS", "Ajio by vendor management system"), means("systems.yml", "VMS", "vendor management system"))),
    "no-contacts": Answer("flipkart", "client-poc@example.com", to_each("roles.yml", ROLES, "contact", "{}@example.com")),
    "no-links": Answer("flipkart", "https://omni-support.example.com", to_each("systems.yml", SYSTEMS, "url", "https://{}.example.com")),
    "no-document-control": Answer("flipkart", "Operations board", control(id="SOP-7", version='"1.0"', author="A", owner="Operations board", approver="B", effective="2026-11-16", review="2099-05-16")),
    "no-timezone": Answer("flipkart", "(IST)", (("sop.yml", "  timezone:", "  timezone: IST"),), '"timezone":"IST"'),
}  # fmt: skip
