"""Look into archives without trusting them: names that lead out, sizes that explode, entries that lie.

The vendor's builder zips every file whose extension it does not know, under a name nobody needs; its reader
writes that name to disk. Here the first entry is read for its bytes and its name is never used.
"""

import hashlib
import re
import zlib
from typing import IO, Final
from zipfile import BadZipFile, ZipFile, ZipInfo

from motcua.domain.exchange.types import Content, Danger, PackageRefused

MOST_ENTRIES: Final = 10_000
MOST_BYTES: Final = 2 << 30  #: all entries together
SUSPICIOUS_BYTES: Final = 64 << 20  #: from here on the ratio counts
MOST_RATIO: Final = 100  #: unpacked to packed; office documents stay below 30
_PIECE: Final = 256 << 10
_DRIVE: Final = re.compile(r"[A-Za-z]:")
#: What zipfile raises for archives that are cut, encrypted, of unknown methods or plainly wrong.
_BROKEN: Final = (
    BadZipFile,
    zlib.error,
    EOFError,
    RuntimeError,
    NotImplementedError,
    ValueError,
    OverflowError,
)


def look_into(file: IO[bytes], at: str, *, must_open: bool) -> Content | None:
    """Return size and hash of the first file in the archive; None where it is no archive and need not be.

    Raises PackageRefused: ``zip_slip``, ``zip_bomb``, and ``zip_broken`` where ``must_open``.
    """
    packed = file.seek(0, 2)
    file.seek(0)
    try:
        with ZipFile(file) as archive:
            entries = archive.infolist()
            _refuse_if_leading_out(entries, at)
            _refuse_if_exploding(entries, packed, at)
            first = next((entry for entry in entries if not entry.is_dir()), None)
            return _measured(archive, first, packed, at) if first and must_open else None
    except _BROKEN as fault:
        if must_open:
            raise PackageRefused(Danger.ZIP_BROKEN, at, problem=type(fault).__name__) from fault
        return None


def _refuse_if_leading_out(entries: list[ZipInfo], at: str) -> None:
    for entry in entries:
        for name in (entry.orig_filename, entry.filename):
            parts = name.replace("\\", "/").split("/")
            if not parts[0] or ".." in parts or _DRIVE.match(name) or "\0" in name:
                raise PackageRefused(Danger.ZIP_SLIP, at, name=name[:80])


def _refuse_if_exploding(entries: list[ZipInfo], packed: int, at: str) -> None:
    if len(entries) > MOST_ENTRIES:
        raise PackageRefused(Danger.ZIP_BOMB, at, entries=len(entries))
    _refuse_size(sum(entry.file_size for entry in entries), packed, at)


def _refuse_size(unpacked: int, packed: int, at: str) -> None:
    if unpacked > MOST_BYTES or (unpacked > SUSPICIOUS_BYTES and unpacked > MOST_RATIO * packed):
        raise PackageRefused(Danger.ZIP_BOMB, at, unpacked_bytes=unpacked, packed_bytes=packed)


def _measured(archive: ZipFile, entry: ZipInfo, packed: int, at: str) -> Content:
    """Read the entry, believing no size it declares."""
    digest, size = hashlib.sha256(), 0
    with archive.open(entry) as inside:
        while piece := inside.read(_PIECE):
            digest.update(piece)
            size += len(piece)
            _refuse_size(size, packed, at)
    return Content(size, digest.hexdigest())
