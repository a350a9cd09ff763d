"""The national database's shape of a record: the answer of its service ``LayThuTuc``.

Source: keys seen in open implementations of the sharing services of the national portal (procedures.md § 1.4): an
envelope ``{"error_code": 0, "result": [...]}`` around objects with upper-case keys; dates are ``yyyyMMddHHmmss``.
"""

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from motcua.domain.catalogue.rules.records import shapes
from motcua.domain.catalogue.rules.records.shapes import Misread, listed, objects
from motcua.domain.catalogue.types.record import Level, Record, Subject, TimeUnit
from motcua.kernel.text import fold

CODE: Final = re.compile(r"^(?P<base>[1-9]\.\d{6})(?:\.(?P<agency>(?:\d{3}\.\d{2}\.\d{2}\.)?[A-Z]\d{2}))?$")

_THOUSANDS: Final = re.compile(r"^\d{1,3}([.,]\d{3})+$")
_UNITS: Final = {
    "ngay lam viec": TimeUnit.WORKING_DAY,
    "ngay": TimeUnit.CALENDAR_DAY,
    "gio": TimeUnit.HOUR,
    "thang": TimeUnit.MONTH,
}
_CURRENCIES: Final = {
    "": "VND",
    "dong": "VND",
    "viet nam dong": "VND",
    "vnd": "VND",
    "usd": "USD",
    "eur": "EUR",
}
_SUBJECTS: Final = {fold(name): subject for name, subject in shapes.SUBJECTS.items()}
_LEVELS: Final = {
    "cap bo": Level.MINISTRY,
    "cap tinh": Level.PROVINCE,
    "cap huyen": Level.DISTRICT,
    "cap xa": Level.COMMUNE,
    "co quan khac": Level.OTHER,
}
_KNOWN: Final = frozenset(
    {"MATTHC", "TENTTHC", "LINHVUCTHUCHIEN", "MOTADOITUONGTHUCHIEN", "DOITUONGTHUCHIEN", "TRINHTUTHUCHIEN"}
    | {"CACHTHUCTHUCHIEN", "THANHPHANHOSO", "COQUANTHUCHIEN", "KETQUATHUCHIEN", "CANCUPHAPLY", "YEUCAU"}
    | {
        "MACOQUANCONGBO",
        "MATTHCDP",
        "SOQUYETDINH",
        "CAPTHUCHIEN",
        "SOBO",
        "TUKHOA",
        "MOTA",
        "TENCOQUANCONGBO",
    }
)


def is_national(raw: Mapping[str, Any]) -> bool:
    """Tell whether an object is in the national shape."""
    return "MATTHC" in raw or "MATTHCDP" in raw


