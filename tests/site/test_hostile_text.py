"""Hostile text in every field: shown exactly as typed on page, paper, JSON and CSV, or refused; never acted on."""

import csv
import io
import json
import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from conftest import Open, serve
from macros.checks.runner import load_catalogue
from macros.parsing.problems import InvalidSop

STRINGS = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg onload=alert(1)>", "</script><script>alert(1)</script>",
    "<a href=javascript:alert(1)>x</a>", "<iframe src=javascript:alert(1)>", "<style>*{display:none}</style>", "<b>bold</b>",
    "<!-- comment", "-->", "<![CDATA[x]]>", "&lt;script&gt;", "&#60;b&#62;", "&amp;amp;", "\" onclick=alert(1) x=\"",
    "' onmouseover=alert(1) '", "` onfocus=alert(1) `", "{: onclick=alert(1) }", "{.evil #id}", "[a](javascript:alert(1))",
    "![a](x onerror=alert(1))", "[x]: http://evil", "**bold**", "_it_ *it*", "`code`", "# heading", "## {#x}", "- item", "1. item",
    "> quote", "---", "***", "| a | b |", "~~~", "```js", "<http://evil>", "http://evil.example", "footnote[^1]", "==mark==", "^^ins^^",
    "--8<-- \"x\"", "#read(\"/etc/passwd\")", "#eval(\"1+1\")", "#set page(fill: red)", "#import \"paper.typ\": *", "= Typst heading",
    "@label <label>", "$x^2$ _t_", "]#[", "/* c */ // c", "~ -- --- ...", "=1+1", "=HYPERLINK(\"http://evil\")", "+1+1", "-1+1", "@SUM(1)",
    "=cmd|' /C calc'!A0", "%0d%0aX: y", "..\\..\\evil", "../../evil", "a\"b'c`d", "SOP_INDEX=1;//", "</textarea>", "${7*7}", "#{7*7}",
    "<%= 7*7 %>", "%s %d %n", "'; DROP TABLE x;--", "x' OR '1'='1", "\\u003cscript\\u003e", "\\x41", "{{ 7*7 }}", "{% raw %}", "{#x#}", "{unknown}",
    "a\u0007b", "a\u202eb", "a\u200bb", "a\u00a0b", "📦", "tab\there",
]  # fmt: skip
# One for each language that a text passes through: HTML, attributes, Markdown, Jinja, JavaScript, Typst, CSV, paths.
ESCAPES = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "&#60;b&#62;", "\" onclick=alert(1) x=\"", "' onmouseover=alert(1) '",
    "[a](javascript:alert(1))", "**bold**", "`code`", "{{ 7*7 }}", "\\u003cscript\\u003e", "#eval(\"1+1\")", "$x^2$ _t_", "]#[", "=1+1", "../../evil",
]  # fmt: skip
FIELDS = ("if", "action", "frequency", "evidence", "ticket")


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def written(data: Path, strings: list[str]) -> None:
    """Make one playbook with a step for each string, in all its fields, and a marketplace, role and gap for each."""
    steps = [
        f"  - id: step-{at}\n    actor: warehouse-poc\n"
        + "".join(f"    {field}: {quoted(f'Say {at} {text}')}\n" for field in FIELDS)
        for at, text in enumerate(strings)
    ]
    path = data / "playbooks" / "ajio-vms-case.yml"
    path.write_text("name: Hostile\nowner: seller\nsteps:\n" + "".join(steps), encoding="utf-8")
    gaps = [
        f"hostile-{at}:\n  playbook: ajio-vms-case\n  step: step-{at}\n  excuses: condition-without-otherwise\n"
        f"  says: {quoted(f'Gap {at} {text}')}\n"
        for at, text in enumerate(strings)
    ]
    kept = re.sub(
        r"(?m)^[a-z-]+:\n(?:  .*\n|    .*\n)*",
        lambda one: (
            ""
            if "ajio-vms-case" in one[0]
            or "vms" in one[0]
            or "role: increff\n" in one[0]
            or "ajio-team" in one[0]
            else one[0]
        ),
        (data / "gaps.yml").read_text(encoding="utf-8"),
    )
    (data / "gaps.yml").write_text(kept + "\n" + "".join(gaps), encoding="utf-8")
    roles = (data / "roles.yml").read_text(encoding="utf-8")
    (data / "roles.yml").write_text(re.sub(r"(increff|ajio-team):\n(  .*\n)+", "", roles), encoding="utf-8")
    systems = (data / "systems.yml").read_text(encoding="utf-8")
    (data / "systems.yml").write_text(re.sub(r"vms:\n(  .*\n?)+", "", systems), encoding="utf-8")
    terms = (data / "terms.yml").read_text(encoding="utf-8")
    (data / "terms.yml").write_text(re.sub(r"tat:\n(  .*\n?)+", "", terms), encoding="utf-8")
    for at, text in enumerate(strings):
        (data / "marketplaces" / f"hostile-{at}.yml").write_text(
            f"name: {quoted(f'N {at} {text}')}\nplaybooks:\n  unfulfillable: excess-orders-via-increff\n  order-related: order-issue-via-increff\n",
            encoding="utf-8",
        )


