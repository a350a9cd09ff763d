"""Which element becomes which field: one table, read in both directions.

Source: QCVN 102:2016/BTTTT (amendment 1:2022) as the field writes it; the order of rows is the order in which the
vendor's builder writes and the axis emits again. On reading the order means nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from types import MappingProxyType
from typing import Final

from motcua.domain.exchange.types import (
    Attachment,
    Business,
    DocumentCode,
    DocumentHeader,
    DocumentType,
    Hop,
    Organization,
    OtherInfo,
    Promulgation,
    Receiver,
    Reference,
    Replacement,
    ResponseFor,
    Signer,
    Staff,
    StatusHeader,
    Trace,
    Update,
)

NAMESPACE: Final = "http://www.mic.gov.vn/TBT/QCVN_102_2016"
PREFIX: Final = "edXML"  #: literal: old clients search for ``edXML:StatusCode``
MANIFEST_VERSION: Final = ("version", "1.0")  #: the only one there is; always written, never kept
XML_DSIG: Final = "http://www.w3.org/2000/09/xmldsig#"

#: Spellings one integrator writes; the regulation has the double s.
OTHER_SPELLINGS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "Business": "Bussiness",
        "BusinessDocType": "BussinessDocType",
        "BusinessDocReason": "BussinessDocReason",
        "BusinessDocumentInfo": "BussinessDocumentInfo",
    }
)


class Leaf(Enum):
    """What the text of an element means."""

    TEXT = auto()
    COUNT = auto()
    DAY = auto()
    MOMENT = auto()
    FLAG = auto()
    PAYLOAD = auto()  #: base64; only its size and hash are in the model


@dataclass(frozen=True, slots=True)
class Field:
    element: str
    attribute: str
    kind: "Leaf | Shape" = Leaf.TEXT
    many: bool = False
    inside: str = ""  #: the wrapper the element stands in
    most: int = 0  #: characters, as the regulation's checkers intend; 0: no limit known


@dataclass(frozen=True, slots=True)
class Shape:
    of: type
    fields: tuple[Field, ...]


ORGANIZATION: Final = Shape(
    Organization,
    (
        Field("OrganId", "code", most=35),
        Field("OrganizationInCharge", "in_charge", most=200),
        Field("OrganName", "name", most=200),
        Field("OrganAdd", "address", most=500),
        Field("Email", "email", most=100),
        Field("Telephone", "telephone", most=20),
        Field("Fax", "fax", most=20),
        Field("Website", "website", most=100),
    ),
)

RESPONSE_FOR: Final = Shape(
    ResponseFor,
    (
        Field("OrganId", "organ"),
        Field("Code", "code"),
        Field("DocumentId", "document_id"),
        Field("PromulgationDate", "promulgated", Leaf.DAY),
    ),
)

STAFF: Final = Shape(
    Staff,
    (
        Field("Department", "department"),
        Field("DepartmentId", "department_id"),
        Field("Staff", "name"),
        Field("StaffId", "staff_id"),
        Field("Email", "email"),
        Field("Mobile", "mobile"),
    ),
)

DOCUMENT_HEADER: Final = Shape(
    DocumentHeader,
    (
        Field("From", "sender", ORGANIZATION),
        Field("To", "recipients", ORGANIZATION, many=True),
        Field("DocumentId", "document_id"),
        Field(
            "Code",
            "code",
            Shape(
                DocumentCode,
                (Field("CodeNumber", "number", most=11), Field("CodeNotation", "notation", most=30)),
            ),
        ),
        Field(
            "PromulgationInfo",
            "promulgation",
            Shape(
                Promulgation,
                (Field("Place", "place", most=50), Field("PromulgationDate", "day", Leaf.DAY)),
            ),
        ),
        Field(
            "DocumentType",
            "document_type",
            Shape(
                DocumentType,
                (
                    Field("Type", "table", Leaf.COUNT),
                    Field("TypeDetail", "row", Leaf.COUNT),
                    Field("TypeName", "name", most=100),
                ),
            ),
        ),
        Field("Subject", "subject", most=500),
        Field("Content", "content", most=500),
        Field(
            "SignerInfo",
            "signer",
            Shape(
                Signer,
                (
                    Field("Competence", "competence"),
                    Field("Position", "position"),
                    Field("FullName", "full_name"),
                ),
            ),
        ),
        Field("DueDate", "due", Leaf.DAY),
        Field(
            "OtherInfo",
            "other",
            Shape(
                OtherInfo,
                (
                    Field("Priority", "priority", Leaf.COUNT),
                    Field("SphereOfPromulgation", "sphere", most=100),
                    Field("TyperNotation", "typist", most=10),
                    Field("PromulgationAmount", "copies", Leaf.COUNT),
                    Field("PageAmount", "pages", Leaf.COUNT),
                    Field("Direction", "direction", Leaf.FLAG),
                    Field("ReplyFors", "reply_fors"),
                    Field("ReferenceCodes", "reference_codes"),
                    Field("Appendix", "appendixes", many=True, inside="Appendixes"),
                ),
            ),
        ),
        Field("ResponseFor", "answers", RESPONSE_FOR, many=True),
        Field("SteeringType", "steering", Leaf.COUNT),
        Field("TaskCode", "tasks", many=True, inside="ResponseForTask"),
        Field("ApplicationType", "application_type"),
        Field("Place", "to_places", many=True, inside="ToPlaces", most=150),
    ),
)

STATUS_HEADER: Final = Shape(
    StatusHeader,
    (
        Field("From", "sender", ORGANIZATION),
        Field("ResponseFor", "about", RESPONSE_FOR),
        Field("StaffInfo", "staff", STAFF),
        Field("StatusCode", "status"),
        Field("Description", "description"),
        Field("Timestamp", "at", Leaf.MOMENT),
    ),
)

TRACE: Final = Shape(
    Trace,
    (
        Field(
            "Bussiness",
            "business",
            Shape(
                Business,
                (
                    Field("DocumentId", "document_id"),
                    Field("BussinessDocType", "operation", Leaf.COUNT),
                    Field("BussinessDocReason", "reason"),
                    Field("Paper", "paper", Leaf.COUNT),
                    Field(
                        "BussinessDocumentInfo",
                        "updates",
                        Shape(
                            Update,
                            (
                                Field("DocumentInfo", "document", Leaf.COUNT),
                                Field("DocumentReceiver", "receivers", Leaf.COUNT),
                                Field(
                                    "Receiver",
                                    "receiver_list",
                                    Shape(
                                        Receiver,
                                        (
                                            Field("OrganId", "organ"),
                                            Field("ReceiverType", "change", Leaf.COUNT),
                                        ),
                                    ),
                                    many=True,
                                    inside="ReceiverList",
                                ),
                            ),
                        ),
                        many=True,
                    ),
                    Field(
                        "ReplacementInfo",
                        "replacements",
                        Shape(
                            Replacement,
                            (
                                Field("DocumentId", "document_id"),
                                Field("OrganId", "organs", many=True, inside="OrganIdList"),
                            ),
                        ),
                        many=True,
                        inside="ReplacementInfoList",
                    ),
                    Field("StaffInfo", "staff", STAFF, many=True),
                ),
            ),
        ),
        Field(
            "TraceHeader",
            "hops",
            Shape(Hop, (Field("OrganId", "organ"), Field("Timestamp", "at", Leaf.MOMENT))),
            many=True,
        ),
        Field("Paper", "paper", Leaf.COUNT),
    ),
)

REFERENCE: Final = Shape(
    Reference,
    (
        Field("ContentId", "content_id"),
        Field("ContentType", "content_type"),
        Field("Description", "description"),
        Field("AttachmentName", "name"),
    ),
)

ATTACHMENT: Final = Shape(
    Attachment,
    (
        Field("ContentId", "content_id"),
        Field("AttachmentName", "name"),
        Field("Description", "description"),
        Field("FieldName", "field_name"),
        Field("MimeType", "mime_type"),
        Field("Format", "format"),
        Field("ContentType", "content_type"),
        Field("ContentTransferEncoded", "content", Leaf.PAYLOAD),
    ),
)
