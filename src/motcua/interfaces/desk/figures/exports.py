"""Reports as files: the table and its dossiers in Excel, dossiers alone in CSV, at flat memory."""

import csv
from collections.abc import Iterable, Iterator
from datetime import datetime
from tempfile import TemporaryFile
from typing import IO, Any, Final

from django.utils.translation import gettext as _
from openpyxl import Workbook

from motcua.domain.cases.queries import EXPORTED
from motcua.domain.cases.types import Shown, Statistics
from motcua.kernel.clock import VIETNAM

MOST_ROWS: Final = 1_000_000  #: a sheet of Excel holds 1,048,576
CHUNK_BYTES: Final = 64 * 1024
CSV_ROWS: Final = 500  #: joined before they are sent
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")  #: a spreadsheet would compute what begins so


class _Echo:
    """A file that gives back what is written."""

    def write(self, text: str) -> str:
        return text


def as_csv(rows: Iterable[tuple[Any, ...]]) -> Iterator[bytes]:
    """Yield the dossiers as CSV in UTF-8 with a byte order mark, so that Excel reads Vietnamese."""
    writer = csv.writer(_Echo())
    batch = ["\ufeff", writer.writerow(EXPORTED)]
    for row in rows:
        batch.append(writer.writerow([_plain(cell) for cell in row]))
        if len(batch) >= CSV_ROWS:
            yield "".join(batch).encode()
            batch = []
    yield "".join(batch).encode()


def as_excel(report: Statistics, names: dict[str, str], rows: Iterable[tuple[Any, ...]]) -> Iterator[bytes]:
    """Yield a workbook with the report and its dossiers; written to a temporary file row by row."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Thống kê"))
    sheet.append([report.by, *Shown, "percent"])
    for line in (*report.lines, report.total):
        sheet.append([names.get(line.key, line.key), *(getattr(line, one) for one in Shown), line.percent])
    sheet = book.create_sheet(_("Hồ sơ"))
    sheet.append(EXPORTED)
    for number, row in enumerate(rows):
        if number >= MOST_ROWS:
            break
        sheet.append([_plain(cell) for cell in row])
    with TemporaryFile() as file:
        book.save(file)
        file.seek(0)
        yield from _chunks(file)


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    while chunk := file.read(CHUNK_BYTES):
        yield chunk


def _plain(cell: object) -> object:
    if isinstance(cell, datetime):
        return f"{cell.astimezone(VIETNAM):%Y-%m-%d %H:%M}"
    if isinstance(cell, bool):
        return int(cell)
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(FORMULA) else text
