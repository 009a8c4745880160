"""Terms: each has a meaning or a gap, is used, and may be named where a step has text."""

from pathlib import Path

import pytest

from conftest import replace_in_file
from edited_example import EXAMPLE, example, problems_in
from macros.checks.runner import load_catalogue

TERM = "parcel:\n  name: parcel\n  means: one box with one label\n"
CASE = "playbooks/case.yml"
FIELDS = {
    "action": ("Report it in", "Report the {parcel} in"),
    "if": ("actor: clerk\n    action: R", "if: the {parcel} is lost\n    otherwise: end\n    actor: clerk\n    action: R"),
    "evidence": ("{desk}\n", "{desk}\n    evidence: a picture of the {parcel}\n"),
    "note": ("{desk}\n", "{desk}\n    note: The {parcel} may be wet\n"),
    "closed": ("owner: buyer\n", "owner: buyer\nclosed: the {parcel} is found\n"),
}  # fmt: skip


def with_terms(folder: Path, terms: str, field: str = "action") -> Path:
    """The example SOP with these terms, and with one of its texts naming the parcel."""
    data = example(folder)
    (data / "terms.yml").write_text(terms, encoding="utf-8")
    replace_in_file(data / CASE, *FIELDS[field])
    return data


@pytest.mark.parametrize("field", FIELDS)
def test_a_term_is_used_where_any_text_names_it(field: str, tmp_path: Path) -> None:
    data = with_terms(tmp_path, TERM, field)
    assert problems_in(data) == []
    procedure = load_catalogue(data).procedure("shop", "broken")
    assert [(word.kind, word.id, word.means) for word in procedure.words] == [
        ("term", "parcel", "one box with one label")
    ]
    assert all("parcel" not in (*step.recipients, *step.mentioned) for step in procedure.steps)


@pytest.mark.parametrize("field", ["if", "evidence"])
def test_names_in_condition_and_evidence_are_no_recipients(field: str, tmp_path: Path) -> None:
    data = with_terms(tmp_path, TERM, field)
    replace_in_file(data / CASE, "{parcel}", "{parcel} of the {buyer} in {desk}")
    step = load_catalogue(data).procedure("shop", "broken").steps[0]
    assert (step.recipients, step.systems) == ((), ("desk",))


@pytest.mark.parametrize("field", ["if", "evidence"])
def test_the_words_of_the_marketplace_are_filled_in(field: str, tmp_path: Path) -> None:
    data = with_terms(tmp_path, TERM, field)
    replace_in_file(data / CASE, "the {parcel}", "the {parcel}, {escalation}")
    step = load_catalogue(data).procedure("shop", "broken").steps[0]
    assert "{parcel}, Write to the {buyer}" in f"{step.condition}{step.evidence}"


@pytest.mark.parametrize(
    ("terms", "code", "line"),
    [
        ("parcel:\n  name: parcel\n", "SOP450", 2),
        (f"{TERM}spare:\n  name: spare\n  means: nothing\n", "SOP409", 5),
        ("parcel:\n  name: parcel\n  means: TBD\n", "SOP410", 3),
        ("parcel:\n  name: parcel\n  means: '...'\n", "SOP411", 3),
        ("parcel:\n  name: parcel\n  means: a box in {desk}\n", "SOP306", 3),
        (f"{TERM}  url: http://desk\n", "SOP417", 4),
        (f"{TERM}desk:\n  name: desk\n  means: where it stands\n", "SOP303", 4),
        ("parcel:\n  name: =parcel\n  means: a box\n", "SOP419", 2),
    ],
)
def test_a_broken_term_is_one_located_problem(terms: str, code: str, line: int, tmp_path: Path) -> None:
    (problem,) = problems_in(with_terms(tmp_path, terms))
    assert (problem.code, problem.line) == (code, line)


def test_a_gap_excuses_the_missing_meaning_and_is_shown_where_the_term_is_used(tmp_path: Path) -> None:
    data = with_terms(tmp_path, "parcel:\n  name: parcel\n", "closed")
    with (data / "gaps.yml").open("a", encoding="utf-8") as file:
        file.write("no-meaning:\n  term: parcel\n  says: The list does not say what a {parcel} is.\n")
    assert problems_in(data) == []
    assert load_catalogue(data).procedure("shop", "broken").gaps == ("no-meaning",)
    replace_in_file(data / CASE, "the {parcel} is found", "it is found")
    replace_in_file(data / CASE, "Report it", "Report the {parcel}")
    procedure = load_catalogue(data).procedure("shop", "broken")
    assert procedure.gaps == procedure.steps[0].gaps == ("no-meaning",)


@pytest.mark.parametrize("kind", ["issue-types.yml", "roles.yml", "systems.yml", "marketplaces/shop.yml"])
def test_every_named_record_may_have_a_meaning(kind: str, tmp_path: Path) -> None:
    data = example(tmp_path)
    text = (EXAMPLE / kind).read_text(encoding="utf-8")
    indent = "" if kind.startswith("marketplaces") else "  "
    name = next(line for line in text.splitlines(keepends=True) if line.startswith(f"{indent}name:"))
    replace_in_file(data / kind, name, f"{name}{indent}means: what it is\n")
    words = load_catalogue(data).procedure("shop", "broken").words
    assert [word.means for word in words] == ["what it is"]
    replace_in_file(data / kind, "what it is", "to be decided")
    assert [problem.code for problem in problems_in(data)] == ["SOP410"]


def test_a_step_with_the_anchor_of_a_word_is_a_problem(tmp_path: Path) -> None:
    data = with_terms(tmp_path, TERM)
    replace_in_file(data / CASE, "id: report", "id: word-parcel")
    assert {problem.code for problem in problems_in(data)} == {"SOP310"}
