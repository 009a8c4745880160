"""The command `sop`, with all its subcommands."""

from macros.cli import approve, build, init, issue_forms, query, record  # importing them adds their commands
from macros.cli.common import main

__all__ = ["approve", "build", "init", "issue_forms", "main", "query", "record"]
