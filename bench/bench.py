"""How fast it is, each figure beside its floor or its goal, measured in this one run.

`make bench` measures 1,000 marketplaces; `make bench SIZE=100` so many. CPU seconds, and the peak
memory of a process of its own for each piece of work.
"""

import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import yaml

from macros.checks import checked
from macros.pdf import papers, pdfs
from made_up import grown

ROOT = Path(__file__).parent.parent
ROUNDS = 5


def cpu(work: Callable[[], object]) -> float:
    """CPU seconds of some work."""
    start = time.process_time()
    work()
    return time.process_time() - start


def against_the_parser(data: Path) -> str:
    """`sop check` against yaml.load with CSafeLoader of the same files, alternating."""
    paths = sorted(data.rglob("*.yml"))

    def floor() -> None:
        for path in paths:
            yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)

    checked(data)
    rounds = [(cpu(floor), cpu(lambda: checked(data))) for _ in range(ROUNDS)]
    ratio = statistics.median(ours / least for least, ours in rounds)
    least, ours = (statistics.median(column) for column in zip(*rounds, strict=True))
    return f"sop check {ours:.3f} s, yaml.load {least:.3f} s CPU: {ratio:.2f} times the floor"


def work(kind: str, data: Path) -> None:
    """Make all PDFs of a kind, and print what it took; runs in a process of its own."""
    start, used = time.perf_counter(), time.process_time()
    catalogue = checked(data)
    count = sum(1 for _ in pdfs(catalogue, [one for one in papers(catalogue) if one.template == kind]))
    report = {
        "count": count,
        "elapsed": time.perf_counter() - start,
        "cpu": time.process_time() - used,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    sys.stdout.write(json.dumps(report))


def paper(kind: str, data: Path) -> str:
    """What the PDFs of a kind take, start-up of Python and Typst included in the elapsed time."""
    start = time.perf_counter()
    command = [sys.executable, __file__, "--work", kind, str(data)]
    took = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)  # noqa: S603 - ourselves
    elapsed = time.perf_counter() - start
    return (
        f"{took['count']:,} x {kind}.pdf: {elapsed:.2f} s, {took['cpu']:.2f} s CPU, "
        f"peak {took['megabytes']:,.0f} MB"
    )


def main(size: int) -> None:
    """Measure and print."""
    sys.stdout.write(f"the real SOP\n  {paper('handbook', ROOT / 'sop_data')}\n")
    with tempfile.TemporaryDirectory() as folder:
        data = grown(ROOT / "sop_data", Path(folder), size)
        sys.stdout.write(f"{size:,} marketplaces\n  {against_the_parser(data)}\n")
        for kind in ("marketplace", "handbook"):
            sys.stdout.write(f"  {paper(kind, data)}\n")


if __name__ == "__main__":
    if sys.argv[1] == "--work":
        work(sys.argv[2], Path(sys.argv[3]))
    else:
        main(int(sys.argv[1]))