def is_refused(data: Path, text: str) -> bool:
    """Whether the check refuses a text in a step, with a place."""
    path = data / "playbooks" / "order-issue-via-client.yml"
    before = path.read_text(encoding="utf-8")
    path.write_text(
        before.replace('evidence: "{supporting-data}"', f"evidence: {quoted('Say ' + text)}"),
        encoding="utf-8",
    )
    try:
        load_catalogue(data)
        return False
    except InvalidSop as error:
        return f"{path}:" in str(error)
    finally:
        path.write_text(before, encoding="utf-8")


def bare(text: str) -> str:
    return "".join(text.split())


def text_of(page: Path) -> str:
    """What a reader sees of a page, without white space."""
    return bare(unescape(re.sub(r"<[^>]+>", "", page.read_text(encoding="utf-8"))))


def print_of(pdf: Path) -> str:
    """What a reader sees of a PDF, without white space."""
    return bare("".join(one.get_textpage().get_text_range() for one in pypdfium2.PdfDocument(pdf)))


@pytest.fixture
def hostile(project: Path, build: Callable[[Path], Path]) -> tuple[Path, list[str]]:
    """A site whose every step, gap and marketplace is hostile, and the strings in it."""
    data = project / "sop_data"
    accepted = [text for text in STRINGS if not is_refused(data, text)]
    written(data, accepted)
    return build(project), accepted


def test_hostile_text_is_shown_as_typed_and_does_nothing(
    hostile: tuple[Path, list[str]], visit: Open
) -> None:
    site, strings = hostile
    assert len(STRINGS) >= 60
    assert len(strings) >= 60
    json_text = json.loads((site / "api/v1/marketplaces/ajio-vms.json").read_text(encoding="utf-8"))
    steps: list[dict[str, Any]] = json_text["marketplaces"][0]["procedures"][0]["steps"]
    pdf, article = print_of(site / "pdf/ajio-vms.pdf"), text_of(site / "marketplaces/ajio-vms/index.html")
    rows = list(csv.DictReader(io.StringIO((site / "api/v1/matrix.csv").read_bytes().decode())))
    for at, text in enumerate(strings):
        said = f"Say {at} {text}"
        values = [steps[at][field] for field in FIELDS]
        assert [*values[:3], *values[3], *values[4:]] == [said] * 5, text
        assert article.count(bare(said)) >= 5, text
        assert pdf.count(bare(said)) >= 4, text
        assert bare(f"Gap {at} {text}") in article, text
        assert f"N {at} {text}" in {row["marketplace"] for row in rows}, text
    does_nothing(visit, site, "marketplaces/ajio-vms/", "roles/warehouse-poc/", "marketplaces/hostile-0/")


def does_nothing(visit: Open, site: Path, *paths: str) -> None:
    """No script runs, no dialog opens and no policy is violated on these pages, nor on those that list everything."""
    heard: list[str] = []
    dialogs: list[Any] = []
    acting = "article :is(script, iframe, svg, img, [onclick], [onerror], [href^=javascript])"
    with serve(site) as base:
        for path in ("", "gaps/", "changes/", "issue-types/unfulfillable/", *paths):
            one = visit(path, base=base)
            one.page.on("dialog", lambda dialog: dialogs.append(dialog.message))
            assert one.page.locator(acting).count() == 0
            heard += one.complaints
    assert [*heard, *dialogs] == []


# file, key, and where in the file it is; each gets a text with all of ESCAPES
NAMES = [
    ("sop.yml", "title", "title: "), ("sop.yml", "source", "  name: "), ("sop.yml", "zone", "  timezone:"),
    ("sop.yml", "id", "\nid:"), ("sop.yml", "version", "\nversion:"), ("sop.yml", "author", "\nauthor:"),
    ("sop.yml", "owner", "\nowner:"), ("sop.yml", "approver", "\napprover:"), ("issue-types.yml", "issue", "  name: "),
    ("roles.yml", "role", "  name: "), ("systems.yml", "system", "  name: "), ("marketplaces/flipkart.yml", "shop", "name: "),
    ("marketplaces/flipkart.yml", "escalation", "escalation: "), ("playbooks/excess-orders-via-client.yml", "playbook", "name: "),
]  # fmt: skip


