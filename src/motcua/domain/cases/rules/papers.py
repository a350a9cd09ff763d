"""The facts printed on forms 01 to 05 and on results, frozen when the document is issued.

Source: Circular 03/2025/TT-VPCP annex I (fields of each form). The forms are Vietnamese by law, so these are the
only sentences the domain makes.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from motcua.domain.cases.rules import numbering
from motcua.domain.cases.types import DocumentKind
from motcua.domain.catalogue.types import Definition, PaperSpec
from motcua.kernel.clock import VIETNAM

_UNITS = {
    "working_hour": "giờ làm việc",
    "working_day": "ngày làm việc",
    "calendar_day": "ngày",
    "month": "tháng",
}


@dataclass(frozen=True, slots=True)
class Office:
    """Who issues a document, as printed at its head."""

    parent: str
    name: str
    place: str
    phone: str


@dataclass(frozen=True, slots=True)
class Applicant:
    """Whose dossier it is, as printed. An organisation has a tax code and somebody who files for it."""

    name: str
    personal_id: str
    address: str
    phone: str
    email: str
    tax_code: str = ""
    representative: str = ""

    def facts(self) -> dict[str, str]:
        facts = {
            "name": self.name,
            "personal_id": self.personal_id,
            "address": self.address,
            "phone": self.phone,
            "email": self.email,
        }
        if self.representative:
            facts |= {"tax_code": self.tax_code, "representative": self.representative}
        return facts


def moment(at: datetime) -> str:
    """Return an instant as forms print it: ``09 giờ 00 phút, ngày 11 tháng 02 năm 2026``."""
    return f"{at.astimezone(VIETNAM):%H giờ %M phút, ngày %d tháng %m năm %Y}"


def day(at: datetime) -> str:
    """Return a day as documents are dated: ``ngày 11 tháng 02 năm 2026``."""
    return f"{at.astimezone(VIETNAM):ngày %d tháng %m năm %Y}"


def limit_text(definition: Definition) -> str:
    """Return the time limit in words: ``3 ngày làm việc``."""
    value = f"{definition.limit.value.normalize():f}".replace(".", ",")
    return f"{value} {_UNITS[definition.limit.unit]}"


def head(kind: DocumentKind, *, office: Office, number: str, at: datetime) -> dict[str, object]:
    """Return the facts every document carries."""
    on = at.astimezone(VIETNAM).date()
    return {
        "agency_parent": office.parent,
        "agency_name": office.name,
        "form_no": numbering.form_no(kind, on),
        "legal_source": numbering.legal_source(on),
        "number": number,
        "place": office.place,
        "date_text": day(at),
        "made_at": at.astimezone(VIETNAM).isoformat(timespec="seconds"),
        "contact_phone": office.phone,
    }


def request(code: str, definition: Definition, applicant: Applicant) -> dict[str, object]:
    """Return the facts that say whose request under which procedure a document concerns."""
    return {
        "dossier_code": code,
        "procedure_name": definition.name.vi,
        "content": definition.name.vi,
        "applicant": applicant.facts(),
    }


def components(
    specs: Iterable[PaperSpec], files_by_paper: Mapping[str, int], *, electronic: bool
) -> list[dict[str, object]]:
    """Return the numbered rows of papers handed in: name, nature and count."""
    present = [spec for spec in specs if files_by_paper.get(spec.key)]
    return [
        {
            "no": no,
            "name": spec.name.vi,
            "nature": "Bản điện tử" if electronic else ("Bản chính" if spec.originals else "Bản sao"),
            "count": files_by_paper[spec.key],
        }
        for no, spec in enumerate(present, start=1)
    ]


def names(definition: Definition) -> dict[str, str]:
    """Return what the fields and papers of a procedure are called, by key."""
    fields = {field.key: field.label.vi for field in definition.fields}
    return fields | {paper.key: paper.name.vi for paper in definition.papers}


def supplement_request(
    definition: Definition, asked: Iterable[tuple[str, str]], *, reason: str, answer_by: date
) -> dict[str, object]:
    """Return the facts of form 02: each thing asked for and why, and the last day to send it."""
    called = names(definition)
    items = [{"text": called.get(key, key), "reason": need} for key, need in asked]
    return {"items": items, "reason": reason, "due_at_text": f"{answer_by:ngày %d/%m/%Y}"}
