"""What can be said against a package: refused, unacceptable, or merely odd. Codes are stable.

*Refused*: not readable or dangerous, nothing was taken from it. *Fault*: it reads, but a hub may not accept it as
it stands. *Oddity*: the field does this; it was understood, and the sender may be told.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from types import MappingProxyType
from typing import Final

from motcua.kernel.errors import Invalid


class Danger(StrEnum):
    """Why a package was refused before anything in it was believed."""

    DOCTYPE = "doctype"  #: a document type declaration: entities, expansion, outside files
    ENCODING = "encoding"  #: neither UTF-8 nor ASCII, by its declaration or by its bytes
    MALFORMED = "malformed"  #: not well-formed XML
    NOT_EDXML = "not_edxml"  #: another root element
    NO_ENVELOPE = "no_envelope"  #: no edXMLEnvelope in the root
    NO_HEADER = "no_header"  #: no edXMLHeader with a MessageHeader
    REPEATED = "repeated"  #: two of what there may be one: which would be meant?
    TOO_LARGE = "too_large"  #: more bytes than a package may have
    TOO_DEEP = "too_deep"
    TOO_MANY_ELEMENTS = "too_many_elements"
    TOO_MANY_ATTRIBUTES = "too_many_attributes"
    TEXT_TOO_LONG = "text_too_long"
    TOO_MANY_ATTACHMENTS = "too_many_attachments"
    ZIP_BROKEN = "zip_broken"  #: said to be packed, cannot be unpacked
    ZIP_SLIP = "zip_slip"  #: an entry's name leads out of its folder
    ZIP_BOMB = "zip_bomb"  #: unpacks to far more than was sent


class Fault(StrEnum):
    """Why a readable package may not be accepted."""

    MISSING = "missing"  #: a needed element is absent or empty
    NOT_A_DATE = "not_a_date"  #: the date of promulgation cannot be understood
    REPEATED_RECIPIENT = "repeated_recipient"
    NOT_A_STATUS = "not_a_status"  #: a status code that is not two digits
    NOT_AN_OPERATION = "not_an_operation"  #: BussinessDocType other than 0–3
    ATTACHMENT_BROKEN = "attachment_broken"  #: the payload is not base64
    ATTACHMENT_MISSING = "attachment_missing"  #: the manifest names a file that is not there
    SIGNATURE_INVALID = "signature_invalid"  #: there is a signature, and it does not hold


class Oddity(StrEnum):
    """What the field does and the regulation does not say; understood all the same."""

    BYTE_ORDER_MARK = "byte_order_mark"
    JUNK_BEFORE_PROLOG = "junk_before_prolog"
    PROCESSING_INSTRUCTION = "processing_instruction"
    UNDECLARED_PREFIX = "undeclared_prefix"
    OTHER_NAMESPACE = "other_namespace"
    OTHER_PREFIX = "other_prefix"  #: old clients look for the literal ``edXML:``
    NO_PREFIX = "no_prefix"
    ENVELOPE_IS_ROOT = "envelope_is_root"
    OTHER_ORDER = "other_order"
    OTHER_SPELLING = "other_spelling"
    UNKNOWN_ELEMENT = "unknown_element"
    UNKNOWN_ATTRIBUTE = "unknown_attribute"
    REPEATED_ELEMENT = "repeated_element"
    EMPTY_ELEMENT = "empty_element"
    STRAY_TEXT = "stray_text"
    DATE_FORM = "date_form"
    NOT_A_DATE = "not_a_date"
    NOT_A_NUMBER = "not_a_number"
    NOT_A_FLAG = "not_a_flag"
    OUT_OF_RANGE = "out_of_range"
    LONG_TEXT = "long_text"
    FILLER = "filler"  #: "N/A" where the sender did not know
    OPAQUE_AGENCY_CODE = "opaque_agency_code"  #: neither grammar of agency codes
    OPAQUE_DOCUMENT_ID = "opaque_document_id"  #: neither three fields with commas nor a UUID
    DOCUMENT_TYPE_GUESSED = "document_type_guessed"
    UNKNOWN_DOCUMENT_TYPE = "unknown_document_type"
    UNKNOWN_STATUS = "unknown_status"
    REPEATED_CID = "repeated_cid"
    PAIRED_BY_POSITION = "paired_by_position"
    PAIRED_BY_NAME = "paired_by_name"
    NOT_IN_MANIFEST = "not_in_manifest"
    NOT_PACKED = "not_packed"  #: said to be zipped, and is not
    PACKED = "packed"  #: a file of another kind, zipped by the sender's software


@dataclass(frozen=True, slots=True)
class Finding:
    """One oddity or fault and the element it is at."""

    code: Oddity | Fault
    at: str  #: path of local names from the root, ``edXML/edXMLEnvelope/…/To[2]``
    found: str = ""  #: what stood there, cut short


class Answer(IntEnum):
    """Error numbers the field's clients know – HDSD v2.2 § 4 of a provincial axis, the only published table."""

    DONE = 0
    INVALID_FILE = 10
    WRONG_KEY = 15
    UNKNOWN_RECIPIENT = 18
    UNREGISTERED_SENDER = 19
    SYSTEM_ERROR = 20
    FILE_NOT_PROCESSED = 21
    NOT_EDXML = 22
    LOCKED_RECIPIENT = 23


ANSWERS: Final[Mapping[Danger | Fault, Answer]] = MappingProxyType(
    {
        **dict.fromkeys(Danger, Answer.NOT_EDXML),
        **dict.fromkeys(Fault, Answer.NOT_EDXML),
        Danger.DOCTYPE: Answer.INVALID_FILE,
        Danger.ENCODING: Answer.INVALID_FILE,
        Danger.TOO_LARGE: Answer.INVALID_FILE,
        Danger.ZIP_BROKEN: Answer.FILE_NOT_PROCESSED,
        Danger.ZIP_SLIP: Answer.FILE_NOT_PROCESSED,
        Danger.ZIP_BOMB: Answer.FILE_NOT_PROCESSED,
        Fault.ATTACHMENT_BROKEN: Answer.FILE_NOT_PROCESSED,
        Fault.ATTACHMENT_MISSING: Answer.FILE_NOT_PROCESSED,
    }
)


class PackageRefused(Invalid):
    """The package is not readable or dangerous; ``danger`` says which way, ``element`` where."""

    code = "exchange.package_refused"

    def __init__(self, danger: Danger, element: str, **facts: object) -> None:
        super().__init__(danger=danger.value, element=element, **facts)
        self.danger = danger
        self.element = element


class NotWritable(Invalid):
    """A value has a character no XML document can hold."""

    code = "exchange.not_writable"
