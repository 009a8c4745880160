"""The SOP's JSON and a Typst template -> PDFs, which meet PDF/UA-1 and PDF/A-2a or are not made.

Typst reads all text of the SOP as JSON strings, never as markup. Version and dates are those of
`sop.yml`; nothing depends on the clock, on the fonts of the machine or on where the project lies.
"""

import json
import os
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, time
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from macros.api.documents import address, document
from macros.catalogue.catalogue import Catalogue
from macros.model import urls as addresses
from macros.pages.pagination import Group, groups
from macros.pdf.cache import Cache
from macros.wording import sentences as prose

if TYPE_CHECKING:
    import typst

HERE = Path(__file__).parent
TEMPLATES = HERE / "templates"


class NotMade(Exception):
    """Typst refused to make a PDF; the text says which and why."""


@dataclass(frozen=True, slots=True)
class Paper:
    """One PDF: its id, its path below the site, its template, the records in it, and its live page."""

    id: str
    path: str
    template: str
    records: dict[str, Iterable[str]]
    live: str


def papers(catalogue: Catalogue) -> list[Paper]:
    """Every PDF of the SOP. Of many marketplaces, handbook and matrix are in volumes, one for each group."""
    gaps = Paper("gaps", addresses.GAPS, "gaps", {"gaps": catalogue.gaps}, "/gaps/")
    if volumes := groups(catalogue):
        return [gaps, *(paper for one in volumes for paper in of_group(one))]
    marketplaces, roles = catalogue.marketplaces, catalogue.roles
    whole: dict[str, Iterable[str]] = {"marketplaces": marketplaces, "roles": roles, "gaps": catalogue.gaps}
    return [
        Paper("handbook", addresses.HANDBOOK, "handbook", whole, "/"),
        Paper("matrix", addresses.MATRIX, "matrix", {"marketplaces": marketplaces}, "/"),
        gaps,
        *(sheet("marketplace", id, marketplaces=[id]) for id in marketplaces),
        *(sheet("issue_type", id, marketplaces=marketplaces) for id in catalogue.issue_types),
        *(sheet("role", id, roles=[id]) for id in roles),
        *(sheet("system", id, systems=[id]) for id in catalogue.systems),
    ]


def sheet(kind: str, id: str, **records: Iterable[str]) -> Paper:
    """The sheet of a record."""
    return Paper(id, addresses.sheet(kind, id), kind, records, address(kind, id))


def of_group(group: Group) -> Iterator[Paper]:
    """The sheets of a group, and its volumes; the ids of these are their paths: `all/1/handbook`."""
    for id in group.ids:
        yield sheet("marketplace", id, marketplaces=[id])
    for name in ("handbook", "matrix"):
        path, where = addresses.volume(group.number, name), addresses.group(group.number)
        yield Paper(where + name, path, name, {"marketplaces": group.ids}, f"/{where}")


def pdfs(
    catalogue: Catalogue,
    wanted: Iterable[Paper],
    site_url: str | None = None,
    cache: Cache | None = None,
) -> Iterator[tuple[Paper, bytes]]:
    """Make PDFs, as many at a time as there are processors; NotMade if Typst refuses one.

    ``site_url`` is where the site is published, if that is known.
    """
    site = (site_url or "").rstrip("/")
    kept = cache or Cache(None)
    common = {"words": json.dumps(words_of(catalogue), ensure_ascii=False), "site": site}
    timestamp, tools = dated(catalogue), tools_of()
    own = threading.local()  # a compiler is not shared by threads, and keeps what it has read

    def made(paper: Paper) -> tuple[Paper, bytes]:
        inputs = {**common, **inputs_of(catalogue, paper, site)}
        key = json.dumps([tools, timestamp, inputs]).encode()
        return paper, kept.get(key, lambda: compiled(paper, inputs))

    def compiled(paper: Paper, inputs: dict[str, str]) -> bytes:
        import typst  # here, so that a build that takes all PDFs from the cache does not wait for it

        if not hasattr(own, "compiler"):
            own.compiler = new_compiler()
        source, standards = TEMPLATES / f"{paper.template}.typ", ["ua-1", "a-2a"]
        try:
            pdf = own.compiler.compile(
                source, sys_inputs=inputs, pdf_standards=standards, timestamp=timestamp
            )
        except typst.TypstError as error:
            raise NotMade(f"{paper.path} cannot be made: {error}") from None
        return cast(bytes, pdf)

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        yield from pool.map(made, wanted)


def tools_of() -> list[str]:
    """What PDFs depend on besides the SOP: Typst, our templates and fonts."""
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


def inputs_of(catalogue: Catalogue, paper: Paper, site: str) -> dict[str, str]:
    """What the template of a paper reads, apart from the words that all share."""
    inputs = {"paper": paper.template, "id": paper.id, "live": paper.live}
    inputs["document"] = "".join(document(catalogue, **paper.records))
    if site:
        import segno

        inputs["qr"] = segno.make(site + paper.live, error="m").svg_inline(border=0)
    return inputs


def words_of(catalogue: Catalogue) -> dict[str, Any]:
    """What paper says in the same words as the site, and the roles in the order of their colours."""
    version, date = prose.edition(catalogue)
    return {
        "roles": list(catalogue.roles),
        "facts": prose.FACTS,
        "nobody": prose.NOBODY,
        "no_system": prose.NO_SYSTEM,
        "unsplit": prose.UNSPLIT,
        "not_stated": prose.NOT_STATED,
        "no_step": prose.NO_STEP,
        "silent": prose.SILENT,
        "silent_here": prose.SILENT_HERE,
        "silence": prose.SILENCE,
        "ask": prose.ASK,
        "uncontrolled": prose.UNCONTROLLED,
        "fingerprint": prose.FINGERPRINT,
        "uncontrolled_summary": prose.UNCONTROLLED_SUMMARY,
        "version": version,
        "dated": date,
        "control_line": prose.control_line(catalogue),
        "control": [(label, value) for label, _, value in prose.document_control(catalogue)],
    }


def dated(catalogue: Catalogue) -> int:
    """The date of the SOP for the metadata of a PDF, in seconds since 1970; 0 if none is stated."""
    sop = catalogue.sop
    stated = datetime.combine(sop.effective, time()) if sop.effective else sop.source.modified
    return int(stated.replace(tzinfo=UTC).timestamp()) if stated else 0
