"""The Chromium that the tests drive: found on the machine, or installed by `python tests/browser.py`."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
HELP = """No Chromium was found, and none could be installed. Do one of these, then try again:
  - install chromium or google-chrome with the package manager of this machine;
  - run: .venv/bin/playwright install chromium
  - set CHROMIUM to the path of a Chromium that is already here."""


def find() -> str | None:
    """The path of a Chromium, or None: $CHROMIUM, then the machine's own, then Playwright's."""
    if named := os.environ.get("CHROMIUM"):
        return shutil.which(named)
    for name in NAMES:
        if path := shutil.which(name):
            return path
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).is_file() else None


def install() -> None:
    """Debian's package when root on Debian, else Playwright's download."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-qq", "chromium"]):
            subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False)
    if not find():
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)


if __name__ == "__main__":
    if not find():
        install()
    found = find()
    sys.exit(0 if found else HELP)
