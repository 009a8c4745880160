"""The JSON of the SOP: resolved sentences and structure, everything that is named in one document."""

import csv
import io
import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from macros.api.documents import Documents
from macros.api.files import contents
from macros.api.schema import ApiDocument
from macros.catalogue.catalogue import Catalogue
from macros.catalogue.fingerprint import fingerprint
from macros.checks.runner import load_catalogue
from macros.wording.sentences import plain_text


def as_json(document: ApiDocument) -> dict[str, Any]:
    return document.model_dump(mode="json", by_alias=True)


def test_every_step_is_there_with_its_sentence(catalogue: Catalogue) -> None:
    sop = json.loads("".join(Documents(catalogue).sop_json()))
    steps = [
        step for one in sop["marketplaces"] for procedure in one["procedures"] for step in procedure["steps"]
    ]
    wanted = [one for procedure in catalogue.all_procedures() for one in procedure.steps]
    assert len(steps) == len(wanted) == 44
    for step, one in zip(steps, wanted, strict=True):
        assert step["sentence"] == plain_text(one.text, catalogue)
        assert (step["action"] or step["statement"]) == one.text
        assert step["if"] == one.condition
        assert "{" not in step["sentence"]


def test_addresses_are_those_of_the_site(catalogue: Catalogue, site: Path) -> None:
    text = "".join(Documents(catalogue).sop_json())
    addresses = set(re.findall(r'"(/[a-z-]+/[^"]*)"', text))
    assert "/marketplaces/flipkart/#order-related-raise-order-ids" in addresses
    for address in addresses:
        path, _, anchor = address.partition("#")
        html = (site / path.lstrip("/") / "index.html").read_text(encoding="utf-8")
        assert not anchor or f'id="{anchor}"' in html, address


@pytest.mark.parametrize("id", ["flipkart", "ajio-vms", "myntra-ppmp"])
def test_a_document_can_be_read_alone(catalogue: Catalogue, id: str) -> None:
    document = as_json(Documents(catalogue).document(marketplaces=[id]))
    (marketplace,) = document["marketplaces"]
    for procedure in marketplace["procedures"]:
        assert {procedure["owner"], *procedure["lanes"], *procedure["issue_types"]} <= document[
            "names"
        ].keys()
        assert set(procedure["gaps"]) <= document["gaps"].keys()
        for step in procedure["steps"]:
            named = {*step["recipients"], *step["mentioned"], *step["systems"]}
            assert named <= document["names"].keys()
    assert len(document["gaps"]) < len(catalogue.gaps)


def test_a_document_of_marketplaces_lists_no_others(catalogue: Catalogue, data: Path) -> None:
    follow = "  unfulfillable: excess-orders-via-increff\n  order-related: order-issue-via-increff\n"
    new = data / "marketplaces" / "new-shop.yml"
    new.write_text(f"name: New Shop\nplaybooks:\n{follow}", encoding="utf-8")
    more = Documents(load_catalogue(data))
    for id in catalogue.marketplaces:
        document = as_json(Documents(catalogue).document(marketplaces=[id]))
        assert as_json(more.document(marketplaces=[id]))["gaps"] == document["gaps"]
        assert {
            one
            for gap in document["gaps"].values()
            for where in gap["where"]
            for one in where["marketplaces"]
        } <= {id}
    whole = as_json(more.document(gaps=more.catalogue.gaps))
    assert "new-shop" in whole["names"]


def test_names_are_found_by_what_a_field_means_not_by_how_a_word_looks(data: Path) -> None:
    playbook = data / "playbooks" / "order-issue-via-client.yml"
    text = playbook.read_text(encoding="utf-8")
    playbook.write_text(text.replace('evidence: "{supporting-data}"', "evidence: ajio-vms"), encoding="utf-8")
    (data / "approvals.yml").write_text(
        "flipkart/order-related: {by: flipkart-manager, date: 2026-01-02, fingerprint: 0000-0000-0000}\n",
        encoding="utf-8",
    )
    with (data / "roles.yml").open("a", encoding="utf-8") as file:
        file.write("\nflipkart-manager:\n  name: Flipkart manager\n")
    document = as_json(Documents(load_catalogue(data)).document(marketplaces=["flipkart"]))
    assert "ajio-vms" not in document["names"]
    assert document["names"]["flipkart-manager"]["name"] == "Flipkart manager"


