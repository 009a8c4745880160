"""`sop answer` records who answered a gap, and lists what the data still lacks."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from conftest import SOURCE_SOP, replace_in_file
from macros.catalogue.data_folder import load
from macros.checks.runner import check, load_catalogue
from macros.cli.main import main
from parameterised_order import HARBOUR, parameterised_order


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SOURCE_SOP, tmp_path / "sop_data"))


def answer(data: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["answer", *arguments, "--data", str(data)])


def test_an_answer_is_written_and_every_other_line_stays(data: Path) -> None:
    before = (data / "gaps.yml").read_text(encoding="utf-8").splitlines()
    done = answer(
        data, "seller-or-client", "--by", "client-poc", "--date", "2026-12-01", "--says", "they are one"
    )
    assert done.exit_code == 0, done.output
    assert done.output.endswith("seller-or-client: Decided by Client POC, 1 Dec 2026: they are one\n")
    after = (data / "gaps.yml").read_text(encoding="utf-8").splitlines()
    added = ["  answered:", "    by: client-poc", "    date: 2026-12-01", "    says: they are one"]
    assert [line for line in after if line not in added] == before
    assert load_catalogue(data).gaps["seller-or-client"].state == "answered"


def test_without_a_date_it_is_of_today_and_blank_words_are_none(data: Path) -> None:
    assert answer(data, "seller-or-client", "--by", "client-poc", "--says", " ").exit_code == 0
    given = load_catalogue(data).gaps["seller-or-client"].answered
    assert given
    assert (given.date, given.says) == (date.today(), None)


def test_it_lists_what_the_data_still_lacks_until_the_data_has_it(data: Path) -> None:
    done = answer(data, "no-otherwise", "--by", "increff-poc")
    assert done.exit_code == 0
    assert (
        "still to do: this gap is answered, but playbook 'order-issue-via-increff' still needs" in done.output
    )
    done = answer(data, "no-timezone", "--by", "increff-poc")  # although the first answer is not in the data
    assert "still to do: this gap is answered, but 'timezone' is still empty" in done.output
    condition = "    if: it is a marketplace issue\n"
    replace_in_file(
        data / "playbooks/order-issue-via-increff.yml", condition, condition + "    otherwise: end\n"
    )
    replace_in_file(data / "sop.yml", "  timezone:\n", "  timezone: IST\n")
    load_catalogue(data)


def test_an_answer_may_come_after_the_data_has_it(data: Path) -> None:
    replace_in_file(data / "sop.yml", "  timezone:\n", "  timezone: IST\n")
    done = answer(data, "no-timezone", "--by", "increff-poc")
    assert (done.exit_code, "still to do" in done.output) == (0, False)
    load_catalogue(data)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["no-otherwis", "--by", "increff-poc"],
            "there is no gap 'no-otherwis'; did you mean 'no-otherwise'?",
        ),
        (
            ["no-otherwise", "--by", "incref-poc"],
            "there is no role 'incref-poc'; did you mean 'increff-poc'?",
        ),
        (["one-ajio-team", "--by", "increff-poc"], "'one-ajio-team' is a reading, not a question"),
        (["no-otherwise", "--by", "increff-poc", "--date", "2026-13-01"], "does not match the format"),
        (["no-otherwise"], "Missing option '--by'"),
    ],
)
def test_what_cannot_be_answered_is_refused(arguments: list[str], message: str, data: Path) -> None:
    before = (data / "gaps.yml").read_bytes()
    done = answer(data, *arguments)
    assert done.exit_code == 2
    assert message in done.output
    assert (data / "gaps.yml").read_bytes() == before


def test_an_answer_is_given_once(data: Path) -> None:
    answer(data, "no-otherwise", "--by", "increff-poc")
    assert "'no-otherwise' is already answered" in answer(data, "no-otherwise", "--by", "client-poc").output


def test_words_that_name_no_record_are_not_written(data: Path) -> None:
    before = (data / "gaps.yml").read_bytes()
    done = answer(data, "no-otherwise", "--by", "increff-poc", "--says", "ask {nobody}")
    assert (done.exit_code, "SOP304" in done.output) == (1, True)
    assert (data / "gaps.yml").read_bytes() == before


def open_gaps() -> list[str]:
    return [id for id, gap in load_catalogue(SOURCE_SOP).gaps.items() if gap.state == "open"]


@pytest.mark.parametrize("gap", open_gaps())
def test_every_open_question_can_be_answered_and_what_the_data_lacks_is_listed(gap: str, data: Path) -> None:
    done = answer(data, gap, "--by", "increff-poc")
    assert done.exit_code == 0, done.output
    problems = check(load(data))
    listed = [line for line in done.output.splitlines() if line.startswith("still to do: ")]
    assert sorted(listed) == sorted(f"still to do: {problem.message}" for problem in problems)
    assert all(problem.message.startswith("this gap is answered, but") for problem in problems)


def test_a_parameter_that_nobody_gives_can_be_answered(tmp_path: Path) -> None:
    data = parameterised_order(tmp_path / "sop_data")
    replace_in_file(data / HARBOUR, "  response-time: 2 working days\n", "")
    gap = "marketplace: harbour-shop\n  parameter: response-time\n  excuses: parameter-not-given\n  says: A"
    (data / "gaps.yml").write_text(f"no-time:\n  {gap}\n", encoding="utf-8")
    done = answer(data, "no-time", "--by", "picker")
    assert "still to do: this gap is answered, but harbour-shop still gives no 'response-time'" in done.output
    replace_in_file(data / HARBOUR, "parameters:\n", "parameters:\n  response-time: 2 working days\n")
    load_catalogue(data)
