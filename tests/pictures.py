"""Write the pictures of the README: a procedure on a laptop and on a phone, light and dark (`make pictures`)."""

import io
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from browser import HELP, find
from conftest import ROOT, build_site, copy_project, serve

PAGE = "marketplaces/flipkart/"
SIZES = {"laptop": (1280, 860), "phone": (375, 760)}  # pixels of CSS
COLOURS = 128  # enough for flat areas, and a fifth of the bytes


def write_pictures(site: Path, out: Path, chromium: str) -> None:
    """Write `laptop-light.png` and so on into the folder ``out``."""
    with serve(site) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name, (width, height) in SIZES.items():
            for scheme in ("light", "dark"):
                page = browser.new_page(
                    viewport={"width": width, "height": height},
                    color_scheme="dark" if scheme == "dark" else "light",
                    device_scale_factor=1 if name == "laptop" else 2,
                )
                page.goto(address + PAGE, wait_until="networkidle")
                picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB").quantize(COLOURS)
                picture.save(out / f"{name}-{scheme}.png", optimize=True)
        browser.close()


if __name__ == "__main__":
    chromium = find() or sys.exit(HELP)
    with tempfile.TemporaryDirectory() as folder:
        project = copy_project(Path(folder) / "project")
        site = build_site(project, project / "site", SOP_PDF="false")
        pictures = ROOT / ".github" / "pictures"
        pictures.mkdir(exist_ok=True)
        write_pictures(site, pictures, chromium)
