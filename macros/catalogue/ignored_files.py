"""Files that editors and operating systems leave in a folder, and that are no part of an SOP."""

from collections.abc import Iterable

# In lower case. `4913` is the file with which Vim tests whether it can write to a folder.
NAMES = {"4913", "__macosx", "desktop.ini", "ehthumbs.db", "icon\r", "nppbackup", "thumbs.db"}
PREFIXES = (".", "~$")  # hidden: .DS_Store, .shop.yml.swp, ._shop.yml, .#shop.yml
SUFFIXES = ("~", ".bak", ".orig", ".rej", ".save", ".swo", ".swp", ".tmp", "___jb_old___", "___jb_tmp___")


def kept(names: Iterable[str]) -> list[str]:
    """The names of files or folders that belong to an SOP, or are reported as stray; sorted."""
    return sorted(name for name in names if not is_ignored(name))


def is_ignored(name: str) -> bool:
    """Whether a file or folder with this name is skipped. A copy such as `shop (1).yml` is not."""
    name = name.lower()
    saved = name.startswith("#") and name.endswith("#")  # by Emacs: #shop.yml#
    return saved or name in NAMES or name.startswith(PREFIXES) or name.endswith(SUFFIXES)
