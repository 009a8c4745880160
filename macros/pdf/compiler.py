"""The SOP's JSON and a Typst template -> PDFs that conform to PDF/UA-1 and PDF/A-2a.

Typst reads all text of the SOP as JSON strings, never as markup. Version and dates come from
`sop.yml`. The output does not depend on the time, the fonts of the machine or the path of the project.
"""

import json
import os
import re
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, time
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from macros.api.documents import Documents
from macros.catalogue.catalogue import Catalogue
from macros.catalogue.questions import gap_numbers
from macros.model import urls
from macros.pdf.cache import Cache
from macros.pdf.sheets import Paper
from macros.wording import questions, sentences
from macros.wording.phrases import WORDS

if TYPE_CHECKING:
    import typst

HERE = Path(__file__).parent
TEMPLATES = HERE / "templates"
# Letters in a row, in values of JSON, at which Typst does not break a line. Fingerprints, ids and addresses have none.
LONG_WORD = re.compile(r'(?![a-z_]+":)[^\s"\\/#:,{}\[\]-]{14,}')


class CompileError(Exception):
    """Typst cannot compile a PDF; the text is the path and the reason."""


def pdfs(
    catalogue: Catalogue,
    wanted: Iterable[Paper],
    site_url: str | None = None,
    cache: Cache | None = None,
) -> Iterator[tuple[Paper, bytes]]:
    """Compile PDFs in parallel, one per processor; CompileError if Typst fails.

    ``site_url`` is the URL of the published site, if known.
    """
    compiler = Compiler(catalogue, (site_url or "").rstrip("/"), cache or Cache(None))
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        yield from pool.map(lambda paper: (paper, compiler.pdf(paper)), wanted)


class Compiler:
    """Compiles the PDFs of a catalogue, in any thread. ``site`` is the URL of the site, or empty."""

    def __init__(self, catalogue: Catalogue, site: str, cache: Cache) -> None:
        self.documents = Documents(catalogue)
        self.cache = cache
        self.numbers = gap_numbers(catalogue)
        self.words = json.dumps(words_of(catalogue), ensure_ascii=False)
        self.site = site
        self.timestamp = timestamp(catalogue)
        self.tools = tool_versions()
        # A Typst compiler caches files and must not be shared between threads.
        self.thread = threading.local()

    def pdf(self, paper: Paper) -> bytes:
        """A PDF from the cache, or a new one."""
        own = inputs_of(self.documents, paper, self.site, self.numbers)
        inputs = {"words": self.words, "site": self.site, **own}
        key = json.dumps([self.tools, self.timestamp, inputs]).encode()
        return self.cache.get(key, lambda: self.compile(paper, inputs))

    def compile(self, paper: Paper, inputs: dict[str, str]) -> bytes:
        import typst  # slow, and not needed if all PDFs are in the cache

        if not hasattr(self.thread, "compiler"):
            self.thread.compiler = new_compiler()
        # Not before: the search is slow, and the key has the document.
        if LONG_WORD.search(inputs["document"]):
            inputs["long-words"] = "yes"
        source, standards = TEMPLATES / f"{paper.template}.typ", ["ua-1", "a-2a"]
        try:
            pdf: bytes = self.thread.compiler.compile(
                source, sys_inputs=inputs, pdf_standards=standards, timestamp=self.timestamp
            )
        except typst.TypstError as error:
            raise CompileError(f"{paper.path} cannot be compiled: {error}") from None
        return pdf


def tool_versions() -> list[str]:
    """The version of Typst and the hashes of templates and fonts, for cache keys."""
    files = sorted([*TEMPLATES.glob("*.typ"), *(HERE / "fonts").iterdir()])
    return [version("typst"), *(sha256(path.read_bytes()).hexdigest() for path in files)]


def new_compiler() -> "typst.Compiler":
    import typst

    return typst.Compiler(
        TEMPLATES / "handbook.typ",
        root=TEMPLATES,
        font_paths=[HERE / "fonts"],
        ignore_system_fonts=True,
    )


def inputs_of(documents: Documents, paper: Paper, site: str, numbers: dict[str, int]) -> dict[str, str]:
    """The inputs of a template, without the phrases that all templates share; ``numbers`` are those of all gaps."""
    inputs = {"paper": paper.template, "id": paper.id, "live": paper.live}
    document = documents.document(**paper.records)
    inputs["document"] = documents.json(document)
    inputs["numbers"] = json.dumps({id: numbers[id] for id in document.gaps})
    if site:
        import segno

        inputs["qr"] = segno.make(site + paper.live, error="m").svg_inline(border=0)
    return inputs


def words_of(catalogue: Catalogue) -> dict[str, Any]:
    """The shared phrases, document control, and the ids of roles in the order of their colours."""
    version, date = sentences.edition(catalogue)
    return {
        **WORDS,
        "questions_address": f"/{urls.GAPS}",
        "roles": list(catalogue.roles),
        "version": version,
        "dated": date,
        "status_now": " ".join(questions.approval_status(catalogue)),
        "control_line": sentences.control_line(catalogue),
        "control": [(label, value) for label, _, value in sentences.document_control(catalogue)],
    }


def timestamp(catalogue: Catalogue) -> int:
    """The date of the SOP for PDF metadata, in seconds since 1970; 0 if not stated."""
    sop = catalogue.sop
    stated = datetime.combine(sop.effective, time()) if sop.effective else sop.source.modified
    return int(stated.replace(tzinfo=UTC).timestamp()) if stated else 0
