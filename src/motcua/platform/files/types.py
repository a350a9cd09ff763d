"""Vocabulary of files: what kinds are taken, in which state one is, why one is refused."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Final, NewType, Protocol, Self
from uuid import UUID

from motcua.kernel.errors import Conflict, Invalid, Unknown

FileId = NewType("FileId", UUID)
UploadId = NewType("UploadId", UUID)


class Kind(StrEnum):
    """What a content is, as read from its bytes."""

    PDF = "pdf"
    JPEG = "jpeg"
    PNG = "png"
    WEBP = "webp"
    HEIC = "heic"  #: photographs of iPhones
    TIFF = "tiff"  #: scanners
    DOCX = "docx"
    XLSX = "xlsx"
    ODT = "odt"
    TEXT = "text"  #: UTF-8 without control characters
    XML = "xml"

    @property
    def media_type(self) -> str:
        return MEDIA_TYPES[self]

    @property
    def extensions(self) -> tuple[str, ...]:
        """Endings a name of this kind may have; the first is given to a name without one."""
        return EXTENSIONS[self]


MEDIA_TYPES: Final = {
    Kind.PDF: "application/pdf",
    Kind.JPEG: "image/jpeg",
    Kind.PNG: "image/png",
    Kind.WEBP: "image/webp",
    Kind.HEIC: "image/heic",
    Kind.TIFF: "image/tiff",
    Kind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Kind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Kind.ODT: "application/vnd.oasis.opendocument.text",
    Kind.TEXT: "text/plain",
    Kind.XML: "application/xml",
}
EXTENSIONS: Final = {
    Kind.PDF: ("pdf",),
    Kind.JPEG: ("jpg", "jpeg", "jpe", "jfif"),
    Kind.PNG: ("png",),
    Kind.WEBP: ("webp",),
    Kind.HEIC: ("heic", "heif"),
    Kind.TIFF: ("tif", "tiff"),
    Kind.DOCX: ("docx",),
    Kind.XLSX: ("xlsx",),
    Kind.ODT: ("odt",),
    Kind.TEXT: ("txt", "csv", "md"),
    Kind.XML: ("xml",),
}
PHOTOS: Final = frozenset({Kind.JPEG, Kind.PNG, Kind.WEBP, Kind.HEIC})
PAPERS: Final = PHOTOS | {Kind.PDF, Kind.TIFF}  #: what a scanned or photographed paper may be
ANY: Final = frozenset(Kind)


class State(StrEnum):
    """What is known of a content's harmlessness."""

    UNSCANNED = "unscanned"  #: no scanner is configured on this node; readable
    WAITING = "waiting"  #: in quarantine until the scanner has answered
    CLEAN = "clean"
    INFECTED = "infected"  #: in quarantine for good

    @property
    def is_readable(self) -> bool:
        return self in {State.UNSCANNED, State.CLEAN}


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is taken in. Sizes in bytes."""

    file_bytes: int = 50 * 2**20
    chunk_bytes: int = 4 * 2**20  #: one piece of a resumable upload; held in memory while it is written
    pending_bytes: int = 500 * 2**20  #: announced by one owner's unfinished uploads together
    pending_uploads: int = 50
    upload_life: timedelta = timedelta(days=2)  #: without a new piece
    pixels: int = 80_000_000  #: of one picture, as its header says
    pages: int = 2_000
    pdf_table_bytes: int = 128 * 2**20  #: object tables of a PDF, unpacked
    pdf_unpacked_bytes: int = 512 * 2**20  #: all streams of a PDF, unpacked
    pdf_ratio: int = 200  #: unpacked : packed, once unpacked is above 64 MB
    pdf_objects: int = 300_000
    zip_entries: int = 3_000
    zip_unpacked_bytes: int = 500 * 2**20
    zip_ratio: int = 150  #: unpacked : packed, once unpacked is above 10 MB


@dataclass(frozen=True, slots=True)
class FileView:
    """One file as it was handed in."""

    id: FileId
    name: str
    size_bytes: int
    media_type: str
    sha256: str  #: lower-case hexadecimal
    state: State
    kind: Kind
    owner: UUID  #: person or subject it was handed in for; the owning app gives it meaning
    uploaded_at: datetime


@dataclass(frozen=True, slots=True)
class UploadView:
    """A file on its way in, piece by piece."""

    id: UploadId
    name: str
    owner: UUID
    size_bytes: int  #: announced
    offset: int  #: bytes safely stored so far; the next piece starts here
    expires_at: datetime
    file_id: FileId | None  #: once finished

    @property
    def is_complete(self) -> bool:
        return self.offset == self.size_bytes


@dataclass(frozen=True, slots=True)
class Corruption:
    """A content whose stored bytes are not what was handed in."""

    sha256: str
    found: str  #: hash of what is stored, or "missing"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a scanner says of a content."""

    state: State  #: CLEAN or INFECTED
    threat: str = ""  #: name of what was found


