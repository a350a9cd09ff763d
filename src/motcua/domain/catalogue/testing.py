"""The catalogue's public test kit: published procedures and answers that pass."""

from datetime import UTC, datetime
from typing import Final

from motcua.domain.catalogue import commands, queries
from motcua.domain.catalogue.rules import definitions
from motcua.domain.catalogue.types import Definition, ProcedureView
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

EVERYTHING_CODE: Final = "9.000001"
#: a procedure that uses every type of question and every kind of rule
EVERYTHING: Final = """
format: 2
code: "9.000001"
decision: 1/QĐ-THU
valid_from: 2025-07-01
name: {vi: Thủ tục có đủ mọi loại câu hỏi, en: A procedure with every type of question}
summary: {vi: Để thử biểu mẫu., en: For trying forms.}
outcome: {vi: Giấy xác nhận., en: A certificate.}
field: {vi: Thử, en: Trial}
subjects: [citizen]
levels: [commune]
life_event: home
legal_basis: [{number: 61/2018/NĐ-CP, title: Một cửa}]
channels: [online, counter, post]
cases:
  - {key: large, name: {vi: Nhà lớn, en: A large house}, when: "area > 100.0"}
  - {key: small, name: {vi: Nhà thường, en: An ordinary house}}
limit: {value: 3, unit: working_day}
fees:
  - key: pages
    name: {vi: Phí bản sao, en: Copies}
    basis: 226/2016/TT-BTC
    tiers: [{amount: 2000, up_to: 2}, {amount: 1000}]
    units_field: floors
    times_field: copies
    maximum: 200000
  - key: land
    name: {vi: Phí thẩm định, en: Appraisal}
    basis: 02/2014/TTLT
    formula: "int(area * 500.0)"
    reductions:
      - {key: poor, name: {vi: Hộ nghèo, en: Poor household}, basis: 07/2021/NĐ-CP, percent: 50, when: "sex == 'female'"}
      - {key: online, name: {vi: Nộp trực tuyến, en: Filed online}, basis: 10/NQ-HĐND, percent: 20, channels: [online]}
sections:
  - key: words
    title: {vi: Chữ và số, en: Words and numbers}
    fields:
      - {key: title, type: text, label: {vi: Tên công trình, en: Name of the building}}
      - {key: story, type: long_text, label: {vi: Mô tả, en: Description}, required: false, max_length: 500}
      - {key: floors, type: integer, label: {vi: Số tầng, en: Floors}, minimum: 1, maximum: 50}
      - {key: copies, type: integer, label: {vi: Số bản, en: Copies}, minimum: 1, maximum: 20}
      - {key: area, type: number, label: {vi: Diện tích, en: Area}, unit: {vi: m², en: m²}, decimals: 1, maximum: 100000}
      - {key: price, type: money, label: {vi: Giá trị, en: Value}}
      - key: value_per_floor
        type: money
        label: {vi: Giá trị mỗi tầng, en: Value per floor}
        compute: "price / floors"
  - key: people
    title: {vi: Người, en: People}
    fields:
      - {key: full_name, type: text, label: {vi: Họ và tên, en: Full name}, prefill: account.full_name}
      - {key: born_on, type: date, label: {vi: Ngày sinh, en: Date of birth}, prefill: account.born_on, not_future: true}
      - key: age
        type: integer
        label: {vi: Tuổi, en: Age}
        compute: "years_between(born_on, today)"
      - key: sex
        type: choice
        label: {vi: Giới tính, en: Sex}
        choices: [{value: female, label: {vi: Nữ, en: Female}}, {value: male, label: {vi: Nam, en: Male}}]
      - key: ethnicity
        type: choice
        label: {vi: Dân tộc, en: Ethnicity}
        choices: @ETHNICITIES@
      - {key: number, type: personal_id, label: {vi: Số định danh, en: Personal number}, prefill: account.personal_id}
      - {key: tax, type: tax_code, label: {vi: Mã số thuế, en: Tax code}, required: false, prefill: organisation.tax_code}
      - {key: phone, type: phone, label: {vi: Điện thoại, en: Phone}, prefill: account.phone}
      - {key: email, type: email, label: {vi: Thư điện tử, en: E-mail}, required: false, prefill: dossier.email}
      - {key: home, type: address, label: {vi: Nơi ở, en: Home}, prefill: account.address}
      - {key: married, type: yes_no, label: {vi: "Bạn đã kết hôn?", en: "Are you married?"}}
      - key: spouse
        type: person
        label: {vi: Vợ hoặc chồng, en: Spouse}
        show_when: married
        checks:
          - rule: "spouse.personal_id != number"
            message: {vi: Số định danh này là của chính bạn., en: This number is your own.}
      - {key: grandmother_born, type: partial_date, label: {vi: Năm sinh của bà, en: Birth of the grandmother}, required: false, not_future: true}
  - key: house
    title: {vi: Nhà, en: House}
    fields:
      - key: rooms
        type: table
        label: {vi: Các phòng, en: Rooms}
        minimum: 1
        maximum: 5
        columns:
          - {key: called, type: text, label: {vi: Tên phòng, en: Room}}
          - {key: size, type: number, label: {vi: Rộng, en: Size}, unit: {vi: m², en: m²}}
          - {key: built, type: date, label: {vi: Xây ngày, en: Built on}, required: false, not_future: true}
          - key: use
            type: choice
            label: {vi: Dùng để, en: Use}
            choices: [{value: living, label: {vi: Ở, en: Living}}, {value: trade, label: {vi: Bán hàng, en: Trade}}]
      - key: rooms_size
        type: number
        label: {vi: Tổng diện tích phòng, en: Size of all rooms}
        compute: "sum(rooms.map(room, room.size))"
        checks:
          - rule: "rooms_size <= area"
            message: {vi: Các phòng rộng hơn cả công trình., en: The rooms are larger than the building.}
      - key: trade_name
        type: text
        label: {vi: Biển hiệu, en: Sign}
        show_when: "rooms.exists(room, room.use == 'trade')"
      - key: reason
        type: text
        label: {vi: Lý do, en: Reason}
        required: false
        require_when: "floors > 3 && sex == 'male'"
      - {key: starts_on, type: date, label: {vi: Ngày khởi công, en: Start}, not_past: true, required: false}
  - key: money
    title: {vi: Nhận tiền, en: Payment}
    intro: {vi: Chỉ dành cho nhà từ 2 tầng., en: For houses of two floors and more.}
    show_when: "floors >= 2"
    fields:
      - {key: account, type: bank_account, label: {vi: Tài khoản ngân hàng, en: Bank account}}
      - {key: declared, type: signature, label: {vi: Tôi cam đoan tài khoản này là của tôi., en: I declare that this account is mine.}}
papers:
  - {key: drawing, name: {vi: Bản vẽ, en: Drawing}, cases: [large]}
  - {key: photo, name: {vi: Ảnh, en: Photo}, required: false, require_when: "floors > 10"}
steps:
  - {key: reception, stage: reception, role: clerk, name: {vi: Nhận, en: Receive}, hours: 4}
  - {key: handling, stage: handling, role: handler, name: {vi: Xét, en: Examine}, hours: 16}
  - {key: decision, stage: decision, role: leader, name: {vi: Ký, en: Sign}, hours: 4}
result:
  code: KQ.G01.000001
  name: {vi: Giấy xác nhận, en: Certificate}
  template: official
  book: trial
  symbol: GXN
  signatures: [{role: leader, title: {vi: Chủ tịch, en: Chair}}]
  lines: [{label: {vi: Công trình, en: Building}, of: title}, {label: {vi: Phòng, en: Rooms}, of: rooms}]
"""  # noqa: E501 - one question a line
_PEOPLES: Final = (
    *("Kinh", "Tày", "Thái", "Mường", "Khmer", "Hoa", "Nùng", "Mông", "Dao", "Gia Rai"),
    *("Ê Đê", "Ba Na", "Xơ Đăng", "Sán Chay", "Cơ Ho", "Chăm", "Sán Dìu", "Hrê", "Ra Glai", "Mnông"),
)
EVERYTHING_ANSWERS: Final[dict[str, object]] = {
    "title": "Nhà ở gia đình",
    "story": "Hai tầng, một tum",
    "floors": 4,
    "copies": 2,
    "area": 120.5,
    "price": 2_000_000_000,
    "full_name": "Rơ Châm H’Bia",
    "born_on": "1995-03-14",
    "sex": "female",
    "ethnicity": "people_9",
    "number": "064195001234",
    "phone": "0905123456",
    "email": "bia@vidu.vn",
    "home": {"street": "12 Hùng Vương", "commune_code": "23575"},
    "married": True,
    "spouse": {"full_name": "Siu Thơ", "personal_id": "064093001235", "born_on": "1993-01-02"},
    "grandmother_born": "1938",
    "rooms": [
        {"called": "Phòng khách", "size": 30.5, "built": "2024-05-01", "use": "living"},
        {"called": "Quầy hàng", "size": 20.0, "use": "trade"},
    ],
    "trade_name": "Hoa Ban",
    "account": {"bank": "Vietcombank", "number": "0123456789", "holder": "RO CHAM H BIA"},
    "declared": True,
}


def everything() -> Definition:
    """Return the definition that uses every type of question and every kind of rule."""
    return definitions.parse(everything_text())


def everything_text() -> str:
    """Return it as a file holds it."""
    listed = ", ".join(
        f"{{value: people_{n}, label: {{vi: {name}, en: {name}}}}}" for n, name in enumerate(_PEOPLES)
    )
    return EVERYTHING.replace("@ETHNICITIES@", f"[{listed}]")


def the_procedures(at: datetime = LONG_AGO) -> dict[str, ProcedureView]:
    """Publish the three that have good answers; return them by code. All that ship would take a while."""
    texts = {code: queries.shipped_text(code) for code in sorted(GOOD_ANSWERS)}
    return {code: commands.publish(text, actor=SYSTEM, at=at) for code, text in texts.items()}
