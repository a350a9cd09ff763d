"""The arithmetic of the client software agencies have installed: hash of the file, signed headers, its clock.

Observed on the wire (client 2.0.1); published vectors are in the tests. The hash prints each byte without its leading
zero, so it is shorter than 64 digits; the body has CRLF after it. The text of the signed headers is authenticated as it
came, never written again.
"""

import hashlib
import hmac
import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from motcua.kernel.clock import VIETNAM
from motcua.kernel.errors import Forbidden

HEADER_PREFIX: Final = "XroadVnpt-"
_CRLF: Final = b"\r\n"
_TIMESTAMP: Final = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{4})T([0-9]{2})([0-9]{2})([0-9]{2})\+([0-9]{4})")


class NotAuthentic(Forbidden):
    """The signed headers do not fit the key, or the headers sent do not fit those signed."""

    code = "exchange.not_authentic"


def hash_without_zeros(digest: bytes) -> str:
    """Return a digest the way the client prints it: ``0a`` as ``a``."""
    return "".join(f"{byte:x}" for byte in digest)


def is_hash_of(claimed: str, body: bytes) -> bool:
    """Say whether ``hash-file`` fits the body, with or without its CRLF, in either spelling."""
    bodies = (body.removesuffix(_CRLF), body)
    digests = [hashlib.sha256(each).digest() for each in bodies]
    spellings = [spelling for each in digests for spelling in (hash_without_zeros(each), each.hex())]
    return any(hmac.compare_digest(claimed.lower().encode(), each.encode()) for each in spellings)


def hash_of_headers(sign_header: str, secret: str) -> str:
    """Return ``hash-header`` for the raw text of ``sign-header`` (HMAC-SHA256, hexadecimal)."""
    return hmac.new(secret.encode(), sign_header.encode(), hashlib.sha256).hexdigest()


@dataclass(frozen=True, slots=True)
class SignedHeaders:
    """The parameters of one call, by their names without prefix, case kept: ``docid`` is not ``docId``."""

    values: Mapping[str, str]

    def only(self, names: Collection[str]) -> dict[str, str]:
        """Return the parameters an operation defines; a reused client carries those of earlier calls along."""
        return {name: value for name, value in self.values.items() if name in names}

    def document(self, *preferred: str) -> str:
        """Return the id of the item: ``docId`` to fetch, ``docid`` to acknowledge, whichever is preferred first."""
        return next((self.values[name] for name in preferred if self.values.get(name)), "")


def authenticated(
    sign_header: str, claimed_hash: str, headers: Mapping[str, Collection[str]], secret: str
) -> SignedHeaders:
    """Return the parameters signed, after comparing them with the headers that came. Raises NotAuthentic.

    ``headers`` maps the lower-case name of a header to all its values: names that differ in case merge on the way.
    """
    if not hmac.compare_digest(hash_of_headers(sign_header, secret).encode(), claimed_hash.lower().encode()):
        raise NotAuthentic(reason="hash")
    signed = _signed(sign_header)
    for name, value in signed.items():
        if value not in headers.get(name.lower(), ()):
            raise NotAuthentic(reason="header", header=name)
    return SignedHeaders({name.removeprefix(HEADER_PREFIX): value for name, value in signed.items()})


def read_timestamp(text: str) -> datetime | None:
    """Return the instant in ``ddMMyyyy'T'HHmmss+SSSS``; the last four digits are milliseconds, not an offset.

    The client takes it once, when it starts, so it may be days old: no reason to refuse.
    """
    found = _TIMESTAMP.fullmatch(text)
    if not found:
        return None
    day, month, year, hour, minute, second, thousandths = (int(part) for part in found.groups())
    try:
        return datetime(
            year, month, day, hour, minute, second, thousandths * 1000 % 1_000_000, tzinfo=VIETNAM
        )
    except ValueError:
        return None


def _signed(sign_header: str) -> dict[str, str]:
    try:
        pairs = json.loads(sign_header, object_pairs_hook=list)
    except (ValueError, RecursionError) as fault:
        raise NotAuthentic(reason="json") from fault
    if not isinstance(pairs, list) or not all(_is_pair(pair) for pair in pairs):
        raise NotAuthentic(reason="json")
    return dict(pairs)


def _is_pair(pair: object) -> bool:
    return isinstance(pair, tuple) and all(isinstance(part, str) for part in pair)
