"""Files that editors and operating systems leave in a folder, and that are no part of an SOP."""

import re
from collections.abc import Iterable

# Names in lower case. `4913` is how Vim tests whether it can write to a folder.
NAMES = {"4913", "__macosx", "desktop.ini", "ehthumbs.db", "icon\r", "nppbackup", "thumbs.db"}
PATTERN = re.compile(
    r"\..*"  # hidden: .DS_Store, .flipkart.yml.swp, ._flipkart.yml, .#flipkart.yml
    r"|.*~|~\$.*|#.*#"  # flipkart.yml~, ~$flipkart.yml, #flipkart.yml#
    r"|.*\.(?:bak|orig|rej|save|sw[a-p]|tmp)|.*___jb_(?:old|tmp)___",
    re.DOTALL,
)


def kept(names: Iterable[str]) -> list[str]:
    """The names of files or folders that belong to an SOP, or are reported as stray; sorted."""
    return sorted(name for name in names if not is_ignored(name))


def is_ignored(name: str) -> bool:
    """Whether a file or folder with this name is skipped. A copy such as `flipkart (1).yml` is not."""
    name = name.lower()
    return name in NAMES or bool(PATTERN.fullmatch(name))
