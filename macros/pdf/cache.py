"""Results of earlier builds, named by the hash of their inputs: safe to delete, never stale, verified when read."""

from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from macros.parsing.files import write

DIGEST = sha256().digest_size  # bytes


class Cache:
    """Files that begin with the SHA-256 of the rest; without a folder nothing is kept."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self.used: set[str] = set()

    def get(self, inputs: bytes, make: Callable[[], bytes]) -> bytes:
        """The result of ``make``, from the cache if the same inputs were used before."""
        name = sha256(inputs).hexdigest()
        self.used.add(name)
        content = self.read(name)
        if content is None:
            content = make()
            self.save(name, content)
        return content

    def read(self, name: str) -> bytes | None:
        """The content of a file; None if it is missing or damaged."""
        if self.folder is None:
            return None
        try:
            raw = (self.folder / name).read_bytes()
        except OSError:
            return None
        digest, content = raw[:DIGEST], raw[DIGEST:]
        return content if sha256(content).digest() == digest else None

    def save(self, name: str, content: bytes) -> None:
        """Keep a file; a cache that cannot be written is ignored."""
        if self.folder is not None:
            with suppress(OSError):
                write(self.folder / name, [sha256(content).digest(), content])

    def forget_unused(self) -> None:
        """Delete the files that were not requested since this cache was opened."""
        for path in self.folder.iterdir() if self.folder and self.folder.is_dir() else ():
            if path.name not in self.used:
                with suppress(OSError):  # gone, or the cache cannot be written
                    path.unlink()
