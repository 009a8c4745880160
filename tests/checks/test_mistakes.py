"""Bad input: one run reports every mistake, once and with its position."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from conftest import mkdocs
from macros.checks.runner import load_catalogue
from macros.cli.main import main
from macros.parsing.problems import InvalidSop, Problem


def problems(data: Path) -> list[Problem]:
    with pytest.raises(InvalidSop) as caught:
        load_catalogue(data)
    return caught.value.problems


def replace(name: str, old: str, new: str) -> Callable[[Path], None]:
    """An edit of one file."""

    def edit(data: Path) -> None:
        text = (data / name).read_text(encoding="utf-8")
        assert text.count(old) >= 1
        (data / name).write_text(text.replace(old, new, 1), encoding="utf-8")

    return edit


def write(name: str, content: bytes | str) -> Callable[[Path], None]:
    """A file with this content."""
    raw = content.encode() if isinstance(content, str) else content

    def edit(data: Path) -> None:
        (data / name).write_bytes(raw)

    return edit


PLAIN = "name: New\nplaybooks:\n  unfulfillable: {}\n  order-related: {}\n"
VIA_CLIENT = PLAIN.format("excess-orders-via-client", "excess-orders-via-client")
VIA_INCREFF = PLAIN.format("excess-orders-via-increff", "order-issue-via-increff")

# what went wrong -> the edit, and file:line:column, code and words of the one problem it must give
MISTAKES = {
    "unknown role": (
        replace("playbooks/order-issue-via-client.yml", "actor: warehouse-poc", "actor: warehouse-pocs"),
        "playbooks/order-issue-via-client.yml:5:12: SOP304 unknown role 'warehouse-pocs'",
        "did you mean 'warehouse-poc'?",
    ),
    "unknown system in an action": (
        replace("marketplaces/amazon-smart-connect.yml", "{seller-central}", "{seller-centrl}"),
        "marketplaces/amazon-smart-connect.yml:4:34: SOP304 unknown role, system or term 'seller-centrl'",
        "did you mean 'seller-central'?",
    ),
    "marketplace without order-related": (
        replace("marketplaces/cloudtail.yml", "  order-related: order-issue-via-client\n", ""),
        "marketplaces/cloudtail.yml:6:3: SOP401 cloudtail has no procedure for 'order-related'",
        "add 'order-related: ' and the id of a playbook",
    ),
    "empty steps": (
        write("playbooks/empty-steps.yml", "name: New\nowner: seller\nsteps: []\n"),
        "playbooks/empty-steps.yml:3:8: SOP203 'steps' is empty",
        "fill it in",
    ),
    "duplicate key": (
        replace("marketplaces/flipkart.yml", "position: 3\n", "position: 3\nname: Flipkart again\n"),
        "marketplaces/flipkart.yml:3:1: SOP109 duplicate key 'name', first used on line 1",
        "keep one of the two",
    ),
    "tab": (
        replace("marketplaces/tatacliq.yml", "  unfulfillable", "\tunfulfillable"),
        "marketplaces/tatacliq.yml:6:1: SOP103 this line contains a tab",
        "use spaces",
    ),
    "empty file": (
        write("playbooks/empty-file.yml", ""),
        "playbooks/empty-file.yml:1:1: SOP108 this file is empty",
        "key: value",
    ),
    "list as root": (
        write("marketplaces/list-as-root.yml", "- name: New\n"),
        "marketplaces/list-as-root.yml:1:1: SOP108 this file is not a mapping",
        "key: value",
    ),
    "not UTF-8": (
        write("marketplaces/latin.yml", "name: Caf\xe9\n".encode("latin-1")),
        "marketplaces/latin.yml:1:10: SOP101 this is not UTF-8 text",
        "save the file as UTF-8",
    ),
    "impossible date": (
        replace("sop.yml", "2023-02-15 16:07", "2023-02-30 16:07"),
        "sop.yml:5:13: SOP205 '2023-02-30 16:07' is not a date",
        "write it like",
    ),
    "{escalation} needed but missing": (
        write("marketplaces/needs-escalation.yml", VIA_CLIENT),
        "marketplaces/needs-escalation.yml:1:1: SOP405 playbook 'excess-orders-via-client' uses '{escalation}'",
        "add 'escalation: '",
    ),
    "{escalation} given but unused": (
        replace(
            "marketplaces/myntra-ppmp.yml",
            "position: 1\n",
            "position: 1\nparameters:\n  escalation: Call {seller}\n",
        ),
        "marketplaces/myntra-ppmp.yml:4:15: SOP406 parameter 'escalation' is given, but no playbook",
        "remove it",
    ),
    "unknown key": (
        replace("systems.yml", "vms:\n", "vms:\n  colour: red\n"),
        "systems.yml:14:3: SOP201 unknown key 'colour'",
        "known: aliases, formerly, means, name, url",
    ),
    "key renamed": (
        replace("playbooks/ajio-vms-case.yml", "owner:", "ownr:"),
        "playbooks/ajio-vms-case.yml:2:1: SOP201 unknown key 'ownr'",
        "did you mean 'owner'?",
    ),
    "file name that is not kebab-case": (
        write("marketplaces/Mee_Sho.yml", VIA_INCREFF.replace("New", "Meesho")),
        "marketplaces/Mee_Sho.yml:1:1: SOP302 'Mee_Sho' is not kebab-case",
        "rename the file to 'mee-sho.yml'",
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_one_located_problem(name: str, data: Path) -> None:
    edit, line, help = MISTAKES[name]
    edit(data)
    (problem,) = problems(data)
    first, *rest = str(problem).splitlines()
    assert first.startswith(f"{data.as_posix()}/{line}")
    assert help in rest[-1]


def test_one_run_reports_all_mistakes(data: Path) -> None:
    for edit, _, _ in MISTAKES.values():
        edit(data)
    result = CliRunner().invoke(main, ["check", str(data)])
    assert result.exit_code == 1
    for _, line, _ in MISTAKES.values():
        assert f"{data.as_posix()}/{line}" in result.stderr
    assert result.stderr.endswith(f"\n\n{len(MISTAKES)} problems\n")
    assert "Traceback" not in result.output


@pytest.mark.slow
def test_a_broken_sop_leaves_the_site_alone(project: Path) -> None:
    (project / "site").mkdir()
    (project / "site" / "index.html").write_text("the old site")
    MISTAKES["tab"][0](project / "sop_data")
    done = mkdocs(project, "build", "--strict")
    assert done.returncode == 1
    assert "SOP103" in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert [path.name for path in (project / "site").iterdir()] == ["index.html"]
    assert (project / "site" / "index.html").read_text() == "the old site"


GAP = "unneeded:\n  playbook: order-issue-via-client\n  step: raise-order-ids\n  excuses: no-actor\n  says: It is.\n"


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (
            replace("gaps.yml", "excuses: no-actor", "role: seller"),
            "SOP402 step 'ticket-completed' has no actor",
        ),
        (
            replace("gaps.yml", "excuses: condition", "excuses: conditio"),
            "SOP206 'excuses' cannot be 'conditio",
        ),
        (
            replace("gaps.yml", "step: raise-with-m", "step: raise-with"),
            "SOP305 playbook 'order-issue-via-increff'",
        ),
        (write("gaps.yml", GAP), "SOP407 nothing in playbook 'order-issue-via-client' needs the excuse"),
        (
            replace("playbooks/ajio-vms-case.yml", "id: raise-case", "id: raise-issue"),
            "SOP408 'raise-issue' is",
        ),
        (
            replace("playbooks/ajio-vms-case.yml", "actor: seller", "actr: seller"),
            "SOP201 unknown key 'actr'",
        ),
        (replace("systems.yml", "vms:", "seller:"), "SOP303 'seller' is already the id of a role"),
        (replace("systems.yml", "name: VMS", "name: 007"), "SOP113 YAML does not read '007' as text"),
        (replace("systems.yml", "name: VMS", "name: 7"), "SOP208 'name' is the number 7"),
        (replace("systems.yml", "name: VMS", "name:"), "SOP203 'name' is empty"),
        (
            replace("systems.yml", "name: VMS", "name: {escalation} it"),
            "SOP107 YAML does not read this as plain text",
        ),
        (replace("systems.yml", "name: VMS", 'name: "VMS'), "SOP104 this quote is never closed"),
        (replace("systems.yml", "name: VMS", "name: &vms VMS"), "SOP112 an anchor (&vms)"),
        (
            replace("systems.yml", "name: VMS", "name: seller central"),
            "SOP414 'seller central' is already the name",
        ),
        (
            replace("systems.yml", "name: VMS", "name: VMS\n  url: http://vms"),
            "SOP417 'http://vms' is not an https",
        ),
        (
            replace("systems.yml", "vms:\n", "new:\n  name: N\nvms:\n"),
            "SOP409 no procedure uses the system 'new'",
        ),
        (replace("playbooks/ajio-vms-case.yml", "Note the", "TODO the"), "SOP410 'TODO' is a placeholder"),
        (
            replace("playbooks/ajio-vms-case.yml", "Note the problem statement", "'...'"),
            "SOP411 '...' contains no words",
        ),
        (
            replace(
                "playbooks/ajio-vms-case.yml",
                "  - id: note",
                "  - id: x\n    actor: seller\n    action: Raise the issue with {increff}\n  - id: note",
            ),
            "SOP412 this step repeats step 1",
        ),
        (
            replace("playbooks/ajio-vms-case.yml", "Note the", "Increff notes the"),
            "SOP413 this action begins with its",
        ),
        (
            replace("marketplaces/flipkart.yml", "position: 3", "position: 4"),
            "SOP415 position 4 is already used by",
        ),
        (replace("sop.yml", "2023-02-15", "2999-02-15"), "SOP416 2999-02-15 is in the future"),
        (
            replace("gaps.yml", "field: contact", "field: contcat"),
            "SOP418 'contcat' is not an optional field",
        ),
        (replace("sop.yml", "timezone:", "timezone: IST"), "SOP418 'timezone' is filled in"),
        (
            replace(
                "marketplaces/flipkart.yml", "order-issue-via-client", "Order issue, escalated by the client"
            ),
            "did you mean 'order-issue-via-client'?",
        ),
        (
            replace("playbooks/ajio-vms-case.yml", "Note the problem statement", "{seller}"),
            'put it in quotes: "{seller}"',
        ),
        (
            replace("playbooks/ajio-vms-case.yml", "{vms}", "{photo-store}"),
            "add it to roles.yml or systems.yml",
        ),
        (write("marketplaces/new.yaml", "name: N"), "SOP307 this file is not read"),
        (
            replace("playbooks/ajio-vms-case.yml", "the {tat}", "the {tat"),
            "SOP306 these braces contain no id",
        ),
        (
            replace("playbooks/excess-orders-via-client.yml", "frequency: daily", "frequency: by {seller}"),
            "SOP306 this text cannot contain references",
        ),
    ],
)
def test_a_broken_rule_is_reported(edit: Callable[[Path], None], message: str, data: Path) -> None:
    edit(data)
    assert message in InvalidSop(problems(data)).args[0]


TWELVE = """name: Order issue: by the client
owner: client-pco
steps:
  - id: raise order ids
    actor: warehouse-poc
    action: Raise it in {omni-suport}
  - id: update-client
