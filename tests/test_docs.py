"""What the documents show is what the files and commands say."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from conftest import ROOT, SOURCE_SOP
from macros.catalogue.catalogue import Catalogue
from macros.checks.runner import load_catalogue
from macros.cli.main import main
from macros.parsing.parser import read
from macros.parsing.problems import InvalidSop
from report import PAGE, page

CONTRIBUTING = (ROOT / "docs" / "contributing.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(
    r"```yaml\n# (?:in |at the end of )?(sop_data/[\w/.-]+).*?\n(.*?)```", CONTRIBUTING, re.DOTALL
)


@pytest.mark.parametrize(("path", "text"), EXAMPLES, ids=[path for path, _ in EXAMPLES])
def test_every_example_is_in_the_sop_of_the_source(path: str, text: str, data: Path) -> None:
    example = read("example", text.encode()).data
    file = data.parent / path
    if not file.exists():  # the new marketplace: the SOP accepts it as it is written
        for new, content in EXAMPLES:
            if not (data.parent / new).exists() or content.startswith(file.stem):
                with (data.parent / new).open("a", encoding="utf-8") as target:
                    target.write(content)
        assert file.stem in load_catalogue(data).marketplaces
    elif not path.endswith("systems.yml"):
        real = read(path, file.read_bytes()).data
        assert {key: real[key] for key in example} == example


def test_the_message_in_the_manual_is_the_real_one(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = re.findall(r"```text\n(.*?)```", CONTRIBUTING, re.DOTALL)[0]
    file = data / "marketplaces" / "flipkart.yml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("excess-orders-via-client", "excess-orders-via-clent")
    )
    monkeypatch.chdir(data.parent)
    with pytest.raises(InvalidSop) as caught:
        load_catalogue(Path("sop_data"))
    assert str(caught.value.problems[0]) == shown.rstrip("\n")


def test_the_console_in_the_readme_is_the_real_one() -> None:
    command, _, output = re.findall(
        r"```console\n\$ .venv/bin/sop (.*?)\n()(.*?)\.\.\.\n```", README, re.DOTALL
    )[0]
    result = CliRunner().invoke(main, [*command.split(), "--data", str(SOURCE_SOP)])
    assert result.output.startswith(output)


def test_the_figures_in_the_readme_are_the_measured_ones(catalogue: Catalogue) -> None:
    proof = (ROOT / "docs" / "checks-proof.md").read_text(encoding="utf-8")
    mutants, reported = re.findall(r"([\d,]+) mutants by \d+ operators: ([\d,]+) are reported", proof)[0]
    ours, theirs = re.findall(
        r"\| site, 1,000 \| ([\d.]+) s CPU .*?Material, the same pages: ([\d.]+) s", page()
    )[0]
    (edit,) = re.findall(r"\| edit to page while serving, 1,000 \| ([\d.]+) s \|", page())
    written = sum(len(playbook.steps) for playbook in catalogue.playbooks.values())
    procedures = [*catalogue.all_procedures()]
    resolved = sum(len(one.steps) for one in procedures)
    for figure in (
        f"{reported} of {mutants} changes",
        f"{float(theirs):.0f} s to build | [{float(ours):.0f} s to build](docs/performance.md), an edit shows after {float(edit):.1f} s",
        f"{written} steps in files give the {resolved} steps of {len(procedures)} procedures",
    ):
        assert figure in README
    assert len(README.splitlines()) < 120


def test_the_page_of_performance_is_that_of_the_last_report() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run 'python bench/report.py'"


def test_the_readme_names_real_targets() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"make ([a-z-]+)", README + CONTRIBUTING):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["check"],
        ["show"],
        ["diff"],
        ["schema"],
        ["new", "marketplace"],
        ["init"],
        ["approve"],
        ["issue-forms"],
    ],
)
def test_every_help_has_examples(arguments: list[str]) -> None:
    result = CliRunner().invoke(main, [*arguments, "--help"])
    assert result.exit_code == 0
    assert "Examples:" in result.output


def test_show_without_words_prints_the_matrix() -> None:
    output = CliRunner().invoke(main, ["show", "--data", str(SOURCE_SOP)]).output
    assert re.search(r"Flipkart +flipkart +Client POC +Client POC", output)
    matrix, _, control = output.partition("\n\n")
    assert len(matrix.splitlines()) == 10
    assert "Not stated: document id" in " ".join(control.split())


def test_an_unknown_marketplace_is_answered_with_the_nearest() -> None:
    result = CliRunner().invoke(main, ["show", "flipkrt", "--data", str(SOURCE_SOP)])
    assert result.exit_code == 2
    assert "did you mean 'flipkart'?" in result.output


def test_a_missing_folder_is_reported(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["check", str(tmp_path / "nowhere")])
    assert result.exit_code == 2
    assert "does not exist" in result.output
