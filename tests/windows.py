"""Run `sop` or `mkdocs` without what Windows lacks: `python windows.py sop check`.

Some modules and functions do not exist there, and the encoding of files is not UTF-8. Whatever imports or calls
one of them, or opens a file of ours without an encoding, fails.
"""

import os
import sys
import warnings
from runpy import run_module

import click._termui_impl  # it imports termios, where there is no msvcrt

ABSENT_MODULES = ("fcntl", "grp", "pty", "pwd", "resource", "syslog", "termios", "tty")
ABSENT_FUNCTIONS = (
    "chown", "fork", "getegid", "geteuid", "getgid", "getpgid", "getuid", "killpg", "mkfifo", "setsid", "statvfs",
)  # fmt: skip

if __name__ == "__main__":
    assert click._termui_impl
    for module in ABSENT_MODULES:
        sys.modules[module] = None  # type: ignore[assignment] # an import fails
    for name in ABSENT_FUNCTIONS:
        delattr(os, name)
    warnings.filterwarnings("error", category=EncodingWarning, module=r"macros(\.|$)")
    program, sys.argv = sys.argv[1], sys.argv[1:]
    if program == "mkdocs":
        run_module("mkdocs", run_name="__main__")
    else:
        from macros.cli.main import main

        main()
