"""The public record of an administrative procedure: what a decision announced, part by part.

A record is kept as it was published. Nothing in it is computed: the online level, what is missing and the plain
words are read from it by ``rules.records``. Source: Decree 63/2010/NĐ-CP art. 8 cl. 2 (the parts of a procedure),
Decree 118/2025/NĐ-CP (levels since 1 July 2025) and the page of a procedure on the national portal.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, JsonValue

from motcua.domain.catalogue.types.process import Channel

RECORD_SCHEMA: Final = 1  #: version of the shape below, stored with every record
LONGEST_TEXT: Final = 100_000  #: characters of one text; the longest published has 6,000


class Level(StrEnum):
    """Who performs a procedure – cấp thực hiện."""

    MINISTRY = "ministry"  #: cấp bộ
    PROVINCE = "province"  #: cấp tỉnh
    DISTRICT = "district"  #: cấp huyện: until 30 June 2025; loads, is never offered
    COMMUNE = "commune"  #: cấp xã
    OTHER = "other"  #: cơ quan khác


OFFERED_LEVELS: Final = (Level.MINISTRY, Level.PROVINCE, Level.COMMUNE, Level.OTHER)


class Subject(StrEnum):
    """Who may ask for it – đối tượng thực hiện; the nine of the national portal."""

    CITIZEN = "citizen"  #: Công dân Việt Nam
    OVERSEAS = "overseas"  #: Người Việt Nam định cư ở nước ngoài
    FOREIGNER = "foreigner"  #: Người nước ngoài
    OFFICIAL = "official"  #: Cán bộ, công chức, viên chức
    ENTERPRISE = "enterprise"  #: Doanh nghiệp
    FOREIGN_ENTERPRISE = "foreign_enterprise"  #: Doanh nghiệp có vốn đầu tư nước ngoài
    ORGANISATION = "organisation"  #: Tổ chức (không bao gồm doanh nghiệp, HTX)
    FOREIGN_ORGANISATION = "foreign_organisation"  #: Tổ chức nước ngoài
    COOPERATIVE = "cooperative"  #: Hợp tác xã


class ProcedureKind(StrEnum):
    """Loại thủ tục."""

    DETAILED = "detailed"  #: TTHC được giao luật quy định chi tiết
    UNDELEGATED = "undelegated"  #: TTHC không được luật giao cho địa phương quy định
    OTHER = "other"  #: Loại khác
    INTERNAL = "internal"  #: TTHC nội bộ, between agencies


class Action(StrEnum):
    """What a decision did to the procedure."""

    NEW = "new"  #: thêm mới
    AMENDED = "amended"  #: sửa đổi, bổ sung
    REPLACED = "replaced"  #: thay thế
    ABOLISHED = "abolished"  #: bãi bỏ


class TimeUnit(StrEnum):
    HOUR = "hour"  #: giờ
    WORKING_DAY = "working_day"  #: ngày làm việc
    CALENDAR_DAY = "calendar_day"  #: ngày
    MONTH = "month"  #: tháng


class OnlineLevel(StrEnum):
    """Decree 42/2022/NĐ-CP art. 11."""

    FULL = "full"  #: toàn trình
    PARTIAL = "partial"  #: một phần
    NONE = "none"  #: information only


class RecordState(StrEnum):
    """What a record is on a day, from its dates alone."""

    ANNOUNCED = "announced"  #: decided, not yet in force
    PUBLISHED = "published"  #: đang công khai
    AMENDED = "amended"  #: đang công khai, sửa đổi bổ sung
    ABOLISHED = "abolished"  #: bãi bỏ; dossiers already filed run to their end


class Part(StrEnum):
    """The seven parts without which a record is not complete (index 766, metric 1.3)."""

    NAME = "name"
    SEQUENCE = "sequence"
    METHODS = "methods"
    DOSSIER = "dossier"
    LIMIT = "limit"
    SUBJECTS = "subjects"
    PERFORMER = "performer"


def _storable(text: str) -> str:
    if "\x00" in text:
        raise ValueError("holds a NUL character")
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ValueError("holds half a character (a lone surrogate)") from None
    return text


Text = Annotated[str, Field(max_length=LONGEST_TEXT), AfterValidator(_storable)]
Said = Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT), AfterValidator(_storable)]
Amount = Annotated[Decimal, Field(ge=0, max_digits=18, decimal_places=4)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Announcement(_Part):
    """The decision that announced the record – quyết định công bố."""

    number: Text = ""
    action: Action | None = None
    decided_on: date | None = None
    valid_from: date | None = None


class Body(_Part):
    """An agency as the record names it; ``code`` when the source gave one."""

    name: Said
    code: Text = ""


class Agencies(_Part):
    performing: tuple[Body, ...] = ()  #: cơ quan thực hiện
    competent: tuple[Body, ...] = ()  #: cơ quan có thẩm quyền
    delegated: tuple[Body, ...] = ()  #: cơ quan được ủy quyền
    coordinating: tuple[Body, ...] = ()  #: cơ quan phối hợp
    receiving_address: Text = ""  #: địa chỉ tiếp nhận
    receiving_hours: Text = ""


class Sequence(_Part):
    """The steps in one case – trình tự thực hiện."""

    case: Text = ""
    steps: tuple[Text, ...] = ()


class Fee(_Part):
    """Phí, lệ phí of one way and case."""

    amount: Amount
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] = "VND"
    text: Text = ""
    code: Text = ""


class Method(_Part):
    """One way to file in one case – cách thức thực hiện. A time without a unit is kept and never counted on."""

    channel: Channel
    case: Text = ""
    time: Amount | None = None
    unit: TimeUnit | None = None
    free: bool = False
    fees: tuple[Fee, ...] = ()
    note: Text = ""


class Component(_Part):
    """One line of the dossier – thành phần hồ sơ. With neither originals nor copies it is a remark."""

    group: Text = ""
    name: Text
    originals: Annotated[int, Field(ge=0, le=1000)] = 0
    copies: Annotated[int, Field(ge=0, le=1000)] = 0
    code: Text = ""
    form_name: Text = ""
    form_url: Text = ""


class Instrument(_Part):
    """A legal basis – căn cứ pháp lý. The number stays as published; see ``rules.records.legal``."""

    number: Said
    title: Text = ""
    url: Text = ""
    valid_from: date | None = None
    valid_to: date | None = None


class Result(_Part):
    """What one gets – kết quả thực hiện. ``is_electronic``: a signed file is given; None: not said."""

    name: Said
    code: Text = ""
    is_electronic: bool | None = None


class Record(_Part):
    """Everything a decision announced about one procedure."""

    schema_version: Literal[1] = RECORD_SCHEMA
    code: Annotated[str, Field(pattern=r"^[1-9]\.[0-9]{6}$")]
    agency: Annotated[str, Field(pattern=r"^((\d{3}\.\d{2}\.\d{2}\.)?[A-Z]\d{2})?$")] = (
        ""  #: who localised it
    )
    announcement: Announcement = Announcement()
    name: Said
    kind: ProcedureKind | None = None
    ministry: Text = ""
    field: Text = ""
    field_code: Text = ""
    levels: tuple[Level, ...] = ()
    subjects: tuple[Subject, ...] = ()
    agencies: Agencies = Agencies()
    sequence: tuple[Sequence, ...] = ()
    methods: tuple[Method, ...] = ()
    dossier: tuple[Component, ...] = ()
    sets: Annotated[int, Field(ge=1, le=100)] | None = None  #: số lượng hồ sơ (bộ)
    legal_basis: tuple[Instrument, ...] = ()
    conditions: Text = ""
    results: tuple[Result, ...] = ()
    related: tuple[Text, ...] = ()
    keywords: tuple[Text, ...] = ()
    description: Text = ""
    presence: Text = ""  #: the law that demands presence or a field check, if any (Decree 42/2022 art. 11)
    source: Text = ""
    unread: Mapping[str, JsonValue] = {}  #: what the source said beyond this grammar; kept, never used
