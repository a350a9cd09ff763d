"""Look into a content without opening it: is it what it claims, and harmless to open?

Everything here reads headers and tables only; nothing is drawn, run or unpacked beyond a bound.
"""

import codecs
import mmap
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from typing import BinaryIO, Final

import pikepdf
from PIL import Image, UnidentifiedImageError

from motcua.platform.files.rules import kinds
from motcua.platform.files.types import Bomb, Broken, Empty, Encrypted, HasMacros, Kind, Limits, WrongType

_PIECE: Final = 1 << 20
_TABLE: Final = re.compile(rb"/Type\s*/(?:ObjStm|XRef)\b")
_START: Final = re.compile(rb"stream\r?\n")
_END_OF_ZIP: Final = b"PK\x05\x06"
_PATIENT_RATIO_BYTES: Final = 10 * 2**20
_MOST_DECODE_WORDS: Final = 2  #: one /FlateDecode and its /DecodeParms
_BYTES_PER_ENTRY: Final = 400  #: of a central directory: 46 and a generous name


def inspect(stream: BinaryIO, *, accepts: frozenset[Kind], limits: Limits) -> Kind:
    """Return the kind of the content of ``stream``, which must be seekable.

    Raises Empty, WrongType, Bomb, HasMacros, Encrypted, Broken.
    """
    stream.seek(0)
    head = stream.read(kinds.HEAD_BYTES)
    if not head:
        raise Empty
    kind = _zip_kind(stream, limits) if head.startswith(kinds.ZIP) else kinds.of_head(head)
    refuse_kind(kind, head, accepts)
    assert kind is not None
    stream.seek(0)
    if check := _CHECKS.get(kind):
        check(stream, limits)
    return kind


def refuse_kind(kind: Kind | None, head: bytes, accepts: frozenset[Kind]) -> None:
    """Raise WrongType unless ``kind`` is one of ``accepts``."""
    if kind not in accepts:
        raise WrongType(seems=kind.value if kind else kinds.seems(head), accepts=sorted(accepts))


def _zip_kind(stream: BinaryIO, limits: Limits) -> Kind | None:
    _refuse_crowded_zip(stream, limits)
    try:
        stream.seek(0)
        return kinds.of_zip(stream)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error, OSError) as error:
        raise Broken(kind="zip") from error


def _refuse_crowded_zip(stream: BinaryIO, limits: Limits) -> None:
    """Measure the directory before it is read: a small file may list a million entries."""
    size = stream.seek(0, 2)
    stream.seek(max(0, size - 66_000))
    tail = stream.read()
    place = tail.rfind(_END_OF_ZIP)
    if place < 0 or len(tail) < place + 22:
        raise Broken(kind="zip")
    entries, directory_bytes = struct.unpack_from("<HI", tail, place + 10)
    if entries > limits.zip_entries or directory_bytes > limits.zip_entries * _BYTES_PER_ENTRY:
        raise Bomb(entries=entries, limit=limits.zip_entries)


def _check_office(stream: BinaryIO, limits: Limits) -> None:
    with zipfile.ZipFile(stream) as container:
        entries = container.infolist()
        unpacked = sum(entry.file_size for entry in entries)
        packed = sum(entry.compress_size for entry in entries) or 1
        crowded = len(entries) > limits.zip_entries or unpacked > limits.zip_unpacked_bytes
        if crowded or (unpacked > _PATIENT_RATIO_BYTES and unpacked > packed * limits.zip_ratio):
            raise Bomb(unpacked_bytes=unpacked, limit=limits.zip_unpacked_bytes)
        if any(entry.flag_bits & 1 for entry in entries):
            raise Encrypted
        if any(_is_program(entry.filename.lower()) for entry in entries):
            raise HasMacros


def _is_program(part: str) -> bool:
    return part.endswith(("vbaproject.bin", "vbadata.xml")) or part.startswith(("basic/", "scripts/"))


