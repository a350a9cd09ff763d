"""Read records from a file of any of the three kinds, a few rows at a time.

A reader turns bytes into rows and opens nothing itself. A bad row is told as a row with faults and the next one is
read; only a file that cannot be read as a whole raises UnreadableFile. What is unpacked is bounded, so that a small
file cannot grow without end.
"""

import codecs
import gzip
import json
import re
import zlib
from collections.abc import Iterator, Mapping
from typing import IO, Any, Final

from pydantic import ValidationError

from motcua.domain.catalogue.rules.records import content, excel, national, shapes
from motcua.domain.catalogue.types.record import Record
from motcua.domain.catalogue.types.record_views import Fault, Reader, ReadRow
from motcua.domain.catalogue.types.refusals import UnreadableFile

LONGEST_ROW: Final = 4 << 20  #: bytes of one row; the longest published has 60 KB
LONGEST_FILE: Final = 1 << 30  #: bytes unpacked
BOMB_RATIO: Final = 200  #: times its packed size; published files unpack to 12 times theirs
_CHUNK: Final = 1 << 18
_SHOWN: Final = 80
_GZIP, _ZIP = b"\x1f\x8b", b"PK\x03\x04"
_FOREIGN: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_GAP = re.compile(r"[\s,]*")


def reader_of(stream: IO[bytes]) -> Reader:
    """Return the reader for what the stream begins with; the stream is left at its start."""
    head = stream.read(4)
    stream.seek(0)
    if head == _ZIP:
        return excel_rows
    return json_rows


def json_rows(stream: IO[bytes], /) -> Iterator[ReadRow]:
    """Read JSON lines, a JSON array or the answer of ``LayThuTuc``, packed with gzip or not."""
    chunks = _unpacked(stream)
    head = next(chunks, b"").removeprefix(codecs.BOM_UTF8)
    if head.startswith(_FOREIGN):
        raise UnreadableFile(why="not_utf8", at=0)
    opening = head.lstrip()[:1]
    if opening not in (b"[", b"{"):
        raise UnreadableFile(why="empty" if not opening else "not_json", at=0)
    if opening == b"[" or _is_whole_object(head):
        yield from _elements(head, chunks)
    else:
        yield from _lines(head, chunks)


def excel_rows(stream: IO[bytes], /) -> Iterator[ReadRow]:
    """Read our Excel workbook."""
    for row, raw in excel.rows(stream):
        yield _row(row, raw) if not isinstance(raw, Fault) else ReadRow(row, faults=(raw,))


def record_of(raw: Mapping[str, Any]) -> Record:
    """Return the record in an object of the open or the national shape. Raises Misread, ValidationError."""
    shape = national.from_national if national.is_national(raw) else shapes.from_open
    return Record.model_validate(shape(raw))


def _row(row: int, raw: object) -> ReadRow:
    if not isinstance(raw, dict):
        return ReadRow(row, faults=(Fault("", "not_an_object", repr(raw)[:_SHOWN]),))
    code = str(raw.get("code") or raw.get("MATTHC") or "")[:_SHOWN]
    try:
        return ReadRow(row, record=record_of(raw), code=code)
    except shapes.Misread as fault:
        return ReadRow(row, code=code, faults=(Fault(fault.field, fault.code, repr(fault.value)[:_SHOWN]),))
    except ValidationError as error:
        return ReadRow(row, code=code, faults=content.faults_of(error))


def _lines(head: bytes, chunks: Iterator[bytes]) -> Iterator[ReadRow]:
    """Read one object a line; a line that is not one costs only itself."""
    row, rest, too_long = 0, head, False
    for chunk in _with_end(chunks):
        *lines, rest = (rest + chunk).split(b"\n")
        for line in lines:
            row += 1
            if too_long or len(line) > LONGEST_ROW:
                too_long = False
                yield ReadRow(row, faults=(Fault("", "row_too_long"),))
            elif line.strip():
                yield _line(row, line)
        if len(rest) > LONGEST_ROW:
            rest, too_long = b"", True


def _with_end(chunks: Iterator[bytes]) -> Iterator[bytes]:
    yield from chunks
    yield b"\n"


def _line(row: int, line: bytes) -> ReadRow:
    try:
        return _row(row, _parsed(line.decode()))
    except UnicodeDecodeError as error:
        return ReadRow(row, faults=(Fault("", "not_utf8", f"byte {error.start}"),))
    except (ValueError, RecursionError) as error:
        return ReadRow(row, faults=(Fault("", "not_json", str(error)[:_SHOWN]),))


def _elements(head: bytes, chunks: Iterator[bytes]) -> Iterator[ReadRow]:
    """Read the elements of an array one by one. A broken array is no file: where it breaks nothing can be told."""
    decode = codecs.getincrementaldecoder("utf-8")().decode
    row, text, more = 0, "", True
    try:
        text = decode(head)
        text = text[text.index("[") + 1 :]
        while True:
            text = text[_GAP.match(text).end() :]  # type: ignore[union-attr]  # matches the empty text
            if text.startswith("]"):
                return
            try:
                raw, end = _DECODER.raw_decode(text) if text else (None, 0)
            except json.JSONDecodeError:
                end = 0
            if end and (end < len(text) or not more):
                row += 1
                yield _row(row, raw)
                text = text[end:]
            elif more and len(text) <= LONGEST_ROW:
                chunk = next(chunks, b"")
                more = bool(chunk)
                text += decode(chunk, not more)
            else:
                raise UnreadableFile(why="broken_array" if not more else "row_too_long", at=row + 1)
    except UnicodeDecodeError as error:
        raise UnreadableFile(why="not_utf8", at=row + 1) from error
    except (ValueError, RecursionError) as error:
        raise UnreadableFile(why="not_json", at=row + 1) from error


def _is_whole_object(head: bytes) -> bool:
    """Tell whether the file is one envelope with a list of results, rather than an object a line."""
    return bool(
        re.match(rb'\s*\{\s*("error_code"\s*:\s*"?-?\d+"?\s*,\s*)?"(result|items|procedures)"\s*:\s*\[', head)
    )


def _unpacked(stream: IO[bytes]) -> Iterator[bytes]:
    """Yield the bytes of a stream, unpacked if gzip packed them. Raises UnreadableFile for a bomb."""
    packed = stream.read(2) == _GZIP
    stream.seek(0)
    source: IO[bytes] = gzip.GzipFile(fileobj=stream, mode="rb") if packed else stream  # type: ignore[assignment]
    total = 0
    try:
        while chunk := source.read(_CHUNK):
            total += len(chunk)
            if total > LONGEST_FILE or (
                packed and total > _CHUNK * 16 and total > BOMB_RATIO * stream.tell()
            ):
                raise UnreadableFile(why="too_large", at=total)
            yield chunk
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise UnreadableFile(why="broken_gzip", at=total) from error


def _refuse_constant(name: str) -> object:
    raise ValueError(f"{name} is not JSON")


_DECODER: Final = json.JSONDecoder(parse_constant=_refuse_constant)


def _parsed(text: str) -> object:
    return _DECODER.decode(text)
