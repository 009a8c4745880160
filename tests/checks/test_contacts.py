"""Contacts: for roles of the marketplace's procedures, unlike what a gap denies, and in spite of YAML's traps."""

import shutil
from pathlib import Path

import pytest

from conftest import ROOT, replace_in_file
from edited_example import problems_in
from macros.catalogue.data_folder import load
from macros.checks.runner import check, load_catalogue
from macros.parsing.problems import Problem
from mutation import Judge, assert_reported, mutants

LADDER = ROOT / "tests/other_sops/escalation_ladder"
NORTH = "marketplaces/north-store.yml"
SOUTH_CONTACT = "technician: cooling-south@example.com"
FLIPKART = "marketplaces/flipkart.yml"


@pytest.fixture
def ladder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(LADDER, tmp_path / "sop_data"))


def problem_after(ladder: Path, written: str) -> Problem:
    """The one problem with this in place of the contact of South store."""
    replace_in_file(ladder / "marketplaces/south-store.yml", SOUTH_CONTACT, written)
    (problem,) = check(load(ladder))
    return problem


def test_the_ladder_is_sound_and_its_levels_begin_after_8_24_and_36_hours() -> None:
    steps = load_catalogue(LADDER).procedure("north-store", "freezer-alarm").steps
    start, first, second, third, _ = steps
    waits = [int((one.within or "").removesuffix(" hours")) for one in (start, first, second)]
    assert [sum(waits[:end]) for end in (1, 2, 3)] == [8, 24, 36]
    assert [one.overdue for one in (start, first, second)] == [first.id, second.id, third.id]


def test_an_unquoted_phone_number_has_its_quotes_as_remedy(ladder: Path) -> None:
    problem = problem_after(ladder, "technician: +912255500100")
    assert (problem.code, problem.excerpt.strip()) == ("SOP113", "technician: +912255500100")
    replace_in_file(ladder / "marketplaces/south-store.yml", "+912255500100", remedy(problem))
    assert technician_contacts(ladder) == ("+912255500100",)


@pytest.mark.parametrize(
    "written", ["technician: #cooling", "technician:\n    - #cooling", "technician:  #cooling "]
)
def test_a_channel_that_yaml_reads_as_a_comment_has_its_quotes_as_remedy(written: str, ladder: Path) -> None:
    problem = problem_after(ladder, written)
    assert (problem.code, problem.excerpt.strip()) == ("SOP203", written.split("\n")[-1].strip())
    replace_in_file(ladder / "marketplaces/south-store.yml", "#cooling", remedy(problem))
    assert technician_contacts(ladder) == ("#cooling",)


def test_the_channel_of_a_role_is_reported_too(ladder: Path) -> None:
    replace_in_file(ladder / "roles.yml", "contact: 0800 555 010", "contact: #managers")
    (problem,) = check(load(ladder))
    assert (problem.code, remedy(problem)) == ("SOP203", '"#managers"')


def test_a_comment_in_place_of_a_contact_is_not_taken_for_text(ladder: Path) -> None:
    assert problem_after(ladder, "technician: # ask them").help.startswith("fill it in")


def remedy(problem: Problem) -> str:
    """The text in quotes that the remedy of a problem names."""
    return f'"{problem.help.split(chr(34))[1]}"'


def technician_contacts(ladder: Path) -> tuple[str, ...]:
    return load_catalogue(ladder).marketplaces["south-store"].contacts["technician"]


@pytest.mark.parametrize(
    ("written", "code", "words"),
    [
        ("technicain: x@example.com", "SOP304", "did you mean 'technician'?"),
        ("alarm-panel: x@example.com", "SOP304", "unknown role 'alarm-panel'"),
        ("technician: []", "SOP203", "fill it in"),
        ("technician: [x@example.com, ' ']", "SOP203", "fill it in"),
        ("technician: {mail: x@example.com}", "SOP208", "should be"),
        ("technician: 5550100", "SOP208", 'put it in quotes: "5550100"'),
        ("technician: [5550100]", "SOP208", 'put it in quotes: "5550100"'),
        ("technician: [[x@example.com]]", "SOP208", "should be text"),
        ("technician: x@example.com\n  technician: y@example.com", "SOP109", "technician"),
    ],
)  # fmt: skip
def test_a_broken_contact_is_one_located_problem(written: str, code: str, words: str, ladder: Path) -> None:
    problem = problem_after(ladder, written)
    assert (problem.code, words in f"{problem.message} {problem.help}") == (code, True), problem
    assert problem.path.endswith("south-store.yml")


