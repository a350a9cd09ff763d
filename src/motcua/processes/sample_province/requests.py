"""What people ask for: the answers to a form and the papers that go with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Final

from motcua.domain.identity.types import Sex
from motcua.processes.sample_province.people import Household, Someone, a_name, family_name

BIRTH: Final = "1.001193"
CERTIFIED_COPY: Final = "2.000815"
HOUSEHOLD_BUSINESS: Final = "1.001612"
WANTED: Final = (BIRTH, CERTIFIED_COPY, CERTIFIED_COPY, BIRTH, CERTIFIED_COPY, HOUSEHOLD_BUSINESS)

_BIRTHPLACES: Final = (
    "Bệnh viện Đa khoa tỉnh Gia Lai",
    "Bệnh viện Nhi Gia Lai",
    "Bệnh viện Đa khoa khu vực An Khê",
    "Bệnh viện Đa khoa tỉnh Bình Định",
    "Trung tâm Y tế Chư Sê",
)
_DOCUMENTS: Final = (
    ("Bằng tốt nghiệp đại học", "Trường Đại học Quy Nhơn", 1),
    ("Bằng tốt nghiệp trung học phổ thông", "Sở Giáo dục và Đào tạo", 1),
    ("Giấy khai sinh", "Ủy ban nhân dân xã", 1),
    ("Giấy chứng nhận quyền sử dụng đất", "Ủy ban nhân dân tỉnh", 4),
    ("Học bạ trung học phổ thông", "Trường THPT Pleiku", 18),
    ("Chứng chỉ ngoại ngữ", "Đại học Đà Nẵng", 1),
    ("Giấy đăng ký kết hôn", "Ủy ban nhân dân phường", 1),
    ("Quyết định nghỉ hưu", "Bảo hiểm xã hội tỉnh", 2),
)
_LINES: Final = (
    ("Cà phê", "Bán buôn cà phê nhân\nDịch vụ phục vụ đồ uống"),
    ("Tạp hóa", "Bán lẻ lương thực, thực phẩm"),
    ("Quán cơm", "Nhà hàng và dịch vụ ăn uống phục vụ lưu động"),
    ("Phân bón", "Bán lẻ phân bón, hàng hóa nông nghiệp"),
    ("Sửa xe", "Bảo dưỡng, sửa chữa mô tô, xe máy"),
    ("May mặc", "May trang phục\nBán lẻ hàng may mặc"),
)


@dataclass(frozen=True, slots=True)
class Request:
    """A form filled in, the papers with it, and what an officer might doubt: key of a paper or a field."""

    procedure: str
    answers: Mapping[str, object]
    papers: tuple[str, ...]
    doubtful: str


def request(random: Random, procedure: str, someone: Someone, household: Household, on: date) -> Request:
    """Return what ``someone`` asks for on a day."""
    if procedure == BIRTH:
        return _birth(random, someone, household, on)
    if procedure == CERTIFIED_COPY:
        return _certified_copy(random, someone)
    return _household_business(random, someone)


def _address(someone: Someone) -> dict[str, str]:
    return {"street": someone.address.street, "commune_code": someone.address.commune_code}


def _birth(random: Random, someone: Someone, household: Household, on: date) -> Request:
    mother = next((adult for adult in household.adults if adult.sex is Sex.FEMALE), None)
    father = next((adult for adult in household.adults if adult.sex is Sex.MALE), None)
    if mother is None:  # a grandfather or uncle would need a letter of authority; he asks for something else
        return _certified_copy(random, someone)
    sex = random.choice(tuple(Sex))
    family = family_name(household.adults)
    answers: dict[str, object] = {
        "child_name": a_name(random, someone.ethnicity, sex, family),
        "child_born_on": (on - timedelta(days=random.randint(2, 50))).isoformat(),
        "child_sex": sex.value,
        "child_ethnicity": someone.ethnicity,
        "child_birthplace": random.choice(_BIRTHPLACES),
        "child_home_town": "Gia Lai",
        "mother_name": mother.full_name,
        "mother_personal_id": mother.personal_id,
        "mother_born_on": mother.born_on.isoformat(),
        "mother_address": _address(mother),
        "has_father": father is not None,
        "applicant_relation": "mother" if someone is mother else "father",
        "applicant_name": someone.full_name,
        "applicant_personal_id": someone.personal_id,
        "applicant_phone": someone.phone,
        "applicant_email": someone.email,
        "copies": random.choice((0, 1, 2, 3)),
    }
    if father is not None:
        answers |= {
            "father_name": father.full_name,
            "father_personal_id": father.personal_id,
            "father_born_on": father.born_on.isoformat(),
        }
    return Request(BIRTH, answers, ("birth_record",), random.choice(("birth_record", "child_home_town")))


def _certified_copy(random: Random, someone: Someone) -> Request:
    name, issuer, pages = random.choice(_DOCUMENTS)
    answers: dict[str, object] = {
        "document_name": name,
        "document_number": f"{random.randrange(10**5):05d}/{random.randint(2005, 2025)}",
        "document_issuer": issuer,
        "pages": pages,
        "copies": random.choice((1, 1, 2, 3, 5)),
        "applicant_name": someone.full_name,
        "applicant_personal_id": someone.personal_id,
        "applicant_phone": someone.phone,
        "applicant_address": _address(someone),
    }
    return Request(CERTIFIED_COPY, answers, ("original_scan",), "original_scan")


def _household_business(random: Random, someone: Someone) -> Request:
    trade, lines = random.choice(_LINES)
    rented = random.random() < 0.4
    answers: dict[str, object] = {
        "business_name": f"{trade} {someone.full_name.split()[-1]} {random.randint(1, 99)}",
        "business_address": _address(someone),
        "business_lines": lines,
        "business_capital": random.randrange(20, 400, 10) * 1_000_000,
        "business_workers": random.randint(1, 6),
        "founded_by": "one_person",
        "premises_rented": rented,
        "owner_name": someone.full_name,
        "owner_personal_id": someone.personal_id,
        "owner_born_on": someone.born_on.isoformat(),
        "owner_phone": someone.phone,
        "owner_email": someone.email,
        "owner_address": _address(someone),
    }
    papers = ("lease",) if rented else ()
    return Request(HOUSEHOLD_BUSINESS, answers, papers, "lease" if rented else "business_lines")
