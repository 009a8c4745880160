"""A procedure -> a flowchart (lanes, cards and arrows), and Mermaid source."""

import re
from dataclasses import dataclass

from macros.catalogue.catalogue import Catalogue
from macros.catalogue.procedure import Procedure, ResolvedStep, unique
from macros.wording.phrases import WORDS
from macros.wording.sentences import actor_names, closing_sentence, exit_label, plain_text, title

ENDS = "ends"  # the node of the end of the case


@dataclass(frozen=True, slots=True)
class Arrow:
    """An arrow from the card above, if that leads here. Lanes count from 1; 0 is the centre of all lanes."""

    leaves: int
    arrives: int

    @property
    def first(self) -> int:
        return min(self.leaves, self.arrives)

    @property
    def lanes(self) -> int:
        """The number of lanes that the arrow crosses, including both ends."""
        return abs(self.leaves - self.arrives) + 1

    @property
    def direction(self) -> str:
        """`right`, `left` or `down`."""
        return "down" if self.leaves == self.arrives else "right" if self.leaves < self.arrives else "left"


@dataclass(frozen=True, slots=True)
class Card:
    """A step and the lane of its first actor, counted from 1; a step without an actor has lane 0 and spans all lanes."""

    step: ResolvedStep
    lane: int
    arrow: Arrow | None


@dataclass(frozen=True, slots=True)
class Flowchart:
    """``lanes`` are the ids of the first actors of steps, in the order of their first step."""

    lanes: tuple[str, ...]
    cards: tuple[Card, ...]


def flowchart(procedure: Procedure) -> Flowchart:
    """The flowchart of a procedure: one card per step, and an arrow to each card except the first."""
    lanes = unique(step.actors[0] for step in procedure.steps if step.actors)
    cards: list[Card] = []
    for step in procedure.steps:
        lane = lanes.index(step.actors[0]) + 1 if step.actors else 0
        cards.append(Card(step, lane, arrow(cards[-1].lane, lane) if step.follows else None))
    return Flowchart(lanes, tuple(cards))


def arrow(above: int, below: int) -> Arrow:
    """An arrow between two lanes; at a card that spans all lanes it is vertical."""
    return Arrow(above or below, below or above)


def mermaid(procedure: Procedure, catalogue: Catalogue) -> str:
    """The flowchart as Mermaid source, for other tools."""
    lines = ["flowchart TD", f"    accTitle: {escape(title(procedure, catalogue))}"]
    entries = {
        step.number: f"if{step.number}" if step.condition else f"s{step.number}" for step in procedure.steps
    }
    for step in procedure.steps:
        node, enters = f"s{step.number}", entries[step.number]
        label = f"{step.number} · {escape(actor_names(step, catalogue))}<br>{escape(plain_text(step.text, catalogue))}"
        lines.append(f'    {node}["{label}"]')
        if step.condition:
            lines.append(
                f'    {enters}{{{{"If {escape(plain_text(step.condition, catalogue))}"}}}} --> {node}'
            )
            if not any(exit.kind == "otherwise" for exit in step.exits):
                lines.append(f'    {enters} -. otherwise .-> not{step.number}["{escape(WORDS["silent"])}"]')
        for exit in step.exits:
            leaves = enters if exit.kind == "otherwise" else node
            line = "-->" if exit.kind == "then" else f'-. "{escape(exit_label(step, exit))}" .->'
            lines.append(f"    {leaves} {line} {entries.get(exit.number, ENDS)}")
        if not step.then and (step.number < len(procedure.steps) or procedure.closed):
            lines.append(f"    {node} --> {entries.get(step.number + 1, ENDS)}")
    if procedure.closed or any(not exit.number for step in procedure.steps for exit in step.exits):
        label = closing_sentence(procedure, catalogue) or WORDS["to_end"]
        lines.append(f'    {ENDS}(["{escape(label)}"])')
    return "\n".join(lines)


def escape(text: str) -> str:
    """Text with punctuation as character codes, so that Mermaid does not read it as syntax."""
    return re.sub(r"[^\w\s.,()/:-]", lambda found: f"#{ord(found[0])};", text)