def test_a_contact_of_a_role_that_no_procedure_names_is_a_problem(ladder: Path) -> None:
    replace_in_file(ladder / "playbooks/freezer-alarm.yml", "  - id: third-level", "  - id: third-step")
    replace_in_file(ladder / "playbooks/freezer-alarm.yml", "overdue: third-level", "overdue: third-step")
    for name in ("north", "south"):
        replace_in_file(
            ladder / f"marketplaces/{name}-store.yml",
            "freezer-alarm: freezer-alarm",
            "freezer-alarm: door-alarm",
        )
    (ladder / "playbooks/freezer-alarm.yml").unlink()
    found = [problem for problem in problems_in(ladder) if "names the role" in problem.message]
    assert [(one.code, one.excerpt.strip(), one.message) for one in found] == [
        ("SOP409", 'technician: ["+91 22 5550 0100", "#north-cooling"]', "no procedure of north-store names the role 'technician'"),
        ("SOP409", SOUTH_CONTACT, "no procedure of south-store names the role 'technician'"),
    ]  # fmt: skip
    assert "known: shift-lead, site-manager" in found[0].help


@pytest.mark.parametrize("role", ["site-manager", "shift-lead", "regional-manager"])
def test_owner_actor_and_recipient_may_have_a_contact(role: str, ladder: Path) -> None:
    replace_in_file(ladder / "marketplaces/south-store.yml", SOUTH_CONTACT, f"{role}: desk@example.com")
    assert check(load(ladder)) == []


ANY = "no-contacts:\n  field: contact\n"
SOME = "no-contacts:\n  role: [client-poc, seller]\n  field: contact\n"


def with_contact(data: Path, gap: str, *, at_marketplace: bool) -> list[Problem]:
    """The problems of the SOP of the source with a contact of the Client POC, and with this gap."""
    replace_in_file(data / "gaps.yml", ANY, gap)
    if at_marketplace:
        path = data / FLIPKART
        path.write_text(
            path.read_text(encoding="utf-8") + "contacts:\n  client-poc: desk@example.com\n", encoding="utf-8"
        )
    else:
        replace_in_file(
            data / "roles.yml", "name: Client POC\n", "name: Client POC\n  contact: desk@example.com\n"
        )
    return check(load(data))


@pytest.mark.parametrize("at_marketplace", [True, False])
def test_a_gap_that_denies_all_contacts_is_outgrown_by_the_first(at_marketplace: bool, data: Path) -> None:
    (problem,) = with_contact(data, ANY, at_marketplace=at_marketplace)
    assert (problem.code, problem.excerpt.strip()) == ("SOP418", "field: contact")
    assert problem.message == "role 'client-poc' has a contact"
    listed = problem.help.split("'")[1]
    assert listed.startswith("role: [warehouse-poc, increff-poc, marketplace-poc")
    replace_in_file(data / "gaps.yml", ANY, f"{ANY}  {listed}\n")
    assert check(load(data)) == []


@pytest.mark.parametrize("at_marketplace", [True, False])
def test_a_gap_about_some_roles_is_outgrown_by_their_contact_only(at_marketplace: bool, data: Path) -> None:
    (problem,) = with_contact(data, SOME, at_marketplace=at_marketplace)
    assert problem.help == "remove the gap, or list the roles that are left: 'role: [seller]'"
    replace_in_file(data / "gaps.yml", "role: [client-poc, seller]", "role: seller")
    assert check(load(data)) == []


def test_a_gap_whose_roles_all_have_contacts_is_to_be_removed(data: Path) -> None:
    (problem,) = with_contact(data, SOME.replace(", seller", ""), at_marketplace=False)
    assert problem.help == "remove the gap"


@pytest.mark.slow
def test_no_mutant_of_a_file_with_contacts_is_silent(tmp_path: Path) -> None:
    judge = Judge(LADDER, tmp_path / "sop_data")
    every = [one for one in mutants(LADDER) if one.file.startswith(("marketplaces/", "roles"))]
    assert {"value: phone number", "value: channel", "contact: another", "contact: address broken"} <= {
        one.operator for one in every
    }
    verdicts = [judge.verdict(mutant) for mutant in every]
    assert_reported(verdicts, near=0.97)
