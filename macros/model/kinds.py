"""The kinds of records: labels, files and models."""

from typing import NamedTuple

from macros.model import control, gaps, playbooks, records
from macros.model.types import Record


class Kind(NamedTuple):
    """A kind of record.

    ``path`` is its file below `sop_data/`, or a folder with one file per record if it ends in `/`.
    ``slug`` is the folder of its pages, if it has pages. ``joint`` joins the parts of an id.
    The file or folder of an ``optional`` kind may be missing.
    """

    id: str
    label: str
    plural: str
    path: str
    model: type[Record]
    slug: str = ""
    joint: str = "-"
    optional: bool = False

    @property
    def in_folder(self) -> bool:
        """Whether each record has a file of its own."""
        return self.path.endswith("/")

    def file(self, id: str) -> str:
        """The file of a record, below `sop_data/`."""
        return f"{self.path}{id}.yml" if self.in_folder else self.path


KINDS = {
    kind.id: kind
    for kind in (
        Kind("sop", "document control", "document control", "sop.yml", control.Sop),
        Kind("issue_type", "issue type", "issue types", "issue-types.yml", records.IssueType, "issue-types"),
        Kind("role", "role", "roles", "roles.yml", records.Role, "roles"),
        Kind("system", "system", "systems", "systems.yml", records.System, "systems"),
        Kind("term", "term", "terms", "terms.yml", records.Term, "definitions", optional=True),
        Kind("playbook", "playbook", "playbooks", "playbooks/", playbooks.Playbook),
        Kind(
            "marketplace", "marketplace", "marketplaces", "marketplaces/", records.Marketplace, "marketplaces"
        ),
        Kind("gap", "open question", "open questions", "gaps.yml", gaps.Gap),
        Kind(
            "approval", "approval", "approvals", "approvals.yml", control.Approval, joint="/", optional=True
        ),
        Kind("release", "release", "releases", "releases/", control.Release, joint=".", optional=True),
    )
}
NAMED = ("issue_type", "role", "system", "term", "playbook", "marketplace")  # kinds with a name
NAMEABLE = (
    "role",
    "system",
    "term",
    "issue_type",
    "marketplace",
)  # kinds that `{id}` in a text can refer to; their ids are unique together
ADDRESSED = ("issue_type", "role", "system", "marketplace")  # kinds with a page for each record


def labels(kinds: tuple[str, ...]) -> str:
    """The labels of kinds: `role, system or term`."""
    *others, last = [KINDS[kind].label for kind in kinds] or [""]
    return f"{', '.join(others)} or {last}" if others else last
