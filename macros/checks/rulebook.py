"""The rule book: for every code of `sop check` its rule, its reason and a broken example."""

from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict

from macros.parsing.repair import LOADER


class Example(BaseModel):
    """One rule, and how tests/example_sop breaks it.

    ``broken`` is the whole file (None: it is missing), ``times`` over, or else ``new`` stands
    for ``old`` in it. ``says`` is the message that `sop check` gives.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    why: str
    file: str
    broken: str | None = None
    old: str | None = None
    new: str | None = None
    times: int = 1
    encoding: str = "utf-8"
    says: str


def rule_book() -> dict[str, Example]:
    """All rules by code, from rules.yml."""
    text = (Path(__file__).parent / "rulebook.yml").read_text(encoding="utf-8")
    raw: dict[str, Any] = yaml.load(text, Loader=LOADER)  # noqa: S506 - a safe loader, and our own file
    return {code: Example(**fields) for code, fields in raw.items()}


RULEBOOK = rule_book()
