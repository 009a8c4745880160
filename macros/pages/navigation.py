"""The menu of the site."""

from typing import Any

from macros.model.kinds import KINDS

SECTIONS = (
    "marketplace",
    "issue_type",
    "role",
    "system",
)  # the kinds that have pages, in the order of the menu

ABOUT = ("contributing.md", "checks.md")  # the other files in docs/ are read in the repository


def navigation(paths: list[str]) -> list[Any]:
    """The menu of the site, with a section for each kind."""
    sections = [
        {KINDS[kind].plural.capitalize(): inside}
        for kind in SECTIONS
        if (inside := [path for path in paths if path.startswith(f"{KINDS[kind].slug}/")])
    ]
    return [
        {"Home": "index.md"},
        *sections,
        {"Gaps": "gaps.md"},
        {"Changes": "changes.md"},
        {"About": [*ABOUT]},
    ]
