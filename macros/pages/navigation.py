"""The menu of the site."""

from typing import Any

from macros.model.kinds import KINDS
from macros.wording.phrases import WORDS

SECTIONS = (
    "marketplace",
    "issue_type",
    "role",
    "system",
)  # the kinds that have pages, in the order of the menu


def navigation(paths: list[str]) -> list[Any]:
    """The menu of the site, with a section for each kind."""
    sections = [
        {KINDS[kind].plural.capitalize(): inside}
        for kind in SECTIONS
        if (inside := [path for path in paths if path.startswith(f"{KINDS[kind].slug}/")])
    ]
    about = {
        "About": [
            "contributing.md",
            "publishing.md",
            "checks.md",
            "checks-proof.md",
            "architecture.md",
            "decisions.md",
            "performance.md",
        ]
    }
    return [
        {"Home": "index.md"},
        *sections,
        {WORDS["gaps_title"]: "gaps.md"},
        {"Changes": "changes.md"},
        about,
    ]
