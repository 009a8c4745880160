"""A new id is one change: nothing else differs for a reader."""

from pathlib import Path

import pytest

from macros.changes.diff import diff
from macros.checks.runner import load_catalogue

# kind, old id, new id, and the files that can name it
RENAMES = [
    ("role", "client-poc", "client-desk"),
    ("role", "marketplace-poc", "mp-poc"),
    ("system", "omni-support", "omni-desk"),
    ("issue type", "order-related", "orders"),
    ("marketplace", "flipkart", "flip-kart"),
    ("playbook", "order-issue-via-client", "orders-via-client"),
    ("term", "supporting-data", "order-export"),
    ("open question", "turnaround-time", "how-long"),
]


def rename(data: Path, old: str, new: str) -> None:
    """Rename an id everywhere, as an editor's search and replace of whole words does."""
    for path in sorted(data.rglob("*.yml")):
        lines = path.read_text(encoding="utf-8").split("\n")
        for at, line in enumerate(lines):
            for mark in (f"{old}:", f"{{{old}}}", f": {old}", f"- {old}", f"[{old}", f" {old},", f" {old}]"):
                line = line.replace(mark, mark.replace(old, new))
            lines[at] = line
        path.write_text("\n".join(lines), encoding="utf-8")
        if path.stem == old:
            path.rename(path.with_stem(new))


@pytest.mark.parametrize(("kind", "old", "new"), RENAMES, ids=[f"{row[0]} {row[1]}" for row in RENAMES])
def test_a_new_id_is_one_change(kind: str, old: str, new: str, data: Path) -> None:
    before = load_catalogue(data)
    rename(data, old, new)
    difference = diff(before, load_catalogue(data))
    (group,) = difference.groups
    assert group.change.text.startswith(f"{kind} '{old}' (")
    assert f"gets the id '{new}'" in group.change.text
    assert difference.unchanged == difference.procedures


def test_all_new_ids_at_once_are_one_change_each(data: Path) -> None:
    before = load_catalogue(data)
    for _, old, new in RENAMES:
        rename(data, old, new)
    difference = diff(before, load_catalogue(data))
    assert len(difference.groups) == len(RENAMES)
    assert difference.unchanged == difference.procedures


def test_a_new_id_of_a_step_is_one_change_also_where_a_gap_names_it(data: Path) -> None:
    before = load_catalogue(data)
    rename(data, "raise-with-marketplace", "raise-it")
    (group,) = diff(before, load_catalogue(data)).groups
    assert (
        "step 'raise-with-marketplace' of playbook 'order-issue-via-increff' gets the id" in group.change.text
    )


def test_a_new_playbook_is_described(data: Path) -> None:
    before = load_catalogue(data)
    path = data / "marketplaces/myntra-ppmp.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("order-issue-via-increff", "ajio-vms-case"), encoding="utf-8")
    texts = [group.change.text for group in diff(before, load_catalogue(data)).groups]
    wanted = (
        "marketplace 'myntra-ppmp': playbooks for order-related: order-issue-via-increff -> ajio-vms-case"
    )
    assert wanted in texts
    assert not [text for text in texts if "{'" in text or "('" in text]


@pytest.mark.parametrize(("old", "new"), [("Raise the", "Raise  the"), ("name: Seller", "name:   Seller")])
def test_white_space_that_nobody_sees_is_no_change(old: str, new: str, data: Path) -> None:
    before = load_catalogue(data)
    for path in data.rglob("*.yml"):
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    assert not diff(before, load_catalogue(data)).groups


def test_letters_composed_in_another_way_are_no_change(data: Path) -> None:
    roles = data / "roles.yml"
    text = roles.read_text(encoding="utf-8")
    roles.write_text(text.replace("name: Seller", "name: S\u00e9ller"), encoding="utf-8")
    before = load_catalogue(data)
    roles.write_text(text.replace("name: Seller", "name: Se\u0301ller"), encoding="utf-8")
    assert not diff(before, load_catalogue(data)).groups


def with_former_id(data: Path, file: str, name: str, former: str) -> None:
    """Write the former id below the name of a record."""
    path = data / file
    text = path.read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if line.strip() == f"name: {name}")
    indent = line[: line.index("name")]
    path.write_text(text.replace(line, f"{line}\n{indent}formerly: [{former}]"), encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "file", "name"),
    [
        ("client-poc", "client-desk", "roles.yml", "Client POC"),
        ("flipkart", "flip-kart", "marketplaces/flip-kart.yml", "Flipkart"),
    ],
)
def test_the_former_id_is_advised_until_it_is_there(
    old: str, new: str, file: str, name: str, data: Path
) -> None:
    before = load_catalogue(data)
    rename(data, old, new)
    (group,) = diff(before, load_catalogue(data)).groups
    assert group.change.text.endswith(
        f"; add 'formerly: [{old}]' to it, so that its old address leads to the new one"
    )
    with_former_id(data, file, name, old)
    texts = [group.change.text for group in diff(before, load_catalogue(data)).groups]
    assert len(texts) == 2
    assert texts[0].endswith(f"gets the id '{new}', and so another address")
    assert texts[1].endswith(f"'{new}': formerly: nothing -> {old}")


def test_a_former_id_tells_a_new_id_from_a_new_record(data: Path) -> None:
    before = load_catalogue(data)
    rename(data, "flipkart", "flip-kart")
    with_former_id(data, "marketplaces/flip-kart.yml", "Flipkart", "flipkart")
    path = data / "marketplaces" / "flip-kart.yml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("name: Flipkart", "name: Flip"), encoding="utf-8"
    )
    difference = diff(before, load_catalogue(data))
    assert difference.unchanged == difference.procedures
    assert "marketplace 'flipkart' (Flipkart) gets the id 'flip-kart'" in difference.groups[0].change.text


@pytest.mark.parametrize("kind", ["playbook", "open question", "term"])
def test_ids_without_a_page_of_their_own_get_no_advice(kind: str, data: Path) -> None:
    before = load_catalogue(data)
    _, old, new = next(row for row in RENAMES if row[0] == kind)
    rename(data, old, new)
    (group,) = diff(before, load_catalogue(data)).groups
    assert "formerly" not in group.change.text
