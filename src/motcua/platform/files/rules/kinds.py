"""Read the kind of a content from its first bytes, never from its name.

Source: the signatures of each format (ISO 32000, ITU T.81, RFC 2083, ISO 23008-12, TIFF 6.0, RFC 9649).
"""

import zipfile
from typing import BinaryIO, Final

import puremagic

from motcua.platform.files.types import Kind

HEAD_BYTES: Final = 4096
ZIP: Final = b"PK\x03\x04"
_HEIC_BRANDS: Final = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
_SIGNATURES: Final = (
    (Kind.JPEG, 0, b"\xff\xd8\xff"),
    (Kind.PNG, 0, b"\x89PNG\r\n\x1a\n"),
    (Kind.WEBP, 8, b"WEBP"),
    *((Kind.HEIC, 4, b"ftyp" + brand) for brand in _HEIC_BRANDS),
    (Kind.TIFF, 0, b"II*\x00"),
    (Kind.TIFF, 0, b"MM\x00*"),
)
_LONGEST_MEDIA_TYPE: Final = 100
_PARTS: Final = {"word/document.xml": Kind.DOCX, "xl/workbook.xml": Kind.XLSX}
_CONTROLS: Final = bytes(byte for byte in range(32) if byte not in b"\t\n\r\x0c") + b"\x7f"


def of_head(head: bytes) -> Kind | None:
    """Return the kind the first bytes show; None if it is another, or a zip still to be looked into."""
    for kind, place, signature in _SIGNATURES:
        if head.startswith(signature, place):
            return kind
    if b"%PDF-" in head[:1024]:  # ISO 32000-2 annex I: readers take some bytes before it
        return Kind.PDF
    return _written(head)


def of_zip(stream: BinaryIO) -> Kind | None:
    """Return which document a zip container is, by the parts its format requires."""
    with zipfile.ZipFile(stream) as container:
        names = set(container.namelist())
        for part, kind in _PARTS.items():
            if part in names and "[Content_Types].xml" in names:
                return kind
        if "mimetype" in names and container.getinfo("mimetype").file_size < _LONGEST_MEDIA_TYPE:
            declared = container.read("mimetype").decode("ascii", "replace").strip()
            return Kind.ODT if declared == Kind.ODT.media_type else None
    return None


def seems(head: bytes) -> str:
    """Return the likeliest ending of a content we do not take, for the words of a refusal."""
    try:
        return str(puremagic.from_string(head)).lstrip(".") or "unknown"
    except (puremagic.PureError, ValueError):
        return "unknown"


def _written(head: bytes) -> Kind | None:
    if not head or any(byte in head for byte in _CONTROLS):
        return None
    try:
        text = head.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if error.start < len(head) - 3:  # not merely cut within its last letter
            return None
        text = head[: error.start].decode("utf-8-sig")
    return Kind.XML if text.lstrip().startswith("<?xml") else Kind.TEXT