class Storage(Protocol):
    """Where bytes rest. Keys are relative paths of ``[a-z0-9/]``; a written key never changes."""

    @classmethod
    def from_settings(cls) -> Self:
        """Return the storage this node is configured with."""

    def put(self, key: str, source: Path) -> None:
        """Store the bytes of the file ``source``; durable and complete, or absent. Repeatable."""

    def size(self, key: str) -> int | None:
        """Return the number of bytes under ``key``, or None if there is no such key."""

    def read(self, key: str, *, start: int = 0, stop: int | None = None) -> Iterator[bytes]:
        """Yield bytes ``start`` up to before ``stop`` in pieces of at most 1 MiB. Raises Missing."""

    def remove(self, key: str) -> None:
        """Forget ``key``; nothing happens if it is not there."""


class Scanner(Protocol):
    """Looks for harm in a content."""

    initial: State  #: what a fresh content is before this scanner has seen it

    @classmethod
    def from_settings(cls) -> Self:
        """Return the scanner this node is configured with."""

    def scan(self, chunks: Iterator[bytes]) -> Verdict:
        """Return the verdict over the whole content. Raises ScannerSilent if none can be had."""


class Missing(Exception):
    """The storage has lost a content the database knows. A fault of operations, not of a person."""


class ScannerSilent(Exception):
    """The scanner did not answer sensibly; the content stays in quarantine and is tried again."""


class UnknownFile(Unknown):
    """There is no such file."""

    code = "files.unknown"


class UnknownUpload(Unknown):
    """There is no such upload, or it has expired."""

    code = "files.unknown_upload"


class Quarantined(Conflict):
    """The content has not been found clean; ``facts["state"]`` says whether it may be yet."""

    code = "files.quarantined"


class WrongOffset(Conflict):
    """A piece does not start where the stored bytes end; ``facts["offset"]`` is where it must."""

    code = "files.wrong_offset"


class Unfinished(Conflict):
    """Bytes are still missing; ``facts["offset"]`` says how many are there."""

    code = "files.unfinished"


class TooManyUploads(Conflict):
    """The owner has too much on its way in already."""

    code = "files.too_many_uploads"


class WrongChecksum(Invalid):
    """A piece was damaged on its way: send it again."""

    code = "files.wrong_checksum"


class TooLarge(Invalid):
    """More bytes than are taken, or than were announced; ``facts["limit"]``."""

    code = "files.too_large"


class ChunkTooLarge(Invalid):
    """One piece of an upload is larger than ``facts["limit"]``."""

    code = "files.chunk_too_large"


class Empty(Invalid):
    """There is not one byte."""

    code = "files.empty"


class BadName(Invalid):
    """The name is empty, too long, a path, or hides what it is."""

    code = "files.bad_name"


class WrongType(Invalid):
    """The content is of a kind not taken here; ``facts["seems"]`` and ``facts["accepts"]``."""

    code = "files.wrong_type"


class TypeMismatch(Invalid):
    """The ending of the name says one kind, the bytes another."""

    code = "files.type_mismatch"


class Bomb(Invalid):
    """Small to send, huge to open."""

    code = "files.bomb"


class HasMacros(Invalid):
    """The document carries a program."""

    code = "files.macro"


class Encrypted(Invalid):
    """The content opens only with a password; an officer could not read it."""

    code = "files.encrypted"


class Broken(Invalid):
    """The content starts like its kind but cannot be opened."""

    code = "files.broken"
