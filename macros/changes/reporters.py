"""A difference as text for terminals, Markdown for reviewers or JSON for programs."""

import json
import re
from collections.abc import Callable, Iterator
from itertools import groupby

from macros.changes.change import ChangeGroup, Difference
from macros.model.control import RANKS, ChangeInWords

Grouped = Iterator[tuple[str, list[ChangeGroup]]]


def by_rank(difference: Difference) -> Grouped:
    """Each rank that has changes, with its groups."""
    for rank, groups in groupby(difference.groups, key=lambda group: group.change.rank):
        yield RANKS[rank], list(groups)


def summary(difference: Difference) -> str:
    """How many procedures are unchanged."""
    if not difference.groups:
        return f"No change in meaning: all {difference.procedures} procedures are unchanged."
    return f"{difference.unchanged} of {difference.procedures} procedures are unchanged."


def as_text(difference: Difference) -> str:
    """For a terminal."""
    lines = []
    for rank, groups in by_rank(difference):
        lines.append(rank)
        for group in groups:
            lines.append(f"  - {group.change.text}")
            lines += [f"      at {'; '.join(group.places)}"] if group.places else []
            lines += [f"      concerns {', '.join(group.roles)}"] if group.roles else []
            lines += [f"      now, at {group.places[0]}:"] if group.now else []
            lines += [f"        {number}. {step}" for number, step in enumerate(group.now, start=1)]
        lines.append("")
    return "\n".join([*lines, summary(difference)])


def as_markdown(difference: Difference) -> str:
    """For a pull request; the text of the SOP is escaped."""
    lines = []
    for rank, groups in by_rank(difference):
        lines += [f"### {rank}", ""]
        for group in groups:
            lines.append(f"- {escape(group.change.text)}")
            lines += [f"    - at {escape('; '.join(group.places))}"] if group.places else []
            lines += [f"    - concerns {escape(', '.join(group.roles))}"] if group.roles else []
            lines += [f"    - now, at {escape(group.places[0])}:", ""] if group.now else []
            lines += [f"        {number}. {escape(step)}" for number, step in enumerate(group.now, start=1)]
        lines.append("")
    return "\n".join([*lines, summary(difference)])


def escape(text: str) -> str:
    """Text with punctuation as character codes, so that GitHub does not read it as Markdown."""
    return re.sub(r"[\\`*_{}\[\]<>()#+!|~@&]", lambda found: f"&#{ord(found[0])};", text)


def as_records(difference: Difference) -> tuple[ChangeInWords, ...]:
    """The changes as records, for a program or a release."""
    return tuple(
        ChangeInWords(
            rank=RANKS[group.change.rank],
            change=group.change.text,
            at=tuple(group.places),
            concerns=group.roles,
            now=tuple(group.now),
        )
        for group in difference.groups
    )


def as_json(difference: Difference) -> str:
    """For a program."""
    changes = [change.model_dump() for change in as_records(difference)]
    counts = {"unchanged": difference.unchanged, "procedures": difference.procedures}
    return json.dumps({"changes": changes, **counts}, indent=2, ensure_ascii=False)


FORMATS: dict[str, Callable[[Difference], str]] = {"text": as_text, "markdown": as_markdown, "json": as_json}
