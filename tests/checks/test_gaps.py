"""Gaps: a question or a reading, answered or open; what an answered gap was about is in the data."""

import shutil
from pathlib import Path

import pytest

from conftest import SOURCE_SOP, replace_in_file
from macros.catalogue.data_folder import load
from macros.checks.runner import check, load_catalogue

OTHERWISE = "  excuses: condition-without-otherwise\n"
ANSWERED = "  answered: {by: client-poc, date: 2026-12-01}\n"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SOURCE_SOP, tmp_path / "sop_data"))


def add_gap(data: Path, text: str) -> None:
    with (data / "gaps.yml").open("a", encoding="utf-8") as file:
        file.write(text)


def problems(data: Path) -> list[tuple[str, str]]:
    return [(problem.code, problem.message) for problem in check(load(data))]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ("", "this gap has neither 'says' nor 'reading'"),
        ("  says: A\n  reading: B\n", "a gap has either 'says' or 'reading'"),
        ("  reading: B\n  ask: seller\n", "a reading has no 'ask'"),
        ("  reading: B\n" + ANSWERED, "a reading has no 'answered'"),
        ("  playbook: ajio-vms-case\n  reading: B\n  excuses: no-actor\n", "a reading has no 'excuses'"),
    ],
)
def test_a_gap_is_a_question_or_a_reading(fields: str, message: str, data: Path) -> None:
    add_gap(data, "gap:\n  role: seller\n" + fields)
    assert problems(data) == [("SOP207", message)]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ("  ask: sellr\n", "SOP304"),
        ("  answered: {by: sellr, date: 2026-12-01}\n", "SOP304"),
        ("  answered: {by: seller, date: 2026-12-41}\n", "SOP205"),
        ("  answered: {by: seller}\n", "SOP202"),
        ("  answered: {by: seller, date: 2026-12-01, say: well}\n", "SOP201"),
        ('  answered: {by: seller, date: 2026-12-01, says: "see {sellr}"}\n', "SOP304"),
        ("  answered: seller\n", "SOP208"),
    ],
)
def test_a_wrong_answer_is_one_located_problem(fields: str, code: str, data: Path) -> None:
    add_gap(data, "gap:\n  role: seller\n  says: A\n" + fields)
    (problem,) = check(load(data))
    last = len((data / "gaps.yml").read_text(encoding="utf-8").splitlines())
    assert (problem.code, Path(problem.path).name, problem.line) == (code, "gaps.yml", last)


def test_an_answered_gap_needs_its_answer_in_the_data(data: Path) -> None:
    replace_in_file(data / "gaps.yml", OTHERWISE, OTHERWISE + ANSWERED)
    (problem,) = check(load(data))
    assert problem.code == "SOP407"
    assert problem.message.startswith(
        "this gap is answered, but playbook 'order-issue-via-increff' still needs"
    )
    condition = "    if: it is a marketplace issue\n"
    replace_in_file(
        data / "playbooks/order-issue-via-increff.yml", condition, condition + "    otherwise: end\n"
    )
    load_catalogue(data)


def test_the_step_of_an_answered_gap_may_be_gone(data: Path) -> None:
    excuse = "  excuses: no-actor\n  says: The source does not say who provides"
    replace_in_file(data / "gaps.yml", excuse, ANSWERED + excuse)
    replace_in_file(
        data / "playbooks/ajio-vms-case.yml",
        "  - id: provide-attachments\n    statement: Attachments are provided in the ticket\n"
        "    evidence: attachments related to the issue\n",
        "",
    )
    assert "nobody-attaches" in load_catalogue(data).procedures["ajio-vms"][0].decided


@pytest.mark.parametrize("name", ["actor", "frequency", "evidence", "within", "otherwise", "note"])
def test_a_gap_names_the_missing_field_of_its_step(name: str, data: Path) -> None:
    gap = "gap:\n  playbook: excess-orders-via-client\n  step: report-excess-orders\n"
    add_gap(data, f"{gap}  field: {name}\n  says: A\n")
    filled = name in ("actor", "frequency", "evidence")
    what = f"the field '{name}' of step 'report-excess-orders' is filled in"
    assert problems(data) == ([("SOP430", what)] if filled else [])
    replace_in_file(
        data / "gaps.yml", f"  field: {name}\n  says: A\n", f"  field: {name}\n  says: A\n{ANSWERED}"
    )
    what = f"this gap is answered, but '{name}' is still empty"
    assert problems(data) == ([] if filled else [("SOP418", what)])


