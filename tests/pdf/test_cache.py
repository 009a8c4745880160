"""What is kept from an earlier build never shows: the same bytes with it, without it, after edits."""

import re
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

import pytest

from conftest import ROOT, build_site, copy_project, files_of
from macros.checks.runner import load_catalogue
from macros.parsing.files import write
from macros.pdf.cache import Cache
from macros.pdf.compiler import pdfs
from macros.pdf.sheets import papers

EXAMPLE = ROOT / "tests/example_sop"


def all_pdfs(data: Path, cache: Cache | None = None) -> dict[str, bytes]:
    catalogue = load_catalogue(data)
    made = {paper.id: pdf for paper, pdf in pdfs(catalogue, papers(catalogue), cache=cache)}
    if cache:
        cache.forget_unused()
    return made


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.long
def test_edits_renames_and_removals_are_as_from_nothing(data: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    before = all_pdfs(data, Cache(kept))
    flipkart = data / "marketplaces" / "flipkart.yml"
    whole = flipkart.read_text(encoding="utf-8")

    edit(flipkart, "Raise a ticket", "Open a ticket")
    assert all_pdfs(data, Cache(kept)) == all_pdfs(data)
    flipkart.rename(flipkart.with_name("flipkart-seller.yml"))
    assert all_pdfs(data, Cache(kept)) == all_pdfs(data)
    flipkart.with_name("flipkart-seller.yml").unlink()
    systems = data / "systems.yml"
    before_systems = systems.read_text(encoding="utf-8")
    systems.write_text(re.sub(r"flipkart-seller-panel:\n(  .*\n)+", "", before_systems), encoding="utf-8")
    assert all_pdfs(data, Cache(kept)) == all_pdfs(data)
    flipkart.write_text(whole, encoding="utf-8")
    systems.write_text(before_systems, encoding="utf-8")
    assert all_pdfs(data, Cache(kept)) == before


def test_an_edit_remakes_only_what_it_changes(data: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    all_pdfs(data, Cache(kept))
    before = {path.name for path in kept.iterdir()}
    edit(data / "marketplaces" / "flipkart.yml", "Raise a ticket", "Open a ticket")
    all_pdfs(data, Cache(kept))
    after = {path.name for path in kept.iterdir()}
    # handbook, matrix, Flipkart, both issue types, the system it is done in, who escalates and who comes before
    assert len(after - before) == 8
    assert len(after) == len(before)


@pytest.mark.parametrize("content", [b"", b"other"])
def test_a_file_in_the_way_does_no_harm(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "kept").write_bytes(content)
    assert all_pdfs(EXAMPLE, Cache(tmp_path / "kept")) == all_pdfs(EXAMPLE)


def test_a_file_that_cannot_be_written_stays_as_it_was(tmp_path: Path) -> None:
    def pieces() -> Iterator[bytes]:
        yield b"half"
        raise OSError("no space left")

    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    with pytest.raises(OSError, match="no space left"):
        write(path, pieces())
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_written_file_has_the_usual_permissions(tmp_path: Path) -> None:
    usual = tmp_path / "usual"
    usual.touch()
    write(tmp_path / "new", [b""])
    assert (tmp_path / "new").stat().st_mode == usual.stat().st_mode
    usual.chmod(0o640)
    write(usual, [b""])
    assert usual.stat().st_mode & 0o777 == 0o640


ACCIDENTS = ("emptied", "cut", "overwritten", "exchanged")


def damage(how: str, raw: bytes) -> bytes:
    """The bytes of a file after an accident."""
    return {
        "emptied": b"",
        "cut": raw[: len(raw) // 2],
        "overwritten": b"%PDF-1.7 other",
        "exchanged": raw[:-1] + bytes([raw[-1] ^ 1]),
    }[how]


def test_a_damaged_cache_is_generated_again(tmp_path: Path) -> None:
    project = copy_project(tmp_path, sop=EXAMPLE, cache=False)
    first = files_of(build_site(project, project / "first"))
    kept = [path for path in (project / ".cache").rglob("*") if path.is_file()]
    assert {path.parent.name for path in kept} == {"pdf", "templates"}
    before = {path: path.read_bytes() for path in kept}
    assert len(kept) > 5 * len(ACCIDENTS)
    for path, how in zip(kept, cycle(ACCIDENTS)):
        path.write_bytes(damage(how, before[path]))
    assert files_of(build_site(project, project / "second")) == first
    assert {path: path.read_bytes() for path in kept} == before