\tactor: increff-poc
    action:Update the {client-poc}
    evidence: @data
    ticket: NO
  - id: escalate
    actr: client-poc
    action: "{escalation}
  - id: extra
    actor: sellr
    action: Close it
    colour: red
"""


def test_twelve_mistakes_in_one_file_are_twelve_problems(data: Path) -> None:
    (data / "playbooks" / "order-issue-via-client.yml").write_text(TWELVE, encoding="utf-8")
    found = [(problem.line, problem.code) for problem in problems(data)]
    assert found == [
        (1, "SOP107"),
        (2, "SOP304"),
        (4, "SOP204"),
        (6, "SOP304"),
        (8, "SOP103"),
        (9, "SOP105"),
        (10, "SOP107"),
        (11, "SOP113"),
        (13, "SOP201"),
        (14, "SOP104"),
        (16, "SOP304"),
        (18, "SOP201"),
    ]


def test_what_depends_on_a_broken_file_is_not_reported_as_well(data: Path) -> None:
    write("roles.yml", "- seller\n")(data)
    write("gaps.yml", "- none\n")(data)
    assert [problem.code for problem in problems(data)] == ["SOP108", "SOP108"]


def test_a_doubled_id_in_a_file_that_cannot_be_read_is_one_problem(data: Path) -> None:
    write("marketplaces/vms.yml", "- a list\n")(data)
    assert [problem.code for problem in problems(data)] == ["SOP108"]


def test_a_missing_file_is_reported(data: Path) -> None:
    (data / "roles.yml").unlink()
    assert [problem.code for problem in problems(data)] == ["SOP301"]
