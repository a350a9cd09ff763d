"""The first sketch of a definition: the smallest one that reads, for an administrator to write on."""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from datetime import date
from itertools import count
from typing import Any, Final

from motcua.domain.catalogue.types import NoSuchPart


def sketch(code: str, *, on: date) -> dict[str, Any]:
    """Return plain data of a small definition of procedure ``code``, with one question and the usual steps."""
    return {
        "format": 2,
        "code": code,
        "decision": "",
        "valid_from": on.isoformat(),
        "name": {"vi": "Thủ tục mới", "en": "New procedure"},
        "summary": {"vi": "Tóm tắt", "en": "Summary"},
        "outcome": {"vi": "Kết quả bạn nhận được", "en": "What you receive"},
        "field": {"vi": "Lĩnh vực", "en": "Field"},
        "subjects": ["citizen"],
        "levels": ["commune"],
        "life_event": "other",
        "legal_basis": [{"number": "…", "title": "…"}],
        "channels": ["online", "counter"],
        "limit": {"value": 3, "unit": "working_day"},
        "sections": [
            {
                "key": "applicant",
                "title": {"vi": "Về bạn", "en": "About you"},
                "fields": [
                    {
                        "key": "applicant_name",
                        "type": "text",
                        "label": {"vi": "Họ và tên của bạn", "en": "Your full name"},
                        "prefill": "account.full_name",
                        "max_length": 80,
                    }
                ],
            }
        ],
        "papers": [],
        "fees": [],
        "steps": [
            _step("reception", "clerk", "Tiếp nhận", "Reception", 4),
            _step("handling", "handler", "Thẩm tra", "Examination", 16),
            _step("decision", "leader", "Ký kết quả", "Decision", 4),
        ],
        "result": {
            "code": "KQ.G00.000000",
            "name": {"vi": "Văn bản trả lời", "en": "Answer"},
            "template": "official",
            "book": "answer",
            "symbol": "TL",
            "lines": [{"label": {"vi": "Họ và tên", "en": "Full name"}, "of": "applicant_name"}],
            "signatures": [{"title": {"vi": "Chủ tịch", "en": "Chairperson"}}],
        },
        "tests": [],
    }


def blank(kind: str, taken: Iterable[str]) -> dict[str, Any]:
    """Return a new item of ``kind`` ("fields", "papers", "steps", …), with a key that is not ``taken``.

    Raises NoSuchPart for a list the format does not have.
    """
    if kind not in _BLANK:
        raise NoSuchPart(path=kind)
    item = deepcopy(_BLANK[kind])
    for name in {"key", "value"} & item.keys():
        item[name] = _free(str(item[name]), set(taken))
    return item


def _free(stem: str, taken: set[str]) -> str:
    return next(key for number in count(1) if (key := f"{stem}_{number}") not in taken)


def _words(vi: str, en: str) -> dict[str, str]:
    return {"vi": vi, "en": en}


_QUESTION: Final = {"key": "question", "type": "text", "label": _words("Câu hỏi mới", "New question")}
_BLANK: Final[Mapping[str, dict[str, Any]]] = {
    "fields": _QUESTION,
    "columns": {**_QUESTION, "key": "column", "label": _words("Cột mới", "New column")},
    "sections": {"key": "section", "title": _words("Phần mới", "New section"), "fields": [_QUESTION]},
    "choices": {"value": "choice", "label": _words("Lựa chọn mới", "New choice")},
    "checks": {"rule": "true", "message": _words("Hãy kiểm tra lại.", "Please check.")},
    "papers": {"key": "paper", "name": _words("Giấy tờ mới", "New paper")},
    "cases": {"key": "case", "name": _words("Trường hợp mới", "New case")},
    "limits": {"limit": {"value": 1, "unit": "working_day"}},
    "fees": {"key": "fee", "name": _words("Lệ phí mới", "New fee"), "basis": "…", "amount": 0},
    "tiers": {"amount": 0},
    "reductions": {
        "key": "reduction",
        "name": _words("Miễn, giảm mới", "New reduction"),
        "basis": "…",
        "percent": 100,
    },
    "steps": {
        "key": "step",
        "stage": "handling",
        "role": "handler",
        "name": _words("Bước mới", "New step"),
        "hours": 0,
    },
    "legal_basis": {"number": "…", "title": "…"},
    "lines": {"label": _words("Dòng mới", "New line"), "of": ""},
    "signatures": {"role": "leader", "title": _words("Người ký", "Signatory")},
    "tests": {"name": "…", "answers": {}, "expect": {}},
    "asked_anyway": {"field": "", "reason": _words("Lý do", "Reason"), "signed_by": "…", "decision": "…"},
}


def _step(stage: str, role: str, vi: str, en: str, hours: int) -> dict[str, Any]:
    return {"key": stage, "stage": stage, "role": role, "name": {"vi": vi, "en": en}, "hours": hours}
