"""Look into a content without opening it: is it what it claims, and harmless to open?

Everything here reads headers and tables, and unpacks within a bound; nothing is drawn or run.
"""

import codecs
from collections.abc import Callable
from typing import BinaryIO, Final

from motcua.platform.files.rules import kinds
from motcua.platform.files.rules.containers import check_office, zip_kind
from motcua.platform.files.rules.pdfs import check_pdf
from motcua.platform.files.rules.pictures import check_heic, check_picture
from motcua.platform.files.types import Bomb, Broken, Empty, Kind, Limits, WrongType

_PIECE: Final = 1 << 20


def inspect(stream: BinaryIO, *, accepts: frozenset[Kind], limits: Limits) -> Kind:
    """Return the kind of the content of ``stream``, which must be seekable.

    Raises Empty, WrongType, Bomb, HasMacros, Encrypted, Broken.
    """
    stream.seek(0)
    head = stream.read(kinds.HEAD_BYTES)
    if not head:
        raise Empty
    kind = zip_kind(stream, limits) if head.startswith(kinds.ZIP) else kinds.of_head(head)
    refuse_kind(kind, head, accepts)
    assert kind is not None
    stream.seek(0)
    if check := _CHECKS.get(kind):
        check(stream, limits)
    return kind


def refuse_kind(kind: Kind | None, head: bytes, accepts: frozenset[Kind]) -> None:
    """Raise WrongType unless ``kind`` is one of ``accepts``."""
    if kind not in accepts:
        raise WrongType(seems=kind.value if kind else kinds.seems(head), accepts=sorted(accepts))


def _check_text(stream: BinaryIO, limits: Limits) -> None:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while piece := stream.read(_PIECE):
            decoder.decode(piece)
            if b"\x00" in piece:
                raise Broken(kind=Kind.TEXT.value)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise Broken(kind=Kind.TEXT.value) from error


def _check_xml(stream: BinaryIO, limits: Limits) -> None:
    """Entities that a reader would expand are refused; the papers of a dossier need none."""
    _check_text(stream, limits)
    stream.seek(0)
    last = b""
    while piece := stream.read(_PIECE):
        if b"<!ENTITY" in last + piece:
            raise Bomb(reason="entities")
        last = piece[-16:]


_CHECKS: Final[dict[Kind, Callable[[BinaryIO, Limits], None]]] = {
    Kind.PDF: check_pdf,
    Kind.JPEG: check_picture,
    Kind.PNG: check_picture,
    Kind.WEBP: check_picture,
    Kind.TIFF: check_picture,
    Kind.HEIC: check_heic,
    Kind.DOCX: check_office,
    Kind.XLSX: check_office,
    Kind.ODT: check_office,
    Kind.TEXT: _check_text,
    Kind.XML: _check_xml,
}
