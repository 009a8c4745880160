"""`sop new`: a starting file for a marketplace."""

from pathlib import Path

from click.testing import CliRunner

from macros.cli.main import main


def test_a_new_marketplace_needs_only_its_blanks_filled(data: Path) -> None:
    run = CliRunner().invoke
    assert run(main, ["new", "marketplace", "meesho", "--data", str(data)]).exit_code == 0
    file = data / "marketplaces" / "meesho.yml"
    text = file.read_text(encoding="utf-8").replace("escalation: TODO", "escalation: Call {vms}")
    assert "Call {vms}" in text
    file.write_text(text.replace("id-of-a-playbook", "order-issue-via-client"), encoding="utf-8")
    assert run(main, ["check", str(data)]).exit_code == 0
    again = run(main, ["new", "marketplace", "meesho", "--data", str(data)])
    assert again.exit_code == 2
    assert "exists already" in again.output
    assert "write it as 'mee-sho'" in run(main, ["new", "marketplace", "Mee Sho", "--data", str(data)]).output
