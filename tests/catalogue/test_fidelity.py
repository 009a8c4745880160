"""The catalogue contains the 44 facts of the source, and no others."""

import csv

from conftest import ROOT, SOURCE_SOP
from macros.catalogue.catalogue import Catalogue
from macros.wording.sentences import plain_text

FACTS = ROOT / "tests" / "sop_facts.csv"
EXACT = (
    "marketplace", "issue_types", "owner", "step", "actor", "recipients",
    "system", "condition", "frequency", "evidence", "ticket_status",
)  # fmt: skip


def table_rows(catalogue: Catalogue) -> list[tuple[str, ...]]:
    """The catalogue's steps as rows of the table; an empty cell is not stated in the source."""
    return [
        (
            procedure.marketplace,
            ";".join(procedure.issue_types),
            procedure.owner,
            str(one.number),
            ";".join(one.actors),
            ";".join(one.recipients),
            ";".join(one.systems),
            one.condition or "",
            one.frequency or "",
            ";".join(plain_text(text, catalogue) for text in one.evidence),
            one.ticket or "",
        )
        for procedure in catalogue.all_procedures()
        for one in procedure.steps
    ]


def test_the_catalogue_is_the_source(catalogue: Catalogue) -> None:
    with FACTS.open(encoding="utf-8", newline="") as file:
        facts = [tuple(row[name] for name in EXACT) for row in csv.DictReader(file)]
    assert len(facts) == 44
    assert table_rows(catalogue) == facts


def test_five_playbooks_serve_fifteen_procedures(catalogue: Catalogue) -> None:
    assert len(catalogue.playbooks) == 5
    assert sum(len(playbook.steps) for playbook in catalogue.playbooks.values()) == 17
    assert len(list(catalogue.all_procedures())) == 15


def test_a_marketplace_that_shares_its_playbooks_is_short() -> None:
    for path in (SOURCE_SOP / "marketplaces").glob("*.yml"):
        lines = path.read_text(encoding="utf-8").splitlines()
        facts = [
            line
            for line in lines
            if line.strip() and not line.startswith(("#", "aliases:", "  - ")) and not line.endswith(":")
        ]
        assert len(facts) <= 5, path.name  # headings such as `playbooks:` are not counted
