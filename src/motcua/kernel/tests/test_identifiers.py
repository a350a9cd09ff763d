"""Identifiers against the published vectors, a table of our own, and whatever else people type."""

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel.identifiers import (
    KINDS,
    NotAnIdentifier,
    Reason,
    UnknownKind,
    agency_code,
    card_qr,
    dossier_code,
    insurance,
    parse,
    parts,
    personal_id,
    prescription,
    procedure_code,
    tax_code,
    territory,
    vietqr,
)
from motcua.kernel.identifiers.provinces import OLD_PROVINCES

VECTORS = Path(__file__).parents[5] / "shared" / "data" / "identifier_vectors.json"

CARD = "001099012345|012345678|Nguyễn Văn An|20051999|Nam|Số 1 Tràng Tiền, Cửa Nam, Hà Nội|15032021"
TO_ACCOUNT = (
    "00020101021238570010A00000072701270006970415011300110019324180208QRIBFTTA"
    "530370454061200005802VN62170813ung ho lu lut6304C15C"
)
TO_CARD = (
    "00020101021238600010A00000072701300006970403011697040311012345670208QRIBFTTC"
    "530370454061800005802VN62340107NPS68690819thanh toan don hang6304A203"
)


@cache
def vectors() -> dict[str, Any]:
    if not VECTORS.exists():
        pytest.skip("the shared vectors are not beside this checkout")
    found: dict[str, Any] = json.loads(VECTORS.read_text())
    return found


# --- the published vectors ---


@pytest.mark.parametrize("kind", ["mst", "dossier_code", "procedure_code", "prescription"])
def test_published_codes(kind: str) -> None:
    for text in vectors()[kind]["valid"]:
        assert str(parse(kind, text)) == text
    for text in vectors()[kind]["invalid"]:
        with pytest.raises(NotAnIdentifier):
            parse(kind, text)


def test_published_personal_ids() -> None:
    for case in vectors()["personal_id"]:
        found = personal_id.parse(case["id"])
        assert (found.province, found.sex, found.birth_year) == (
            case["province"],
            case["sex"],
            case["birth_year"],
        )
    for text in vectors()["personal_id_invalid"]:
        with pytest.raises(personal_id.NotAPersonalId):
            personal_id.parse(text)


def test_published_cards() -> None:
    for case in vectors()["cccd_qr"]:
        found = card_qr.parse(case["payload"])
        assert found.fields == case["fields"]
        assert str(found) == case["payload"]


def test_published_vietqr() -> None:
    for text, crc in vectors()["vietqr"]["crc_check"].items():
        assert vietqr.checksum(text) == crc
    for payload in vectors()["vietqr"]["valid"]:
        assert str(vietqr.parse(payload)) == payload


# --- our own table ---

VALID = [
    ("personal_id", "001099012345", "001099012345"),
    ("personal_id", " 001 099 012345 ", "001099012345"),
    ("personal_id", "101199012345", "101199012345"),  # born abroad
    ("mst", "0100233488", "0100233488"),
    ("mst", "0314409058-002", "0314409058-002"),
    ("mst", "0314409058002", "0314409058-002"),
    ("mst", "0314409058 – 002", "0314409058-002"),
    ("mst", "01.00.233.488", "0100233488"),
    ("mst", "001099012345", "001099012345"),
    ("insurance", "0123456789", "0123456789"),
    ("insurance", "dn4 01 0123456789", "DN4010123456789"),
    ("insurance", "001099012345", "001099012345"),
    ("dossier_code", "H15.50.05.13-261008-0975", "H15.50.05.13-261008-0975"),
    ("dossier_code", "h15.50.05.13–261008–0975", "H15.50.05.13-261008-0975"),
    ("dossier_code", "G09.20-20260609-0092637", "G09.20-20260609-0092637"),
    ("dossier_code", "H21-240229-0001", "H21-240229-0001"),
    ("procedure_code", "1.001193", "1.001193"),
    ("procedure_code", "2.002723.h13", "2.002723.H13"),
    ("procedure_code", "1.004194.000.00.00.H21", "1.004194.000.00.00.H21"),
    ("agency_code", "H15.50.05.13", "H15.50.05.13"),
    ("agency_code", "G01", "G01"),
    ("agency_code", "000.00.12.H21", "000.00.12.H21"),
    ("prescription", "01CXUpzrizjk-c", "01CXUpzrizjk-c"),
    ("commune", "00004", "00004"),
    ("commune", "52", "52"),
    ("cccd_qr", CARD, CARD),
    ("cccd_qr", CARD + "||||", CARD + "||||"),
    ("cccd_qr", CARD + "||||||\n", CARD + "||||"),
    ("vietqr", TO_ACCOUNT, TO_ACCOUNT),
    ("vietqr", TO_CARD[:-4] + "a203", TO_CARD),
]


