"""Documents that are a ZIP of parts: DOCX, XLSX, ODT.

Sources: APPNOTE.TXT 6.3.10 (ZIP); ISO/IEC 29500-2 (only stored and deflated parts, no document type
declarations); OpenDocument 1.3 part 2.

What the directory says of a part is a claim of the sender: every part is unpacked within the budget and must be
as large as claimed.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO, Final

from motcua.platform.files.rules import kinds
from motcua.platform.files.rules.pictures import check_embedded
from motcua.platform.files.rules.unpacking import PIECE, Budget, inflated
from motcua.platform.files.types import Bomb, Broken, Encrypted, HasMacros, Kind, Limits

_END_OF_ZIP: Final = b"PK\x05\x06"
_TAIL: Final = 66_000  #: the end record and the longest comment behind it
_BYTES_PER_ENTRY: Final = 400  #: of a central directory: 46 and a generous name
_LOCAL_HEADER: Final = struct.Struct("<26xHH")  #: how long name and extra field are
_PATIENCE: Final = 10 * 2**20
_PICTURES: Final = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".webp")
_WRITTEN: Final = (".xml", ".rels", ".rdf")
_DECLARATIONS: Final = (b"<!DOCTYPE", b"<!ENTITY")
_LONGEST_DECLARATION: Final = 16


def zip_kind(stream: BinaryIO, limits: Limits) -> Kind | None:
    """Return which document a ZIP is; None for another. Raises Bomb, Broken."""
    _refuse_crowded(stream, limits)
    try:
        stream.seek(0)
        return kinds.of_zip(stream)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error, OSError) as error:
        raise Broken(kind="zip") from error


def check_office(stream: BinaryIO, limits: Limits) -> None:
    """Unpack every part within the budget. Raises Bomb, Encrypted, HasMacros, Broken."""
    with zipfile.ZipFile(stream) as container:
        entries = container.infolist()
    if len(entries) > limits.zip_entries:
        raise Bomb(entries=len(entries), limit=limits.zip_entries)
    if any(entry.flag_bits & 1 for entry in entries):
        raise Encrypted
    if any(_is_program(entry.filename.lower()) for entry in entries):
        raise HasMacros
    packed = stream.seek(0, 2)
    budget = Budget(limits.zip_unpacked_bytes, packed, limits.zip_ratio, _PATIENCE)
    budget.spend(sum(entry.file_size for entry in entries))  # what is claimed is believed when it is too much
    budget.spent = 0
    for entry in entries:
        _check_part(stream, entry, budget, limits)


def _refuse_crowded(stream: BinaryIO, limits: Limits) -> None:
    """Measure the directory before it is read: a small file may list a million entries."""
    size = stream.seek(0, 2)
    stream.seek(max(0, size - _TAIL))
    tail = stream.read()
    place = tail.rfind(_END_OF_ZIP)
    if place < 0 or len(tail) < place + 22:
        raise Broken(kind="zip")
    entries, directory_bytes = struct.unpack_from("<HI", tail, place + 10)
    if entries > limits.zip_entries or directory_bytes > limits.zip_entries * _BYTES_PER_ENTRY:
        raise Bomb(entries=entries, limit=limits.zip_entries)


def _is_program(part: str) -> bool:
    return part.endswith(("vbaproject.bin", "vbadata.xml")) or part.startswith(("basic/", "scripts/"))


def _check_part(stream: BinaryIO, entry: zipfile.ZipInfo, budget: Budget, limits: Limits) -> None:
    name, head, last, size = entry.filename.lower(), b"", b"", 0
    for piece in _unpacked(stream, entry, budget):
        size += len(piece)
        if size > entry.file_size:
            raise Bomb(unpacked_bytes=size, limit=entry.file_size)
        if name.endswith(_WRITTEN) and any(word in last + piece for word in _DECLARATIONS):
            raise Bomb(reason="entities")
        last = piece[-_LONGEST_DECLARATION:]
        if len(head) < PIECE:
            head += piece
    if name.endswith(_PICTURES):
        check_embedded(io.BytesIO(head), limits)


def _unpacked(stream: BinaryIO, entry: zipfile.ZipInfo, budget: Budget) -> Iterator[bytes]:
    packed = _packed(stream, entry)
    if entry.compress_type == zipfile.ZIP_DEFLATED:
        yield from inflated(packed, budget, raw=True)
    elif entry.compress_type == zipfile.ZIP_STORED:
        for piece in packed:
            budget.spend(len(piece))
            yield piece
    else:
        raise Broken(kind="zip", method=entry.compress_type)


def _packed(stream: BinaryIO, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield the bytes of a part as they stand in the file, behind its local header."""
    stream.seek(max(0, entry.header_offset))
    header = stream.read(30)
    if len(header) < _LOCAL_HEADER.size or not header.startswith(kinds.ZIP):
        raise Broken(kind="zip")
    place, left = max(0, entry.header_offset) + 30 + sum(_LOCAL_HEADER.unpack(header)), entry.compress_size
    while left:
        stream.seek(place)
        piece = stream.read(min(left, PIECE))
        if not piece:
            return
        place, left = place + len(piece), left - len(piece)
        yield piece
