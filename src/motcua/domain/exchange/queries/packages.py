"""Read a package from a file of any size: attachments go to disk piece by piece, memory stays flat."""

import hashlib
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Final

from motcua.domain.exchange.queries.attachments import look_into
from motcua.domain.exchange.queries.signatures import Anchors, signature_of
from motcua.domain.exchange.rules import judging
from motcua.domain.exchange.rules.document_kinds import document_kind
from motcua.domain.exchange.rules.pairing import is_packed
from motcua.domain.exchange.rules.reading import Read, read
from motcua.domain.exchange.rules.scanning import Limits
from motcua.domain.exchange.types import (
    Content,
    DocumentHeader,
    Fault,
    Finding,
    Inspection,
    Oddity,
    Package,
    SignatureReport,
    SignatureState,
)

_PIECE: Final = 256 << 10
_ZIP: Final = b"PK"


def inspect_file(
    path: Path, *, anchors: Anchors = (), at: datetime, limits: Limits | None = None
) -> Inspection:
    """Return what the file says and what can be said against it. Raises PackageRefused, OSError.

    ``anchors`` are the certificates a chain must end at; without any a signature is never more than unverifiable.
    """
    with ExitStack() as closing, path.open("rb") as file:
        spool = _Spool(closing)
        original = _Original(file)
        found = read(original, keep=spool.keep, limits=limits)
        unpacked, packing = _unpacked(found.package, spool)
    signature = signature_of(path, found, anchors=anchors, at=at)
    return Inspection(
        package=found.package,
        kind=_kind(found.package),
        faults=(*judging.faults(found.package), *_fault_of_signature(found, signature)),
        oddities=(*found.oddities, *judging.oddities(found.package), *packing),
        signature=signature,
        unpacked=unpacked,
        original=original.content,
    )


class _Original:
    """The bytes as they come, counted and hashed on the way."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._hash = hashlib.sha256()
        self._size = 0

    def __iter__(self) -> Iterator[bytes]:
        while piece := self._file.read(_PIECE):
            self._hash.update(piece)
            self._size += len(piece)
            yield piece

    @property
    def content(self) -> Content:
        return Content(self._size, self._hash.hexdigest())


class _Spool:
    """Attachments that look like archives, on disk until they were looked into; others pass by."""

    def __init__(self, closing: ExitStack) -> None:
        self._closing = closing
        self._begun: set[int] = set()
        self.files: dict[int, IO[bytes]] = {}

    def keep(self, number: int, piece: bytes) -> None:
        if number not in self._begun:
            self._begun.add(number)
            if piece[:2] == _ZIP[: len(piece)]:
                self.files[number] = self._closing.enter_context(TemporaryFile())  # noqa: SIM115 – the stack closes it
        if number in self.files:
            self.files[number].write(piece)


def _unpacked(package: Package, spool: _Spool) -> tuple[dict[int, Content], list[Finding]]:
    unpacked: dict[int, Content] = {}
    odd: list[Finding] = []
    for number, attachment in enumerate(package.attachments):
        at = judging.attachment_path(number + 1)
        packed = is_packed(attachment)
        if number in spool.files:
            inside = look_into(spool.files[number], at, must_open=packed)
            if packed and inside:
                unpacked[number] = inside
        elif packed and attachment.content is not None:
            odd.append(Finding(Oddity.NOT_PACKED, at, attachment.name))
    return unpacked, odd


def _fault_of_signature(found: Read, report: SignatureReport) -> tuple[Finding, ...]:
    if report.state is not SignatureState.INVALID:
        return ()
    return (Finding(Fault.SIGNATURE_INVALID, found.scanned.signatures[-1].at, report.reason.value),)


def _kind(package: Package) -> str:
    if not isinstance(package.header, DocumentHeader) or package.header.document_type is None:
        return ""
    kind = document_kind(package.header.document_type)
    return kind.name if kind else ""
