"""The menu of the site."""

from typing import Any

from macros.model import urls as addresses

# kind -> the title of its section in the navigation
SECTIONS = {
    "marketplace": "Marketplaces",
    "issue type": "Issue types",
    "role": "Roles",
    "system": "Systems",
}


def navigation(paths: list[str]) -> list[Any]:
    """The menu of the site: one section a kind, its pages in their order."""
    sections = [
        {title: inside}
        for kind, title in SECTIONS.items()
        if (inside := [path for path in paths if path.startswith(f"{addresses.FOLDERS[kind]}/")])
    ]
    about = {
        "About": [
            "contributing.md",
            "publishing.md",
            "checks.md",
            "checks-proof.md",
            "architecture.md",
            "performance.md",
        ]
    }
    return [{"Home": "index.md"}, *sections, {"Gaps": "gaps.md"}, {"Changes": "changes.md"}, about]
