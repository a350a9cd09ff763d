"""What a readable package lacks before a hub may accept it, and what its sender should be told.

Faults are the elements every receiver in the field needs (section 1.2) and a key of the sender's own: software that
invents one at each reading makes duplicates invisible. Everything else is an oddity and never stops a document.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final
from uuid import UUID

from motcua.domain.exchange.rules import document_kinds
from motcua.domain.exchange.rules.lifecycle import Status
from motcua.domain.exchange.rules.pairing import Pair, PairedBy, is_packed, pairs
from motcua.domain.exchange.types import (
    DocumentHeader,
    Fault,
    Finding,
    Oddity,
    Operation,
    Organization,
    Package,
    StatusHeader,
    Urgency,
)
from motcua.kernel.identifiers import NotAnIdentifier, agency_code

HEADER: Final = "edXML/edXMLEnvelope/edXMLHeader/MessageHeader"
BUSINESS: Final = "edXML/edXMLEnvelope/edXMLHeader/TraceHeaderList/Bussiness"
MANIFEST: Final = "edXML/edXMLEnvelope/edXMLBody/edXMLManifest"
ATTACHMENTS: Final = "edXML/AttachmentEncoded"
_FILLERS: Final = frozenset({"n/a", "na", "none", "null", "undefined", "-"})
_THREE_FIELDS: Final = re.compile(r"[^,]+,[0-9]{4}/[0-9]{2}/[0-9]{2},[^,]+")
_TWO_DIGITS: Final = re.compile(r"[0-9]{2}")


def faults(package: Package) -> tuple[Finding, ...]:
    """Return why the package may not be accepted; none means it may."""
    if isinstance(package.header, StatusHeader):
        return tuple(_faults_of_status(package.header))
    return (*_faults_of_document(package.header), *_faults_of_deed(package), *_faults_of_attachments(package))


def oddities(package: Package) -> tuple[Finding, ...]:
    """Return what is unusual in the values, beyond how they were written."""
    header = package.header
    own = _odd_status(header) if isinstance(header, StatusHeader) else _odd_document(header)
    return (*own, *_odd_attachments(package))


# faults


def _faults_of_document(header: DocumentHeader) -> Iterator[Finding]:
    code, promulgation = header.code, header.promulgation
    yield from _missing(
        {
            "From/OrganId": header.sender.code,
            "To": header.recipients,
            "DocumentId": header.document_id,
            "Code/CodeNumber": code and code.number,
            "Code/CodeNotation": code and code.notation,
            "PromulgationInfo/PromulgationDate": promulgation and promulgation.day,
            "Subject": header.subject,
        }
    )
    if promulgation and isinstance(promulgation.day, str):
        yield Finding(Fault.NOT_A_DATE, f"{HEADER}/PromulgationInfo/PromulgationDate", promulgation.day)
    times: Counter[str] = Counter()
    for n, recipient in enumerate(header.recipients, 1):
        times[recipient.code] += 1
        if not recipient.code:
            yield Finding(Fault.MISSING, f"{_nth('To', n)}/OrganId")
        elif times[recipient.code] > 1:
            yield Finding(Fault.REPEATED_RECIPIENT, _nth("To", n), recipient.code)


def _faults_of_deed(package: Package) -> Iterator[Finding]:
    business = package.trace.business if package.trace else None
    said = business.operation if business else None
    if said is not None and said not in set(Operation):
        yield Finding(Fault.NOT_AN_OPERATION, f"{BUSINESS}/BussinessDocType", str(said))


def _faults_of_status(header: StatusHeader) -> Iterator[Finding]:
    about = header.about
    yield from _missing(
        {
            "From/OrganId": header.sender.code,
            "ResponseFor/OrganId": about and about.organ,
            "ResponseFor/DocumentId": about and (about.document_id or about.code),
            "Timestamp": header.at,
        }
    )
    if not _TWO_DIGITS.fullmatch(header.status):
        yield Finding(Fault.NOT_A_STATUS, f"{HEADER}/StatusCode", header.status)


def _faults_of_attachments(package: Package) -> Iterator[Finding]:
    for n, attachment in enumerate(package.attachments, 1):
        if attachment.content is None:
            yield Finding(
                Fault.ATTACHMENT_BROKEN, f"{attachment_path(n)}/ContentTransferEncoded", attachment.name
            )
    for pair in pairs(package):
        if pair.attachment is None and pair.reference is not None:
            yield Finding(Fault.ATTACHMENT_MISSING, _reference(pair.reference + 1))


def _missing(needed: dict[str, object]) -> Iterator[Finding]:
    for name, value in needed.items():
        if not value:
            yield Finding(Fault.MISSING, f"{HEADER}/{name}")


# oddities


def _odd_document(header: DocumentHeader) -> Iterator[Finding]:
    yield from _odd_organization(header.sender, f"{HEADER}/From")
    for n, recipient in enumerate(header.recipients, 1):
        yield from _odd_organization(recipient, _nth("To", n))
    if header.document_id and not _is_known_form(header.document_id):
        yield Finding(Oddity.OPAQUE_DOCUMENT_ID, f"{HEADER}/DocumentId", header.document_id)
    priority = header.other.priority if header.other else None
    if isinstance(priority, int) and priority not in set(Urgency):
        yield Finding(Oddity.OUT_OF_RANGE, f"{HEADER}/OtherInfo/Priority", str(priority))
    yield from _odd_type(header)
    yield from _odd_fillers(header)


def _odd_type(header: DocumentHeader) -> Iterator[Finding]:
    said, at = header.document_type, f"{HEADER}/DocumentType"
    if said is None:
        return
    kind = document_kinds.document_kind(said)
    if kind is None:
        yield Finding(Oddity.UNKNOWN_DOCUMENT_TYPE, at, f"{said.table} {said.row} {said.name}")
    elif not document_kinds.is_plain(said):
        yield Finding(Oddity.DOCUMENT_TYPE_GUESSED, at, f"{said.table} {said.row} {said.name}")


def _odd_fillers(header: DocumentHeader) -> Iterator[Finding]:
    signer = header.signer
    texts = {
        "Subject": header.subject,
        "Content": header.content,
        "Code/CodeNumber": header.code.number if header.code else "",
        "Code/CodeNotation": header.code.notation if header.code else "",
        "SignerInfo/Competence": signer.competence if signer else "",
        "SignerInfo/Position": signer.position if signer else "",
        "SignerInfo/FullName": signer.full_name if signer else "",
    }
    for name, text in texts.items():
        if text.lower() in _FILLERS:
            yield Finding(Oddity.FILLER, f"{HEADER}/{name}", text)


def _odd_status(header: StatusHeader) -> Iterator[Finding]:
    yield from _odd_organization(header.sender, f"{HEADER}/From")
    if _TWO_DIGITS.fullmatch(header.status) and header.status not in set(Status):
        yield Finding(Oddity.UNKNOWN_STATUS, f"{HEADER}/StatusCode", header.status)


def _odd_organization(organization: Organization, at: str) -> Iterator[Finding]:
    try:
        agency_code.parse(organization.code)
    except NotAnIdentifier:
        if organization.code:
            yield Finding(Oddity.OPAQUE_AGENCY_CODE, f"{at}/OrganId", organization.code)
    if organization.name.lower() in _FILLERS:
        yield Finding(Oddity.FILLER, f"{at}/OrganName", organization.name)


def _odd_attachments(package: Package) -> Iterator[Finding]:
    for n, attachment in enumerate(package.attachments, 1):
        if attachment.content_id.lower().startswith("cid:cid:"):
            yield Finding(Oddity.REPEATED_CID, f"{attachment_path(n)}/ContentId", attachment.content_id)
        if is_packed(attachment):
            yield Finding(Oddity.PACKED, attachment_path(n), attachment.name)
    for pair in pairs(package):
        yield from _odd_pair(pair)


def _odd_pair(pair: Pair) -> Iterator[Finding]:
    how = {PairedBy.POSITION: Oddity.PAIRED_BY_POSITION, PairedBy.NAME: Oddity.PAIRED_BY_NAME}
    if pair.by in how and pair.reference is not None:
        yield Finding(how[pair.by], _reference(pair.reference + 1))
    elif pair.reference is None and pair.attachment is not None:
        yield Finding(Oddity.NOT_IN_MANIFEST, attachment_path(pair.attachment + 1))


def _is_known_form(document_id: str) -> bool:
    if _THREE_FIELDS.fullmatch(document_id):
        return True
    try:
        UUID(document_id)
    except ValueError:
        return False
    return True


def _nth(name: str, n: int) -> str:
    return f"{HEADER}/{name}" + (f"[{n}]" if n > 1 else "")


def attachment_path(n: int) -> str:
    """Return the path of attachment ``n``, from 1, as findings name it."""
    return f"{ATTACHMENTS}/Attachment" + (f"[{n}]" if n > 1 else "")


def _reference(n: int) -> str:
    return f"{MANIFEST}/Reference" + (f"[{n}]" if n > 1 else "")
