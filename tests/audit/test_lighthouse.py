"""Lighthouse on a phone profile, and the TypeScript compiler on the JavaScript."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from site_pages import with_one_empty_page

from browser import find
from conftest import Shared, build_site, copy_project, serve

HERE = Path(__file__).parent
TOOLS = HERE / "node_modules" / ".bin"


def test_the_javascript_is_typed() -> None:
    done = subprocess.run(
        [TOOLS / "tsc", "-p", HERE / "tsconfig.json"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def lighthouse(url: str, report: Path) -> dict[str, Any]:
    """The report of Lighthouse. The site is noindex by default, being internal; the audit that wants it indexed is left out."""
    command = [
        str(TOOLS / "lighthouse"), url, "--quiet", "--output=json", f"--output-path={report}",
        "--skip-audits=is-crawlable", "--chrome-flags=--headless=new --no-sandbox --disable-background-networking",
    ]  # fmt: skip
    subprocess.run(command, env=os.environ | {"CHROME_PATH": str(find())}, check=True, capture_output=True)
    result: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
    return result


def scores(result: dict[str, Any]) -> dict[str, float]:
    return {name: category["score"] for name, category in result["categories"].items()}


@pytest.fixture(scope="module")
def empty(shared: Shared, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The report about an empty page of the theme, in the same run."""
    folder = shared(
        "empty", lambda at: build_site(with_one_empty_page(copy_project(at)), at / "site", SOP_PDF="false")
    )
    with serve(folder / "site") as url:
        return lighthouse(url, tmp_path_factory.mktemp("lighthouse") / "empty.json")


@pytest.mark.parametrize("path", ["", "marketplaces/myntra-ppmp/"])
def test_lighthouse_gives_full_marks(address: str, tmp_path: Path, empty: dict[str, Any], path: str) -> None:
    """Full marks, and the speed of an empty page: the mark for performance hangs on the machine, the ratio does not."""
    result = lighthouse(address + path, tmp_path / "report.json")
    found, audits = scores(result), result["audits"]
    paint, floor = (one["audits"]["largest-contentful-paint"]["numericValue"] for one in (result, empty))
    print(
        f"\n{path or 'home'}: {found}, LCP {paint:.0f} ms; an empty page: {scores(empty)}, LCP {floor:.0f} ms"
    )
    wrong = [
        (ref["id"], audits[ref["id"]]["title"])
        for name, category in result["categories"].items()
        for ref in category["auditRefs"]
        if name != "performance" and audits[ref["id"]]["score"] not in (None, 1)
    ]
    assert wrong == []
    assert found["performance"] >= scores(empty)["performance"] - 0.05
    assert paint <= 1.25 * floor
    assert audits["cumulative-layout-shift"]["numericValue"] == 0