def test_a_gap_of_two_systems_is_outgrown_once_one_of_them_has_its_field(data: Path) -> None:
    add_gap(data, "gap:\n  system: [vms, omni-support]\n  field: url\n  says: A\n")
    load_catalogue(data)
    replace_in_file(data / "systems.yml", "  name: VMS\n", "  name: VMS\n  url: https://vms.example.com\n")
    (problem,) = check(load(data))
    assert (problem.code, problem.message) == ("SOP430", "the field 'url' of system 'vms' is filled in")
    assert "or tie it to those that lack 'url'" in problem.help


def test_the_field_of_a_gap_is_one_of_what_it_is_tied_to(data: Path) -> None:
    add_gap(data, "gap:\n  system: vms\n  field: contact\n  says: A\n")
    (problem,) = check(load(data))
    assert (problem.code, problem.message) == ("SOP418", "'contact' is not an optional field")
    assert "url" in problem.help


def test_an_answered_gap_about_document_control_needs_the_field(data: Path) -> None:
    replace_in_file(data / "gaps.yml", "  field: timezone\n", "  field: timezone\n" + ANSWERED)
    assert problems(data) == [("SOP418", "this gap is answered, but 'timezone' is still empty")]
    replace_in_file(data / "sop.yml", "  timezone:\n", "  timezone: IST\n")
    load_catalogue(data)


@pytest.mark.parametrize("use", ["  ask: newcomer\n", "  answered: {by: newcomer, date: 2026-12-01}\n"])
def test_who_is_asked_or_answered_is_a_used_role(use: str, data: Path) -> None:
    with (data / "roles.yml").open("a", encoding="utf-8") as file:
        file.write("newcomer:\n  name: Newcomer\n")
    add_gap(data, "gap:\n  role: seller\n  says: A\n")
    assert [code for code, _ in problems(data)] == ["SOP409"]
    add_gap(data, use)
    load_catalogue(data)


def test_readings_stand_at_no_step_and_in_no_list_of_open_questions(data: Path) -> None:
    catalogue = load_catalogue(data)
    readings = {id for id, gap in catalogue.gaps.items() if gap.reading}
    assert readings == {"ajio-vms-issue-type", "one-ajio-team", "omni-support-spelling"}
    for procedure in catalogue.all_procedures():
        assert not readings & {*procedure.gaps, *procedure.decided}
        assert not readings & {gap for step in procedure.steps for gap in (*step.gaps, *step.decided)}
    assert len(catalogue.index.procedures_with_gap("omni-support-spelling")) == 7


def with_contact_gap(data: Path, more: str = "") -> None:
    """Two roles have a gap about their contacts of their own."""
    no_contacts = "no-contacts:\n  field: contact\n"
    replace_in_file(data / "gaps.yml", no_contacts, f"{no_contacts}  role: increff\n")
    add_gap(data, f"gap:\n  role: [seller, client-poc]\n  field: contact\n  says: A\n{more}")


def test_an_open_gap_about_contacts_names_only_roles_without_one(data: Path) -> None:
    with_contact_gap(data)
    load_catalogue(data)
    replace_in_file(data / "roles.yml", "  name: Seller\n", "  name: Seller\n  contact: desk@example.com\n")
    assert problems(data) == [("SOP418", "role 'seller' has a contact")]


def test_an_answered_gap_about_contacts_needs_one_for_each_role_that_it_names(data: Path) -> None:
    with_contact_gap(data, ANSWERED)
    replace_in_file(data / "roles.yml", "  name: Seller\n", "  name: Seller\n  contact: desk@example.com\n")
    what = "this gap is answered, but role 'client-poc' still has no contact"
    assert problems(data) == [("SOP418", what)]
