"""What is wrong with an identifier, in words, for forms, the API and the command line alike.

Vietnamese first. Plain Python: also used where Django is not loaded.
"""

from motcua.kernel.identifiers import NotAnIdentifier, Reason

VIETNAMESE, ENGLISH = "vi", "en"

_VIETNAMESE = {
    Reason.EMPTY: "Chưa nhập gì.",
    Reason.TOO_LONG: "Quá dài.",
    Reason.NOT_DIGITS: "Chỉ được gồm các chữ số 0–9.",
    Reason.LENGTH: "Sai số chữ số: có {length}, cần {expected}.",
    Reason.SHAPE: "Sai cấu trúc; dạng đúng như {expected}.",
    Reason.PROVINCE: "Không có tỉnh, thành phố nào mang mã {province}.",
    Reason.SERIAL: "Số thứ tự không thể bằng 0.",
    Reason.BRANCH: "Số của đơn vị phụ thuộc không thể là 000.",
    Reason.CHECK_DIGIT: "Chữ số kiểm tra không khớp: có thể đã gõ nhầm một chữ số.",
    Reason.NEVER_ISSUED: "Số này không bao giờ được cấp: có thể đã gõ nhầm một chữ số.",
    Reason.DATE: "Không có ngày {date}.",
    Reason.FIELDS: "Có {fields} trường thông tin, cần {expected}.",
    Reason.OLD_NUMBER: "Số chứng minh nhân dân cũ phải có 9 chữ số hoặc để trống.",
    Reason.NAME: "Thiếu họ và tên.",
    Reason.SEX: "Giới tính phải là Nam hoặc Nữ.",
    Reason.BIRTH_YEAR_MISMATCH: "Số định danh ghi năm sinh {number}, thẻ ghi {card}.",
    Reason.SEX_MISMATCH: "Giới tính trên thẻ không khớp với số định danh.",
    Reason.ISSUED_BEFORE_BIRTH: "Ngày cấp thẻ trước ngày sinh.",
    Reason.CHECKSUM: "Mã kiểm tra không khớp: nội dung đã bị sửa hoặc quét nhầm.",
    Reason.TAG_MISSING: "Thiếu trường {tag}.",
    Reason.TAG_TWICE: "Trường {tag} lặp lại.",
    Reason.TAG_VALUE: "Trường {tag} có giá trị không hợp lệ.",
}

_ENGLISH = {
    Reason.EMPTY: "Nothing was entered.",
    Reason.TOO_LONG: "Too long.",
    Reason.NOT_DIGITS: "Only the digits 0–9 are allowed.",
    Reason.LENGTH: "Wrong number of digits: {length} instead of {expected}.",
    Reason.SHAPE: "Wrong form; it should look like {expected}.",
    Reason.PROVINCE: "No province has the code {province}.",
    Reason.SERIAL: "The running number cannot be 0.",
    Reason.BRANCH: "The number of the dependent unit cannot be 000.",
    Reason.CHECK_DIGIT: "The check digit does not fit: a digit may be mistyped.",
    Reason.NEVER_ISSUED: "This number is never issued: a digit may be mistyped.",
    Reason.DATE: "There is no date {date}.",
    Reason.FIELDS: "{fields} fields instead of {expected}.",
    Reason.OLD_NUMBER: "The former identity card number has 9 digits or is empty.",
    Reason.NAME: "The name is missing.",
    Reason.SEX: "The sex must be Nam or Nữ.",
    Reason.BIRTH_YEAR_MISMATCH: "The personal number says born in {number}, the card says {card}.",
    Reason.SEX_MISMATCH: "The sex on the card does not match the personal number.",
    Reason.ISSUED_BEFORE_BIRTH: "The card was issued before its holder was born.",
    Reason.CHECKSUM: "The checksum does not fit: the content was altered or misread.",
    Reason.TAG_MISSING: "Field {tag} is missing.",
    Reason.TAG_TWICE: "Field {tag} stands there twice.",
    Reason.TAG_VALUE: "Field {tag} has a value it cannot have.",
}


def sentence(refusal: NotAnIdentifier, lang: str = VIETNAMESE) -> str:
    """Return what is wrong, in Vietnamese or (``en``) English."""
    words = _ENGLISH if lang == ENGLISH else _VIETNAMESE
    return words[refusal.reason].format_map({"length": "?", "expected": "?", **refusal.facts})
