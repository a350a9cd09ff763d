"""Numbers and codes of a dossier and the documents issued on its way.

Source: Circular 03/2025/TT-VPCP art. 13 (dossier code) and annex I (forms); Circular 01/2018/TT-VPCP before it.
"""

import secrets
from datetime import date
from typing import Final

from motcua.domain.cases.types import DocumentKind

CIRCULAR_2025: Final = date(2025, 9, 15)  #: from this day forms carry the numbers of TT 03/2025/TT-VPCP
_SECRET_ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # no 0/O, 1/I/L: it is read aloud and typed

_FORMS_2018: Final = {
    DocumentKind.RECEIPT: "01",
    DocumentKind.SUPPLEMENT_REQUEST: "02",
    DocumentKind.REFUSAL: "03",
    DocumentKind.APOLOGY: "04",
    DocumentKind.STOP_NOTICE: "",
    DocumentKind.RESULT: "",
}
_FORMS_2025: Final = {**_FORMS_2018, DocumentKind.STOP_NOTICE: "05"}

TITLES: Final = {
    DocumentKind.RECEIPT: "Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
    DocumentKind.SUPPLEMENT_REQUEST: "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ",
    DocumentKind.REFUSAL: "Phiếu từ chối tiếp nhận, giải quyết hồ sơ",
    DocumentKind.APOLOGY: "Phiếu xin lỗi và hẹn lại ngày trả kết quả",
    DocumentKind.STOP_NOTICE: "Thông báo dừng giải quyết hồ sơ",
}
TEMPLATES: Final = {
    DocumentKind.RECEIPT: "01_receipt",
    DocumentKind.SUPPLEMENT_REQUEST: "02_supplement",
    DocumentKind.REFUSAL: "03_refusal",
    DocumentKind.APOLOGY: "04_apology",
    DocumentKind.STOP_NOTICE: "05_stop",
}  #: file in ``forms/`` without its ending
_SYMBOLS: Final = {
    DocumentKind.RECEIPT: "TNHS",
    DocumentKind.SUPPLEMENT_REQUEST: "HDHS",
    DocumentKind.REFUSAL: "TCHS",
    DocumentKind.APOLOGY: "PXL",
    DocumentKind.STOP_NOTICE: "TBDHS",
}


def form_no(kind: DocumentKind, on: date) -> str:
    """Return the form number in force on ``on``, "01" to "05"; empty where there is none."""
    return (_FORMS_2025 if on >= CIRCULAR_2025 else _FORMS_2018)[kind]


def legal_source(on: date) -> str:
    """Return the circular whose annex holds the forms in force on ``on``."""
    return "03/2025/TT-VPCP" if on >= CIRCULAR_2025 else "01/2018/TT-VPCP"


def number(kind: DocumentKind, n: int, *, symbol: str = "") -> str:
    """Return the number as printed: two digits at least, then the symbol of the book."""
    return f"{n:02d}/{symbol or _SYMBOLS[kind]}"


def dossier_code(agency_code: str, on: date, n: int) -> str:
    """Return the dossier code: agency, day, order within the day (four digits or more)."""
    return f"{agency_code}-{on:%y%m%d}-{n:04d}"


def lookup_secret() -> str:
    """Return a fresh secret of 10 letters and digits (about 49 bits) for tracking without an account."""
    return "".join(secrets.choice(_SECRET_ALPHABET) for _ in range(10))
