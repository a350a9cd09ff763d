"""What is wrong with an answer, in words that help: catalogue.rules speaks codes, people read sentences."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from motcua.domain.catalogue.types import FieldType, FormField

#: fault of catalogue.rules → words; "<fault>.<field type>" goes before the plain fault
FAULTS: Final[Mapping[str, str]] = {
    "required": gettext_noop("Hãy trả lời câu này."),
    "required.choice": gettext_noop("Hãy chọn một câu trả lời."),
    "required.yes_no": gettext_noop("Hãy chọn Có hoặc Không."),
    "required.address": gettext_noop("Hãy ghi xã, phường."),
    "required.table": gettext_noop("Hãy ghi ít nhất một dòng."),
    "required.signature": gettext_noop("Hãy đánh dấu lời cam đoan này."),
    "not_affirmed": gettext_noop("Hãy đánh dấu lời cam đoan này."),
    "too_long": gettext_noop("Dài quá {max_length} ký tự."),
    "too_long.table": gettext_noop("Nhiều nhất {maximum} dòng."),
    "wrong_form": gettext_noop("Không đọc được. Hãy kiểm tra lại."),
    "wrong_form.text": gettext_noop("Có ký tự không dùng được. Hãy gõ lại."),
    "wrong_form.long_text": gettext_noop("Có ký tự không dùng được. Hãy gõ lại."),
    "wrong_form.integer": gettext_noop("Chỉ ghi chữ số, ví dụ 3."),
    "wrong_form.number": gettext_noop("Chỉ ghi số, ví dụ 120,5."),
    "wrong_form.money": gettext_noop("Chỉ ghi số tiền, ví dụ 80.000.000."),
    "wrong_form.date": gettext_noop("Ghi ngày, tháng, năm, ví dụ 25/02/2026."),
    "wrong_form.partial_date": gettext_noop("Ghi năm có bốn chữ số; tháng và ngày nếu biết."),
    "wrong_form.personal_id": gettext_noop("Số định danh có 12 chữ số; có thể đã gõ nhầm một chữ số."),
    "wrong_form.tax_code": gettext_noop("Mã số thuế có 10 hoặc 13 chữ số; có thể đã gõ nhầm một chữ số."),
    "wrong_form.phone": gettext_noop("Ghi số điện thoại đủ 10 chữ số, ví dụ 0905 123 456."),
    "wrong_form.email": gettext_noop("Ghi địa chỉ thư, ví dụ an@vidu.vn."),
    "wrong_form.address": gettext_noop(
        "Không tìm thấy xã, phường này. Ghi tên xã, phường và tỉnh, ví dụ phường Pleiku, Gia Lai."
    ),
    "wrong_form.person": gettext_noop("Có phần chưa đúng, xem bên dưới."),
    "wrong_form.bank_account": gettext_noop("Có phần chưa đúng, xem bên dưới."),
    "wrong_form.account_number": gettext_noop("Số tài khoản có 6 đến 20 chữ số hoặc chữ cái."),
    "wrong_rows": gettext_noop("Có ô chưa đúng, xem trong bảng."),
    "several_places": gettext_noop("Có nhiều nơi tên như vậy. Hãy chọn một nơi bên dưới."),
    "several_places.cell": gettext_noop("Có nhiều nơi tên như vậy. Hãy ghi thêm tên tỉnh."),
    "out_of_range": gettext_noop("Số này nằm ngoài mức cho phép."),
    "out_of_range.both": gettext_noop("Ghi một số từ {minimum} đến {maximum}."),
    "out_of_range.date": gettext_noop("Năm này quá xa. Hãy kiểm tra lại."),
    "out_of_range.partial_date": gettext_noop("Năm này quá xa. Hãy kiểm tra lại."),
    "out_of_range.table": gettext_noop("Hãy ghi ít nhất {minimum} dòng."),
    "in_the_future": gettext_noop("Ngày này chưa tới. Hãy kiểm tra lại."),
    "in_the_past": gettext_noop("Ngày này đã qua. Hãy kiểm tra lại."),
    "not_a_choice": gettext_noop("Hãy chọn một câu trả lời trong danh sách."),
}
_PARTS: Final = {
    "full_name": FieldType.TEXT,
    "personal_id": FieldType.PERSONAL_ID,
    "born_on": FieldType.DATE,
    "bank": FieldType.TEXT,
    "number": "account_number",
    "holder": FieldType.TEXT,
}


def words_for(fault: str, field: FormField, language: str) -> str:
    """Return what a fault of one answer means; a failed check says what its definition says."""
    what, _point, number = fault.partition(".")
    if what == "check" and number.isdecimal():
        return field.checks[int(number)].message.to(language)
    return _said(fault, field.type, field)


def words_for_part(fault: str, field: FormField, part: str, language: str) -> str:
    """Return what a fault of one part of an answer means: "born_on" of a person, "2.size" of a table."""
    if field.type is FieldType.TABLE:
        column = next((one for one in field.columns if one.key == part.rpartition(".")[2]), field)
        return words_for(fault, column, language)
    return _said(fault, _PARTS.get(part, field.type), field)


def _said(fault: str, type_: str, field: FormField) -> str:
    bounds = {"minimum": field.minimum, "maximum": field.maximum, "max_length": field.max_length}
    both = field.minimum is not None and field.maximum is not None
    numeric = type_ in {FieldType.INTEGER, FieldType.NUMBER, FieldType.MONEY}
    if fault == "out_of_range" and both and numeric:
        fault = "out_of_range.both"
    words = FAULTS.get(f"{fault}.{type_}") or FAULTS.get(fault) or FAULTS["wrong_form"]
    return _(words).format(**bounds)
