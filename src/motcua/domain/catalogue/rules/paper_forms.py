"""What stands on the paper form of a definition: the same questions and papers as on the page, in the same order.

Computed answers are left out, for the office computes them. The form names its procedure, version and a digest of
everything printed, so that a sheet that comes back is known to be of this very form.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime, time
from typing import Any, Final

from motcua.domain.catalogue.types import Definition, FieldType, FormField, PaperSpec, Section
from motcua.kernel.clock import VIETNAM

DIGEST_LENGTH: Final = 12
BOXES: Final[Mapping[FieldType, tuple[int, ...]]] = {
    FieldType.DATE: (2, 2, 4),
    FieldType.PARTIAL_DATE: (2, 2, 4),
    FieldType.PERSONAL_ID: (12,),
    FieldType.TAX_CODE: (10, 3),
    FieldType.PHONE: (10,),
}
_ROWS: Final = 4  #: empty rows of a table


def facts(definition: Definition, *, version: int, when: Mapping[str, str]) -> dict[str, Any]:
    """Return what the template prints. ``when`` says in words when a section or question applies, by its key."""
    said: dict[str, Any] = {
        "title": definition.name.vi,
        "code": definition.code,
        "version": version,
        "sections": [
            {
                "title": section.title.vi,
                "intro": _intro(section),
                "when": when.get(section.key, ""),
                "questions": [
                    _question(field, when.get(field.key, "")) for field in section.fields if not field.compute
                ],
            }
            for section in definition.sections
        ],
        "papers": [_paper(paper) for paper in definition.papers],
    }
    sections = [section for section in said["sections"] if section["questions"]]
    return said | {
        "sections": sections,
        "digest": _digest(said),
        "made_at": datetime.combine(definition.valid_from, time(12), VIETNAM).isoformat(),
    }


def mark(said: Mapping[str, Any]) -> str:
    """Return the text of the QR code: what the sheet is a form of."""
    return f"motcua-form/1 {said['code']}@{said['version']} {said['digest']}"


def _intro(section: Section) -> str:
    """An introduction to questions that are filled in beforehand speaks of the page, not of the paper."""
    filled_in = any(field.prefill for field in section.fields)
    return section.intro.vi if section.intro and not filled_in else ""


def _question(field: FormField, when: str) -> dict[str, Any]:
    return {
        "key": field.key,
        "type": field.type.value,
        "label": field.label.vi,
        "hint": field.hint.vi if field.hint else "",
        "when": when,
        "optional": not field.required,
        "choices": [choice.label.vi for choice in field.choices],
        "boxes": list(BOXES.get(field.type, ())),
        "unit": "đồng" if field.type is FieldType.MONEY else field.unit.vi if field.unit else "",
        "columns": [column.label.vi for column in field.columns],
        "rows": _ROWS if field.columns else 0,
    }


def _paper(paper: PaperSpec) -> dict[str, Any]:
    return {
        "name": paper.name.vi,
        "originals": paper.originals,
        "copies": paper.copies,
        "form": paper.form,
        "presented": paper.presented,
        "optional": not paper.required or bool(paper.cases or paper.show_when or paper.require_when),
    }


def _digest(said: Mapping[str, Any]) -> str:
    text = json.dumps(said, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:DIGEST_LENGTH]
