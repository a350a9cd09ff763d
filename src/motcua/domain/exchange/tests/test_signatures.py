"""Signatures are checked on the original bytes, against forgers who know the reader; keys are made here.

``xmlsec1`` (Debian) is asked for a second opinion where it is installed.
"""

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from signxml.algorithms import CanonicalizationMethod, SignatureMethod
from signxml.signer import XMLSigner

from motcua.domain.exchange.queries import Anchors, inspect_file, read_anchors
from motcua.domain.exchange.rules.reading import read
from motcua.domain.exchange.rules.shape import NAMESPACE, XML_DSIG
from motcua.domain.exchange.testing import written
from motcua.domain.exchange.types import PackageRefused, SignatureReason, SignatureReport, SignatureState
from motcua.kernel.clock import VIETNAM

AT = datetime(2026, 11, 22, 9, 0, tzinfo=VIETNAM)
HEADER = f"{{{NAMESPACE}}}edXMLEnvelope/{{{NAMESPACE}}}edXMLHeader"
SIGNATURE = f"{{{XML_DSIG}}}Signature"
Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


@dataclass(frozen=True, slots=True)
class Holder:
    key: Key
    certificate: x509.Certificate


def certified(name: str, key: Key, issuer: "Holder | None", *, ca: bool = False, days: int = 30) -> Holder:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    above = issuer.certificate.subject if issuer else subject
    certificate = (
        x509.CertificateBuilder(above, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(AT - timedelta(days=60))
        .not_valid_after(AT + timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .sign(issuer.key if issuer else key, hashes.SHA256())
    )
    return Holder(key, certificate)


def rsa_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)


ROOT = certified("Root", ec.generate_private_key(ec.SECP256R1()), None, ca=True)
MIDDLE = certified("Middle", ec.generate_private_key(ec.SECP256R1()), ROOT, ca=True)
AGENCY = certified("H49.12", rsa_key(), ROOT)
ANCHORS = [ROOT.certificate]


def pem(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(serialization.Encoding.PEM).decode()


def signed(
    holder: Holder = AGENCY,
    *,
    chain: tuple[Holder, ...] = (),
    change: Callable[[Any], object] | None = None,
    method: SignatureMethod = SignatureMethod.RSA_SHA256,
    signer: type[XMLSigner] = XMLSigner,
    package: bytes | None = None,
) -> bytes:
    """Return a package signed in its header; ``change`` forges the tree afterwards."""
    tree = etree.fromstring(package or written())
    place = etree.SubElement(tree.find(HEADER), SIGNATURE, {"Id": "placeholder"}, nsmap={None: XML_DSIG})
    assert place is not None
    done = signer(
        signature_algorithm=method,
        digest_algorithm="sha1" if "SHA1" in method.name else "sha256",
        c14n_algorithm=CanonicalizationMethod.EXCLUSIVE_XML_CANONICALIZATION_1_0,
    ).sign(tree, key=holder.key, cert=[pem(each.certificate) for each in (holder, *chain)])
    if change:
        change(done)
    return bytes(etree.tostring(done, xml_declaration=True, encoding="UTF-8"))


class Weak(XMLSigner):
    def check_deprecated_methods(self) -> None:
        """Sign as nobody should any more."""


def report_of(
    tmp_path: Path, package: bytes, *, anchors: Anchors = ANCHORS, at: datetime = AT
) -> SignatureReport:
    path = tmp_path / "package.edxml"
    path.write_bytes(package)
    return inspect_file(path, anchors=anchors, at=at).signature


def test_a_signature_that_holds_is_valid(tmp_path: Path) -> None:
    report = report_of(tmp_path, signed())

    assert (report.state, report.holds, report.subject) == (SignatureState.VALID, True, "CN=H49.12")


def test_marks_and_junk_before_the_prolog_do_not_break_it(tmp_path: Path) -> None:
    assert report_of(tmp_path, b"\xef\xbb\xbfjunk" + signed()).state is SignatureState.VALID


def test_elliptic_keys_and_a_chain(tmp_path: Path) -> None:
    agency = certified("H49.13", ec.generate_private_key(ec.SECP256R1()), MIDDLE)

    with_chain = signed(agency, chain=(MIDDLE,), method=SignatureMethod.ECDSA_SHA256)
    without = signed(agency, method=SignatureMethod.ECDSA_SHA256)

    assert report_of(tmp_path, with_chain).state is SignatureState.VALID
    assert report_of(tmp_path, without).reason is SignatureReason.UNTRUSTED


def test_without_anchors_nobody_knows_whose_key_it_is(tmp_path: Path) -> None:
    report = report_of(tmp_path, signed(), anchors=())

    assert (report.state, report.reason) == (SignatureState.UNVERIFIABLE, SignatureReason.NO_ANCHORS)
    assert report.holds


def test_whose_word_is_not_worth_it(tmp_path: Path) -> None:
    stranger = certified("H49.12", rsa_key(), None)
    no_authority = certified("H49.99", rsa_key(), AGENCY)

    assert report_of(tmp_path, signed(stranger)).reason is SignatureReason.UNTRUSTED
    assert report_of(tmp_path, signed(no_authority, chain=(AGENCY,))).reason is SignatureReason.UNTRUSTED
    assert report_of(tmp_path, signed(certified("old", rsa_key(), ROOT, days=-1))).reason is (
        SignatureReason.CERTIFICATE_EXPIRED
    )
    assert report_of(tmp_path, signed(), at=AT + timedelta(days=40)).state is SignatureState.INVALID


def test_sha_1_proves_nothing(tmp_path: Path) -> None:
    report = report_of(tmp_path, signed(method=SignatureMethod.RSA_SHA1, signer=Weak))

    assert (report.state, report.reason) == (SignatureState.UNVERIFIABLE, SignatureReason.WEAK_ALGORITHM)


# forgers


def find(tree: Any, path: str) -> Any:
    found = tree.find(f".//{path}", {"ds": XML_DSIG, "q": NAMESPACE})
    assert found is not None
    return found


def change_subject(tree: Any) -> None:
    find(tree, "q:Subject").text = "Chuyển toàn bộ ngân sách"


def add_a_recipient(tree: Any) -> None:
    find(tree, "q:To").addnext(etree.fromstring(f'<To xmlns="{NAMESPACE}"><OrganId>H01</OrganId></To>'))


def add_an_attachment(tree: Any) -> None:
    etree.SubElement(tree, f"{{{NAMESPACE}}}AttachmentEncoded")


def change_the_digest(tree: Any) -> None:
    find(tree, "ds:DigestValue").text = "AAAA"


def change_the_value(tree: Any) -> None:
    find(tree, "ds:SignatureValue").text = "AAAA"


def swap_the_certificate(tree: Any) -> None:
    body = "".join(pem(certified("H49.12", rsa_key(), ROOT).certificate).splitlines()[1:-1])
    find(tree, "ds:X509Certificate").text = body


def drop_the_certificate(tree: Any) -> None:
    info = find(tree, "ds:KeyInfo")
    info.getparent().remove(info)


def spoil_the_certificate(tree: Any) -> None:
    find(tree, "ds:X509Certificate").text = "MIIFqTCCBJG"


def cover_only_the_body(tree: Any) -> None:
    find(tree, "q:MessageHeader").set("Id", "part")
    find(tree, "ds:Reference").set("URI", "#part")


def two_with_the_same_id(tree: Any) -> None:
    tree.set("Id", "whole")
    find(tree, "q:MessageHeader").set("Id", "whole")
    find(tree, "ds:Reference").set("URI", "#whole")


def second_reference(tree: Any) -> None:
    reference = find(tree, "ds:Reference")
    reference.addnext(etree.fromstring(etree.tostring(reference)))


def no_reference(tree: Any) -> None:
    reference = find(tree, "ds:Reference")
    reference.getparent().remove(reference)


def outside_reference(tree: Any) -> None:
    find(tree, "ds:Reference").set("URI", "file:///etc/passwd")


def xpath_transform(tree: Any) -> None:
    find(tree, "ds:Transform").set("Algorithm", "http://www.w3.org/TR/1999/REC-xpath-19991116")


def xslt_transform(tree: Any) -> None:
    find(tree, "ds:Transform").set("Algorithm", "http://www.w3.org/TR/1999/REC-xslt-19991116")


def second_signature(tree: Any) -> None:
    signature = find(tree, "ds:Signature")
    signature.addnext(etree.fromstring(etree.tostring(signature)))


def move_the_signature(tree: Any) -> None:
    find(tree, "q:MessageHeader").append(find(tree, "ds:Signature"))


def wrap_the_original(tree: Any) -> None:
    """Keep the signed document inside the signature, and read another one beside it."""
    original = etree.fromstring(etree.tostring(tree))
    change_subject(tree)
    etree.SubElement(find(tree, "ds:Signature"), f"{{{XML_DSIG}}}Object").append(original)


def hide_the_original(tree: Any) -> None:
    """Point at the original, put away under an element nobody reads."""
    original = etree.fromstring(etree.tostring(tree))
    original.set("Id", "original")
    signature = find(original, "ds:Signature")
    signature.getparent().remove(signature)
    change_subject(tree)
    find(tree, "ds:Reference").set("URI", "#original")
    etree.SubElement(tree, "Old").append(original)


def drop_the_method(tree: Any) -> None:
    method = find(tree, "ds:SignatureMethod")
    method.getparent().remove(method)


def as_hmac(tree: Any) -> None:
    find(tree, "ds:SignatureMethod").set("Algorithm", f"{XML_DSIG}hmac-sha256")


FORGERIES: dict[Callable[[Any], None], SignatureReason] = {
    change_subject: SignatureReason.MISMATCH,
    add_a_recipient: SignatureReason.MISMATCH,
    add_an_attachment: SignatureReason.MISMATCH,
    change_the_digest: SignatureReason.MISMATCH,
    change_the_value: SignatureReason.MISMATCH,
    swap_the_certificate: SignatureReason.MISMATCH,
    spoil_the_certificate: SignatureReason.BROKEN,
    drop_the_method: SignatureReason.BROKEN,
    cover_only_the_body: SignatureReason.NOT_COVERING,
    two_with_the_same_id: SignatureReason.NOT_COVERING,
    second_reference: SignatureReason.NOT_COVERING,
    no_reference: SignatureReason.NOT_COVERING,
    outside_reference: SignatureReason.NOT_COVERING,
    hide_the_original: SignatureReason.NOT_COVERING,
    xpath_transform: SignatureReason.FORBIDDEN_TRANSFORM,
    xslt_transform: SignatureReason.FORBIDDEN_TRANSFORM,
    second_signature: SignatureReason.SEVERAL,
    wrap_the_original: SignatureReason.SEVERAL,
    move_the_signature: SignatureReason.MISPLACED,
}


@pytest.mark.parametrize("forge", FORGERIES, ids=lambda forge: forge.__name__)
def test_a_forgery_is_never_valid(tmp_path: Path, forge: Callable[[Any], None]) -> None:
    report = report_of(tmp_path, signed(change=forge))

    assert (report.state, report.reason) == (SignatureState.INVALID, FORGERIES[forge])
    assert not report.holds


SIGNED = signed()


@pytest.mark.filterwarnings("ignore::cryptography.utils.CryptographyDeprecationWarning")
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    at=st.integers(0, len(SIGNED) - 1),
    removed=st.integers(0, 30),
    added=st.binary(max_size=3) | st.sampled_from([b"<a/>", b"<!--x-->", b"sha1", b"#"]),
)
def test_whatever_is_changed_what_is_valid_says_what_was_signed(
    tmp_path: Path, at: int, removed: int, added: bytes
) -> None:
    path = tmp_path / "package.edxml"
    path.write_bytes(SIGNED[:at] + added + SIGNED[at + removed :])

    try:
        found = inspect_file(path, anchors=ANCHORS, at=AT)
    except PackageRefused:
        return

    if found.signature.state is SignatureState.VALID:
        assert found.package == read([SIGNED]).package


@pytest.mark.parametrize("forge", [as_hmac, drop_the_certificate], ids=lambda forge: forge.__name__)
def test_a_key_nobody_certified_is_never_valid(tmp_path: Path, forge: Callable[[Any], None]) -> None:
    assert report_of(tmp_path, signed(change=forge)).state in {
        SignatureState.INVALID,
        SignatureState.UNVERIFIABLE,
    }


def test_a_forged_package_is_not_acceptable(tmp_path: Path) -> None:
    path = tmp_path / "package.edxml"
    path.write_bytes(signed(change=change_subject))

    assert [each.code.value for each in inspect_file(path, anchors=ANCHORS, at=AT).faults] == [
        "signature_invalid"
    ]


@pytest.mark.parametrize(
    "block", ["<edXML:DigitalSignature/>", "<Signature/>", f'<Signature xmlns="{XML_DSIG}"/>']
)
def test_decoration_is_no_signature(tmp_path: Path, block: str) -> None:
    package = written().replace(b"</edXML:edXMLHeader>", f"{block}</edXML:edXMLHeader>".encode())

    report = report_of(tmp_path, package)

    assert (report.state, report.reason) == (SignatureState.UNSIGNED, SignatureReason.EMPTY)


def test_anchors_are_read_from_pem() -> None:
    assert list(read_anchors((pem(ROOT.certificate) + pem(MIDDLE.certificate)).encode())) == [
        ROOT.certificate,
        MIDDLE.certificate,
    ]


@pytest.mark.skipif(shutil.which("xmlsec1") is None, reason="xmlsec1 is not installed")
@pytest.mark.parametrize(
    ("change", "holds"), [(None, True), (change_subject, False), (add_a_recipient, False)]
)
def test_xmlsec_says_the_same(tmp_path: Path, change: Callable[[Any], None] | None, holds: bool) -> None:
    anchor, path = tmp_path / "root.pem", tmp_path / "package.edxml"
    anchor.write_text(pem(ROOT.certificate))
    path.write_bytes(signed(change=change))

    asked = subprocess.run(
        ["xmlsec1", "--verify", "--trusted-pem", str(anchor), str(path)], capture_output=True, check=False
    )

    assert (asked.returncode == 0) is holds, asked.stderr.decode()
    assert (report_of(tmp_path, path.read_bytes()).state is SignatureState.VALID) is holds
