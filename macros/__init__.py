"""SOPs as code.

Data flows one way through these modules, in this order; each imports only from those
above it. `tests/test_architecture.py` holds them to it.

parsing    bytes of a file -> its data with positions, or located problems
model      what an SOP is: the shape of every file, and the addresses of its records
catalogue  files -> records, cross-referenced and resolved
checks     what must hold in an SOP: the rules, the rule book, JSON Schemas for editors
wording    records as sentences, messages and flowcharts
changes    two catalogues -> what changes for whom
api        the SOP as JSON documents, and their schema
pages      the SOP as Markdown and HTML
search     the index of the search box
pdf        the SOP as PDFs
host       the site: the only room that knows MkDocs
cli        the command `sop`
"""

from typing import Any


def define_env(env: Any) -> None:
    """Give mkdocs-macros a macro for each kind of page: `{{ marketplace("flipkart") }}` is its HTML."""
    for name, macro in env.conf.plugins["sop"].build.macros().items():
        env.macro(macro, name)