@pytest.mark.parametrize(("kind", "text", "formatted"), VALID)
def test_valid(kind: str, text: str, formatted: str) -> None:
    assert str(parse(kind, text)) == formatted


INVALID = [
    ("personal_id", "", Reason.EMPTY),
    ("personal_id", "00109901234", Reason.LENGTH),
    ("personal_id", "0010990123456", Reason.LENGTH),
    ("personal_id", "00109901234X", Reason.NOT_DIGITS),
    ("personal_id", "٠٠١٠٩٩٠١٢٣٤٥", Reason.NOT_DIGITS),
    ("personal_id", "００１０９９０１２３４５", Reason.NOT_DIGITS),
    ("personal_id", "003099012345", Reason.PROVINCE),
    ("personal_id", "000099012345", Reason.PROVINCE),
    ("mst", "0100233480", Reason.CHECK_DIGIT),
    ("mst", "12345", Reason.LENGTH),
    ("mst", "0100000008", Reason.SERIAL),
    ("mst", "0314409058-000", Reason.BRANCH),
    ("mst", "0314409058-02", Reason.SHAPE),
    ("mst", "03144-09058002", Reason.SHAPE),
    ("mst", "003099012345", Reason.PROVINCE),
    ("mst", "01002334A8", Reason.NOT_DIGITS),
    ("insurance", "DN6010123456789", Reason.SHAPE),
    ("insurance", "01234567890", Reason.LENGTH),
    ("insurance", "003099012345", Reason.PROVINCE),
    ("dossier_code", "H15.50.05.13-261308-0975", Reason.DATE),
    ("dossier_code", "H15.50.05.13-260229-0975", Reason.DATE),
    ("dossier_code", "H15.50.05.13-261008-975", Reason.SHAPE),
    ("dossier_code", "H15.50.05.13-261008-0000", Reason.SERIAL),
    ("dossier_code", "Z15-261008-0975", Reason.SHAPE),
    ("procedure_code", "1.1193", Reason.SHAPE),
    ("procedure_code", "01.001193", Reason.SHAPE),
    ("procedure_code", "0.001193", Reason.SHAPE),
    ("procedure_code", "1.٠٠١١٩٣", Reason.SHAPE),
    ("agency_code", "Z15", Reason.SHAPE),
    ("agency_code", "H15.", Reason.SHAPE),
    ("agency_code", "H15..05", Reason.SHAPE),
    ("agency_code", "H15" + ".05" * 11, Reason.TOO_LONG),
    ("prescription", "01CXUpzrizjk-x", Reason.SHAPE),
    ("prescription", "01CXUpzrizj-c", Reason.SHAPE),
    ("commune", "0004", Reason.LENGTH),
    ("commune", "03", Reason.PROVINCE),
    ("commune", "00000", Reason.SERIAL),
    ("cccd_qr", "001099012345|x", Reason.FIELDS),
    ("cccd_qr", CARD.replace("20051999", "31021999"), Reason.DATE),
    ("cccd_qr", CARD.replace("20051999", "1999-5-2"), Reason.DATE),
    ("cccd_qr", CARD.replace("1999", "1998"), Reason.BIRTH_YEAR_MISMATCH),
    ("cccd_qr", CARD.replace("|Nam|", "|Nữ|"), Reason.SEX_MISMATCH),
    ("cccd_qr", CARD.replace("|Nam|", "|?|"), Reason.SEX),
    ("cccd_qr", CARD.replace("Nguyễn Văn An", ""), Reason.NAME),
    ("cccd_qr", CARD.replace("|012345678|", "|"), Reason.FIELDS),
    ("cccd_qr", CARD.replace("|012345678|", "|01234567|"), Reason.OLD_NUMBER),
    ("cccd_qr", CARD.replace("15032021", "15031998"), Reason.ISSUED_BEFORE_BIRTH),
    ("cccd_qr", CARD.replace("001099012345", "001099"), Reason.LENGTH),
    ("vietqr", TO_ACCOUNT[:-1] + "D", Reason.CHECKSUM),
    ("vietqr", TO_ACCOUNT.replace("120000", "120001"), Reason.CHECKSUM),
    ("vietqr", TO_ACCOUNT[:-8], Reason.TAG_MISSING),
    ("vietqr", "0002", Reason.SHAPE),
    ("vietqr", "hello", Reason.SHAPE),
    ("vietqr", "0" * 600, Reason.TOO_LONG),
]


