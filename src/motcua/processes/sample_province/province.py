"""What the sample province consists of: departments, centre, communes and the people who work there.

Source: Resolution 1664/NQ-UBTVQH15 (16/06/2025) for the communes; Decree 150/2025/NĐ-CP for the departments a
province has; Decree 118/2025/NĐ-CP art. 8 for the centre and the one-stop desks. Codes of the communes are ours.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from motcua.domain.identity.types import Sex
from motcua.kernel.actors import Role

PROVINCE_CODE: Final = "52"
CODE: Final = "H21"
SINCE: Final = date(2025, 7, 1)  #: the merged province and its communes begin
CALENDAR_YEARS: Final = (2024, 2025, 2026, 2027)


@dataclass(frozen=True, slots=True)
class Body:
    """A department or centre under the provincial People's Committee."""

    code: str
    name: str
    short_name: str
    address: str
    phone: str


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune whose People's Committee is staffed. ``weight`` is its share of the dossiers."""

    commune_code: str
    code: str
    name: str
    address: str
    phone: str
    weight: int
    jrai: int  #: of ten inhabitants, how many bear Gia Rai names
    bahnar: int  #: of ten inhabitants, how many bear Ba Na names


@dataclass(frozen=True, slots=True)
class Post:
    """A seat every commune fills."""

    role: Role
    title: str


DEPARTMENTS: Final = (
    Body("H21.10", "Sở Nội vụ", "SNV", "83 Lê Hồng Phong, phường Quy Nhơn", "02563822350"),
    Body("H21.15", "Sở Tư pháp", "STP", "139 Lê Hồng Phong, phường Quy Nhơn", "02563822351"),
    Body("H21.05", "Sở Tài chính", "STC", "181 Lê Hồng Phong, phường Quy Nhơn", "02563822352"),
    Body("H21.14", "Sở Xây dựng", "SXD", "32 Lý Thường Kiệt, phường Quy Nhơn", "02563822353"),
    Body(
        "H21.04", "Sở Nông nghiệp và Môi trường", "SNNMT", "77 Lê Hồng Phong, phường Quy Nhơn", "02563822354"
    ),
    Body("H21.13", "Sở Y tế", "SYT", "756 Trần Hưng Đạo, phường Quy Nhơn", "02563822355"),
    Body("H21.03", "Sở Giáo dục và Đào tạo", "SGDĐT", "08 Trần Phú, phường Quy Nhơn", "02563822356"),
    Body(
        "H21.12",
        "Sở Văn hóa, Thể thao và Du lịch",
        "SVHTTDL",
        "183 Lê Hồng Phong, phường Quy Nhơn",
        "02563822357",
    ),
)
CENTRE: Final = Body(
    "H21.20",
    "Trung tâm Phục vụ hành chính công tỉnh Gia Lai",
    "TTPVHCC",
    "127 Hai Bà Trưng, phường Quy Nhơn",
    "02563818898",
)
COMMUNES: Final = (
    Commune("23575", "H21.101", "phường Pleiku", "81 Hùng Vương", "02693824101", 6, 2, 1),
    Commune("23563", "H21.102", "phường Diên Hồng", "46 Trần Phú", "02693824102", 3, 1, 1),
    Commune("23584", "H21.103", "phường Thống Nhất", "229 Phạm Văn Đồng", "02693824103", 2, 1, 1),
    Commune("23602", "H21.104", "phường An Phú", "530 Trường Chinh", "02693824104", 2, 2, 1),
    Commune("23617", "H21.105", "phường An Khê", "602 Quang Trung", "02693824105", 2, 0, 2),
    Commune("24044", "H21.106", "phường Ayun Pa", "15 Trần Hưng Đạo", "02693824106", 2, 5, 0),
    Commune("21583", "H21.107", "phường Quy Nhơn", "30 Nguyễn Huệ", "02563824107", 4, 0, 0),
    Commune("21640", "H21.108", "phường Bồng Sơn", "47 Trần Hưng Đạo", "02563824108", 2, 0, 0),
    Commune("23941", "H21.109", "xã Chư Sê", "1024 Hùng Vương", "02693824109", 2, 6, 0),
    Commune("23677", "H21.110", "xã Đak Đoa", "199 Nguyễn Huệ", "02693824110", 2, 3, 4),
    Commune("23638", "H21.111", "xã Kbang", "01 Quang Trung", "02693824111", 1, 0, 7),
    Commune("23764", "H21.112", "xã Ia Grai", "286 Hùng Vương", "02693824112", 1, 6, 0),
)
POSTS: Final = (
    Post(Role.CLERK, "Cán bộ Trung tâm Phục vụ hành chính công"),
    Post(Role.HANDLER, "Công chức tư pháp – hộ tịch"),
    Post(Role.HANDLER, "Chuyên viên Phòng Kinh tế"),
    Post(Role.LEADER, "Phó Chủ tịch Ủy ban nhân dân"),
)
COUNTERS: Final = ("Hộ tịch, chứng thực", "Kinh doanh, đất đai, xây dựng")
HOME: Final = COMMUNES[0]  #: where the sample accounts live and work
PASSWORD: Final = "cao-nguyên-gia-lai-52"  #: of the sample accounts; they exist in no other node


@dataclass(frozen=True, slots=True)
class SampleAccount:
    """Somebody one may enter as with one click. ``username`` begins with ``demo.``."""

    username: str
    full_name: str
    role: Role
    sex: Sex
    born_on: date
    ethnicity: str = "Kinh"
    title: str = ""
    agency_code: str = "H21.101"

    def __str__(self) -> str:
        return f"{self.username:<14} {self.full_name:<18} {self.title or 'người dân'}  ·  {PASSWORD}"


ACCOUNTS: Final = (
    SampleAccount("demo.an", "Nguyễn Thị An", Role.CITIZEN, Sex.FEMALE, date(1995, 3, 14)),
    SampleAccount("demo.bia", "Rơ Châm H’Bia", Role.CITIZEN, Sex.FEMALE, date(1992, 8, 20), "Gia Rai"),
    SampleAccount(
        "demo.clerk",
        "Trần Thu Hà",
        Role.CLERK,
        Sex.FEMALE,
        date(1993, 5, 2),
        title="Cán bộ Trung tâm Phục vụ hành chính công",
    ),
    SampleAccount(
        "demo.handler",
        "Lê Văn Bình",
        Role.HANDLER,
        Sex.MALE,
        date(1988, 11, 9),
        title="Công chức tư pháp – hộ tịch",
    ),
    SampleAccount(
        "demo.handler2",
        "Siu Phước",
        Role.HANDLER,
        Sex.MALE,
        date(1990, 1, 30),
        "Gia Rai",
        "Chuyên viên Phòng Kinh tế",
    ),
    SampleAccount(
        "demo.leader",
        "Đinh Thị Hồng",
        Role.LEADER,
        Sex.FEMALE,
        date(1979, 6, 18),
        "Ba Na",
        "Phó Chủ tịch Ủy ban nhân dân",
    ),
    SampleAccount(
        "demo.admin",
        "Phạm Quốc Huy",
        Role.ADMIN,
        Sex.MALE,
        date(1985, 2, 7),
        title="Quản trị hệ thống",
        agency_code=CODE,
    ),
    SampleAccount(
        "demo.auditor",
        "Võ Thị Ngân",
        Role.AUDITOR,
        Sex.FEMALE,
        date(1983, 9, 25),
        title="Kiểm toán viên nội bộ",
        agency_code=CODE,
    ),
)
