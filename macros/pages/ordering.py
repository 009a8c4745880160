"""The order of roles and steps on pages."""

from collections import Counter

from macros.catalogue.catalogue import Catalogue
from macros.catalogue.index import SharedStep


def roles_by_steps(catalogue: Catalogue) -> list[str]:
    """The ids of all roles, those with most steps first."""
    steps = Counter(
        role for procedure in catalogue.all_procedures() for step in procedure.steps for role in step.actors
    )
    return sorted(catalogue.roles, key=lambda role: -steps[role])


def by_frequency(steps: list[SharedStep]) -> list[SharedStep]:
    """Daily steps, then others with a frequency, then those that are done once a case."""
    return sorted(
        steps, key=lambda one: ("daily" not in (one.step.frequency or "").lower(), not one.step.frequency)
    )
