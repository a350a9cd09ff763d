"""A sound definition with one of everything, and changes to it."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any, Final

from motcua.domain.catalogue.rules import definitions
from motcua.domain.catalogue.rules.proof import prove, unreadable
from motcua.domain.catalogue.types import BadDefinition, Finding, Proof, Severity


def words(vi: str, en: str = "") -> dict[str, str]:
    return {"vi": vi, "en": en or f"{vi} (en)"}


def question(key: str, type: str, **more: object) -> dict[str, Any]:
    return {"key": key, "type": type, "label": words(f"Câu {key}"), **more}


SOUND: Final[Mapping[str, Any]] = {
    "format": 2,
    "code": "1.000001",
    "decision": "1/QĐ-BNV",
    "valid_from": "2026-01-01",
    "name": words("Cấp giấy phép thử"),
    "summary": words("Cấp giấy phép"),
    "outcome": words("Giấy phép"),
    "field": words("Thử"),
    "ministry": "Bộ Nội vụ",
    "subjects": ["citizen"],
    "levels": ["commune"],
    "life_event": "papers",
    "legal_basis": [{"number": "1/2026/NĐ-CP", "title": "Nghị định thử"}],
    "channels": ["online", "counter"],
    "cases": [
        {"key": "large", "name": words("Lớn"), "when": "area > 100"},
        {"key": "small", "name": words("Nhỏ")},
    ],
    "limit": {"value": 2, "unit": "working_day"},
    "limits": [{"cases": ["large"], "limit": {"value": 3, "unit": "working_day"}, "hours": {"handling": 20}}],
    "fees": [
        {
            "key": "permit",
            "name": words("Lệ phí cấp phép"),
            "basis": "1/2026/NĐ-CP",
            "formula": "10000 + area * 100",
            "reductions": [
                {
                    "key": "poor",
                    "name": words("Hộ nghèo"),
                    "basis": "1/2026/NĐ-CP",
                    "percent": 50,
                    "when": "is_poor",
                }
            ],
        },
        {
            "key": "pages",
            "name": words("Phí trang"),
            "basis": "1/2026/NĐ-CP",
            "tiers": [{"amount": 2000, "up_to": 2}, {"amount": 1000}],
            "units_field": "copies",
            "when": "copies > 0",
        },
    ],
    "sections": [
        {
            "key": "house",
            "title": words("Nhà"),
            "fields": [
                question("area", "integer", minimum=1, maximum=5000),
                question("is_poor", "yes_no"),
                question(
                    "kind",
                    "choice",
                    choices=[
                        {"value": "wood", "label": words("Gỗ")},
                        {"value": "brick", "label": words("Gạch")},
                    ],
                ),
                question("wood_from", "text", show_when='kind == "wood"'),
                question("begun_on", "date"),
                question(
                    "ended_on",
                    "date",
                    checks=[{"rule": "ended_on >= begun_on", "message": words("Trước ngày bắt đầu")}],
                ),
                question("total", "integer", compute="area * 2"),
                question("copies", "integer", minimum=0, maximum=20),
                question("note", "text", required=False),
                question(
                    "rooms",
                    "table",
                    required=False,
                    maximum=50,
                    columns=[
                        question("size", "integer", maximum=1000),
                        question("use", "text", required=False),
                    ],
                ),
            ],
        },
        {
            "key": "applicant",
            "title": words("Về bạn"),
            "show_when": "area > 10",
            "fields": [
                question("applicant_name", "text", prefill="account.full_name"),
                question("applicant_phone", "phone", prefill="account.phone"),
            ],
        },
    ],
    "papers": [
        {"key": "plan", "name": words("Bản vẽ"), "cases": ["large"]},
        {"key": "proof_of_poverty", "name": words("Xác nhận hộ nghèo"), "show_when": "is_poor"},
    ],
    "steps": [
        {"key": "reception", "stage": "reception", "role": "clerk", "name": words("Tiếp nhận"), "hours": 2},
        {"key": "handling", "stage": "handling", "role": "handler", "name": words("Thẩm định"), "hours": 12},
        {
            "key": "decision",
            "stage": "decision",
            "role": "leader",
            "name": words("Ký"),
            "hours": 2,
            "returns_to": "handling",
        },
    ],
    "result": {
        "code": "KQ.G01.000001",
        "name": words("Giấy phép"),
        "template": "official",
        "book": "permits",
        "symbol": "GP",
        "paragraphs": ["Cho phép nhà rộng {area} m² được hoàn thành ngày {ended_on}."],
        "lines": [{"label": words("Ghi chú"), "of": "note"}],
        "signatures": [{"title": words("Chủ tịch")}],
    },
    "tests": [
        {
            "name": "nhà lớn, hộ nghèo",
            "answers": {"area": 200, "is_poor": True, "copies": 3},
            "expect": {"case": "large"},
        },
        {
            "name": "nhà nhỏ",
            "answers": {"area": 50, "is_poor": False, "copies": 1},
            "expect": {"case": "small"},
        },
    ],
}


def changed(changes: Mapping[str, object]) -> dict[str, Any]:
    """Return the sound definition with ``changes`` by path; a path ending in "+" appends to a list."""
    raw: dict[str, Any] = deepcopy(dict(SOUND))
    for path, value in changes.items():
        *outer, last = path.split(".")
        here: Any = raw
        for step in outer:
            here = here[int(step)] if isinstance(here, list) else here.setdefault(step, {})
        if isinstance(here, list):
            if last == "+":
                here.append(value)
            else:
                here[int(last)] = value
        elif value is None:
            here.pop(last, None)
        else:
            here[last] = value
    return raw


def proved(changes: Mapping[str, object]) -> Proof:
    """Return the proof of the sound definition with ``changes``."""
    try:
        return prove(definitions.modelled(changed(changes)))
    except BadDefinition as refusal:
        return Proof("", tuple(unreadable(refusal)), 0, exhaustive=True)


def told(proof: Proof, *severities: Severity) -> list[tuple[str, str, str]]:
    """Return (class, what, where) of the findings of ``severities``; of none: all."""
    return [
        (f.kind.value, f.what, f.where) for f in proof.findings if not severities or f.severity in severities
    ]


def finding(proof: Proof, what: str) -> Finding:
    return next(found for found in proof.findings if found.what == what)
