"""The model of an edXML package, lossless: what has no field of its own is kept in ``extras`` and ``marks``.

Source: QCVN 102:2016/BTTTT with amendment 1:2022; element names as the field writes them stand in
``rules/shape.py``. An empty text means absent, as in the vendor's own output. A date, number or flag that was
not understood stays the text it was, so nothing is lost by reading.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum

from motcua.domain.exchange.types.tree import Content, Element

Day = date | str  #: understood, or the text as sent
Moment = datetime | str  #: local time of Viet Nam without a zone, as the field writes it; or the text as sent
Count = int | str
Flag = bool | str


class Operation(IntEnum):
    """What a package does – *BussinessDocType* (sic)."""

    NEW = 0  #: văn bản mới
    REVOKE = 1  #: thu hồi
    UPDATE = 2  #: cập nhật
    REPLACE = 3  #: thay thế


class Urgency(IntEnum):
    """*Độ khẩn*."""

    NORMAL = 0  #: thường
    URGENT = 1  #: khẩn
    VERY_URGENT = 2  #: thượng khẩn
    EXPRESS = 3  #: hỏa tốc
    EXPRESS_TIMED = 4  #: hỏa tốc hẹn giờ


@dataclass(frozen=True, slots=True, kw_only=True)
class Organization:
    """An agency as an address – *cơ quan, tổ chức*."""

    code: str = ""  #: OrganId: either grammar of agency codes, or an opaque key
    in_charge: str = ""  #: the parent body
    name: str = ""
    address: str = ""
    email: str = ""
    telephone: str = ""
    fax: str = ""
    website: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentCode:
    """*Số, ký hiệu*: number and notation, ``15`` and ``SM-VP``."""

    number: str = ""
    notation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Promulgation:
    """Where and when the document was issued – *ban hành*."""

    place: str = ""
    day: Day | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentType:
    """*Loại văn bản* as sent; three usages are in the field, see ``rules/document_kinds.py``."""

    table: Count | None = None  #: Type
    row: Count | None = None  #: TypeDetail
    name: str = ""  #: TypeName


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """*Người ký*."""

    competence: str = ""  #: thẩm quyền ký: "KT. GIÁM ĐỐC"
    position: str = ""
    full_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherInfo:
    priority: Count | None = None  #: Urgency
    sphere: str = ""  #: phạm vi lưu hành
    typist: str = ""
    copies: Count | None = None
    pages: Count | None = None
    direction: Flag | None = None
    reply_fors: str = ""
    reference_codes: str = ""
    appendixes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseFor:
    """The document this one answers. In a status message the organisation is the addressee."""

    organ: str = ""
    code: str = ""  #: "number/notation"
    document_id: str = ""
    promulgated: Day | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    department: str = ""
    department_id: str = ""
    name: str = ""
    staff_id: str = ""
    email: str = ""
    mobile: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentHeader:
    """The MessageHeader of a document."""

    sender: Organization = Organization()
    recipients: tuple[Organization, ...] = ()
    document_id: str = ""  #: the sender's business key
    code: DocumentCode | None = None
    promulgation: Promulgation | None = None
    document_type: DocumentType | None = None
    subject: str = ""  #: trích yếu
    content: str = ""
    signer: Signer | None = None
    due: Day | None = None  #: hạn trả lời
    other: OtherInfo | None = None
    answers: tuple[ResponseFor, ...] = ()
    steering: Count | None = None
    tasks: tuple[str, ...] = ()
    application_type: str = ""
    to_places: tuple[str, ...] = ()  #: nơi nhận


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusHeader:
    """The MessageHeader of a status message (section 2): what one party did with a document."""

    sender: Organization = Organization()
    about: ResponseFor | None = None
    staff: Staff | None = None
    status: str = ""  #: two digits, see ``rules/lifecycle.py``
    description: str = ""
    at: Moment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """A system the package passed through, and when."""

    organ: str = ""
    at: Moment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    organ: str = ""
    change: Count | None = None  #: 0 added, 1 removed


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """What an update changes (BussinessDocumentInfo)."""

    document: Count | None = None  #: 1: header or content
    receivers: Count | None = None  #: 1: the recipients
    receiver_list: tuple[Receiver, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Replacement:
    document_id: str = ""
    organs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Business:
    """What the package does to which document – *nghiệp vụ*."""

    document_id: str = ""
    operation: Count | None = None  #: Operation; none counts as new
    reason: str = ""
    paper: Count | None = None  #: 1: a paper copy follows
    updates: tuple[Update, ...] = ()
    replacements: tuple[Replacement, ...] = ()
    staff: tuple[Staff, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    business: Business | None = None
    hops: tuple[Hop, ...] = ()
    paper: Count | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A line of the manifest."""

    content_id: str = ""
    content_type: str = ""
    description: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    content_id: str = ""
    name: str = ""
    description: str = ""
    field_name: str = ""
    mime_type: str = ""
    format: str = ""
    content_type: str = ""
    content: Content | None = None  #: None: no payload, or one that is not base64


@dataclass(frozen=True, slots=True)
class Extra:
    """An element the model has no field for, kept whole under the path of its parent."""

    at: str
    element: Element


@dataclass(frozen=True, slots=True)
class Mark:
    """An attribute the model has no field for, kept under the path of its element."""

    at: str
    name: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """One edXML package: a document or a status message."""

    header: DocumentHeader | StatusHeader
    trace: Trace | None = None
    manifest: tuple[Reference, ...] | None = None
    attachments: tuple[Attachment, ...] = ()
    extras: tuple[Extra, ...] = ()
    marks: tuple[Mark, ...] = ()

    @property
    def is_status(self) -> bool:
        return isinstance(self.header, StatusHeader)

    @property
    def operation(self) -> Operation:
        """Return what the package does; none said, or none understood, counts as new."""
        said = self.trace.business.operation if self.trace and self.trace.business else None
        return Operation(said) if isinstance(said, int) and said in set(Operation) else Operation.NEW

    @property
    def acts_on(self) -> tuple[str, ...]:
        """Return the ids of the documents the package acts on (section 1.6)."""
        if isinstance(self.header, StatusHeader):
            return (self.header.about.document_id,) if self.header.about else ()
        business = self.trace.business if self.trace else None
        if self.operation is Operation.REPLACE and business and business.replacements:
            return tuple(each.document_id for each in business.replacements)
        return ((business.document_id if business else "") or self.header.document_id,)
