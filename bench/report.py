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

Why, and what was tried:

- *check*, compared with the floor and with check-jsonschema. Reading takes a third of the time: the event reader knows where
  every key and value is, and refuses YAML's traps. It takes less time than the floor: positions become numbers only for problems,
  and only documents with problems keep them. A quarter resolves playbooks, once for what marketplaces share. The rest is validation,
  references and rules, none above a fifteenth. Reading only changed files would make edits faster, but would add a second way to read an SOP.
- *sop check of the SOP of the source*. Commands are imported when they are called. What is left is Click and the models: importing pydantic and
  defining one small model already takes 2 times the floor.
- *site of 8 with an empty cache*. A quarter of the time compiles templates. Half of that is for Material's templates, which the other build compiles too.
  Compiling the largest template of this project takes 0.05 s. Jinja's optimizer takes a tenth of the compile time; to turn it off would
  not meet the goal.
- *site of 1,000*, compared with Zensical. A quarter of the time renders cards, a fifth writes the JSON, a fifth writes files. No
  function takes more than a twentieth. Caching cards across marketplaces would not help: each has its own draft message and contacts.
- *all PDFs after one edit*. Half of it compiles the handbook and the matrix of the group. To prove that 1,000 PDFs are unchanged, their JSON is
  generated and hashed; that is a third. References, names and gaps are collected once, and long words are looked for only when
  a PDF is compiled. Smaller handbooks would be more files to print. Cache keys derived from records in place of JSON could leave a stale PDF.
- *all PDFs*, without a goal. A third of a sheet's time measures whether it fits in larger type; the heights of its cards are estimated once.

[Decisions](decisions.md) explains the design behind these figures.
"""


def page() -> str:
    """Return the whole page as Markdown."""
    report = json.loads(REPORT.read_text(encoding="utf-8"))
    table = "\n".join([HEAD, *(from_record(one).row() for one in report["figures"])])
    return WORDS.format(size=report["size"], table=table)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