@pytest.mark.parametrize(("kind", "text", "reason"), INVALID)
def test_invalid(kind: str, text: str, reason: Reason) -> None:
    with pytest.raises(NotAnIdentifier) as refusal:
        parse(kind, text)
    assert refusal.value.reason is reason


def test_a_card_keeps_its_empty_second_field_and_nfc() -> None:
    decomposed = CARD.replace("|012345678|", "||").replace("ễ", "e\u0302\u0303")
    found = card_qr.parse(decomposed)
    assert (found.old_number, found.full_name, found.born_on) == ("", "Nguyễn Văn An", date(1999, 5, 20))


@pytest.mark.parametrize(
    ("text", "scheme", "number", "ministry"),
    [
        ("H15.50.05.13-261008-0975", "local", 975, ""),
        ("H15.50.05.13-261008-090975", "central", 975, "09"),
        ("H15.50.05.13-261008-0910975", "central", 10975, "09"),
        ("H15.50.05.13-261008-10975", "local", 10975, ""),
        ("000.00.12.H21-200115-0003", "old_agency", 3, ""),
        ("G09.20-20260609-0092637", "ministry_portal", 92637, ""),
    ],
)
def test_schemes_of_dossier_codes(text: str, scheme: str, number: int, ministry: str) -> None:
    found = dossier_code.parse(text)
    assert (found.scheme, found.number, found.ministry) == (scheme, number, ministry)


def test_agency_codes_tell_their_parent() -> None:
    assert agency_code.parse("H21.15.03").parent == "H21.15"
    assert agency_code.parse("H21").parent == ""
    old = agency_code.parse("000.00.12.H21")
    assert (old.level_1, old.path, old.scheme) == ("H21", ("12",), "level_1_last")


def test_parts_are_plain() -> None:
    for kind, text, _ in VALID:
        json.dumps(parts(parse(kind, text)))
    assert parts(card_qr.parse(CARD))["born_on"] == "1999-05-20"
    assert parts(prescription.parse("01CXUpzrizjk-n"))["prescription"] == "narcotic"


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(UnknownKind):
        parse("passport", "C1234567")


def test_there_are_63_former_provinces() -> None:
    assert len(OLD_PROVINCES) == len(set(OLD_PROVINCES.values())) == 63


# --- whatever people type ---

odd = st.one_of(
    st.text(max_size=60),
    st.text("0123456789-. |AHGabc٣²\u00a0\u2013\n", max_size=40),
    st.sampled_from([text for _, text, _ in VALID] + [text for _, text, _ in INVALID]),
    st.builds(
        lambda text, at, char: text[: at % (len(text) + 1)] + char + text[at % (len(text) + 1) + 1 :],
        st.sampled_from([text for _, text, _ in VALID]),
        st.integers(0, 200),
        st.characters(),
    ),
)


@given(st.sampled_from(sorted(KINDS)), odd)
def test_anything_is_parsed_or_refused(kind: str, text: str) -> None:
    try:
        found = parse(kind, text)
    except NotAnIdentifier as refusal:
        assert refusal.facts["reason"] == refusal.reason
    else:
        assert parse(kind, str(found)) == found


# --- round trips ---

digits = st.text("0123456789", min_size=6, max_size=6)
births = st.dates(date(1900, 1, 1), date(2098, 12, 31))
codes = st.sampled_from(["H21", "H21.15", "H21.15.03", "G01.899.001.05", "000.00.12.H21"])
plain = st.text("abcdefghijklmnopqrstuvwxyz ABCĐặ0123456789.-", max_size=25)