@pytest.mark.long
def test_hostile_names_and_document_control(
    project: Path, build: Callable[[Path], Path], visit: Open
) -> None:
    data = project / "sop_data"
    assert set(ESCAPES) < set(STRINGS)
    every = " ".join(text for text in ESCAPES if not is_refused(data, text))
    said = {key: f"{key} {every}" for _, key, _ in NAMES}
    for name, key, place in NAMES:
        text = (data / name).read_text(encoding="utf-8")
        end = text.index(place) + len(place)
        more = " {flipkart-seller-panel}" if key == "escalation" else ""
        line = f"{text[:end].rstrip()} {quoted(said[key] + more)}"
        (data / name).write_text(line + text[text.index("\n", end) :], encoding="utf-8")
    add_fields(data, said)
    site = build(project)
    shown = {
        "home": (
            "index.html",
            [
                "title",
                "source",
                "zone",
                "id",
                "version",
                "author",
                "owner",
                "approver",
                "issue",
                "role",
                "system",
                "shop",
            ],
        ),
        "flipkart": (
            "marketplaces/flipkart/index.html",
            ["shop", "issue", "escalation", "reach", "playbook", "id", "owner"],
        ),
        "role": ("roles/warehouse-poc/index.html", ["role", "contact", "system", "answer"]),
        "gaps": ("gaps/index.html", ["field", "reading", "answer"]),
    }
    for path, keys in shown.values():
        page = text_of(site / path)
        assert [key for key in keys if bare(said[key]) not in page] == [], path
    sheet, role = print_of(site / "pdf/flipkart.pdf"), print_of(site / "pdf/roles/warehouse-poc.pdf")
    assert [
        key for key in ("shop", "issue", "escalation", "reach", "approver") if bare(said[key]) not in sheet
    ] == []
    assert [key for key in ("role", "contact", "answer") if bare(said[key]) not in role] == []
    document = json.loads((site / "api/v1/sop.json").read_text(encoding="utf-8"))
    assert document["sop"]["title"] == said["title"]
    assert document["names"]["flipkart"]["name"] == said["shop"]
    assert document["roles"][0]["contact"] == [said["contact"]]
    table = (site / "api/v1/matrix.csv").read_bytes().decode().replace('""', '"')
    assert said["shop"] in table
    assert f": {said['reach']}" in table
    does_nothing(visit, site, "marketplaces/flipkart/", "roles/warehouse-poc/", "systems/omni-support/")


def add_fields(data: Path, said: dict[str, str]) -> None:
    """Contacts, aliases and gaps with such a text; and no gap about what is stated now."""
    said |= {
        key: said["id"].replace("id ", f"{key} ", 1)
        for key in ("contact", "reach", "alias", "field", "reading", "answer")
    }
    with (data / "marketplaces/flipkart.yml").open("a", encoding="utf-8") as file:
        file.write(f"contacts:\n  client-poc: {quoted(said['reach'])}\n")
    for name in ("roles.yml", "systems.yml", "issue-types.yml"):
        text = (data / name).read_text(encoding="utf-8")
        start = text.index("  name: ")
        more = f"  contact: {quoted(said['contact'])}\n" if name == "roles.yml" else ""
        old = re.compile(r"  aliases:.*\n").search(text, start)
        assert old
        text = f"{text[: old.start()]}{more}  aliases: [{quoted(said['alias'])}]\n{text[old.end() :]}"
        (data / name).write_text(text, encoding="utf-8")
    gaps = (data / "gaps.yml").read_text(encoding="utf-8")
    gaps = re.sub(r"no-(timezone|contacts):\n(  .*\n)+", "", gaps)
    gaps = gaps.replace("[id, version, author, owner, approver, effective, review]", "[effective, review]")
    gaps += f"\nall:\n  field: url\n  says: {quoted(said['field'])}\n"
    gaps += f"so:\n  role: warehouse-poc\n  reading: {quoted(said['reading'])}\n"
    answer = f"{{by: client-poc, date: 2026-12-01, says: {quoted(said['answer'])}}}"
    gaps += f"done:\n  role: warehouse-poc\n  says: What is it?\n  answered: {answer}\n"
    (data / "gaps.yml").write_text(gaps, encoding="utf-8")
