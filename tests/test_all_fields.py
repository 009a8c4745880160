"""Every field of the models is in every rendering, or the table below has the reason; a new field fails until it is here.

That each field is in the diff too is shown by the mutation tests: no change of a field is silent.
"""

import json
import re
import shutil
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from click.testing import CliRunner

from conftest import ANSWERED_SOP, SOURCE_SOP, words_of_pdf
from macros.api.documents import Documents
from macros.checks.runner import load_catalogue
from macros.cli.main import main
from macros.model import gaps, playbooks, records
from macros.model.types import Record
from macros.pages.renderer import Writer, pages
from macros.pdf.compiler import pdfs
from macros.pdf.sheets import papers
from macros.search.entries import entries

MODELS: dict[str, type[Record]] = {
    "step": playbooks.Step,
    "playbook": playbooks.Playbook,
    "marketplace": records.Marketplace,
    "role": records.Role,
    "system": records.System,
    "term": records.Term,
    "issue_type": records.IssueType,
    "gap": gaps.Gap,
}
FIELDS = {(kind, field) for kind, model in MODELS.items() for field in model.model_fields}
RENDERINGS = {"page", "paper", "terminal", "json", "search"}
PRINTED = (
    "nykaa-nykaa-fashion",
    "myntra-ppmp",
    "cloudtail",
    "ajio-vms",
    "warehouse-poc",
    "increff-poc",
    "gaps",
)
PEOPLE = {"page", "paper", "terminal"}  # what people read; JSON always has all fields