def _check_picture(stream: BinaryIO, limits: Limits) -> None:
    try:
        with Image.open(stream) as picture:  # reads the header only
            width, height = picture.size
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Bomb(limit=limits.pixels) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, struct.error) as error:
        raise Broken from error
    _refuse_pixels(width, height, limits)


def _check_heic(stream: BinaryIO, limits: Limits) -> None:
    """The size of a HEIC picture stands in its ``ispe`` boxes (ISO 23008-12 § 6.5.3)."""
    head = stream.read(_PIECE)
    sizes = [struct.unpack_from(">II", head, box.end() + 4) for box in re.finditer(b"ispe", head[:-16])]
    if not sizes:
        raise Broken(kind=Kind.HEIC.value)
    for width, height in sizes:
        _refuse_pixels(width, height, limits)


def _refuse_pixels(width: int, height: int, limits: Limits) -> None:
    if width * height > limits.pixels:
        raise Bomb(pixels=width * height, limit=limits.pixels)


def _check_pdf(stream: BinaryIO, limits: Limits) -> None:
    _refuse_packed_tables(stream, limits)
    stream.seek(0)
    try:
        with pikepdf.open(stream) as document:
            pages = len(document.pages)
    except pikepdf.PasswordError as error:
        raise Encrypted from error
    except (pikepdf.PdfError, RuntimeError, ValueError) as error:
        raise Broken(kind=Kind.PDF.value) from error
    if not pages:
        raise Broken(kind=Kind.PDF.value)
    if pages > limits.pages:
        raise Bomb(pages=pages, limit=limits.pages)


def _refuse_packed_tables(stream: BinaryIO, limits: Limits) -> None:
    """Unpack the object tables within a bound, because merely opening a PDF unpacks them whole."""
    left = limits.pdf_unpacked_bytes
    with mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as data:
        for table in _TABLE.finditer(data):
            start = _START.search(data, table.end())
            if not start:
                continue
            opening = data.rfind(b" obj", 0, table.start())
            if (
                data[max(opening, 0) : start.start()].count(b"Decode") > _MOST_DECODE_WORDS
            ):  # filters upon filters
                raise Bomb(limit=limits.pdf_unpacked_bytes)
            left -= _unpacked_size(data, start.end(), left)
            if left <= 0:
                raise Bomb(limit=limits.pdf_unpacked_bytes)


def _unpacked_size(data: mmap.mmap, start: int, bound: int) -> int:
    unpacker, size = zlib.decompressobj(), 0
    try:
        for place in range(start, len(data), 1 << 16):
            packed = data[place : place + (1 << 16)]
            while packed and size < bound:
                size += len(unpacker.decompress(packed, _PIECE))
                packed = unpacker.unconsumed_tail
            if unpacker.eof or size >= bound:
                break
    except zlib.error:
        return size  # not deflated: as large as it looks
    return size


def _check_text(stream: BinaryIO, limits: Limits) -> None:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while piece := stream.read(_PIECE):
            decoder.decode(piece)
            if b"\x00" in piece:
                raise Broken(kind=Kind.TEXT.value)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise Broken(kind=Kind.TEXT.value) from error


def _check_xml(stream: BinaryIO, limits: Limits) -> None:
    """Entities that a reader would expand are refused; the papers of a dossier need none."""
    _check_text(stream, limits)
    stream.seek(0)
    last = b""
    while piece := stream.read(_PIECE):
        if b"<!ENTITY" in last + piece:
            raise Bomb(reason="entities")
        last = piece[-16:]


_CHECKS: Final[dict[Kind, Callable[[BinaryIO, Limits], None]]] = {
    Kind.PDF: _check_pdf,
    Kind.JPEG: _check_picture,
    Kind.PNG: _check_picture,
    Kind.WEBP: _check_picture,
    Kind.TIFF: _check_picture,
    Kind.HEIC: _check_heic,
    Kind.DOCX: _check_office,
    Kind.XLSX: _check_office,
    Kind.ODT: _check_office,
    Kind.TEXT: _check_text,
    Kind.XML: _check_xml,
}
