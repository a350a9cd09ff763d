"""Base64 of an attachment, decoded as it comes in; nothing is held but the last few characters."""

import binascii
import hashlib
from collections.abc import Callable

from motcua.domain.exchange.types import Content

#: Receives the number of the attachment, from 0, and the next decoded bytes.
Keep = Callable[[int, bytes], object]


def keep_nothing(_number: int, _piece: bytes) -> None:
    """Let the bytes pass; size and hash are enough."""


class PayloadDecoder:
    """Decodes one payload piece by piece (RFC 4648, white space allowed anywhere)."""

    def __init__(self, number: int, keep: Keep) -> None:
        self._number = number
        self._keep = keep
        self._rest = ""
        self._hash = hashlib.sha256()
        self._size = 0
        self._is_padded = False
        self._is_broken = False

    def feed(self, text: str) -> None:
        """Take the next characters."""
        if self._is_broken:
            return
        joined = self._rest + "".join(text.split())
        whole = len(joined) - len(joined) % 4
        self._rest = joined[whole:]
        self._decode(joined[:whole])

    def spoil(self) -> None:
        """Take note of an element in the midst of the payload: what it would decode to is anybody's guess."""
        self._is_broken = True

    def finish(self) -> Content | None:
        """Return what was decoded, or None if it was not base64 or nothing at all."""
        if self._rest:
            self._decode(self._rest + "=" * (-len(self._rest) % 4))  # a few writers leave the padding out
        if self._is_broken or not self._size:
            return None
        return Content(self._size, self._hash.hexdigest())

    def _decode(self, block: str) -> None:
        if not block:
            return
        try:
            piece = binascii.a2b_base64(block.encode("ascii"), strict_mode=True)
        except (ValueError, UnicodeEncodeError):
            self._is_broken = True
            return
        self._is_broken = self._is_padded
        self._is_padded = block.endswith("=")
        self._hash.update(piece)
        self._size += len(piece)
        self._keep(self._number, piece)
