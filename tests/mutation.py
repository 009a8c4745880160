"""Mutation tests of the checks: break an SOP in many ways, and record whether each change is noticed.

A mutant is a copy of `tests/source_sop/` with one change. `sop check` must report it, or the diff must
show it, or it must be equivalent: the same records in the same order.
"""

import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from macros.catalogue.catalogue import Catalogue
from macros.catalogue.data_folder import load
from macros.changes.diff import diff
from macros.checks.runner import examine

KEY = re.compile(r"(\s*(?:- )?)([\w-]+):( ?)(.*)")
BIDI, HIDDEN, NBSP = "\u202e", "\u200b", "\u00a0"


@dataclass(frozen=True)
class Mutant:
    """One change. ``files`` maps file names to new bytes (None: deleted); ``line`` is the changed line, or 0."""

    operator: str
    files: dict[str, bytes | None]
    file: str
    line: int = 0


def value_operator(change: Callable[[str], str]) -> Callable[[str], str | None]:
    """Return an operator that changes the value of a line."""

    def operator(line: str) -> str | None:
        found = KEY.fullmatch(line)
        return f"{found[1]}{found[2]}: {change(found[4])}" if found and found[4] else None

    return operator


def key_operator(change: Callable[[str, str], str]) -> Callable[[str], str | None]:
    """Return an operator that changes a line; ``change`` gets key and value and returns the new text."""

    def operator(line: str) -> str | None:
        found = KEY.fullmatch(line)
        return f"{found[1]}{change(found[2], found[4])}" if found else None

    return operator


def text_operator(pattern: str, replacement: str) -> Callable[[str], str | None]:
    """Return an operator that replaces the first match of a pattern in a line."""
    return lambda line: re.sub(pattern, replacement, line, count=1) if re.search(pattern, line) else None


