"""The text of new files in `sop_data/`."""

from collections.abc import Iterator
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


def marketplace_file(id: str, catalogue: Catalogue) -> str:
    """A marketplace file with comments, to fill in."""
    lines = [
        f"name: {id.replace('-', ' ').title()}",
        *parameter_lines(catalogue),
        "# How its steps reach a role here, in place of the role's own contact:",
        "# contacts:",
        "#   id-of-a-role: desk@example.com",
        "playbooks:",
        "  # issue type: the playbook to follow, one of",
        *(f"  #   {key}: {playbook.name}" for key, playbook in catalogue.playbooks.items()),
        *(f"  {issue_type}: id-of-a-playbook" for issue_type in catalogue.issue_types),
    ]
    return "\n".join(lines) + "\n"


def parameter_lines(catalogue: Catalogue) -> Iterator[str]:
    """A line for each parameter of any playbook."""
    users: dict[str, list[str]] = {}
    for playbook, steps in catalogue.parameters.items():
        for name in dict.fromkeys(name for names in steps.values() for name in names):
            users.setdefault(name, []).append(playbook)
    if users:
        yield "# Its own words for each {name} in its playbooks; remove what they do not use."
        yield "parameters:"
        yield from (f"  {name}: TODO  # in {', '.join(playbooks)}" for name, playbooks in users.items())


def release_file(release: Release) -> str:
    """The file of a release."""
    return RELEASE + as_yaml(fields(release), "\n")


def fields(record: Record) -> dict[str, Any]:
    """The fields of a record that are not empty, as plain types."""
    return record.model_dump(mode="json", exclude_defaults=True)
