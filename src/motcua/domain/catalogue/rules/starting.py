"""The first sketch of a definition: the smallest one that reads, for an administrator to write on."""

from datetime import date
from typing import Any


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


def _step(stage: str, role: str, vi: str, en: str, hours: int) -> dict[str, Any]:
    return {"key": stage, "stage": stage, "role": role, "name": {"vi": vi, "en": en}, "hours": hours}
