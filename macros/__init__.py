"""SOPs as code.

Data flows one way through these modules, in this order; each imports only from those
above it. `tests/test_architecture.py` holds them to it.

problems      a finding at file:line:column, and how it is printed
document      one file: its data, where each part of it stands, what is wrong with it
syntax        what the YAML parser stumbled over, in an editor's words
reader        YAML events -> plain data that remembers the position of every key and value
source        the bytes of a file -> a document, whatever is wrong with them
model         what an SOP is: roles, systems, steps, playbooks, marketplaces, gaps
shape         data -> models, with pydantic's errors in an editor's words
naming        where one record names another
addresses     where each record has its page and its sheet of paper, and each step its anchor
folder        sop_data/ -> records by kind and id, each with its place
procedure     a playbook resolved for one marketplace and its issue types
fingerprint   a procedure -> a short hash of what it means
catalogue     records -> one cross-referenced Catalogue
rule          what a house rule is
completeness  every procedure is complete, or a gap admits where it is not
editorial     what is written is meant, is said once, and is used
approved      whether procedures are as they were approved and released
checks        everything that must hold in an SOP, in one call
rules         the rule book: for every code its rule, its reason and a broken example
prose         a step -> its sentence; `{id}` -> a name or a link
flowchart     a procedure -> lanes, cards, arrows; and Mermaid source
diff          two catalogues -> what changes for whom, in words
lookups       what concerns one role, system or gap, said once for all marketplaces
groups        from some fifty marketplaces on, how they are found
contract      what the JSON is: the models that those of the files grow into
api           Catalogue -> the SOP as JSON documents
policy        a page of the theme -> the Content-Security-Policy of all pages
published     Catalogue -> the files of the static API
cache         what was made before from the same inputs
pdf           those documents and a Typst template -> PDFs
draft         a step -> a message ready to send
search        Catalogue -> what the search box finds
pages         Catalogue -> the Markdown of every page
shell         one page of the host, made into many
build         what one build of the site is made of
live          following edits
exported      Catalogue -> plain Markdown that other tools build
schema        the models -> JSON Schemas for editors
compared      a difference as text, Markdown or JSON
version       a git revision or a folder -> the SOP in it
hook          MkDocs events; the only importer of mkdocs
publish       build beside, verify, swap
terminal      the SOP for a terminal
writing       the text of files in sop_data/ that commands write
command       the command `sop`, and what its subcommands share
asking        sop check, show, diff
making        sop build, pdf, schema, export
recording     sop new, approve, release
cli           the command `sop`, whole
"""

from typing import Any


def define_env(env: Any) -> None:
    """Give mkdocs-macros a macro for each kind of page; it returns what the hook has rendered."""
    markdown = env.conf["sop"].markdown

    def define(macro: str) -> None:
        env.macro(lambda id="": markdown[macro, id], macro)

    for macro in {macro for macro, _ in markdown}:
        define(macro)
