"""What was made before from the same inputs, by their hash: safe to delete, never stale."""

from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from macros.parsing.files import write


class Cache:
    """Files named by the hash of all that they were made from; without a folder nothing is kept."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self.used: set[str] = set()

    def get(self, inputs: bytes, make: Callable[[], bytes]) -> bytes:
        """What ``make`` gives, unless the same inputs gave it before."""
        if self.folder is None:
            return make()
        name = sha256(inputs).hexdigest()
        self.used.add(name)
        try:
            return (self.folder / name).read_bytes()
        except OSError:
            content = make()
        with suppress(OSError):  # a cache that cannot be written is done without
            write(self.folder / name, [content])
        return content

    def forget_unused(self) -> None:
        """Delete what was not asked for since this cache was opened."""
        for path in self.folder.iterdir() if self.folder and self.folder.is_dir() else ():
            if path.name not in self.used:
                with suppress(OSError):  # gone, or the cache cannot be written
                    path.unlink()
