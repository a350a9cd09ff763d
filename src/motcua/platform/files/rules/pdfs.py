"""Look through a PDF before anybody opens it: its tables, every packed stream, every picture.

Source: ISO 32000-2 § 7.4 (filters), § 7.5.7 (object streams), § 8.9 (images).

A reader unpacks what a page shows, so one small stream can fill its memory. Each stream is inflated here within
one budget for the whole file. Of the filters that pack, a stream may carry one: two upon each other multiply, and
no writer of documents does it.
"""

import io
import mmap
import re
from collections.abc import Iterable
from typing import BinaryIO, Final

import pikepdf

from motcua.platform.files.rules.pictures import check_embedded, refuse_pixels
from motcua.platform.files.rules.unpacking import Budget, count_lzw, count_runs, inflated, sips
from motcua.platform.files.types import Bomb, Broken, Encrypted, Kind, Limits

_TABLE: Final = re.compile(rb"/Type\s*/(?:ObjStm|XRef)\b")
_START: Final = re.compile(rb"stream\r?\n")
_MOST_DECODE_WORDS: Final = 2  #: one /FlateDecode and its /DecodeParms
_PATIENCE: Final = 64 * 2**20
_ONE_BIT: Final = 8  #: a plan scanned in black and white may have so many more points than a photograph
_SHORT: Final = {
    "/Fl": "/FlateDecode",
    "/LZW": "/LZWDecode",
    "/RL": "/RunLengthDecode",
    "/A85": "/ASCII85Decode",
    "/AHx": "/ASCIIHexDecode",
    "/DCT": "/DCTDecode",
    "/CCF": "/CCITTFaxDecode",
}
_LETTERS: Final = frozenset({"/ASCIIHexDecode", "/ASCII85Decode"})
_OLD: Final = {"/RunLengthDecode": count_runs, "/LZWDecode": count_lzw}  #: what was used before deflate, 1996
_MOST_OLD: Final = 8 * 2**20  #: bytes of one stream; counting them is slow work
_PACKING: Final = frozenset({"/FlateDecode", *_OLD})
_PHOTOGRAPHS: Final = frozenset({"/DCTDecode", "/JPXDecode"})


def check_pdf(stream: BinaryIO, limits: Limits) -> None:
    """Raise Encrypted, Broken, or Bomb for a PDF too large to open."""
    _refuse_packed_tables(stream, limits)
    packed = stream.seek(0, 2)
    stream.seek(0)
    try:
        with pikepdf.open(stream) as document:
            _check_pages(len(document.pages), limits)
            budget = Budget(limits.pdf_unpacked_bytes, packed, limits.pdf_ratio, _PATIENCE)
            _check_objects(document, budget, limits)
    except pikepdf.PasswordError as error:
        raise Encrypted from error
    except (pikepdf.PdfError, RuntimeError, ValueError) as error:
        raise Broken(kind=Kind.PDF.value) from error


def _check_pages(pages: int, limits: Limits) -> None:
    if not pages:
        raise Broken(kind=Kind.PDF.value)
    if pages > limits.pages:
        raise Bomb(pages=pages, limit=limits.pages)


def _check_objects(document: pikepdf.Pdf, budget: Budget, limits: Limits) -> None:
    if len(document.objects) > limits.pdf_objects:
        raise Bomb(objects=len(document.objects), limit=limits.pdf_objects)
    for one in document.objects:
        if isinstance(one, pikepdf.Stream):
            _check_stream(one, budget, limits)


def _check_stream(stream: pikepdf.Stream, budget: Budget, limits: Limits) -> None:
    filters = _filters(stream)
    if sum(name in _PACKING for name in filters) > 1:
        raise Bomb(reason="filters", limit=limits.pdf_unpacked_bytes)
    if stream.get("/Subtype") == "/Image":
        _check_size(stream, limits)
    if not filters:
        return
    data = stream.read_raw_bytes()
    for place, name in enumerate(filters):
        if name in _PHOTOGRAPHS:
            check_embedded(io.BytesIO(data), limits)
            return
        if name == "/FlateDecode":
            data = _head_of(inflated(sips(data), budget), keep=place + 1 < len(filters))
        elif name in _OLD:
            data = _expanded(data, name, budget, keep=place + 1 < len(filters))
        elif name in _LETTERS:
            budget.spend(len(data) + 4 * data.count(b"z"))  # one z stands for four zeros
            data = _decoded(data, name)
        else:
            return  # CCITT and JBIG2: as large as the picture they draw, which was measured


def _filters(stream: pikepdf.Stream) -> list[str]:
    declared = stream.get("/Filter")
    if declared is None:
        return []
    names = [declared] if isinstance(declared, pikepdf.Name) else list(declared.as_list())
    return [_SHORT.get(str(name), str(name)) for name in names]


def _check_size(stream: pikepdf.Stream, limits: Limits) -> None:
    width, height = _whole(stream.get("/Width")), _whole(stream.get("/Height"))
    is_one_bit = bool(stream.get("/ImageMask", False)) or _whole(stream.get("/BitsPerComponent")) == 1
    refuse_pixels(width, height, limits, times=_ONE_BIT if is_one_bit else 1)


def _whole(number: object) -> int:
    try:
        return int(number)  # type: ignore[call-overload, no-any-return]  # whatever the file holds there
    except (TypeError, ValueError):
        return 0


def _head_of(pieces: Iterable[bytes], *, keep: bool) -> bytes:
    """Walk through all pieces; return what a filter behind needs, which is the beginning of a photograph."""
    head = b""
    for piece in pieces:
        if keep and not head:
            head = piece
    return head


def _expanded(data: bytes, name: str, budget: Budget, *, keep: bool) -> bytes:
    if len(data) > _MOST_OLD:
        raise Bomb(reason="filters", limit=_MOST_OLD)
    _OLD[name](data, budget)
    return _decoded(data, name) if keep else b""


def _decoded(data: bytes, name: str) -> bytes:
    """Undo a filter whose result was measured before."""
    with pikepdf.new() as scratch:
        return pikepdf.Stream(scratch, data, Filter=pikepdf.Name(name)).read_bytes()


def _refuse_packed_tables(stream: BinaryIO, limits: Limits) -> None:
    """Unpack the object tables within a bound, because merely opening a PDF unpacks them whole."""
    with mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as data:
        bound = limits.pdf_table_bytes
        budget = Budget(bound, len(data), ratio=bound, patience=bound)
        for table in _TABLE.finditer(data):
            start = _START.search(data, table.end())
            if not start:
                continue
            opening = max(data.rfind(b" obj", 0, table.start()), 0)
            if data[opening : start.start()].count(b"Decode") > _MOST_DECODE_WORDS:  # filters upon filters
                raise Bomb(reason="filters", limit=bound)
            for _piece in inflated(_from(data, start.end()), budget):
                pass


def _from(data: mmap.mmap, start: int) -> Iterable[bytes]:
    for place in range(start, len(data), 1 << 16):
        yield data[place : place + (1 << 16)]