def from_national(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Return the plain data of a record, ready to be validated. Raises Misread.

    ``MATTHCDP``, the code with which a province localised the procedure, gives the agency; what has no place in
    the record is kept under ``unread``.
    """
    code, agency = _codes(raw)
    fields = objects(raw, "LINHVUCTHUCHIEN")
    if not raw.get("TENTTHC"):
        raise Misread("TENTTHC", "missing")
    return {
        "code": code,
        "agency": agency,
        "announcement": {"number": raw.get("SOQUYETDINH") or ""},
        "name": raw["TENTTHC"],
        "ministry": raw.get("TENCOQUANCONGBO") or "",
        "field": "; ".join(_text(each, "TENLINHVUC") for each in fields),
        "field_code": "; ".join(_text(each, "MALINHVUC") for each in fields if each.get("MALINHVUC")),
        "levels": [_level(each) for each in listed(raw, "CAPTHUCHIEN")],
        "subjects": [_subject(each) for each in listed(raw, "DOITUONGTHUCHIEN")],
        "sequence": [
            {
                "case": _text(case, "TRUONGHOP"),
                "steps": [_text(step, "TENTRINHTU") for step in objects(case, "TRINHTU")],
            }
            for case in objects(raw, "TRINHTUTHUCHIEN")
        ],
        "methods": [
            _method(way, time, f"CACHTHUCTHUCHIEN.{i}")
            for i, way in enumerate(objects(raw, "CACHTHUCTHUCHIEN"))
            for time in objects(way, "THOIGIAN") or [{}]
        ],
        "dossier": [
            _component(case, paper)
            for case in objects(raw, "THANHPHANHOSO")
            for paper in objects(case, "GIAYTO")
        ],
        "sets": raw.get("SOBO") or None,
        "agencies": {
            "performing": [
                {"name": _text(body, "TENDONVI"), "code": _text(body, "MADONVI")}
                for body in objects(raw, "COQUANTHUCHIEN")
            ]
        },
        "results": [
            {"name": _text(each, "TENKETQUA"), "code": _text(each, "MAKETQUA")}
            for each in objects(raw, "KETQUATHUCHIEN")
        ],
        "legal_basis": [
            {"number": _text(each, "SOVANBAN"), "title": _text(each, "TENVANBAN"), "url": _text(each, "URL")}
            for each in objects(raw, "CANCUPHAPLY")
        ],
        "conditions": raw.get("YEUCAU") or "",
        "keywords": [raw["TUKHOA"]] if raw.get("TUKHOA") else [],
        "description": raw.get("MOTA") or "",
        "unread": _rest(raw),
    }


def to_national(record: Record) -> dict[str, Any]:
    """Return the record as ``LayThuTuc`` answers it; what the shape has no key for is left out."""
    return {
        "MATTHC": record.code,
        "MATTHCDP": f"{record.code}.{record.agency}" if record.agency else "",
        "TENTTHC": record.name,
        "LINHVUCTHUCHIEN": [{"MALINHVUC": record.field_code, "TENLINHVUC": record.field}],
        "DOITUONGTHUCHIEN": [shapes.SUBJECT_NAMES[subject] for subject in record.subjects],
        "TRINHTUTHUCHIEN": [
            {"TRUONGHOP": case.case, "TRINHTU": [{"TENTRINHTU": step} for step in case.steps]}
            for case in record.sequence
        ],
        "CACHTHUCTHUCHIEN": [
            {
                "KENH": str(shapes.CHANNEL_NUMBERS[method.channel]),
                "THOIGIAN": [
                    {
                        "THOIGIANGIAIQUYET": shapes.number(method.time),
                        "DONVITINH": _UNIT_NAMES[method.unit] if method.unit else "",
                        "MOTA": method.note,
                        "PHILEPHI": [
                            {
                                "SOTIEN": shapes.number(fee.amount),
                                "DONVI": fee.currency,
                                "MOTA": fee.text,
                                "MAPHILEPHI": fee.code,
                            }
                            for fee in method.fees
                        ],
                    }
                ],
            }
            for method in record.methods
        ],
        "THANHPHANHOSO": [
            {
                "TRUONGHOP": line.group,
                "GIAYTO": [
                    {
                        "MAGIAYTO": line.code,
                        "TENGIAYTO": line.name,
                        "TENMAUDON": line.form_name,
                        "URL": line.form_url,
                        "SOBANCHINH": line.originals,
                        "SOBANSAO": line.copies,
                    }
                ],
            }
            for line in record.dossier
        ],
        "COQUANTHUCHIEN": [
            {"MADONVI": body.code, "TENDONVI": body.name} for body in record.agencies.performing
        ],
        "KETQUATHUCHIEN": [{"MAKETQUA": result.code, "TENKETQUA": result.name} for result in record.results],
        "CANCUPHAPLY": [
            {"SOVANBAN": each.number, "TENVANBAN": each.title, "URL": each.url} for each in record.legal_basis
        ],
        "YEUCAU": record.conditions,
    }


_UNIT_NAMES: Final = {
    TimeUnit.WORKING_DAY: "Ngày làm việc",
    TimeUnit.CALENDAR_DAY: "Ngày",
    TimeUnit.HOUR: "Giờ",
    TimeUnit.MONTH: "Tháng",
}


def _codes(raw: Mapping[str, Any]) -> tuple[str, str]:
    """Return base code and agency. The base identifies; the suffix says who localised it."""
    national, local = str(raw.get("MATTHC") or ""), str(raw.get("MATTHCDP") or "")
    found = CODE.match(national or local)
    if found is None:
        raise Misread("MATTHC", "bad_code", national or local)
    suffix = CODE.match(local)
    return found["base"], found["agency"] or (suffix["agency"] if suffix else "") or ""


def _text(raw: Mapping[str, Any], key: str) -> str:
    value = raw.get(key)
    return "" if value is None else str(value)


def _subject(said: object) -> Subject:
    name = said.get("TENDOITUONG", "") if isinstance(said, dict) else said
    found = _SUBJECTS.get(fold(str(name)))
    if found is None:
        raise Misread("DOITUONGTHUCHIEN", "unknown_value", name)
    return found


def _level(said: object) -> Level:
    found = _LEVELS.get(fold(str(said)))
    if found is None:
        raise Misread("CAPTHUCHIEN", "unknown_value", said)
    return found


def _method(way: Mapping[str, Any], time: Mapping[str, Any], where: str) -> dict[str, Any]:
    try:
        channel = shapes.CHANNELS[int(str(way.get("KENH")))]
    except (KeyError, ValueError):
        raise Misread(f"{where}.KENH", "unknown_value", way.get("KENH")) from None
    unit = fold(_text(time, "DONVITINH"))
    if unit and unit not in _UNITS:
        raise Misread(f"{where}.DONVITINH", "unknown_value", time.get("DONVITINH"))
    return {
        "channel": channel,
        "case": _text(time, "TRUONGHOP"),
        "time": _amount(time.get("THOIGIANGIAIQUYET"), f"{where}.THOIGIANGIAIQUYET"),
        "unit": _UNITS.get(unit),
        "fees": [_fee(fee, where) for fee in objects(time, "PHILEPHI")],
        "note": _text(time, "MOTA"),
    }


def _fee(raw: Mapping[str, Any], where: str) -> dict[str, Any]:
    currency = _CURRENCIES.get(fold(_text(raw, "DONVI")))
    if currency is None:
        raise Misread(f"{where}.PHILEPHI.DONVI", "unknown_value", raw.get("DONVI"))
    said = raw.get("SOTIEN")
    if isinstance(said, str) and _THOUSANDS.match(said.strip()):
        said = re.sub(r"[.,]", "", said)  # "20.000" is twenty thousand
    amount = _amount(said, f"{where}.PHILEPHI.SOTIEN")
    return {
        "amount": amount or Decimal(0),
        "currency": currency,
        "text": _text(raw, "MOTA"),
        "code": _text(raw, "MAPHILEPHI"),
    }


def _amount(said: object, where: str) -> Decimal | None:
    """Return a number written as number or text; "0,5" and "0.5" are half a day."""
    if said is None or said == "":
        return None
    try:
        amount = Decimal(str(said).strip().replace(",", "."))
    except InvalidOperation:
        raise Misread(where, "not_a_number", said) from None
    if not amount.is_finite():
        raise Misread(where, "not_a_number", said)
    return amount


def _component(case: Mapping[str, Any], paper: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "group": _text(case, "TRUONGHOP"),
        "name": _text(paper, "TENGIAYTO"),
        "originals": paper.get("SOBANCHINH") or 0,
        "copies": paper.get("SOBANSAO") or 0,
        "code": _text(paper, "MAGIAYTO"),
        "form_name": _text(paper, "TENMAUDON"),
        "form_url": _text(paper, "URL"),
    }


def _rest(raw: Mapping[str, Any]) -> dict[str, Any]:
    kept = {key: raw[key] for key in raw if key not in _KNOWN}
    for key in ("MOTADOITUONGTHUCHIEN", "MACOQUANCONGBO"):
        if raw.get(key):
            kept[key] = raw[key]
    return kept
