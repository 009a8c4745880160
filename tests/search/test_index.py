"""The search index lists every page of a record, every procedure and every gap, and leads only to pages and PDFs."""

import json

from macros.catalogue.catalogue import Catalogue
from macros.model import urls
from macros.pages.renderer import html_files
from macros.pdf.sheets import papers
from macros.search.index import script, search_index


def test_every_record_procedure_and_gap_is_listed(catalogue: Catalogue) -> None:
    listed = {where for where, *_ in search_index(catalogue)["entries"]}
    records = {
        urls.page(kind, id)
        for kind in ("marketplace", "issue_type", "role", "system")
        for id in catalogue.records[kind]
    }
    procedures = {
        f"{urls.page('marketplace', one.marketplace)}#{urls.anchor(of)}"
        for one in catalogue.all_procedures()
        for of in one.issue_types
    }
    assert records | procedures | {f"gaps/#{id}" for id in catalogue.gaps} <= listed


def test_entries_lead_to_pages_and_pdfs_of_the_sop(catalogue: Catalogue) -> None:
    pages = {file.removesuffix("index.html") for file in html_files(catalogue)}
    pages |= {paper.path for paper in papers(catalogue)}
    assert {where.partition("#")[0] for where, *_ in search_index(catalogue)["entries"]} <= pages


def test_without_a_server_entries_lead_to_files(catalogue: Catalogue) -> None:
    found = search_index(catalogue, directory_urls=False)
    assert all(where.partition("#")[0].endswith((".html", ".pdf")) for where, *_ in found["entries"])


def test_the_script_holds_the_index(catalogue: Catalogue) -> None:
    found = search_index(catalogue)
    text = script(found).decode().removeprefix("SOP_INDEX=").rstrip(";\n")
    assert json.loads(text) == json.loads(json.dumps(found))
