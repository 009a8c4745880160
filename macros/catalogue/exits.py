"""The exits of steps, and the paths through a playbook that they make."""

from typing import Literal, get_args

from macros.model.playbooks import Playbook
from macros.model.types import Record

ExitKind = Literal["otherwise", "overdue", "then"]
EXIT_KINDS: tuple[ExitKind, ...] = get_args(ExitKind)  # also the names of the fields of a step


class Exit(Record):
    """Where a case goes instead of to the step below.

    ``to`` is the id of a step, ``number`` its number; for the end of the case they are `end` and 0.
    """

    kind: ExitKind
    to: str
    number: int


class Paths:
    """The paths through a playbook: by the number of each step, its exits, and the steps right after and before it."""

    def __init__(self, playbook: Playbook) -> None:
        numbers = {step.id: number for number, step in enumerate(playbook.steps, start=1)}
        self.exits: dict[int, tuple[Exit, ...]] = {}
        self.goes_to: dict[int, tuple[int, ...]] = {}
        for number, step in enumerate(playbook.steps, start=1):
            exits = tuple(
                Exit.model_construct(kind=kind, to=to, number=numbers.get(to, 0))
                for kind in EXIT_KINDS
                if (to := getattr(step, kind))
            )
            below = number + 1 if not step.then and number < len(numbers) else 0
            self.exits[number] = exits
            self.goes_to[number] = tuple(sorted({below, *(exit.number for exit in exits)} - {0}))
        self.comes_from = {
            number: tuple(at for at, targets in self.goes_to.items() if number in targets)
            for number in self.goes_to
        }
