"""The payload of a transfer by QR code – *VietQR*.

Source: EMVCo QR Code Specification for Payment Systems, merchant-presented mode, 1.1; NAPAS VietQR profile.
A row of tag (2 digits), length (2 digits), value; the last one is a CRC-16 (polynomial 1021, start FFFF)
over all before it. Space around and lower-case hexadecimal in the CRC are forgiven.
"""

import re
from binascii import crc_hqx
from dataclasses import dataclass, replace

from motcua.kernel.identifiers.reasons import NotAnIdentifier, Reason, are_digits

NAPAS = "A000000727"
TO_ACCOUNT, TO_CARD = "QRIBFTTA", "QRIBFTTC"
_LONGEST = 512
_LONGEST_VALUE = 99
_DONG, _COUNTRY, _VERSION = "704", "VN", "01"
_STATIC, _DYNAMIC = "11", "12"
_CRC_TAIL = 4
_ACCOUNT = re.compile(r"[0-9A-Za-z]{1,19}")
_AMOUNT = re.compile(r"[1-9][0-9]{0,12}")
_OURS = frozenset({"00", "01", "38", "53", "54", "58", "62", "63"})


class NotAVietQr(NotAnIdentifier):
    """The text is not a VietQR payload, or was altered on the way."""

    code = "identifiers.not_a_vietqr"


@dataclass(frozen=True, slots=True)
class VietQr:
    """An order to transfer money, as its QR code says it."""

    bank: str  #: BIN of the receiving bank, six digits
    account: str  #: account, or card number for ``QRIBFTTC``
    service: str = TO_ACCOUNT
    amount: int | None = None  #: đồng; None lets the payer fill it in
    bill: str = ""
    purpose: str = ""
    is_static: bool = False  #: may be paid many times
    more: tuple[tuple[str, str], ...] = ()  #: other tags of the payload and (as 62.nn) of its additional data

    def __str__(self) -> str:
        return build(self)


def checksum(payload: str) -> str:
    """Return the CRC-16/CCITT-FALSE of the payload in upper-case hexadecimal: ``123456789`` gives
    ``29B1``."""
    return f"{crc_hqx(payload.encode('utf-8', 'surrogatepass'), 0xFFFF):04X}"


def build(order: VietQr) -> str:
    """Return the payload of an order, tags in rising order. Raises NotAVietQr if it could not be read
    back."""
    account = _row("00", order.bank) + _row("01", order.account)
    more = dict(order.more)
    additional = {"01": order.bill, "08": order.purpose} | {
        k[3:]: v for k, v in more.items() if k[:3] == "62."
    }
    tags = {
        "00": _VERSION,
        "01": _STATIC if order.is_static else _DYNAMIC,
        "38": _row("00", NAPAS) + _row("01", account) + _row("02", order.service),
        "53": _DONG,
        "54": "" if order.amount is None else str(order.amount),
        "58": _COUNTRY,
        "62": "".join(_row(tag, value) for tag, value in sorted(additional.items()) if value),
    } | {tag: value for tag, value in more.items() if "." not in tag}
    body = "".join(_row(tag, value) for tag, value in sorted(tags.items()) if value) + "6304"
    payload = body + checksum(body)
    if parse(payload) != replace(order, more=tuple(sorted(order.more))):
        raise NotAVietQr(Reason.TAG_VALUE, tag="62")
    return payload


def parse(text: str) -> VietQr:
    """Return the order in the payload ``text``. Raises NotAVietQr."""
    payload = text[: _LONGEST + 1].strip()
    if not payload:
        raise NotAVietQr(Reason.EMPTY)
    if len(payload) > _LONGEST:
        raise NotAVietQr(Reason.TOO_LONG, most=_LONGEST)
    tags = _tags(payload, "")
    _refuse_bad_checksum(payload, tags)
    if tags.get("00") != _VERSION:
        raise _wrong("00", tags)
    if tags.get("01", _STATIC) not in (_STATIC, _DYNAMIC):
        raise _wrong("01", tags)
    if tags.get("53") != _DONG:
        raise _wrong("53", tags)
    if tags.get("58") != _COUNTRY:
        raise _wrong("58", tags)
    amount = tags.get("54")
    if amount is not None and not _AMOUNT.fullmatch(amount):
        raise _wrong("54", tags)
    bank, account, service = _receiver(tags)
    additional = _tags(tags.get("62", ""), "62.")
    rest = {f"62.{tag}": value for tag, value in additional.items() if tag not in ("01", "08")}
    rest |= {tag: value for tag, value in tags.items() if tag not in _OURS}
    return VietQr(
        bank=bank,
        account=account,
        service=service,
        amount=int(amount) if amount else None,
        bill=additional.get("01", ""),
        purpose=additional.get("08", ""),
        is_static=tags.get("01", _STATIC) == _STATIC,
        more=tuple(sorted(rest.items())),
    )


def _receiver(tags: dict[str, str]) -> tuple[str, str, str]:
    if "38" not in tags:
        raise NotAVietQr(Reason.TAG_MISSING, tag="38")
    merchant = _tags(tags["38"], "38.")
    if merchant.get("00") != NAPAS:
        raise _wrong("00", merchant, "38.")
    if merchant.get("02", TO_ACCOUNT) not in (TO_ACCOUNT, TO_CARD):
        raise _wrong("02", merchant, "38.")
    receiver = _tags(merchant.get("01", ""), "38.01.")
    bank, account = receiver.get("00", ""), receiver.get("01", "")
    if len(bank) != 6 or not are_digits(bank):  # noqa: PLR2004 – a BIN has six digits
        raise _wrong("00", receiver, "38.01.")
    if not _ACCOUNT.fullmatch(account):
        raise _wrong("01", receiver, "38.01.")
    return bank, account, merchant.get("02", TO_ACCOUNT)


def _wrong(tag: str, tags: dict[str, str], within: str = "") -> NotAVietQr:
    reason = Reason.TAG_VALUE if tag in tags else Reason.TAG_MISSING
    return NotAVietQr(reason, tag=within + tag)


def _row(tag: str, value: str) -> str:
    if len(value) > _LONGEST_VALUE:
        raise NotAVietQr(Reason.TOO_LONG, tag=tag, most=_LONGEST_VALUE)
    return f"{tag}{len(value):02}{value}"


def _tags(payload: str, within: str) -> dict[str, str]:
    """Return the tags of a row in their order. Raises NotAVietQr if lengths do not add up."""
    tags: dict[str, str] = {}
    at = 0
    while at < len(payload):
        tag, length = payload[at : at + 2], payload[at + 2 : at + 4]
        if not (are_digits(tag + length) and len(tag + length) == 4):  # noqa: PLR2004 – two digits each
            raise NotAVietQr(Reason.SHAPE, expected="EMVCo TLV")
        value = payload[at + 4 : at + 4 + int(length)]
        if len(value) != int(length):
            raise NotAVietQr(Reason.SHAPE, expected="EMVCo TLV", tag=within + tag)
        if tag in tags:
            raise NotAVietQr(Reason.TAG_TWICE, tag=within + tag)
        tags[tag] = value
        at += 4 + int(length)
    return tags


def _refuse_bad_checksum(payload: str, tags: dict[str, str]) -> None:
    if next(reversed(tags)) != "63" or len(tags["63"]) != _CRC_TAIL:
        raise NotAVietQr(Reason.TAG_MISSING, tag="63")
    if tags["63"].upper() != checksum(payload[:-_CRC_TAIL]):
        raise NotAVietQr(Reason.CHECKSUM)
