"""Packages for tests: one that a hub would accept, and the pieces to make it worse."""

from datetime import date, datetime
from typing import Final

from motcua.domain.exchange.rules.writing import write
from motcua.domain.exchange.types import (
    Business,
    DocumentCode,
    DocumentHeader,
    DocumentType,
    Hop,
    Organization,
    Package,
    Promulgation,
    Signer,
    Trace,
)

BEGUN: Final = datetime.fromisoformat("2026-03-02T09:05:00")  #: local time, as the field writes it


def document(**changes: object) -> Package:
    """Return a new *công văn* from a department to the Government Office; ``changes`` replace header fields."""
    facts: dict[str, object] = {
        "sender": Organization(code="H49.12", name="Sở Mẫu"),
        "recipients": (Organization(code="G22", name="Văn phòng Chính phủ"),),
        "document_id": "H49.12,2026/03/02,15/SM-VP",
        "code": DocumentCode(number="15", notation="SM-VP"),
        "promulgation": Promulgation(place="Hạ Long", day=date(2026, 3, 2)),
        "document_type": DocumentType(table=2, row=18, name="Công văn"),
        "subject": "V/v báo cáo thử nghiệm",
        "signer": Signer(competence="KT. GIÁM ĐỐC", position="PHÓ GIÁM ĐỐC", full_name="Người Ký Mẫu"),
    }
    header = DocumentHeader(**{**facts, **changes})  # type: ignore[arg-type]  # named like the fields
    trace = Trace(business=Business(operation=0, paper=0), hops=(Hop(organ="H49.12", at=BEGUN),))
    return Package(header=header, trace=trace)


def written(package: Package | None = None) -> bytes:
    """Return the package as bytes, without attachments."""
    return b"".join(write(package or document()))
