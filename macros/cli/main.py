"""The command `sop`, which imports a subcommand when it is called: all imports take longer than a check."""

import sys
from importlib import import_module
from io import TextIOWrapper

import click

COMMANDS = {  # name -> module of this room, and the command in it
    "answer": ("answer", "answer"),
    "approve": ("approve", "approve"),
    "build": ("build", "build"),
    "check": ("check", "check"),
    "diff": ("query", "diff_command"),
    "export": ("build", "export"),
    "init": ("init", "init"),
    "issue-forms": ("issue_forms", "issue_forms"),
    "new": ("record", "new"),
    "pdf": ("build", "pdf_command"),
    "release": ("record", "release"),
    "schema": ("build", "schema"),
    "show": ("query", "show"),
}


class Commands(click.Group):
    """The subcommands, each with its module and name there."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module, command = COMMANDS[name]
        found: click.Command = getattr(import_module(f"macros.cli.{module}"), command)
        return found


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="""\b
Examples:
  sop check                          every mistake in sop_data/, with its remedy
  sop show                           who owns what
  sop show flipkart order-related    what to do, step by step
  sop diff main                      what your change means, and for whom
  sop pdf --only flipkart            a sheet of paper
  sop new marketplace meesho         a file to start from
  sop init my_sop                    a new SOP to start from
  sop release 1.1                    what changed since 1.0, kept for good""",
)
@click.version_option(package_name="sops-as-code")
def main() -> None:
    """Read, check and show the SOP in sop_data/."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper) and not stream.isatty():
            stream.reconfigure(encoding="utf-8")  # on Windows, a pipe cannot take all characters else
