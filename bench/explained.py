"""The report as a page: bench/report.json -> docs/performance.md."""

import json
from pathlib import Path

from measured import HEAD, Figure

REPORT = Path(__file__).with_name("report.json")
PAGE = Path(__file__).parent.parent / "docs" / "performance.md"

WORDS = """---
description: How fast it is, measured beside floors and peers.
hide: [toc]
---
# Performance

`make bench` wrote this page from a run with {size:,} made-up marketplaces (`bench/made_up.py`: shared and own playbooks
of 2 to 20 steps that use every feature of a step). Each figure stands beside a floor, a peer or a goal
that was measured in the same run, in turn, and is the median of several rounds; seconds are those of the processor, unless
another unit is given. Absolute times say much about the machine (two cores here); ratios are what to compare. `bench/report.json` holds
the same for programs.

{table}

## What the figures mean

- **check**: reading, validating and resolving every file, in a process, beside PyYAML's `yaml.load` with libyaml
  on the same files, start of Python and imports left out of both; and as a command, all included, beside check-jsonschema with our own schemas.
- **site**: all pages, the search index and the JSON API, without PDFs, after a first build that fills `.cache`
  (compiled templates). The floor is Material building the same finished Markdown, all pages in one menu, as a
  generator of Markdown files would leave it; the peer is Zensical building it. Neither makes a search index with aliases or JSON.
- **all PDFs**: a sheet for each marketplace, the page of gaps, and for each group of 50 a handbook and a matrix. After
  one edit, one sheet and the two volumes of its group are made anew; the others are taken from `.cache`.
- **edit to page** is on the clock: noticing the edit, waiting 0.1 s for more of them, checking the whole SOP, and making the page that is asked for.
- **first paint** and **answer of the search** are measured in Chromium on a processor slowed four times. A query is typed
  letter by letter; its answer is that to the last letter. The slowest is one of the first letters, which thousands of names begin with.

## Where a goal is missed

- *check* against the floor, by a twentieth: most of it is our own event reader (it knows the line and column of every
  key and value, and refuses YAML's traps), which costs as much as the parser itself; the rest is validation, references and
  house rules. Reading only files that changed would meet the goal for edits, at the price of a second way in.
- *check-jsonschema*: its later versions read YAML with libyaml too, so ten times faster is out of reach for one that
  does more with each file; start-up is a quarter of a second of ours.
- *all PDFs after one edit*: to know that 1,000 papers are unchanged, their JSON is made and hashed,
  which is half of the time; the handbook of the group is most of the rest. Smaller volumes, or keys that follow the records instead
  of the JSON, would bring it nearer; the second could make a stale PDF, so it was left.

A row that is met is not explained. What was done to meet it is in [Architecture](architecture.md), under Speed.
"""


def page() -> str:
    """The whole page."""
    report = json.loads(REPORT.read_text(encoding="utf-8"))
    figures = (Figure(**{name: one[name] for name in one if name != "ratio"}) for one in report["figures"])
    table = "\n".join([HEAD, *(figure.row() for figure in figures)])
    return WORDS.format(size=report["size"], table=table)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