@given(st.sampled_from(sorted(OLD_PROVINCES)), births, st.sampled_from("MF"), digits)
def test_personal_ids_keep_what_they_are_made_of(province: str, born_on: date, sex: str, serial: str) -> None:
    century = 2 * (born_on.year // 100 - 19) + (sex == "F")
    found = personal_id.parse(f"0{province}{century}{born_on:%y}{serial}")
    assert (found.province, found.sex, found.birth_year) == (f"0{province}", sex, born_on.year)


@given(st.integers(0, 99), st.integers(1, 9_999_999), st.integers(0, 999))
def test_one_check_digit_fits_or_none(province: int, serial: int, branch: int) -> None:
    head = f"{province:02}{serial:07}"
    fitting = [d for d in "0123456789" if is_valid("mst", head + d)]
    assert fitting == ([] if tax_code.check_digit(head) == 10 else [str(tax_code.check_digit(head))])
    for last in fitting:
        assert is_valid("mst", f"{head}{last}-{branch:03}") is (branch > 0)


def is_valid(kind: str, text: str) -> bool:
    try:
        parse(kind, text)
    except NotAnIdentifier:
        return False
    return True


@given(codes, st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.integers(1, 9_999))
def test_dossier_codes_round_trip(agency: str, received_on: date, number: int) -> None:
    found = dossier_code.parse(str(dossier_code.issue(agency, received_on, number)))
    assert (found.agency, found.received_on, found.number, found.ministry) == (
        agency,
        received_on,
        number,
        "",
    )


@given(
    codes.filter(lambda code: code[0] != "0"), births.filter(lambda d: d.year >= 2000), st.integers(1, 99_999)
)
def test_central_dossier_codes_round_trip(agency: str, received_on: date, number: int) -> None:
    found = dossier_code.parse(str(dossier_code.issue(agency, received_on, number, ministry="09")))
    assert (found.scheme, found.number, found.ministry) == ("central", number, "09")


@given(
    st.builds(
        vietqr.VietQr,
        bank=digits,
        account=st.from_regex(r"[0-9A-Za-z]{1,19}", fullmatch=True),
        service=st.sampled_from([vietqr.TO_ACCOUNT, vietqr.TO_CARD]),
        amount=st.none() | st.integers(1, 10**13 - 1),
        bill=plain,
        purpose=plain,
        is_static=st.booleans(),
        more=st.sampled_from([(), (("59", "UBND"), ("60", "Gia Lai")), (("62.05", "HS1"),)]),
    )
)
def test_vietqr_round_trips(order: vietqr.VietQr) -> None:
    assert vietqr.parse(vietqr.build(order)) == order


def test_an_order_that_cannot_be_written_is_refused() -> None:
    for order in [
        vietqr.VietQr("97041", "0011001932418"),
        vietqr.VietQr("970415", ""),
        vietqr.VietQr("970415", "1" * 20),
        vietqr.VietQr("970415", "1", amount=0),
        vietqr.VietQr("970415", "1", amount=-5),
        vietqr.VietQr("970415", "1", purpose="x" * 100),
        vietqr.VietQr("970415", "1", purpose="x" * 90, bill="y" * 90),
        vietqr.VietQr("970415", "1", service="OTHER"),
    ]:
        with pytest.raises(vietqr.NotAVietQr):
            vietqr.build(order)


def test_every_form_of_insurance_number_is_told_apart() -> None:
    assert insurance.parse("0123456789").form == "number"
    assert insurance.parse("001099012345").form == "personal_id"
    card = insurance.parse("TE1310123456789")
    assert (card.form, card.group, card.benefit, card.province) == ("card", "TE", "1", "31")


def test_procedures_are_compared_by_their_base() -> None:
    bases = {
        procedure_code.parse(code).base for code in ("1.001193", "1.001193.H21", "1.001193.000.00.00.H21")
    }
    assert bases == {"1.001193"}


def test_provinces_and_communes_are_told_apart() -> None:
    assert territory.parse("52").level == "province"
    assert territory.parse("21553").level == "commune"
