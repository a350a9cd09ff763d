"""Does the signature of a package hold? Computed on the original bytes, and never "valid" for want of an answer.

Source: W3C XML Signature 1.1; QCVN 102:2016 places the block last in ``edXMLHeader``. Against wrapping: one signature,
in one of three places, one reference that covers the root and nothing less, no transform but enveloped-signature and
canonicalisation; then what was signed is read again by the same reader and must say the same.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from cryptography import x509
from cryptography.exceptions import InvalidSignature as WrongIssuer
from cryptography.exceptions import UnsupportedAlgorithm
from lxml import etree
from signxml.exceptions import InvalidDigest, InvalidSignature, SignXMLException
from signxml.verifier import SignatureConfiguration, XMLVerifier

from motcua.domain.exchange.rules.reading import Read, read
from motcua.domain.exchange.rules.scanning import SignatureSpot
from motcua.domain.exchange.rules.shape import XML_DSIG
from motcua.domain.exchange.types import PackageRefused, SignatureReason, SignatureReport, SignatureState

Anchors = Sequence[x509.Certificate]
Node = Any  #: an element of lxml, which ships no types

LARGEST: Final = 64 << 20  #: bytes of a package whose tree is built to check its signature
LONGEST_CHAIN: Final = 5
PLACES: Final = frozenset(
    {
        "edXML/edXMLEnvelope/edXMLHeader/Signature",
        "edXML/edXMLEnvelope/Signature",
        "edXML/Signature",
        "edXMLEnvelope/edXMLHeader/Signature",
        "edXMLEnvelope/Signature",
    }
)
_DS: Final = {"ds": XML_DSIG}
_ENVELOPED: Final = f"{XML_DSIG}enveloped-signature"
_TRANSFORMS: Final = frozenset(
    {
        _ENVELOPED,
        "http://www.w3.org/TR/2001/REC-xml-c14n-20010315",
        "http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments",
        "http://www.w3.org/2006/12/xml-c14n11",
        "http://www.w3.org/2006/12/xml-c14n11#WithComments",
        "http://www.w3.org/2001/10/xml-exc-c14n#",
        "http://www.w3.org/2001/10/xml-exc-c14n#WithComments",
    }
)
_WEAK: Final = ("sha1", "md5")
#: What cryptography raises for a certificate that is cut, forged byte by byte or of a kind nobody knows.
_UNREADABLE: Final = (
    ValueError,
    TypeError,
    UnsupportedAlgorithm,
    x509.DuplicateExtension,
    x509.InvalidVersion,
)
_IDS: Final = ("Id", "ID", "id")


class _Doubt(Exception):
    """Why the signature is not simply valid."""

    def __init__(self, state: SignatureState, reason: SignatureReason) -> None:
        super().__init__(state, reason)
        self.report = SignatureReport(state=state, reason=reason)


def read_anchors(pem: bytes) -> Anchors:
    """Return the certificates in PEM text. Raises ValueError."""
    return x509.load_pem_x509_certificates(pem)


def signature_of(path: Path, found: Read, *, anchors: Anchors, at: datetime) -> SignatureReport:
    """Return the state of the signature of a package that was read from ``path``, as of ``at``.

    Revocation is not asked for: that needs the network, and is the business of the gate that accepts.
    """
    try:
        _the_spot(found.scanned.signatures)
        if found.scanned.size_bytes > LARGEST:
            raise _unverifiable(SignatureReason.TOO_LARGE)
        xml = path.read_bytes()[found.scanned.begins_at :]
        tree = _tree(xml)
        signature = tree.find(".//ds:Signature", _DS)
        _refuse_partial_cover(tree, signature)
        chain = _certificates(signature)
    except _Doubt as doubt:
        return doubt.report
    return _judged(xml, signature, chain, found, anchors=anchors, at=at)


def _judged(
    xml: bytes, signature: Node, chain: list[x509.Certificate], found: Read, *, anchors: Anchors, at: datetime
) -> SignatureReport:
    """Return the verdict together with whose certificate it was."""
    known = _described(chain[0], signature)
    try:
        _refuse_weak(signature)
        signed = _verified(xml, chain[0])
        _refuse_if_other_was_signed(signed, found)
    except _Doubt as doubt:
        return replace(known, state=doubt.report.state, reason=doubt.report.reason)
    known = replace(known, holds=True)
    if not anchors:
        return replace(known, reason=SignatureReason.NO_ANCHORS)
    if not _is_current(chain[0], at):
        return replace(known, state=SignatureState.INVALID, reason=SignatureReason.CERTIFICATE_EXPIRED)
    if not _ends_at(anchors, chain, at):
        return replace(known, state=SignatureState.INVALID, reason=SignatureReason.UNTRUSTED)
    return replace(known, state=SignatureState.VALID)


def _the_spot(spots: Sequence[SignatureSpot]) -> SignatureSpot:
    """Return where the one real signature is. Decoration is no signature, two are none either."""
    real = [spot for spot in spots if spot.namespace == XML_DSIG and not spot.is_empty]
    if not spots:
        raise _Doubt(SignatureState.UNSIGNED, SignatureReason.ABSENT)
    if not real:
        empty = all(spot.is_empty for spot in spots)
        raise _Doubt(
            SignatureState.UNSIGNED, SignatureReason.EMPTY if empty else SignatureReason.NOT_XML_DSIG
        )
    if len(real) > 1:
        raise _invalid(SignatureReason.SEVERAL)
    if real[0].at not in PLACES:
        raise _invalid(SignatureReason.MISPLACED)
    return real[0]


def _tree(xml: bytes) -> Node:
    """Return the tree of XML that the reader has already found free of document types and within limits."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    try:
        return etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as fault:
        raise _unverifiable(SignatureReason.NAMESPACES) from fault


