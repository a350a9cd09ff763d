"""Which line of the manifest speaks of which attachment.

By content id with every leading ``cid:`` taken off (the vendor's builder writes ``cid:cid:``, another family none in
the attachment), then by position, then by name (section 1.7).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from motcua.domain.exchange.types import Attachment, Package, Reference


class PairedBy(StrEnum):
    ID = "id"
    POSITION = "position"
    NAME = "name"
    NOTHING = "nothing"  #: only one of the two is there


@dataclass(frozen=True, slots=True)
class Pair:
    reference: int | None
    attachment: int | None
    by: PairedBy


def bare_id(content_id: str) -> str:
    """Return the id without any leading ``cid:``."""
    while content_id.lower().startswith("cid:"):
        content_id = content_id[len("cid:") :]
    return content_id.strip()


def pairs(package: Package) -> tuple[Pair, ...]:
    """Return every line of the manifest with its attachment, then the attachments nobody named."""
    references, attachments = package.manifest or (), package.attachments
    free = set(range(len(attachments)))
    found: dict[int, Pair] = {}
    for by in (PairedBy.ID, PairedBy.POSITION, PairedBy.NAME):
        for number, reference in enumerate(references):
            if (
                number not in found
                and (match := _match(by, number, reference, attachments, free)) is not None
            ):
                found[number] = Pair(number, match, by)
                free.discard(match)
    unmatched = (Pair(number, None, PairedBy.NOTHING) for number in range(len(references)))
    named = [found.get(pair.reference or 0, pair) for pair in unmatched]
    return (*named, *(Pair(None, number, PairedBy.NOTHING) for number in sorted(free)))


def _match(
    by: PairedBy, number: int, reference: Reference, attachments: Sequence[Attachment], free: set[int]
) -> int | None:
    for candidate in sorted(free):
        attachment = attachments[candidate]
        ours, theirs = bare_id(reference.content_id), bare_id(attachment.content_id)
        if by is PairedBy.ID and ours and ours == theirs:
            return candidate
        if by is PairedBy.POSITION and candidate == number and not (ours and theirs):
            return candidate
        if by is PairedBy.NAME and reference.name and reference.name == attachment.name:
            return candidate
    return None


def is_packed(attachment: Attachment) -> bool:
    """Say whether the sender's software zipped a file of another kind (``.zip`` files travel as they are)."""
    return attachment.content_type.lower() == "application/zip" and not attachment.name.lower().endswith(
        ".zip"
    )
