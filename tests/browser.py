"""The Chromium that the tests drive: found on the machine, or installed by `python tests/browser.py`."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

# Debian's headless shell comes first: a page takes a third of the CPU time that it takes in the whole browser.
NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
)
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
    apt = shutil.which("apt-get")
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    # An older Debian has no headless shell.
    for command in (["update"], ["install", "chromium-headless-shell"], ["install", "chromium"]):
        if apt and os.geteuid() == 0 and not find():
            subprocess.run([apt, "-qq", *command], env=environment, stdout=subprocess.DEVNULL, check=False)
    if not find():
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)


if __name__ == "__main__":
    if not find():
        install()
    found = find()
    sys.exit(0 if found else HELP)
