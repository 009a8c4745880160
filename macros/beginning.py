"""A file of the SOP to begin with, commented, with what there is to choose from."""

from macros.catalogue import Catalogue


def starting_file(id: str, catalogue: Catalogue) -> str:
    """A marketplace to fill in, with the playbooks to choose from."""
    lines = [
        f"name: {id.replace('-', ' ').title()}",
        "# What this marketplace puts where its playbooks say {escalation}; remove it if they do not.",
        "escalation: Raise a ticket in {id-of-a-system}",
        "playbooks:",
        "  # issue type: the playbook to follow, one of",
        *(f"  #   {key}: {playbook.name}" for key, playbook in catalogue.playbooks.items()),
        *(f"  {issue_type}: id-of-a-playbook" for issue_type in catalogue.issue_types),
    ]
    return "\n".join(lines) + "\n"
