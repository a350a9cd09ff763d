"""The ranking as a spreadsheet."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any, Final

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from motcua.domain.reform.types import RankRow

_WIDTHS: Final = (12, 70, 28, 28, *([14] * 10))


def written(rows: Iterable[RankRow]) -> bytes:
    """Return a workbook with a line for each procedure, in the order given."""
    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet(_("Đơn giản hóa"))
    sheet.freeze_panes = "C2"
    for index, width in enumerate(_WIDTHS):
        sheet.column_dimensions[chr(ord("A") + index)].width = width
    sheet.append([_headed(sheet, words) for words in _heads()])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in _line(row)])
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def _heads() -> Sequence[str]:
    return (
        _("Mã"), _("Thủ tục"), _("Bộ, ngành"), _("Lĩnh vực"), _("Giấy tờ"), _("Câu hỏi phải tự điền"),
        _("Câu hỏi đã biết sẵn"), _("Bước"), _("Lần đi lại ít nhất"), _("Ngày làm việc"), _("Phí, lệ phí"),
        _("Chi phí một lần"), _("Chi phí một năm"), _("Số giờ"),
    )  # fmt: skip


def _line(row: RankRow) -> Sequence[object]:
    counts = row.counts
    return (
        row.code, row.name, row.ministry, row.field, counts.papers, counts.typed if row.has_definition else None,
        counts.known if row.has_definition else None, counts.steps, counts.visits, counts.days, row.fee_dong,
        row.once_dong, row.year_dong or None, _("giả định") if row.is_assumed else _("theo định nghĩa"),
    )  # fmt: skip


def _headed(sheet: Any, words: str) -> object:  # noqa: ANN401  # openpyxl's sheets are untyped
    cell = WriteOnlyCell(sheet, value=words)
    cell.font = Font(bold=True)
    return cell


def _cell(sheet: Any, value: object) -> object:  # noqa: ANN401
    """Return what is written; text is text, even where it begins like a formula."""
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet, value=value)
    cell.data_type = "s"
    return cell
