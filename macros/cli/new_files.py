"""The text of new files in `sop_data/`."""

from typing import Any

from macros.catalogue.catalogue import Catalogue
from macros.cli.yaml_edit import as_yaml
from macros.model.control import Release
from macros.model.types import Record

APPROVALS = """\
# Written by 'sop approve'. The key is the marketplace and the issue type; 'by' is a role of roles.yml.
# A record in git of who approved what and when; not an electronic signature.
"""
RELEASE = (
    "# Written by 'sop release': the fingerprints of this version, and what changed since the one before.\n"
)


def starting_file(id: str, catalogue: Catalogue) -> str:
    """A marketplace file with comments, to fill in."""
    lines = [
        f"name: {id.replace('-', ' ').title()}",
        "# What this marketplace puts where its playbooks have {escalation}; remove it if they do not.",
        "escalation: Raise a ticket in {id-of-a-system}",
        "# How its steps reach a role here, in place of the role's own contact:",
        "# contacts:",
        "#   id-of-a-role: desk@example.com",
        "playbooks:",
        "  # issue type: the playbook to follow, one of",
        *(f"  #   {key}: {playbook.name}" for key, playbook in catalogue.playbooks.items()),
        *(f"  {issue_type}: id-of-a-playbook" for issue_type in catalogue.issue_types),
    ]
    return "\n".join(lines) + "\n"


def release_file(release: Release) -> str:
    """The file of a release."""
    return RELEASE + as_yaml(fields(release), "\n")


def fields(record: Record) -> dict[str, Any]:
    """The fields of a record that are not empty, as plain types."""
    return record.model_dump(mode="json", exclude_defaults=True)
