"""The phrases of `wording.yml`."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from macros.parsing.repair import LOADER

TEXT = Path(__file__).with_name("wording.yml").read_text(encoding="utf-8")
WORDS: Mapping[str, Any] = MappingProxyType(yaml.load(TEXT, Loader=LOADER))  # noqa: S506 - a safe loader, and a file of this package
