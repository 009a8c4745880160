"""Random bytes in random files: nothing but problems may come of them. `make fuzz` runs 100,000."""

import random
import resource
import signal
import sys
import tempfile
import traceback
from multiprocessing import Pool
from pathlib import Path

from mutation import Judge, Mutant

DATA = Path(__file__).parent / "source_sop"
PATIENCE = 20  # seconds for one mutant, before it counts as hanging
PIECES = [b"\0", b"\t", b"\n", b": ", b"- ", b"#", b"'", b'"', b"{", b"}", b"[", b"]", b"&a", b"*a", b"!!x", b"|", b">",
          b"---\n", b"...", b"%", b"\\", b"\xff", b"\xc2\xa0", b"\xe2\x80\xae", b"\xe2\x80\xa8", b"\xef\xbb\xbf", b"<<: ",
          *(sign.encode() for sign in "\u201c\u201d\u2018\u2019\u201e\u00ab\u00bb\u2013\u2014\u2022\u00b7\uff1a\uff0c\uff3b\uff3d\uff5b\uff5d\uff02\u3000"), b"-\t", b"3. ", b"* ", b" = ", b"# "]  # fmt: skip


def mutant(random: random.Random) -> Mutant:
    """One to four random edits of one file."""
    path = random.choice(sorted(DATA.rglob("*.yml")))
    raw = bytearray(path.read_bytes())
    for _ in range(random.randint(1, 4)):
        at = random.randrange(len(raw) + 1)
        end = at + random.choice((0, 0, 1, 3, 20))
        new = random.choice(
            (random.randbytes(random.randint(0, 3)), random.choice(PIECES), bytes(raw[end : end + 40]))
        )
        raw[at:end] = new
    name = path.relative_to(DATA).as_posix()
    return Mutant("random bytes", {name: bytes(raw)}, name)


def run(task: tuple[int, int]) -> tuple[dict[str, int], int]:
    """How many mutants had which fate, and the peak memory in MB; a `traceback` is also printed."""
    seed, count = task
    generator = random.Random(seed)  # noqa: S311 - not for secrets
    fates: dict[str, int] = {}
    with tempfile.TemporaryDirectory() as folder:
        judge = Judge(DATA, Path(folder) / "sop_data")
        for _ in range(count):
            one = mutant(generator)
            signal.alarm(PATIENCE)
            try:
                fate = judge.verdict(one).fate
            except BaseException:
                sys.stderr.write(f"{one!r}\n{traceback.format_exc()}\n")
                fate = "traceback"
            finally:
                signal.alarm(0)
            fates[fate] = fates.get(fate, 0) + 1
    return fates, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    count = int(sys.argv[1]) if sys.argv[1:] else 100_000
    with Pool(2) as pool:
        results = pool.map(run, [(seed, count // 20) for seed in range(20)], chunksize=1)
    total: dict[str, int] = {}
    for fates, _ in results:
        for fate, number in fates.items():
            total[fate] = total.get(fate, 0) + number
    sys.stdout.write(
        f"{sum(total.values()):,} random mutants: {total}; peak {max(mb for _, mb in results)} MB\n"
    )
    sys.exit(1 if total.get("silent") or total.get("traceback") else 0)
