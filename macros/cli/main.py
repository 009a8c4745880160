"""The command `sop`, with all its subcommands."""

from macros.cli import build, query, record  # importing them adds their commands
from macros.cli.common import main

__all__ = ["build", "main", "query", "record"]
