"""Work for the benchmark. Each runs in its own process and prints its CPU seconds and peak memory in MB."""

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

import yaml

from macros.changes.diff import diff
from macros.checks.runner import load_catalogue
from macros.pdf.cache import Cache
from macros.pdf.compiler import pdfs
from macros.pdf.sheets import papers


def parse(data: str) -> None:
    for path in sorted(Path(data).rglob("*.yml")):
        yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)


def check(data: str) -> None:
    load_catalogue(Path(data))


def compare(old: str, new: str) -> None:
    diff(load_catalogue(Path(old)), load_catalogue(Path(new)))


def make_pdfs(data: str, cache: str) -> None:
    catalogue = load_catalogue(Path(data))
    for _ in pdfs(catalogue, papers(catalogue), cache=Cache(Path(cache))):
        pass


WORKLOADS: dict[str, Callable[..., None]] = {
    "parse": parse,
    "check": check,
    "diff": compare,
    "print": make_pdfs,
}

if __name__ == "__main__":
    start = time.process_time()
    WORKLOADS[sys.argv[1]](*sys.argv[2:])
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(json.dumps([time.process_time() - start, memory]))