# Where a field is read, and its text there (a pattern, in the answered SOP), or why it is nowhere.
SEEN: dict[tuple[str, str], tuple[set[str], str]] = {
    ("step", "condition"): (PEOPLE | {"search"}, r"[Ii]f the order is still in the warehouse"),
    ("step", "otherwise"): (PEOPLE, r"Otherwise\W+(go to )?step 4"),
    ("step", "actors"): (PEOPLE, "Warehouse POC and Increff POC"),
    ("step", "action"): (PEOPLE | {"search"}, "Correct the order together in Omni Support"),
    ("step", "statement"): (PEOPLE | {"search"}, "Attachments are provided in the ticket"),
    ("step", "to"): (PEOPLE, r"Cancel the order in Omni Support\.\W+To:?\W+Client POC"),
    ("step", "frequency"): (PEOPLE | {"search"}, r"daily"),
    ("step", "evidence"): (PEOPLE | {"search"}, r"order IDs\W+(With )?supporting data"),
    ("step", "ticket"): (PEOPLE | {"search"}, r"(Ticket:?\W+)?Completed"),
    ("step", "within"): (PEOPLE, r"Within:?\W+1 working day"),
    ("step", "overdue"): (PEOPLE, r"After 24 hours\W+(go to )?step 3"),
    ("step", "then"): (PEOPLE, r"Then\W+(go to )?step 6"),
    ("step", "note"): (PEOPLE | {"search"}, "An order with a label is not in the warehouse"),
    ("playbook", "name"): ({"page"}, "Playbook: Order issue, escalated by Increff"),
    ("playbook", "owner"): (PEOPLE | {"search"}, r"Owner:?\W+Increff POC"),
    ("playbook", "closed"): (PEOPLE | {"search"}, "the order is shipped or cancelled, and the ticket"),
    ("playbook", "steps"): (PEOPLE | {"search"}, "Raise the order IDs in Omni Support"),
    ("marketplace", "name"): (PEOPLE | {"search"}, "Nykaa & Nykaa Fashion"),
    ("marketplace", "means"): (PEOPLE | {"search"}, "partner portal marketplace program"),
    ("marketplace", "parameters"): (PEOPLE | {"search"}, "Raise a ticket in Vendor Central"),
    ("marketplace", "contacts"): (PEOPLE | {"search"}, "nykaa-desk ?@ ?example.com"),
    ("marketplace", "playbooks"): (PEOPLE | {"search"}, "Nykaa & Nykaa Fashion: Order-related issue"),
    ("role", "name"): (PEOPLE | {"search"}, "Warehouse POC"),
    ("role", "means"): (PEOPLE | {"search"}, "the shift lead of the warehouse"),
    ("role", "contact"): (PEOPLE | {"search"}, "increff-desk ?@ ?example.com"),
    ("system", "name"): (PEOPLE | {"search"}, "Omni Support"),
    ("system", "means"): (PEOPLE | {"search"}, "the ticket tool of Increff"),
    ("system", "url"): (PEOPLE, r"https:// ?omni\.example\.com"),
    ("term", "name"): (PEOPLE | {"search"}, "excess orders"),
    ("term", "means"): (PEOPLE | {"search"}, "an export with order ID, SKU, quantity and date"),
    ("term", "url"): (PEOPLE, r"https:// ?example\.com/ ?template"),
    ("issue_type", "name"): (PEOPLE | {"search"}, "Order-related issue"),
    ("issue_type", "means"): (PEOPLE | {"search"}, "an error in the order itself"),
    ("gap", "says"): (PEOPLE | {"search"}, "The source does not say whose account manager this is"),
    ("gap", "reading"): ({"page", "paper", "search"}, "the two are taken to be one"),
    ("gap", "answered"): (PEOPLE | {"search"}, "Decided by Increff POC, 16 Nov 2026: Made up for a test"),
    ("gap", "ask"): (PEOPLE, r"Ask:? Seller"),
}  # fmt: skip
ONLY_SEARCHED = "a hint for the search, never shown"
PLACES = "decides where the question is shown, and is not shown itself"
WITHOUT: dict[tuple[str, str], str] = {
    ("step", "id"): "the anchor of the step in links",
    **{(kind, "aliases"): ONLY_SEARCHED for kind in ("playbook", "marketplace", "role", "system", "term", "issue_type")},
    **{(kind, "formerly"): "redirects old addresses (tests/site/test_former_addresses.py)" for kind in ("marketplace", "role", "system", "issue_type")},
    ("marketplace", "position"): "the order of marketplaces in all renderings",
    **{("gap", name): PLACES for name in ("playbook", "step", "marketplace", "role", "system", "term", "field", "parameter")},
    ("gap", "excuses"): "what the checks accept as missing; an exit without a target shows the question",
}  # fmt: skip


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The answered SOP, and that of the source with one question that somebody else can answer."""
    source = Path(shutil.copytree(SOURCE_SOP, tmp_path_factory.mktemp("asked") / "sop_data"))
    path = source / "gaps.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("\nwhose-account-manager:\n", "\nwhose-account-manager:\n  ask: seller\n"))
    return [ANSWERED_SOP, source]


@pytest.fixture(scope="module")
def renderings(data: list[Path]) -> dict[str, str]:
    """All text of each rendering."""
    texts: dict[str, list[str]] = {name: [] for name in RENDERINGS - {"json"}}
    for folder in data:
        sop = load_catalogue(folder)
        write, all_pages = Writer(sop), pages(sop)
        texts["page"] += [unescape(re.sub(r"<[^>]+>", "", write(*page))) for page in all_pages.items()]
        wanted = [one for one in papers(sop) if one.id in PRINTED]
        texts["paper"] += [words_of_pdf(pdf) for _, pdf in pdfs(sop, wanted)]
        for marketplace in sop.marketplaces:
            texts["terminal"].append(
                CliRunner().invoke(main, ["show", marketplace, "--data", str(folder)]).output
            )
        texts["search"] += [f"{one.title} {one.summary} {one.text}" for one in entries(sop)]
    return {name: " ".join(" ".join(parts).split()) for name, parts in texts.items()}


def test_every_field_is_rendered_or_has_a_reason() -> None:
    assert {*SEEN, *WITHOUT} == FIELDS
    assert not {*SEEN} & {*WITHOUT}


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "field"), SEEN)
def test_a_field_is_in_each_rendering_that_people_read(
    kind: str, field: str, renderings: dict[str, str]
) -> None:
    names, pattern = SEEN[kind, field]
    assert {name for name in names if re.search(pattern, renderings[name])} == names


def objects(value: object) -> Iterator[dict[str, object]]:
    """All objects in a JSON document."""
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from objects(inner)


def test_every_field_is_in_the_json(data: list[Path]) -> None:
    documents = [json.loads("".join(Documents(load_catalogue(folder)).sop_json())) for folder in data]
    filled = {
        key for one in objects(documents) for key, value in one.items() if value not in (None, [], {}, "")
    }
    unused = {"parameter"}  # no marketplace lacks a parameter
    for kind, name in FIELDS:
        alias = MODELS[kind].model_fields[name].alias or name
        assert {alias, name} & (filled | unused), (kind, name)
