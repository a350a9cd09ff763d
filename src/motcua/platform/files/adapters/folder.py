"""Storage in a folder of this machine, or of one all machines mount."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from django.conf import settings

from motcua.platform.files.types import Missing

_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class FolderStorage:
    """One file per key, readable by the node's own user alone (0600 in folders of 0700).

    A key appears whole or not at all: the bytes are forced to the disk under another name, the file is
    renamed, and the folder is forced as well.
    """

    root: Path

    @classmethod
    def from_settings(cls) -> Self:
        return cls(Path(settings.FILES_FOLDER))

    def put(self, key: str, source: Path) -> None:
        target = self.root / key
        _make_folder(target.parent)
        with tempfile.NamedTemporaryFile(dir=target.parent, prefix=".new-", delete=False) as fresh:
            try:
                with source.open("rb") as body:
                    shutil.copyfileobj(body, fresh, _PIECE)
                fresh.flush()
                os.fsync(fresh.fileno())
                Path(fresh.name).replace(target)
            except BaseException:
                Path(fresh.name).unlink(missing_ok=True)
                raise
        _force(target.parent)

    def size(self, key: str) -> int | None:
        try:
            return (self.root / key).stat().st_size
        except FileNotFoundError:
            return None

    def read(self, key: str, *, start: int = 0, stop: int | None = None) -> Iterator[bytes]:
        try:
            body = (self.root / key).open("rb")
        except FileNotFoundError as error:
            raise Missing(key) from error
        with body:
            body.seek(start)
            left = None if stop is None else max(0, stop - start)
            while piece := body.read(_PIECE if left is None else min(_PIECE, left)):
                left = None if left is None else left - len(piece)
                yield piece

    def remove(self, key: str) -> None:
        (self.root / key).unlink(missing_ok=True)


def _make_folder(folder: Path) -> None:
    """Make ``folder`` and what is missing above it, for the node's user alone, to outlast a power cut."""
    if folder.is_dir():
        return
    _make_folder(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    _force(folder.parent)


def _force(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
