"""The SOP that `sop init` writes has a whole site."""

from pathlib import Path

from click.testing import CliRunner

from conftest import build_site, copy_project
from macros.cli.main import main
from macros.host.site_check import dead_links


def test_the_site_of_a_new_sop_is_built(tmp_path: Path) -> None:
    sop = tmp_path / "new"
    assert CliRunner().invoke(main, ["init", str(sop)]).exit_code == 0
    site = build_site(copy_project(tmp_path / "project", sop=sop), tmp_path / "site")
    assert "Send the item and tell the" in (site / "marketplaces/first-marketplace/index.html").read_text()
    assert (site / "pdf/second-marketplace.pdf").is_file()
    assert [*dead_links(site)] == []
