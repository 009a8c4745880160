"""SOPs as code: the map.

Data flows down these rooms, from YAML files to pages, paper, JSON and the command line. A room
imports only from rooms above it; `tests/test_architecture.py` enforces that. To change something,
find its room here.

parsing    one YAML file -> its data with line and column, or located problems
           (encoding, tabs, quotes, indentation, duplicate keys, how a problem is printed)
model      what an SOP consists of: records and their fields, `{id}` references, and the
           addresses of pages, anchors and PDFs
catalogue  all of sop_data/ -> records that refer to each other; playbooks resolved into
           procedures; fingerprints, approvals, the index of who does what where
checks     what a valid SOP must satisfy: one function per rule, the rule book (title, reason,
           example) and the JSON Schemas for editors
wording    the phrases that page, paper and search share; steps as sentences, draft messages,
           order of lanes and arrows of the flowchart
changes    two catalogues -> what changes and for whom, and how `sop diff`, pull requests and
           releases word it
api        the JSON documents under /api/v1/ with their schema, and the columns of matrix.csv
pages      the site's pages: Jinja templates, links, escaping, the menu
search     the index of the search box, with its synonyms and the words that it ignores
pdf        the PDFs: Typst templates, fonts, compiler, cache
host       the site around the pages, and the only room that imports mkdocs: build, development
           server, publishing, Content-Security-Policy, export
cli        the command `sop`: its arguments, its output on the terminal (`sop show`), the YAML it edits

Outside `macros/`: `sop_data/` is the SOP, `docs/assets/` the style sheet (colours of roles and
lanes) and the browser scripts, `overrides/` the theme's templates that are replaced, `tests/`
mirrors the rooms. `docs/architecture.md` has the details, `docs/decisions.md` the reasons.
"""

from typing import Any


def define_env(env: Any) -> None:
    """Give mkdocs-macros a macro for each kind of page: `{{ marketplace("flipkart") }}` is its HTML."""
    for name, macro in env.conf.plugins["sop"].build.macros().items():
        env.macro(macro, name)