def test_a_shared_step_of_a_role_is_listed_once_with_all_marketplaces(catalogue: Catalogue) -> None:
    document = as_json(Documents(catalogue).document(roles=["warehouse-poc"]))
    tasks = document["roles"][0]["tasks"]
    assert tasks["unfulfillable"]["does"] == []
    first = tasks["order-related"]["does"][0]
    assert first["at"]["myntra-ppmp"] == "/marketplaces/myntra-ppmp/#order-related-raise-order-ids"
    assert first["before"] == []
    assert [one["line"] for one in first["after"]] == [
        "Increff POC: if it is a marketplace issue: Raise the issue with the Marketplace POC and loop in the Client POC",
        "Increff POC: Update the Client POC on the issue",
    ]


def test_next_steps_are_listed_with_their_marketplaces(catalogue: Catalogue) -> None:
    document = as_json(Documents(catalogue).document(roles=["increff-poc"]))
    report = document["roles"][0]["tasks"]["unfulfillable"]["does"][1]
    assert {one["line"]: one["at"] for one in report["after"]} == {
        "Client POC: Raise a ticket in Seller Central": ["amazon-smart-connect"],
        "Client POC: Raise a ticket in Flipkart Seller Panel": ["flipkart"],
        "Client POC: Loop in the Tatacliq Seller Account Manager": ["tatacliq"],
        "Client POC: Raise a ticket in Vendor Central": ["cloudtail"],
    }
    assert report["owners"] == ["client-poc"]


@pytest.fixture(scope="module")
def files(catalogue: Catalogue) -> dict[str, bytes]:
    return dict(contents(catalogue))


def test_every_document_validates_against_the_published_schema(files: dict[str, bytes]) -> None:
    schema = json.loads(files["api/v1/schema.json"])
    documents = [
        path for path in files if path.endswith(".json") and not path.endswith(("schema.json", "index.json"))
    ]
    assert len(documents) == 1 + 8 + 9 + 5
    for path in documents:
        jsonschema.Draft202012Validator(schema).validate(json.loads(files[path]))
    broken = json.loads(files["api/v1/sop.json"]) | {"names": {"x": 1}}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(schema).validate(broken)


def test_the_site_serves_what_the_index_lists(files: dict[str, bytes], site: Path) -> None:
    listed = json.loads((site / "api/v1/index.json").read_text(encoding="utf-8"))["files"]
    assert len(listed) == 26
    for path in listed:
        assert (site / path.lstrip("/")).read_bytes() == files[path.lstrip("/")]


def test_pages_and_api_have_the_same_content(files: dict[str, bytes], site: Path) -> None:
    for marketplace in json.loads(files["api/v1/sop.json"])["marketplaces"]:
        html = (site / marketplace["address"].strip("/") / "index.html").read_text(encoding="utf-8")
        text = " ".join(unescape(re.sub(r"<[^>]+>", "", html)).split())
        for procedure in marketplace["procedures"]:
            assert f"Fingerprint: {procedure['fingerprint']}" in text
            for step in procedure["steps"]:
                assert step["sentence"] + "." in text


def test_the_matrix_is_a_table_for_spreadsheets(files: dict[str, bytes], catalogue: Catalogue) -> None:
    rows = list(csv.DictReader(io.StringIO(files["api/v1/matrix.csv"].decode())))
    assert len(rows) == 16
    assert rows[4] == {
        "marketplace": "Flipkart", "issue type": "Unfulfillable", "owner": "Client POC", "started by": "Increff POC",
        "systems": "Flipkart Seller Panel", "fingerprint": fingerprint(catalogue.procedure("flipkart", "unfulfillable")),
        "address": "/marketplaces/flipkart/#unfulfillable", "contacts": "",
    }  # fmt: skip
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@", "\t"))]
