"""Rules for approvals and versions."""

import itertools
from collections.abc import Iterator

from macros.catalogue.approvals import approval_of, is_current, releases, version_order
from macros.catalogue.catalogue import Catalogue
from macros.checks.rule import Finding, Rule


def approvals_are_of_procedures(catalogue: Catalogue) -> Iterator[Finding]:
    keys = {
        f"{one.marketplace}/{of}": one.key for one in catalogue.all_procedures() for of in one.issue_types
    }
    for id in catalogue.approvals:
        if id not in keys:
            yield Finding(f"unknown procedure '{id}'", "remove this approval", "approval", id)
        elif keys[id] != id:
            yield Finding(f"'{id}' is one procedure with '{keys[id]}'", f"write '{keys[id]}'", "approval", id)


def required_approvals_are_given(catalogue: Catalogue) -> Iterator[Finding]:
    if catalogue.sop.approval != "required":
        return
    for procedure in catalogue.all_procedures():
        approval, name = approval_of(catalogue, procedure), procedure.key
        if not approval or not is_current(approval, procedure):
            what = f"{name} {'changed since it was approved' if approval else 'is not approved'}"
            help = f"have it approved, then run 'sop approve {name} --by ROLE'"
            keys = ("playbooks", procedure.issue_types[0])
            yield Finding(what, help, "marketplace", procedure.marketplace, keys)


def versions_go_up(catalogue: Catalogue) -> Iterator[Finding]:
    for (version, release), (before, earlier) in itertools.pairwise(releases(catalogue)):
        if release.released < earlier.released:
            what = f"version {version} has an earlier date than version {before}"
            yield Finding(what, "correct the date, or the version", "release", version, ("released",))
    for version, release in catalogue.releases.items():
        if release.since and version_order(version) <= version_order(release.since):
            what = f"version {version} does not come after {release.since}"
            yield Finding(what, "name the version before this one", "release", version, ("since",))


RULES = (
    Rule("SOP420", approvals_are_of_procedures, needs=("marketplace", "playbook")),
    Rule("SOP421", required_approvals_are_given, needs=("approval",)),
    Rule("SOP422", versions_go_up, needs=("release",)),
)
