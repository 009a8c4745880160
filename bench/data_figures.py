"""Figures of work on the data: check, diff and PDFs."""

import json
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from pathlib import Path

from conftest import SOURCE_SOP
from measurement import Cost, Figure, alternate, process

ROUNDS = 5
TOOLS = Path(sysconfig.get_path("scripts"))
WORKLOADS = Path(__file__).with_name("workloads.py")
LIBRARIES = "import yaml, pydantic"  # what the real SOP needs at the least


def run_work(name: str, *arguments: object) -> Cost:
    """Run one of the workloads in its own process; the start of Python and imports are not measured."""
    command = [sys.executable, str(WORKLOADS), name, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own command
    if done.returncode:
        sys.exit(done.stdout + done.stderr)
    return Cost(*json.loads(done.stdout))


def check_figures(data: Path, size: int) -> Iterator[Figure]:
    ours, floor = alternate(ROUNDS, lambda: run_work("check", data), lambda: run_work("parse", data))
    yield Figure(f"check, {size:,}", ours.cpu, "s CPU", 2, "yaml.load, CSafeLoader", floor.cpu, ours.memory)
    process([str(TOOLS / "sop"), "schema", "--data", str(data)], data.parent)
    ours, theirs = alternate(ROUNDS, lambda: sop_check(data), lambda: peer(data))
    shutil.rmtree(data.parent / ".schema")
    what = f"sop check, {size:,}, start included"
    yield Figure(what, ours.cpu, "s CPU", 0.15, "check-jsonschema", theirs.cpu, ours.memory)
    libraries = [sys.executable, "-c", LIBRARIES]
    ours, floor = alternate(
        2 * ROUNDS, lambda: sop_check(SOURCE_SOP), lambda: process(libraries, data.parent)
    )
    what = "sop check, the SOP of the source, start included"
    yield Figure(what, ours.cpu, "s CPU", 1.6, f'python -c "{LIBRARIES}"', floor.cpu, ours.memory)


def sop_check(data: Path) -> Cost:
    return process([str(TOOLS / "sop"), "check", str(data)], data.parent)


def peer(data: Path) -> Cost:
    """Check the files with check-jsonschema and the schemas of `sop schema`, a process for each schema."""
    schemas = {"marketplaces": "marketplaces/*.yml", "playbooks": "playbooks/*.yml", "gaps": "gaps.yml"}
    runs = []
    for kind, files in schemas.items():
        schema, paths = data.parent / ".schema" / f"{kind}.json", map(str, sorted(data.glob(files)))
        command = [str(TOOLS / "check-jsonschema"), "--schemafile", str(schema), *paths]
        runs.append(process(command, data.parent))
    return Cost(sum(run.cpu for run in runs), max(run.memory for run in runs))


def pdf_figures(data: Path, size: int) -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as cache:
        every = run_work("print", data, cache)
        with Edit(data):
            again = run_work("print", data, cache)
    yield Figure(f"all PDFs, {size:,}", every.cpu, "s CPU", memory=every.memory)
    yield Figure(
        f"all PDFs after one edit, {size:,}", again.cpu, "s CPU", 0.02, "all PDFs", every.cpu, again.memory
    )


class Edit:
    """Change the escalation of one marketplace while the context is open."""

    def __init__(self, data: Path) -> None:
        paths = sorted((data / "marketplaces").glob("*.yml"))
        self.path = next(path for path in paths if "escalation: Raise" in path.read_text(encoding="utf-8"))
        self.text = self.path.read_text(encoding="utf-8")

    def __enter__(self) -> Path:
        self.path.write_text(self.text.replace("escalation: Raise", "escalation: Hand in"), encoding="utf-8")
        return self.path

    def __exit__(self, *_: object) -> None:
        self.path.write_text(self.text, encoding="utf-8")


def diff_figures(data: Path, size: int) -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        old = Path(shutil.copytree(data, Path(folder) / "old"))
        with Edit(data):
            ours, floor = alternate(
                ROUNDS, lambda: run_work("diff", old, data), lambda: run_work("check", data)
            )
    yield Figure(
        f"diff, {size:,}", ours.cpu, "s CPU", None, "checking one of the two", floor.cpu, ours.memory
    )
