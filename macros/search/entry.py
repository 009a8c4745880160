"""An entry of the search box."""

from typing import NamedTuple

PAGES = ("marketplace", "issue_type", "role", "system")  # the kinds that have pages, as they are ranked


class Entry(NamedTuple):
    """A search result. ``summary`` is shown; ``names``, ``issue`` and ``text`` are only searched.

    ``where`` is the address below the site; ``kind`` the label of its kind.
    """

    where: str
    kind: str
    title: str
    summary: str
    names: tuple[str, ...]
    issue: tuple[str, ...]
    text: str
