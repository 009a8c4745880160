"""The terminal shows the steps of a procedure in their order."""

from conftest import spoken_steps
from macros.catalogue.catalogue import Catalogue
from macros.catalogue.procedure import Procedure
from macros.cli.terminal import procedure_text


def test_the_terminal_has_the_steps(procedures: list[Procedure], catalogue: Catalogue) -> None:
    for procedure in procedures:
        steps = procedure_text(procedure, catalogue).split("Open questions.")[0]
        position = 0
        for number, (who, what) in enumerate(spoken_steps(procedure, catalogue), start=1):
            position = steps.index(f"{number}. {who}\n", position)
            paragraph = " ".join(steps[position:].split("\n\n")[0].split())
            assert f"{what}." in paragraph
