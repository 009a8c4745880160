"""The command `sop`, with all its subcommands."""

from macros.cli import (  # importing them adds their commands
    answer,
    approve,
    build,
    init,
    issue_forms,
    query,
    record,
)
from macros.cli.common import main

__all__ = ["answer", "approve", "build", "init", "issue_forms", "main", "query", "record"]
