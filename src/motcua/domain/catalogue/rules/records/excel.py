"""Records as an Excel workbook: one sheet for the records, one for each part that has many lines.

The same layout is exported, offered as an empty form and read back. The lines of a part name their procedure by its
code and stand in their own order; a cell that is empty says nothing. Sheets are read as streams; only the lines of
parts are held in memory, within a bound.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import IO, Any, Final
from xml.etree.ElementTree import ParseError

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils.exceptions import InvalidFileException

from motcua.domain.catalogue.rules.records import shapes
from motcua.domain.catalogue.types.record import Record
from motcua.domain.catalogue.types.record_views import Fault
from motcua.domain.catalogue.types.refusals import UnreadableFile

LARGEST: Final = 512 << 20  #: bytes of all parts of the workbook, unpacked
MOST_LINES: Final = 1_000_000  #: of all parts together
MOST_PARTS: Final = 1000
_RATIO: Final = 250
_MAIN: Final = "Thủ tục"
#: Column → key of the open shape. Lists are one to a line.
_COLUMNS: Final[Mapping[str, str]] = {
    "Mã thủ tục": "code",
    "Tên thủ tục": "name",
    "Số quyết định": "decision",
    "Hình thức": "action",
    "Ngày quyết định": "decided_on",
    "Ngày hiệu lực": "valid_from",
    "Bộ, ngành": "ministry",
    "Lĩnh vực": "field",
    "Mã lĩnh vực": "field_code",
    "Cấp thực hiện": "levels",
    "Loại thủ tục": "type",
    "Đối tượng thực hiện": "subjects",
    "Cơ quan thực hiện": "performing_agency",
    "Cơ quan có thẩm quyền": "competent_agency",
    "Cơ quan phối hợp": "coordinating_agency",
    "Cơ quan được ủy quyền": "delegated_agency",
    "Địa chỉ tiếp nhận": "receiving_address",
    "Giờ tiếp nhận": "receiving_hours",
    "Số bộ hồ sơ": "sets",
    "Yêu cầu, điều kiện": "conditions",
    "Thủ tục liên quan": "related",
    "Từ khóa": "keywords",
    "Mô tả": "description",
    "Căn cứ buộc có mặt": "presence",
    "Mã cơ quan địa phương": "agency",
    "Nguồn": "source",
}
_LISTS: Final = frozenset({"levels", "subjects", "related", "keywords"})
#: Sheet → (key of the open shape, column → key of one line).
_PARTS: Final[Mapping[str, tuple[str, Mapping[str, str]]]] = {
    "Trình tự": ("sequence", {"Trường hợp": "case", "Nội dung": "step"}),
    "Cách thức": (
        "methods",
        {
            "Hình thức nộp (1, 2, 3)": "channel",
            "Trường hợp": "case",
            "Thời hạn": "time",
            "Đơn vị (hour, working_day, calendar_day, month)": "unit",
            "Miễn phí (x)": "free",
            "Ghi chú": "note",
        },
    ),
    "Phí": (
        "fees",
        {
            "Dòng cách thức": "method",
            "Số tiền": "amount",
            "Loại tiền": "currency",
            "Diễn giải": "text",
            "Mã phí": "code",
        },
    ),
    "Hồ sơ": (
        "dossier",
        {
            "Trường hợp": "group",
            "Tên giấy tờ": "name",
            "Bản chính": "originals",
            "Bản sao": "copies",
            "Mã giấy tờ": "code",
            "Tên mẫu": "form_name",
            "Địa chỉ mẫu": "form_url",
        },
    ),
    "Căn cứ": (
        "legal",
        {
            "Số hiệu": "number",
            "Trích yếu": "title",
            "Địa chỉ": "url",
            "Từ ngày": "valid_from",
            "Đến ngày": "valid_to",
        },
    ),
    "Kết quả": ("results", {"Tên kết quả": "name", "Mã kết quả": "code", "Bản điện tử (x)": "is_electronic"}),
}
_ESCAPE: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_HEAD: Final = (
    Font(bold=True),
    PatternFill("solid", fgColor="E8EEF7"),
    Alignment(wrap_text=True, vertical="top"),
)


# ── writing ──────────────────────────────────────────────────────────────────────────────────────────


def write(records: Iterable[Record], target: IO[bytes]) -> int:
    """Write records into a workbook, a row at a time; return how many. None: the empty form."""
    book = Workbook(write_only=True)
    sheets = {title: _sheet(book, title, columns) for title, columns in _all_sheets().items()}
    count = 0
    for record in records:
        count += 1
        for title, line in _lines_of(record):
            sheets[title].append([_cell(sheets[title], value) for value in line])
    book.save(target)
    return count


def _all_sheets() -> dict[str, tuple[str, ...]]:
    return {_MAIN: tuple(_COLUMNS)} | {
        title: ("Mã thủ tục", *columns) for title, (_key, columns) in _PARTS.items()
    }


def _sheet(book: Workbook, title: str, columns: Sequence[str]) -> Any:  # noqa: ANN401  # openpyxl's sheets are untyped where it matters
    sheet: Any = book.create_sheet(title)
    sheet.freeze_panes = "C2" if title == _MAIN else "B2"
    for index, name in enumerate(columns):
        sheet.column_dimensions[chr(ord("A") + index)].width = 60 if name in _WIDE else 18
    sheet.append([_headed(sheet, name) for name in columns])
    return sheet


_WIDE: Final = frozenset(
    {"Tên thủ tục", "Nội dung", "Tên giấy tờ", "Ghi chú", "Yêu cầu, điều kiện", "Trường hợp"}
)


def _headed(sheet: Any, name: str) -> object:  # noqa: ANN401
    cell = WriteOnlyCell(sheet, value=name)
    cell.font, cell.fill, cell.alignment = _HEAD
    return cell


def _cell(sheet: Any, value: object) -> object:  # noqa: ANN401
    """Return what is written; text is text, even where it begins like a formula."""
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet, value=_escaped(value))
    cell.data_type = "s"
    return cell


def _lines_of(record: Record) -> Iterator[tuple[str, list[object]]]:
    said = shapes.to_open(record)
    yield _MAIN, [_joined(said.get(key)) for key in _COLUMNS.values()]
    for case in record.sequence:
        for step in case.steps:
            yield "Trình tự", [record.code, case.case, step]
    for index, method in enumerate(said["methods"], start=1):
        free = "x" if method["free"] else ""
        line = (
            method["channel"],
            method.get("case", ""),
            method["time"],
            method["unit"],
            free,
            method["note"],
        )
        yield "Cách thức", [record.code, *line]
        for fee in method["fees"]:
            amounts = (fee["amount"], fee["currency"], fee.get("text", ""), fee.get("code", ""))
            yield "Phí", [record.code, index, *amounts]
    for title in ("Hồ sơ", "Căn cứ", "Kết quả"):
        key, columns = _PARTS[title]
        for each in said[key]:
            said_of_it = {"number": each} if isinstance(each, str) else each
            yield title, [record.code, *(_ticked(name, said_of_it.get(name)) for name in columns.values())]


def _joined(value: object) -> object:
    if isinstance(value, list):
        return "\n".join(each if isinstance(each, str) else each["name"] for each in value)
    return value


def _ticked(name: str, value: object) -> object:
    if name == "is_electronic":
        return {True: "x", False: "-"}.get(value, "")  # type: ignore[call-overload]  # None: not said
    return value


# ── reading ──────────────────────────────────────────────────────────────────────────────────────────


def rows(stream: IO[bytes]) -> Iterator[tuple[int, dict[str, Any] | Fault]]:
    """Yield (row, object of the open shape). Raises UnreadableFile."""
    _refuse_bombs(stream)
    try:
        book = load_workbook(stream, read_only=True, data_only=True)
        sheets = {sheet.title: sheet for sheet in book.worksheets}
        if _MAIN not in sheets:
            raise UnreadableFile(why="no_sheet", at=_MAIN)
        parts = _parts(sheets)
        for row, line in _table(sheets[_MAIN], _COLUMNS):
            yield row, _object(line, parts)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ParseError, EOFError) as error:
        raise UnreadableFile(why="broken_workbook", at=str(error)[:80]) from error


def _refuse_bombs(stream: IO[bytes]) -> None:
    try:
        with zipfile.ZipFile(stream) as packed:
            parts = packed.infolist()
    except zipfile.BadZipFile as error:
        raise UnreadableFile(why="broken_workbook", at=str(error)[:80]) from error
    total = sum(part.file_size for part in parts)
    swollen = any(part.file_size > 1 << 24 and part.file_size > _RATIO * part.compress_size for part in parts)
    if total > LARGEST or swollen or len(parts) > MOST_PARTS:
        raise UnreadableFile(why="too_large", at=total)
    stream.seek(0)


def _parts(sheets: Mapping[str, Any]) -> dict[str, dict[str, list[dict[str, Any]]]]:
    """Return part → code → lines."""
    found: dict[str, dict[str, list[dict[str, Any]]]] = {}
    count = 0
    for title, (key, columns) in _PARTS.items():
        by_code = found.setdefault(key, {})
        if title not in sheets:
            continue
        for _row, line in _table(sheets[title], {"Mã thủ tục": "code of", **columns}):
            count += 1
            if count > MOST_LINES:
                raise UnreadableFile(why="too_large", at=title)
            by_code.setdefault(str(line.pop("code of", "")), []).append(line)
    return found


def _table(sheet: Any, columns: Mapping[str, str]) -> Iterator[tuple[int, dict[str, Any]]]:  # noqa: ANN401
    """Yield (row, key → value) of the filled cells under known headings; columns may stand in any order."""
    lines = sheet.iter_rows(values_only=True, max_col=100)
    head = [columns.get(str(name).strip()) if name is not None else None for name in next(lines, ())]
    if missing := {name for name, key in columns.items() if key in {"code", "code of"} and key not in head}:
        raise UnreadableFile(why="no_column", at=f"{sheet.title}: {', '.join(sorted(missing))}")
    for row, line in enumerate(lines, start=2):
        filled = {
            key: _unescaped(value)
            for key, value in zip(head, line, strict=False)
            if key is not None and value is not None
        }
        if filled:
            yield row, filled


def _object(
    line: dict[str, Any], parts: Mapping[str, Mapping[str, list[dict[str, Any]]]]
) -> dict[str, Any] | Fault:
    code = str(line.get("code", ""))
    found: dict[str, Any] = {key: _scalar(key, value) for key, value in line.items()}
    for key in ("sequence", "methods", "dossier", "legal", "results"):
        found[key] = [dict(each) for each in parts[key].get(code, ())]
    for fee in parts["fees"].get(code, ()):
        index = fee.get("method")
        if not isinstance(index, int) or not 1 <= index <= len(found["methods"]):
            return Fault("Phí.Dòng cách thức", "no_such_method", str(index))
        rest = {key: value for key, value in fee.items() if key != "method"}
        found["methods"][index - 1].setdefault("fees", []).append({"currency": "VND", **rest})
    for method in found["methods"]:
        method["free"] = _is_ticked(method.get("free"))
    for result in found["results"]:
        if "is_electronic" in result:
            result["is_electronic"] = _is_ticked(result["is_electronic"])
    found["sequence"] = _cases(found["sequence"])
    return found


def _cases(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    cases: list[dict[str, Any]] = []
    for line in lines:
        case = line.get("case", "")
        if not cases or cases[-1]["case"] != case:
            cases.append({"case": case, "steps": []})
        cases[-1]["steps"].append(str(line.get("step", "")))
    return cases


def _is_ticked(value: object) -> bool:
    return str(value).strip().lower() in {"x", "1", "true", "có"} if value is not None else False


def _scalar(key: str, value: object) -> object:
    if key in _LISTS:
        return [part.strip() for part in str(value).split("\n") if part.strip()]
    if hasattr(value, "date"):
        return value.date().isoformat()
    return value if key == "sets" else str(value)


def _escaped(text: str) -> str:
    """Write control characters the way workbooks do (ECMA-376 part 1 § 22.9.2.19)."""
    guarded = _ESCAPE.sub(r"_x005F\g<0>", text)
    return "".join(f"_x{ord(c):04X}_" if ord(c) < ord(" ") and c not in "\t\n" else c for c in guarded)


def _unescaped(value: object) -> object:
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), value) if isinstance(value, str) else value
