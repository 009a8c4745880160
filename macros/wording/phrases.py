"""The phrases of `wording.yml`."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

WORDS: Mapping[str, Any] = MappingProxyType(
    yaml.safe_load(Path(__file__).with_name("wording.yml").read_text(encoding="utf-8"))
)
