"""Render the report as a page: bench/report.json -> docs/performance.md."""

import json
from pathlib import Path

from measurement import HEAD, from_record

REPORT = Path(__file__).with_name("report.json")
PAGE = Path(__file__).parent.parent / "docs" / "performance.md"

WORDS = """---
description: How fast the project is, compared with other programs.
hide: [toc]
---
# Performance

`make bench` generates this page. It measures an SOP with {size:,} invented marketplaces (`bench/generated_sop.py`), whose playbooks have
2 to 20 steps and use every field of a step. Each figure is compared with a floor, another program or a goal. Both sides are measured in the
same run, alternately; the figure is the median of several rounds. Seconds are processor time unless the unit says
otherwise. Compare ratios, because absolute times depend on the machine (here two cores). *Before* is the ratio, or
the figure without one, in the report before. `bench/report.json` contains the same figures for programs.

{table}

## What the figures mean

- **check**: read, validate and resolve every file in one process. The floor is PyYAML's `yaml.load` with libyaml on
  the same files; both exclude the start of Python and imports. The second row measures the whole command and compares it with check-jsonschema using this project's schemas.
- **site**: all pages, the search index and the JSON API, without PDFs. An earlier build has filled `.cache` with compiled
  templates. The floor is Material building the same finished Markdown with all pages in one menu, as a generator of Markdown files
  would leave it. Zensical builds the same Markdown. Neither writes JSON or a search index with aliases.
- **all PDFs**: a sheet for each marketplace, the page of gaps, and a handbook and a matrix for each group of 50. After
  one edit, one sheet and the two volumes of its group are generated; the others come from `.cache`.
- **edit to page** is elapsed time: detect the edit, wait 0.1 s for more edits, check the whole SOP, and render the requested page.
- **first paint** and **answer of the search** are measured in Chromium with the processor slowed four times. A query is typed letter
  by letter. The figure is the answer to the last letter; the slowest answer is to one of the first letters, which match
  thousands of names.

## Missed goals

- *check* compared with the floor, missed by a twentieth. The event reader takes most of the time: it knows the line and
  column of every key and value, refuses YAML's traps, and costs as much as the parser itself. The rest is validation, references
  and rules. Reading only changed files would meet the goal for edits, but would add a second way to read an SOP.
- *check-jsonschema*. Its later versions also use libyaml. `sop check` does more with each file, so ten times faster is out of
  reach. A quarter of a second is start-up time.
- *all PDFs after one edit*. To prove that 1,000 PDFs are unchanged, their JSON is generated and hashed, which takes half of the time.
  The handbook of the group takes most of the rest. Smaller volumes would help. So would cache keys derived from records
  instead of JSON, but they could leave a stale PDF.

[Decisions](decisions.md) explains the design behind these figures.
"""


def page() -> str:
    """Return the whole page as Markdown."""
    report = json.loads(REPORT.read_text(encoding="utf-8"))
    table = "\n".join([HEAD, *(from_record(one).row() for one in report["figures"])])
    return WORDS.format(size=report["size"], table=table)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
