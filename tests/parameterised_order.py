"""The stuck order for two marketplaces with parameters of their own in every field that can contain them."""

import shutil
from pathlib import Path

import yaml

from conftest import ROOT, replace_in_file

ORDER, CORNER, HARBOUR = (
    "playbooks/stuck-order.yml",
    "marketplaces/corner-shop.yml",
    "marketplaces/harbour-shop.yml",
)
OLD, NEW = (
    'if: the status is "with carrier"',
    "where the parcel is\n",
    "    within: 8 hours\n",
    "knows, details TBD",
    "delivered or refunded",
), (
    "if: the status is {carrier-status}",
    "where the parcel is {tracking}\n",
    '    evidence: "{proof}"\n    within: "{response-time}"\n',
    "knows, {hint}",
    "{outcome}",
)  # fmt: skip
WORDS = {
    CORNER: {
        "carrier-status": '"with carrier"',
        "tracking": "and name the order",
        "proof": "the order number",
        "response-time": "8 hours",
        "hint": "by phone",
        "outcome": "delivered",
    },
    HARBOUR: {
        "carrier-status": "sent in the {tracking-portal}",
        "tracking": "and tell the {duty-manager} what the {tracking-portal} shows",
        "proof": "a copy from the {tracking-portal}",
        "response-time": "2 working days",
        "hint": "if the {duty-manager} is away",
        "outcome": "refunded by the {director}",
    },
}


def parameterised_order(data: Path) -> Path:
    """Write the SOP into a new folder."""
    shutil.copytree(ROOT / "tests/other_sops/stuck_order", data)
    for old, new in zip(OLD, NEW, strict=True):
        replace_in_file(data / ORDER, old, new)
    with (data / "systems.yml").open("a", encoding="utf-8") as file:
        file.write("tracking-portal:\n  name: Tracking portal\n")
    playbooks = yaml.safe_load((data / CORNER).read_text(encoding="utf-8"))["playbooks"]
    for path, name in ((CORNER, "Corner shop"), (HARBOUR, "Harbour shop")):
        record = {"name": name, "parameters": WORDS[path], "playbooks": playbooks}
        (data / path).write_text(yaml.safe_dump(record, sort_keys=False), encoding="utf-8")
    return data
