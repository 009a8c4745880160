"""Mistakes that people really made: each is one located problem, alone and together with all others."""

from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner, Result

from conftest import replace_in_file
from edited_example import problems_in
from macros.cli.main import main


class Fault(NamedTuple):
    """One edit of a file, and the problem that it causes: code, and the start of the line it is at."""

    file: str
    old: str
    new: str
    code: str
    line: str

    def __call__(self, data: Path) -> None:
        replace_in_file(data / self.file, self.old, self.new)


class RenamedRecord(Fault):
    """An id that is changed wherever it is used."""

    def __call__(self, data: Path) -> None:
        for path in data.rglob("*.yml"):
            path.write_text(path.read_text(encoding="utf-8").replace(self.old, self.new), encoding="utf-8")


class RenamedFile(Fault):
    """A marketplace whose file gets another name; nothing refers to it by its id."""

    def __call__(self, data: Path) -> None:
        (data / "marketplaces" / self.old).rename(data / self.file)


SHOPS, CLIENT, VMS = "marketplaces/", "playbooks/order-issue-via-client.yml", "playbooks/ajio-vms-case.yml"
FAULTS = {
    "curly quotes": Fault(CLIENT, "ticket: Completed", "ticket: “Completed”", "SOP120", "ticket: “"),
    "curly quotes around a reference": Fault(
        CLIENT, '"{escalation}"', "“{escalation}”", "SOP120", "action: “"
    ),
    "single curly quotes": Fault(
        "sop.yml",
        "title: Marketplace Escalation SOP\n",
        "title: ‘Marketplace Escalation SOP’\n",
        "SOP120",
        "title: ‘",
    ),
    "a dash as list mark": Fault(VMS, "- id: note-problem", "– id: note-problem", "SOP121", "– id"),
    "a bullet as list mark": Fault(VMS, "- id: raise-case", "• id: raise-case", "SOP121", "• id"),
    "a number as list mark": Fault(VMS, "- id: process-request", "3. id: process-request", "SOP121", "3. id"),
    "a key indented under brackets": Fault(
        SHOPS + "tatacliq.yml", "tata click]\n", "tata click]\n  surprise: 1\n", "SOP106", "surprise"
    ),
    "a full-width colon": Fault(
        SHOPS + "myntra-ppmp.yml", "name: Myntra", "name：Myntra", "SOP105", "name："
    ),
    "a system with the name of a device": RenamedRecord(
        "systems.yml", "omni-support", "aux", "SOP309", "aux:"
    ),
    "a role with the name of a device": RenamedRecord("roles.yml", "ajio-team", "nul", "SOP309", "nul:"),
    "a marketplace with the name of a page": RenamedFile(
        SHOPS + "index.yml", "cloudtail.yml", "index", "SOP309", "name: Cloudtail"
    ),
    "a marketplace with the name of a device": RenamedFile(
        SHOPS + "con.yml", "flipkart.yml", "con", "SOP309", "name: Flipkart"
    ),
}
ALONE = {  # besides; together, one id would be that of several records
    "a system with the name of a page": RenamedRecord(
        "systems.yml", "omni-support", "index", "SOP309", "index:"
    ),
    "a role with the name of a page": RenamedRecord("roles.yml", "ajio-team", "index", "SOP309", "index:"),
}


def hidden_files(data: Path) -> None:
    """Leave what editors and systems leave."""
    (data / "marketplaces" / ".#flipkart.yml").symlink_to("somebody@somewhere.1234:5678")
    (data / "marketplaces" / "._flipkart.yml").write_bytes(b"\0\5\x16\7")
    (data / ".DS_Store").write_bytes(b"\0\0\0\1Bud1")


def check(data: Path) -> Result:
    """`sop check`, which must not end with a traceback."""
    done = CliRunner().invoke(main, ["check", str(data)], env={"GITHUB_ACTIONS": None})
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    assert "Traceback" not in done.output
    assert "internal error" not in done.output
    return done


def problems_of(data: Path) -> list[tuple[str, str, str]]:
    """Code, file, and the beginning of the line of each problem."""
    return sorted(
        (one.code, Path(one.path).relative_to(data).as_posix(), one.excerpt.strip())
        for one in problems_in(data)
    )


def assert_found(data: Path, faults: list[Fault]) -> None:
    """Each fault is one problem, at its line, and there is no other."""
    assert check(data).exit_code == 1
    problems = problems_of(data)
    expected = sorted((fault.code, fault.file, fault.line) for fault in faults)
    assert len(problems) == len(expected), problems
    for problem, fault in zip(problems, expected, strict=True):
        assert problem[:2] == fault[:2]
        assert problem[2].startswith(fault[2])


@pytest.mark.parametrize("fault", [*FAULTS.values(), *ALONE.values()], ids=[*FAULTS, *ALONE])
def test_a_mistake_alone_is_one_located_problem(fault: Fault, data: Path) -> None:
    fault(data)
    assert_found(data, [fault])


def test_hidden_files_are_no_problem(data: Path) -> None:
    hidden_files(data)
    assert check(data).exit_code == 0


def test_all_mistakes_together_are_one_located_problem_each(data: Path) -> None:
    for fault in FAULTS.values():
        fault(data)
    hidden_files(data)
    assert_found(data, [*FAULTS.values()])
