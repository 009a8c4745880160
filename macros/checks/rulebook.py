"""The rule book: title, reason and example for every code of `sop check`."""

from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict

from macros.parsing.repair import LOADER


class Example(BaseModel):
    """One rule, and an edit of tests/example_sop that breaks it.

    ``broken`` is the content of the file, repeated ``times`` (None: the file is deleted). If ``old`` is set,
    it is replaced by ``new`` instead. ``message`` is the output of `sop check`.
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
    message: str


def rule_book() -> dict[str, Example]:
    """All rules by code, from rulebook.yml."""
    text = (Path(__file__).parent / "rulebook.yml").read_text(encoding="utf-8")
    raw: dict[str, Any] = yaml.load(text, Loader=LOADER)  # noqa: S506 - a safe loader, and a file of this package
    return {code: Example(**fields) for code, fields in raw.items()}


RULEBOOK = rule_book()