LINES: dict[str, Callable[[str], str | None]] = {
    "indent one more": lambda line: " " + line,
    "indent two more": lambda line: "  " + line,
    "indent one less": text_operator("^ ", ""),
    "indent two less": text_operator("^  ", ""),
    "indent with a tab": text_operator("^  ", "\t"),
    "tab inside": text_operator(r"(\w) (\w)", "\\1\t\\2"),
    "comment out": lambda line: "# " + line,
    "key: letter dropped": key_operator(lambda key, value: f"{key[:1]}{key[2:]}: {value}"),
    "key: letters swapped": key_operator(lambda key, value: f"{key[1::-1]}{key[2:]}: {value}"),
    "key: upper case": key_operator(lambda key, value: f"{key.upper()}: {value}"),
    "key: deleted": key_operator(lambda _, value: value),
    "key: another": key_operator(lambda _, value: f"surprise: {value}"),
    "colon dropped": key_operator(lambda key, value: f"{key} {value}"),
    "colon: no space after it": key_operator(lambda key, value: f"{key}:{value}"),
    "value: null": value_operator(lambda _: ""),
    "value: list": value_operator(lambda _: "[a, b]"),
    "value: mapping": value_operator(lambda _: "{a: b}"),
    "value: number": value_operator(lambda _: "7"),
    "value: blank": value_operator(lambda _: '" "'),
    "value: no": value_operator(lambda _: "NO"),
    "value: time": value_operator(lambda _: "12:30"),
    "value: octal": value_operator(lambda _: "012"),
    "value: placeholder": value_operator(lambda _: "TODO"),
    "value: dots": value_operator(lambda _: '"..."'),
    "value: double quote opened": value_operator(lambda value: f'"{value}'),
    "value: single quote opened": value_operator(lambda value: f"'{value}"),
    "value: colon inside": value_operator(lambda value: f"{value}: again"),
    "value: hash inside": value_operator(lambda value: f"{value} #3 and more"),
    "value: bracket opened": value_operator(lambda value: f"[{value}"),
    "value: anchor": value_operator(lambda value: f"&a {value}"),
    "value: alias": value_operator(lambda _: "*a"),
    "value: tag": value_operator(lambda value: f"!!str {value}"),
    "value: at sign": value_operator(lambda value: f"@{value}"),
    "value: block": value_operator(lambda value: f"|\n      {value}"),
    "value: no-break space": value_operator(lambda value: value + NBSP),
    "value: hidden character": value_operator(lambda value: value[:2] + HIDDEN + value[2:]),
    "value: direction turned": value_operator(lambda value: BIDI + value),
    "value: coded character": value_operator(lambda _: '"\\u202eabc"'),
    "value: control character": value_operator(lambda value: value + "\x07"),
    "value: half": value_operator(lambda value: value[: len(value) // 2]),
    "value: letter dropped": value_operator(lambda value: value[:-2] + value[-1:]),
    "sentence negated": text_operator(r": ([A-Z]\w+ the)", r": Do not \1"),
    "reference: letter dropped": text_operator(r"\{(\w)\w", r"{\1"),
    "reference: to another role": text_operator(r"\{[\w-]+\}", "{warehouse-poc}"),
    "reference: brace not opened": text_operator(r"\{", ""),
    "reference: brace not closed": text_operator(r"\}", ""),
    "actor: another role": text_operator(r"actor: .*", "actor: marketplace-poc"),
    "actor: unknown": text_operator(r"actor: .*", "actor: somebody"),
    "actor: its name first": text_operator(r"action: (\w)", r"action: Increff POC \1"),
    "term: another": text_operator(r"\{(supporting-data|excess-orders|tat)\}", "{another-term}"),
    "term: swapped": text_operator(r"\{(supporting-data|tat)\}", "{excess-orders}"),
    "term: another in a gap": text_operator(r"term: .*", "term: excess-orders"),
    "meaning added": text_operator(r"^( *)name: (.*)", r"\1name: \2\n\1means: a word"),
    "actor: one more": text_operator(r"actor: (\S+)$", r"actor: [\1, marketplace-poc]"),
    "actor: twice": text_operator(r"actor: (\S+)$", r"actor: [\1, \1]"),
    "actor: empty list": text_operator(r"actor: .*", "actor: []"),
    "actor: the first of a list": text_operator(r"actor: \[(\S+),.*", r"actor: \1"),
    "to: nobody": text_operator(r"^( +)(action: .*)", r"\1\2\n\1to: []"),
    "to: another role": text_operator(r"^( +)(action: .*)", r"\1\2\n\1to: marketplace-poc"),
    "to: what the action names": text_operator(r"^( +)(action: .*\{([\w-]+)\}.*)", r"\1\2\n\1to: \3"),
    "to: on a statement": text_operator(r"^( +)(statement: .*)", r"\1\2\n\1to: []"),
    "to: an empty line": text_operator(r"^( +)(action: .*)", r"\1\2\n\1to:"),
    "evidence: one more": text_operator(r"evidence: (.+)", r"evidence: [\1, photographs]"),
    "evidence: twice": text_operator(r"evidence: (.+)", r"evidence: [\1, \1]"),
    "evidence: list of one": text_operator(r"evidence: (.+)", r"evidence: [\1]"),
    "evidence: empty list": text_operator(r"evidence: .*", "evidence: []"),
    "item: deleted from the list": text_operator(r"^( +)- [^:]*$", r"\1# -"),
    "item: null": text_operator(r"^( +)- [^:]*$", r"\1-"),
    "item: number": text_operator(r"^( +)- [^:]*$", r"\1- 7"),
    "item: placeholder": text_operator(r"^( +)- [^:]*$", r"\1- TODO"),
    "item: another": text_operator(r"^( +)- [^:]*$", r"\1- marketplace-poc"),
    "item: doubled": text_operator(r"^( +- [^:]*)$", r"\1\n\1"),
    "owner: another role": text_operator(r"owner: .*", "owner: marketplace-poc"),
    "parameter: renamed": text_operator(r"^  (escalation): ", r"  \1-again: "),
    "parameter: the id of a role": text_operator(r"^  escalation: ", "  seller: "),
    "parameter: another value": text_operator(r"^  escalation: \w+", "  escalation: Forget"),
    "parameter: a parameter inside": text_operator(r"^  escalation: .*", "  escalation: Repeat {escalation}"),
    "parameter: an exit hidden": text_operator(r"^  escalation: ", "  escalation: If it is late, "),
    "parameter: written the old way": text_operator(r"^parameters:", "escalation:"),
    "parameter: not given, in a condition": text_operator(r"if: .*", "if: it is {urgency}"),
    "parameter: not given, in evidence": text_operator(r"evidence: .*", 'evidence: "{proof}"'),
    "parameter: not given, as a deadline": text_operator(r"frequency: .*", 'within: "{response-time}"'),
    "parameter: a deadline that is no time": text_operator(r"frequency: .*", 'within: "{escalation}"'),
    "condition: another": text_operator(r"if: .*", "if: it is urgent"),
    "value: phone number": value_operator(lambda _: "+912255500100"),
    "value: channel": value_operator(lambda _: "#channel"),
    "contact: another": text_operator(r"[\w.-]+@example\.com", "other@example.com"),
    "contact: address broken": text_operator(r"@example\.com", " at example.com"),
    "gap: a reading": text_operator(r"^  says:", "  reading:"),
    "gap: a question": text_operator(r"^  reading:", "  says:"),
    "gap: question and reading": text_operator(r"^(  says: .*)", r"\1\n  reading: It is so."),
    "gap: asked": text_operator(r"^(  says: .*)", r"\1\n  ask: client-poc"),
    "gap: nobody asked": text_operator(r"^(  says: .*)", r"\1\n  ask: somebody"),
    "gap: reading asked": text_operator(r"^(  reading: .*)", r"\1\n  ask: client-poc"),
    "gap: answered": text_operator(r"^(  says: .*)", r"\1\n  answered: {by: client-poc, date: 2026-12-01}"),
    "gap: answered in words": text_operator(
        r"^(  says: .*)", r"\1\n  answered: {by: client-poc, date: 2026-12-01, says: so}"
    ),
    "gap: answered by nobody": text_operator(
        r"^(  says: .*)", r"\1\n  answered: {by: somebody, date: 2026-12-01}"
    ),
    "gap: answered on no day": text_operator(
        r"^(  says: .*)", r"\1\n  answered: {by: client-poc, date: 2026-13-01}"
    ),
    "gap: answered without a day": text_operator(r"^(  says: .*)", r"\1\n  answered: {by: client-poc}"),
    "gap: reading answered": text_operator(
        r"^(  reading: .*)", r"\1\n  answered: {by: client-poc, date: 2026-12-01}"
    ),
    "gap: about a field": text_operator(r"^(  (?:step|role|system|marketplace): .*)", r"\1\n  field: note"),
    "date: impossible": text_operator(r"\d\d (\d\d:\d\d)$", r"31 25:\1"),
    "date: in the future": text_operator(r"\d{4}-", "2999-"),
}


def mutants(data: Path) -> Iterator[Mutant]:
    """Yield every mutant of every file, in a fixed order."""
    paths = sorted(data.rglob("*.yml"))
    for path in paths:
        name = path.relative_to(data).as_posix()
        text = path.read_text(encoding="utf-8")
        yield from line_mutants(name, text.splitlines())
        yield from file_mutants(name, text.encode())
    playbooks = [path for path in paths if path.parent.name == "playbooks"]
    for path in playbooks:
        yield from step_mutants(path.relative_to(data).as_posix(), path.read_text(encoding="utf-8"))
    for one, other in zip(paths, [*paths[1:], paths[0]], strict=True):
        names = [path.relative_to(data).as_posix() for path in (one, other)]
        yield Mutant(
            "file: contents of two swapped",
            {names[0]: other.read_bytes(), names[1]: one.read_bytes()},
            names[0],
        )


def line_mutants(name: str, lines: list[str]) -> Iterator[Mutant]:
    """Yield mutants that change one line."""

    def mutant(operator: str, at: int, changed: list[str]) -> Mutant:
        return Mutant(operator, {name: ("\n".join(changed) + "\n").encode()}, name, at + 1)

    for at, line in enumerate(lines):
        if not line.strip() or line.startswith("#"):
            continue
        before, after = lines[:at], lines[at + 1 :]
        yield mutant("line deleted", at, before + after)
        yield mutant("line doubled", at, [*before, line, line, *after])
        yield mutant("line joined to the next", at, [*before, line + " " + "".join(after[:1]), *after[1:]])
        yield mutant("document begins", at, [*before, "---", line, *after])
        yield mutant(
            "conflict markers", at, [*before, "<<<<<<< a", line, "=======", line, ">>>>>>> b", *after]
        )
        if after and after[0] != line:
            yield mutant("line swapped with the next", at, [*before, after[0], line, *after[1:]])
        for operator, change in LINES.items():
            changed = change(line)
            if changed is not None and changed != line:
                yield mutant(operator, at, [*before, changed, *after])


def file_mutants(name: str, raw: bytes) -> Iterator[Mutant]:
    """Yield mutants that change a whole file."""
    middle = raw.index(b"\n") + 1
    whole = {
        "file: deleted": None,
        "file: emptied": b"",
        "file: a list": b"- a\n- b\n",
        "file: byte order mark": b"\xef\xbb\xbf" + raw,
        "file: Windows line ends": raw.replace(b"\n", b"\r\n"),
        "file: no last line end": raw.rstrip(b"\n"),
        "file: NUL": raw[:middle] + b"\0" + raw[middle:],
        "file: UTF-16": raw.decode().encode("utf-16"),
        "file: Latin-1": raw[:middle] + b"# caf\xe9\n" + raw[middle:],
    }
    for operator, changed in whole.items():
        yield Mutant(operator, {name: changed}, name)
    if name.startswith("marketplaces/"):
        for operator, role in (("contacts: given", "client-poc"), ("contacts: of nobody", "nobody")):
            more = f"contacts:\n  {role}: desk@example.com\n"
            yield Mutant(operator, {name: raw + more.encode()}, name)
    for end in range(1, len(raw), max(1, len(raw) // 40)):
        yield Mutant("file: cut off", {name: raw[:end]}, name)
    folder, stem = Path(name).parent, Path(name).stem
    for operator, other in (
        ("file: renamed to .yaml", f"{stem}.yaml"),
        ("file: renamed", f"{stem.title()}_.yml"),
    ):
        yield Mutant(operator, {name: None, (folder / other).as_posix(): raw}, name)


def step_mutants(name: str, text: str) -> Iterator[Mutant]:
    """Yield mutants that change the list of steps."""
    head, *steps = re.split(r"(?m)^(?=  - id: )", text)
    for at, step in enumerate(steps):
        others = {
            "step deleted": steps[:at] + steps[at + 1 :],
            "step doubled": [*steps[: at + 1], step, *steps[at + 1 :]],
            "step doubled under another id": [
                *steps[: at + 1],
                step.replace("id: ", "id: again-", 1),
                *steps[at + 1 :],
            ],
            "steps swapped": [*steps[:at], *steps[at : at + 2][::-1], *steps[at + 2 :]]
            if steps[at + 1 :]
            else None,
        }
        for operator, changed in others.items():
            if changed:
                yield Mutant(operator, {name: (head + "".join(changed)).encode()}, name)


@dataclass(frozen=True)
class Verdict:
    """The fate of a mutant: `near` or `far` (reported at, or away from, its change), `diff`, `equivalent`, `silent`."""

    mutant: Mutant
    fate: str


def assert_reported(verdicts: Sequence[Verdict], near: float) -> None:
    """No mutant is silent, and at least this share of the located reports is within two lines of the change."""
    silent = [verdict.mutant for verdict in verdicts if verdict.fate == "silent"]
    assert not silent, silent
    located = [verdict for verdict in verdicts if verdict.mutant.line and verdict.fate in ("near", "far")]
    count = sum(verdict.fate == "near" for verdict in located)
    assert count >= near * len(located), f"{count} of {len(located)}"


class Judge:
    """Run mutants against a private copy of the SOP."""

    def __init__(self, data: Path, copy: Path) -> None:
        self.data, self.copy = data, copy
        shutil.copytree(data, copy)
        self.original = examine(load(data))[0]

    def verdict(self, mutant: Mutant) -> Verdict:
        """Write the mutant, run the checks and the diff, and restore the files."""
        for name, raw in mutant.files.items():
            path = self.copy / name
            if raw is None:
                path.unlink()
            else:
                path.write_bytes(raw)
        try:
            return Verdict(mutant, self.fate(mutant))
        finally:
            for name in mutant.files:
                (self.copy / name).unlink(missing_ok=True)
                if (self.data / name).exists():
                    shutil.copy(self.data / name, self.copy / name)

    def fate(self, mutant: Mutant) -> str:
        catalogue, problems = examine(load(self.copy))
        if problems:
            file = (self.copy / mutant.file).as_posix()
            near = any(one.path == file and abs(one.line - mutant.line) <= 2 for one in problems)
            return "near" if near or not mutant.line else "far"
        if diff(self.original, catalogue).groups:
            return "diff"
        return "equivalent" if contents(catalogue) == contents(self.original) else "silent"


def contents(catalogue: Catalogue) -> list[object]:
    """All records, in order."""
    return [(kind, list(records.items())) for kind, records in catalogue.records.items()]


def table(verdicts: list[Verdict]) -> str:
    """Return the page with the results for each operator."""
    fates = ("near", "far", "diff", "equivalent", "silent")
    rows = {verdict.mutant.operator: dict.fromkeys(fates, 0) for verdict in verdicts}
    for verdict in verdicts:
        rows[verdict.mutant.operator][verdict.fate] += 1
    total = {fate: sum(row[fate] for row in rows.values()) for fate in fates}
    reported = total["near"] + total["far"]
    never = [operator for operator, row in rows.items() if not row["near"] + row["far"]]
    mixed = [operator for operator, row in rows.items() if row["near"] + row["far"] and row["diff"]]
    lines = [
        *PAGE.splitlines(),
        "",
        f"{len(verdicts):,} mutants by {len(rows)} operators: {reported:,} are reported, "
        f"{total['near'] / reported:.1%} of those within two lines of the change; {total['diff']:,} are valid SOPs "
        f"with another meaning, and `sop diff` shows each of them; {total['equivalent']:,} have the same meaning; "
        f"{total['silent']} go unnoticed.",
        "",
        f"No check reports: {', '.join(never)}.",
        "",
        f"The checks report some, and the diff shows the others: {', '.join(mixed)}.",
        "",
        "| operator | mutants | within two lines | elsewhere | shown by the diff | equivalent |",
        "|---|---|---|---|---|---|",
        *(
            f"| {operator} | {sum(row.values())} | {row['near']} | {row['far']} | {row['diff']} | {row['equivalent']} |"
            for operator, row in rows.items()
        ),
    ]
    return "\n".join(lines) + "\n"


PAGE = """---
description: Mutation tests of the checks, with the results for each kind of change.
hide: [toc]
---
# Mutation tests of the checks

Each operator below changes every file of `tests/source_sop/`, at every line where it applies. `sop check` must report
the change, or `sop diff` must show it. `make proof` generates this page, `make audit` fails if it is
outdated, and `make test` runs a sample."""

if __name__ == "__main__":
    import sys
    import tempfile

    source = Path(__file__).parent / "source_sop"
    with tempfile.TemporaryDirectory() as folder:
        judge = Judge(source, Path(folder) / "sop_data")
        sys.stdout.write(table([judge.verdict(mutant) for mutant in mutants(source)]))
