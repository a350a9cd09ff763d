"""Public records as files: our JSON, an Excel workbook, CPSV-AP; a few records in memory at a time."""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from io import TextIOWrapper
from typing import IO, Final

from motcua.domain.catalogue.queries.records import records_in_force
from motcua.domain.catalogue.rules.records import cpsv, excel, shapes
from motcua.domain.catalogue.types.record import Record


class ExportFormat(StrEnum):
    JSON = "json"  #: one array in the open shape
    JSONL = "jsonl"  #: the open shape, one object a line
    XLSX = "xlsx"  #: the workbook that can be read back
    CPSV = "cpsv"  #: CPSV-AP 3 as JSON-LD


def export_records(target: IO[bytes], *, kind: ExportFormat, base: str, on: date) -> int:
    """Write every record in force on ``on`` to an open binary file; return how many.

    ``base`` is the address of the node, which CPSV-AP identifiers begin with. What JSON and Excel hold comes back
    the same when it is imported.
    """
    return _WRITERS[kind](records_in_force(on=on), target, base)


def export_template(target: IO[bytes]) -> None:
    """Write the empty workbook."""
    excel.write((), target)


def _json(records: Iterator[Record], target: IO[bytes], _base: str) -> int:
    return _array(target, (_dumped(shapes.to_open(record)) for record in records), "[\n", "\n]\n")


def _jsonl(records: Iterator[Record], target: IO[bytes], _base: str) -> int:
    count = 0
    for record in records:
        count += 1
        target.write((_dumped(shapes.to_open(record)) + "\n").encode())
    return count


def _cpsv(records: Iterator[Record], target: IO[bytes], base: str) -> int:
    head = f'{{"@context": {_dumped(cpsv.CONTEXT)}, "@graph": [\n'
    return _array(target, (_dumped(cpsv.service(record, base=base)) for record in records), head, "\n]}\n")


def _xlsx(records: Iterator[Record], target: IO[bytes], _base: str) -> int:
    return excel.write(records, target)


def _array(target: IO[bytes], texts: Iterator[str], head: str, tail: str) -> int:
    out = TextIOWrapper(target, encoding="utf-8", write_through=True)
    out.write(head)
    count = 0
    for text in texts:
        out.write(",\n" + text if count else text)
        count += 1
    out.write(tail)
    out.detach()
    return count


def _dumped(data: object) -> str:
    return json.dumps(data, ensure_ascii=False)


_WRITERS: Final[Mapping[ExportFormat, Callable[[Iterator[Record], IO[bytes], str], int]]] = {
    ExportFormat.JSON: _json,
    ExportFormat.JSONL: _jsonl,
    ExportFormat.XLSX: _xlsx,
    ExportFormat.CPSV: _cpsv,
}
