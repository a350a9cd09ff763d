"""The catalogue's public test kit: published procedures and answers that pass."""

from datetime import UTC, datetime

from motcua.domain.catalogue import commands
from motcua.domain.catalogue.types import ProcedureView
from motcua.kernel.actors import SYSTEM

LONG_AGO = datetime(2025, 7, 1, tzinfo=UTC)
BIRTH, CERTIFIED_COPY, HOUSEHOLD_BUSINESS = "1.001193", "2.000815", "1.001612"

GOOD_ANSWERS: dict[str, dict[str, object]] = {
    BIRTH: {
        "child_name": "Rơ Châm Gia Bảo",
        "child_born_on": "2026-02-01",
        "child_sex": "male",
        "child_ethnicity": "Gia Rai",
        "child_birthplace": "Bệnh viện Đa khoa tỉnh Gia Lai",
        "child_home_town": "Gia Lai",
        "mother_name": "Rơ Châm H’Bia",
        "mother_personal_id": "064195001234",
        "mother_born_on": "1995-03-14",
        "mother_address": {"street": "12 Hùng Vương", "commune_code": "23575"},
        "has_father": False,
        "applicant_relation": "mother",
        "applicant_name": "Rơ Châm H’Bia",
        "applicant_personal_id": "064195001234",
        "applicant_phone": "0905123456",
    },
    CERTIFIED_COPY: {
        "document_name": "Bằng tốt nghiệp đại học",
        "document_issuer": "Đại học Quy Nhơn",
        "pages": 3,
        "copies": 2,
        "applicant_name": "Lê Thị Mai",
        "applicant_personal_id": "064195001234",
        "applicant_phone": "0905123456",
        "applicant_address": {"street": "12 Hùng Vương", "commune_code": "23575"},
    },
    HOUSEHOLD_BUSINESS: {
        "business_name": "Hộ kinh doanh Hoa Ban",
        "business_address": {"street": "12 Hùng Vương", "commune_code": "23575"},
        "business_lines": "Bán lẻ lương thực, thực phẩm\nDịch vụ ăn uống",
        "business_capital": 80_000_000,
        "business_workers": 2,
        "founded_by": "one_person",
        "premises_rented": False,
        "owner_name": "Nguyễn Thị An",
        "owner_personal_id": "064195001234",
        "owner_born_on": "1995-03-14",
        "owner_phone": "0905123456",
        "owner_address": {"street": "12 Hùng Vương", "commune_code": "23575"},
    },
}
REQUIRED_PAPERS = {BIRTH: "birth_record", CERTIFIED_COPY: "original_scan", HOUSEHOLD_BUSINESS: ""}


def the_procedures(at: datetime = LONG_AGO) -> dict[str, ProcedureView]:
    """Publish what ships with the package; return it by code."""
    return {view.code: view for view in commands.publish_shipped(actor=SYSTEM, at=at)}
