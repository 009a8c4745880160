"""The command `sop`, with all its subcommands."""

from macros import asking, making, recording  # importing them adds their commands
from macros.command import main

__all__ = ["asking", "main", "making", "recording"]
