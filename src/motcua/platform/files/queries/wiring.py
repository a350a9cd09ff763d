"""The storage, the scanner and the limits this node is configured with."""

from dataclasses import replace

from django.conf import settings
from django.utils.module_loading import import_string

from motcua.platform.files.types import Limits, Scanner, Storage


def storage() -> Storage:
    """Return the storage named by ``FILES_STORAGE``."""
    chosen: type[Storage] = import_string(settings.FILES_STORAGE)
    return chosen.from_settings()


def scanner() -> Scanner:
    """Return the scanner named by ``FILES_SCANNER``."""
    chosen: type[Scanner] = import_string(settings.FILES_SCANNER)
    return chosen.from_settings()


def limits() -> Limits:
    """Return how much this node takes in."""
    return replace(Limits(), file_bytes=settings.FILES_MAX_BYTES, chunk_bytes=settings.FILES_CHUNK_BYTES)


def content_key(sha256: str) -> str:
    """Return the storage key of a content: spread over 65,536 folders."""
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"