def _refuse_partial_cover(tree: Node, signature: Node) -> None:
    references = signature.findall("ds:SignedInfo/ds:Reference", _DS)
    if len(references) != 1:
        raise _invalid(SignatureReason.NOT_COVERING)
    uri = references[0].get("URI")
    if uri is None or (uri and not _is_root(tree, uri)):
        raise _invalid(SignatureReason.NOT_COVERING)
    used = {each.get("Algorithm") for each in references[0].findall("ds:Transforms/ds:Transform", _DS)}
    if _ENVELOPED not in used or not used <= _TRANSFORMS:
        raise _invalid(SignatureReason.FORBIDDEN_TRANSFORM)


def _is_root(tree: Node, uri: str) -> bool:
    """Say whether the fragment means the root, and nothing else carries its id."""
    wanted = uri.removeprefix("#")
    carriers = [each for each in tree.iter() if any(each.get(name) == wanted for name in _IDS)]
    return uri.startswith("#") and bool(wanted) and len(carriers) == 1 and carriers[0] is tree


def _refuse_weak(signature: Node) -> None:
    for name in ("ds:SignedInfo/ds:SignatureMethod", "ds:SignedInfo/ds:Reference/ds:DigestMethod"):
        method = signature.find(name, _DS)
        if method is None:
            raise _invalid(SignatureReason.BROKEN)
        if any(weak in (method.get("Algorithm") or "").lower() for weak in _WEAK):
            raise _unverifiable(SignatureReason.WEAK_ALGORITHM)


def _certificates(signature: Node) -> list[x509.Certificate]:
    """Return the certificates in KeyInfo, the signer's first."""
    texts = [each.text or "" for each in signature.findall("ds:KeyInfo/ds:X509Data/ds:X509Certificate", _DS)]
    if not texts:
        raise _unverifiable(SignatureReason.NO_CERTIFICATE)
    try:
        return [_certificate(text) for text in texts[:LONGEST_CHAIN]]
    except _UNREADABLE as fault:
        raise _invalid(SignatureReason.BROKEN) from fault


def _certificate(text: str) -> x509.Certificate:
    """Return the certificate, every part of it read once: they are parsed late and may be anything."""
    body = "".join(text.split())
    certificate = x509.load_pem_x509_certificate(
        f"-----BEGIN CERTIFICATE-----\n{body}\n-----END CERTIFICATE-----\n".encode()
    )
    for part in (certificate.subject, certificate.issuer):
        part.rfc4514_string()
    _ = certificate.public_key(), certificate.extensions, certificate.not_valid_before_utc
    _ = certificate.not_valid_after_utc, certificate.signature_hash_algorithm
    return certificate


def _verified(xml: bytes, certificate: x509.Certificate) -> bytes:
    """Return the canonical bytes the signature was made over."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    # the day of the certificate is judged apart, so that a late look does not turn "expired" into "forged"
    config = SignatureConfiguration(verification_time=certificate.not_valid_before_utc)
    try:
        result = XMLVerifier().verify(xml, x509_cert=certificate, parser=parser, expect_config=config)
    except (InvalidDigest, InvalidSignature) as fault:
        raise _invalid(SignatureReason.MISMATCH) from fault
    except (SignXMLException, etree.LxmlError, AttributeError, *_UNREADABLE) as fault:
        raise _invalid(SignatureReason.BROKEN) from fault  # a block with parts missing or made up
    if isinstance(result, list):
        raise _invalid(SignatureReason.NOT_COVERING)
    return bytes(result.signed_data)


def _refuse_if_other_was_signed(signed: bytes, found: Read) -> None:
    try:
        same = read([signed]).package == found.package
    except PackageRefused as fault:
        raise _invalid(SignatureReason.NOT_COVERING) from fault
    if not same:
        raise _invalid(SignatureReason.NOT_COVERING)


def _described(certificate: x509.Certificate, signature: Node) -> SignatureReport:
    method = signature.find("ds:SignedInfo/ds:SignatureMethod", _DS)
    return SignatureReport(
        state=SignatureState.UNVERIFIABLE,
        subject=certificate.subject.rfc4514_string(),
        issuer=certificate.issuer.rfc4514_string(),
        serial=f"{certificate.serial_number:x}",
        valid_from=certificate.not_valid_before_utc,
        valid_to=certificate.not_valid_after_utc,
        algorithm=(method.get("Algorithm") or "") if method is not None else "",
    )


def _ends_at(anchors: Anchors, chain: list[x509.Certificate], at: datetime) -> bool:
    """Say whether the signer's certificate leads to an anchor through the certificates beside it."""
    current, between = chain[0], chain[1:]
    for _ in range(LONGEST_CHAIN):
        if any(current == anchor or _issued(anchor, current, at) for anchor in anchors):
            return True
        above = next((each for each in between if each != current and _issued(each, current, at)), None)
        if above is None:
            return False
        current = above
    return False


def _issued(issuer: x509.Certificate, certificate: x509.Certificate, at: datetime) -> bool:
    if not (_is_authority(issuer) and _is_current(issuer, at)):
        return False
    try:
        certificate.verify_directly_issued_by(issuer)
    except (*_UNREADABLE, WrongIssuer):
        return False
    return True


def _is_authority(certificate: x509.Certificate) -> bool:
    try:
        return certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except (x509.ExtensionNotFound, ValueError):
        return False


def _is_current(certificate: x509.Certificate, at: datetime) -> bool:
    return certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc


def _invalid(reason: SignatureReason) -> _Doubt:
    return _Doubt(SignatureState.INVALID, reason)


def _unverifiable(reason: SignatureReason) -> _Doubt:
    return _Doubt(SignatureState.UNVERIFIABLE, reason)
