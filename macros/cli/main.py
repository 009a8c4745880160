"""The command `sop`, with all its subcommands."""

from macros.cli import approve, build, init, query, record  # importing them adds their commands
from macros.cli.common import main

__all__ = ["approve", "build", "init", "main", "query", "record"]
