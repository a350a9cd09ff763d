"""The published vectors of the vendor's client."""

import hashlib
import json
from datetime import datetime
from pathlib import Path

import pytest

from motcua.domain.exchange.rules import vendor_protocol
from motcua.domain.exchange.rules.vendor_protocol import NotAuthentic, authenticated
from motcua.kernel.clock import VIETNAM

VECTORS = json.loads((Path(__file__).parent / "vendor_vectors.json").read_text(encoding="utf-8"))


def headers_of(sign_header: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in json.loads(sign_header).items():
        found.setdefault(name.lower(), []).append(value)
    return found


@pytest.mark.parametrize("vector", VECTORS["hmac"], ids=lambda vector: vector["request"])
def test_the_hash_of_the_headers(vector: dict[str, str]) -> None:
    text = vector["sign_header"]

    assert vendor_protocol.hash_of_headers(text, VECTORS["secret"]) == vector["hash_header"]
    signed = authenticated(text, vector["hash_header"], headers_of(text), VECTORS["secret"])
    assert signed.values["systemid"] == "sys01"


def test_the_hash_of_a_file_drops_leading_zeros() -> None:
    body = "gói 9".encode()  # its hash holds bytes below sixteen
    whole = hashlib.sha256(body).hexdigest()
    sent_by_vendor = "".join(
        f"{byte:x}" for byte in hashlib.sha256(body).digest()
    )  # no nought before a digit

    assert len(sent_by_vendor) < len(whole)
    assert vendor_protocol.hash_without_zeros(hashlib.sha256(body).digest()) == sent_by_vendor
    for sent in (body, body + b"\r\n"):
        assert vendor_protocol.is_hash_of(sent_by_vendor, sent)
        assert vendor_protocol.is_hash_of(whole, sent)
    assert not vendor_protocol.is_hash_of(whole, body + b" ")


def test_a_header_that_was_changed_on_the_way_is_refused() -> None:
    vector = VECTORS["hmac"][-1]
    text, key = vector["sign_header"], VECTORS["secret"]
    changed = headers_of(text) | {"xroadvnpt-systemid": ["sys02"]}

    with pytest.raises(NotAuthentic):
        authenticated(text, vector["hash_header"], changed, key)
    with pytest.raises(NotAuthentic):
        authenticated(text, vector["hash_header"], headers_of(text), "another")
    with pytest.raises(NotAuthentic):
        authenticated("[1]", vendor_protocol.hash_of_headers("[1]", key), {}, key)


def test_sticky_headers_keep_their_case() -> None:
    text = '{"XroadVnpt-docid":"old","XroadVnpt-docId":"new","XroadVnpt-from":"G22"}'
    hash_header = vendor_protocol.hash_of_headers(text, "k")

    signed = authenticated(text, hash_header, headers_of(text), "k")

    assert signed.document("docId", "docid") == "new"
    assert signed.document("docid", "docId") == "old"
    assert signed.only({"docId"}) == {"docId": "new"}


def test_the_clients_clock_ends_in_milliseconds() -> None:
    assert vendor_protocol.read_timestamp("22112026T100929+0077") == datetime(
        2026, 11, 22, 10, 9, 29, 77_000, tzinfo=VIETNAM
    )
    assert vendor_protocol.read_timestamp("2026-11-22") is None
