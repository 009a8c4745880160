"""Files that editors and operating systems create, and that are not part of an SOP."""

from collections.abc import Iterable

# In lower case. Vim creates `4913` to test whether it can write to a folder.
NAMES = {"4913", "__macosx", "desktop.ini", "ehthumbs.db", "icon\r", "nppbackup", "thumbs.db"}
PREFIXES = (".", "~$")  # hidden: .DS_Store, .shop.yml.swp, ._shop.yml, .#shop.yml
SUFFIXES = ("~", ".bak", ".orig", ".rej", ".save", ".swo", ".swp", ".tmp", "___jb_old___", "___jb_tmp___")


def without_ignored(names: Iterable[str]) -> list[str]:
    """The sorted names without those that are ignored."""
    return sorted(name for name in names if not is_ignored(name))


def is_ignored(name: str) -> bool:
    """Whether a file or folder with this name is ignored. A copy such as `shop (1).yml` is not."""
    name = name.lower()
    emacs_save = name.startswith("#") and name.endswith("#")  # #shop.yml#
    return emacs_save or name in NAMES or name.startswith(PREFIXES) or name.endswith(SUFFIXES)
