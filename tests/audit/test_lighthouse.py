"""Lighthouse on a phone profile, and the TypeScript compiler on the JavaScript."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from browser import find

HERE = Path(__file__).parent
TOOLS = HERE / "node_modules" / ".bin"


def test_the_javascript_is_typed() -> None:
    done = subprocess.run(
        [TOOLS / "tsc", "-p", HERE / "tsconfig.json"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", ["", "marketplaces/myntra-ppmp/"])
def test_lighthouse_gives_full_marks(address: str, tmp_path: Path, path: str) -> None:
    """The site is noindex by default, being internal; the audit that wants it indexed is left out."""
    report = tmp_path / "report.json"
    command = [
        str(TOOLS / "lighthouse"), address + path, "--quiet", "--output=json", f"--output-path={report}",
        "--skip-audits=is-crawlable", "--chrome-flags=--headless=new --no-sandbox --disable-background-networking",
    ]  # fmt: skip
    subprocess.run(command, env=os.environ | {"CHROME_PATH": str(find())}, check=True, capture_output=True)
    result = json.loads(report.read_text(encoding="utf-8"))
    scores = {name: category["score"] for name, category in result["categories"].items()}
    audits = result["audits"]
    paint = audits["largest-contentful-paint"]["numericValue"]
    print(
        f"\n{path or 'home'}: {scores}, LCP {paint:.0f} ms, CLS {audits['cumulative-layout-shift']['numericValue']}"
    )
    wrong = [
        (name, audit["title"], audit.get("displayValue"))
        for name, audit in audits.items()
        if audit["score"] not in (None, 1)
    ]
    assert scores == dict.fromkeys(("performance", "accessibility", "best-practices", "seo"), 1), wrong
    assert paint < 1600
    assert audits["cumulative-layout-shift"]["numericValue"] == 0
