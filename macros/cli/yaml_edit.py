"""The text of files in `sop_data/` that commands write or add to."""

import json
import re
from typing import Any

import yaml

from macros.catalogue.catalogue import Catalogue
from macros.model.records import Approval, Release
from macros.model.types import Record

APPROVALS = """\
# Written by 'sop approve'. The key is the marketplace and the issue type; 'by' is a role of roles.yml.
# A record in git of who approved what and when; not an electronic signature.
"""
RELEASE = "# Written by 'sop release'. What this version is, by fingerprint, and what changed since the one before.\n"


def starting_file(id: str, catalogue: Catalogue) -> str:
    """A commented marketplace to fill in, with the playbooks to choose from."""
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


def with_approval(text: str, key: str, approval: Approval) -> str:
    """`approvals.yml` with this approval; the rest of the text stays as it is."""
    record = as_yaml({key: fields(approval)})
    old = re.compile(rf"^[\"']?{re.escape(key)}[\"']?:.*\n(?:[ ].*\n)*", re.MULTILINE)
    text = text if not text or text.endswith("\n") else f"{text}\n"
    return old.sub(lambda _: record, text) if old.search(text) else (text or APPROVALS) + record


def release_file(release: Release) -> str:
    """The whole file of a version."""
    return RELEASE + as_yaml(fields(release))


def with_version(text: str, version: str) -> str:
    """`sop.yml` with this version."""
    line = f"version: {json.dumps(version)}"
    stated = re.compile(r"^version:[^#\n]*?(?=\s*(?:#|$))", re.MULTILINE)
    return stated.sub(line, text) if stated.search(text) else f"{text.rstrip()}\n{line}\n"


def fields(record: Record) -> dict[str, Any]:
    """What is stated of a record, in plain types."""
    return record.model_dump(mode="json", exclude_defaults=True)


def as_yaml(data: dict[str, Any]) -> str:
    """YAML whose texts stand on one line each; a date is written plain."""
    written = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=10**9)
    return re.sub(r"'(\d{4}-\d\d-\d\d)'", r"\1", written)
