"""What is known of the signature of a package. Never "valid" by default."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class SignatureState(StrEnum):
    VALID = "valid"  #: computed on the original bytes, covers all that is read, chain ends at an anchor
    INVALID = "invalid"  #: a signature that does not hold, or does not cover what is read
    UNSIGNED = "unsigned"  #: none, or an empty or decorative block
    UNVERIFIABLE = "unverifiable"  #: there is one, and nobody can tell; the reason says why


class SignatureReason(StrEnum):
    NONE = ""
    # unsigned
    ABSENT = "absent"
    EMPTY = "empty"  #: an empty DigitalSignature element
    NOT_XML_DSIG = "not_xml_dsig"  #: a block in the namespace of edXML: re-serialised, or never computed
    # invalid
    MISMATCH = "mismatch"  #: digest or signature value is wrong
    SEVERAL = "several"  #: more than one signature
    MISPLACED = "misplaced"  #: not in the header of the one envelope
    NOT_COVERING = "not_covering"  #: the reference does not cover the whole package
    FORBIDDEN_TRANSFORM = "forbidden_transform"
    CERTIFICATE_EXPIRED = "certificate_expired"
    UNTRUSTED = "untrusted"  #: the chain ends at none of the anchors
    BROKEN = "broken"  #: the block is not what XML-DSig prescribes
    # unverifiable
    WEAK_ALGORITHM = "weak_algorithm"  #: SHA-1 or MD5: anyone may forge it
    NO_CERTIFICATE = "no_certificate"
    NO_ANCHORS = "no_anchors"  #: it holds, but nothing says whose key it is
    NAMESPACES = "namespaces"  #: undeclared prefixes: nothing can be computed over it
    TOO_LARGE = "too_large"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureReport:
    state: SignatureState
    reason: SignatureReason = SignatureReason.NONE
    holds: bool = False  #: digest and value fit the bytes and the key in the certificate, whoever's it is
    subject: str = ""  #: of the certificate
    issuer: str = ""
    serial: str = ""
    valid_from: datetime | None = None
    valid_to: datetime | None = None
    algorithm: str = ""
