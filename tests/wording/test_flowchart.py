"""Flowchart and Mermaid carry the steps of the procedure in their order."""

import re

import pytest

from conftest import spoken_steps
from macros.catalogue.catalogue import Catalogue
from macros.catalogue.procedure import Procedure
from macros.wording.flowchart import arrow, flowchart, mermaid


def test_the_flowchart_has_the_steps(procedures: list[Procedure]) -> None:
    for procedure in procedures:
        chart = flowchart(procedure)
        assert [card.step for card in chart.cards] == list(procedure.steps)
        for card in chart.cards:
            assert chart.lanes[card.lane - 1 : card.lane] == card.step.actors[:1]


def test_mermaid_has_the_steps(procedures: list[Procedure], catalogue: Catalogue) -> None:
    for procedure in procedures:
        labels = re.findall(r's\d+\["\d+ · (.*?)<br>(.*?)"\]', mermaid(procedure, catalogue))
        decoded = [
            tuple(re.sub(r"#(\d+);", lambda m: chr(int(m[1])), part) for part in label) for label in labels
        ]
        assert decoded == spoken_steps(procedure, catalogue)


@pytest.mark.parametrize(
    ("above", "below", "direction", "first", "lanes"),
    [(1, 3, "right", 1, 3), (3, 1, "left", 1, 3), (2, 2, "down", 2, 1), (3, 0, "down", 3, 1), (0, 2, "down", 2, 1),
     (0, 0, "down", 0, 1)],
)  # fmt: skip
def test_arrows(above: int, below: int, direction: str, first: int, lanes: int) -> None:
    one = arrow(above, below)
    assert (one.direction, one.first, one.lanes) == (direction, first, lanes)
