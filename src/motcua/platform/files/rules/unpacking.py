"""Unpack within a bound: how large a packed stretch of bytes would become, without ever holding it.

Work is counted in bytes produced and not in seconds, so that a verdict is the same on every machine and every day.
"""

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from motcua.platform.files.types import Bomb

PIECE: Final = 1 << 20
_SIP: Final = 1 << 16
_END_OF_RUNS: Final = 128
_LZW_CLEAR, _LZW_END, _LZW_MOST = 256, 257, 4096


@dataclass(slots=True)
class Budget:
    """How much one file may become, all its parts together."""

    limit: int  #: bytes, unpacked
    packed: int  #: bytes of the whole file as it came
    ratio: int  #: unpacked : packed, asked once ``patience`` is passed
    patience: int  #: bytes; small files pack well by nature
    spent: int = 0

    def spend(self, size: int) -> None:
        """Count ``size`` more bytes. Raises Bomb when the file has become too large."""
        self.spent += size
        if self.spent > self.limit:
            raise Bomb(unpacked_bytes=self.spent, limit=self.limit)
        if self.spent > self.patience and self.spent > self.packed * self.ratio:
            raise Bomb(unpacked_bytes=self.spent, limit=max(self.patience, self.packed * self.ratio))


def inflated(packed: Iterable[bytes], budget: Budget, *, raw: bool = False) -> Iterator[bytes]:
    """Yield what deflated bytes become, in pieces of at most 1 MiB (RFC 1950; RFC 1951 with ``raw``).

    Bytes that are not deflated, and those after the end, yield nothing. Raises Bomb as the budget ends.
    """
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS if raw else zlib.MAX_WBITS)
    try:
        for piece in packed:
            rest = piece
            while rest and not unpacker.eof:
                made = unpacker.decompress(rest, PIECE)
                rest = unpacker.unconsumed_tail
                budget.spend(len(made))
                yield made
            if unpacker.eof:
                return
        yield from _drained(unpacker, budget)
    except zlib.error:
        return


def count_runs(packed: bytes, budget: Budget) -> None:
    """Count what run-length coded bytes become (ISO 32000-2 § 7.4.5). Raises Bomb as the budget ends."""
    place, last = 0, len(packed)
    while place < last and packed[place] != _END_OF_RUNS:
        length = packed[place]
        if length < _END_OF_RUNS:
            budget.spend(length + 1)
            place += length + 2
        else:
            budget.spend(257 - length)
            place += 2


def count_lzw(packed: bytes, budget: Budget) -> None:
    """Count what LZW coded bytes become (ISO 32000-2 § 7.4.4), without making them. Raises Bomb."""
    lengths, width, before = [1] * 258, 9, 0
    bits = held = 0
    for byte in packed:
        held, bits = held << 8 | byte, bits + 8
        if bits < width:
            continue
        bits -= width
        code, held = held >> bits, held & ((1 << bits) - 1)
        if code == _LZW_END:
            return
        if code == _LZW_CLEAR:
            lengths, width, before = [1] * 258, 9, 0
            continue
        if before and len(lengths) < _LZW_MOST:
            lengths.append(before + 1)
        if code >= len(lengths):
            return  # damaged: a reader stops here too
        before = lengths[code]
        budget.spend(before)
        width = max(9, min(12, (len(lengths) + 1).bit_length()))


def sips(data: bytes) -> Iterator[bytes]:
    """Cut bytes into pieces small enough to unpack one by one."""
    for place in range(0, len(data), _SIP):
        yield data[place : place + _SIP]


def _drained(unpacker: "zlib._Decompress", budget: Budget) -> Iterator[bytes]:
    """Yield what still stands in the window of a stretch that ends too early."""
    while made := unpacker.decompress(unpacker.unconsumed_tail, PIECE):
        budget.spend(len(made))
        yield made
