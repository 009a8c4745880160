"""How `sop check` compares with the floor: yaml.load with CSafeLoader of the same files.

Both are measured in this one run, alternating, as CPU seconds; the median of the ratios counts.
"""

import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import yaml

from macros.checks import checked

ROOT = Path(__file__).parent.parent
ROUNDS = 5


def grown(data: Path, folder: Path, marketplaces: int) -> Path:
    """A copy of the real SOP with so many marketplaces, each with its own name and escalation."""
    copy = Path(shutil.copytree(data, folder / "sop_data"))
    models = [path.read_text(encoding="utf-8") for path in sorted((copy / "marketplaces").glob("*.yml"))]
    for number in range(marketplaces - len(models)):
        lines = models[number % len(models)].splitlines()
        lines[0] = f"name: Made-up marketplace {number}"
        text = "\n".join(line for line in lines if not line.startswith("position:"))
        (copy / "marketplaces" / f"made-up-{number}.yml").write_text(text + "\n", encoding="utf-8")
    return copy


def cpu(work: Callable[[], object]) -> float:
    """CPU seconds of some work."""
    start = time.process_time()
    work()
    return time.process_time() - start


def main(marketplaces: int) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        data = grown(ROOT / "sop_data", Path(folder), marketplaces)
        paths = sorted(data.rglob("*.yml"))

        def floor() -> None:
            for path in paths:
                yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)

        checked(data)
        rounds = [(cpu(floor), cpu(lambda: checked(data))) for _ in range(ROUNDS)]
    ratio = statistics.median(ours / least for least, ours in rounds)
    least, ours = (statistics.median(column) for column in zip(*rounds, strict=True))
    sys.stdout.write(
        f"{marketplaces:,} marketplaces: sop check {ours:.3f} s, yaml.load {least:.3f} s CPU: {ratio:.2f} times the floor\n"
    )


if __name__ == "__main__":
    for argument in sys.argv[1:] or ("8", "1000"):
        main(int(argument))
