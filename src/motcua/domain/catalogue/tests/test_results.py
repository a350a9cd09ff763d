"""The results of the first three procedures print whole, whatever is known."""

import io
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest
import segno

from motcua.platform.pdf import queries as pdf
from motcua.platform.pdf.testing import printed, words_of

RESULTS: Final = Path(__file__).parent.parent / "results"
TITLES: Final = {
    "birth_certificate": "GIẤY KHAI SINH",
    "certified_copy_statement": "CHỨNG THỰC BẢN SAO ĐÚNG VỚI BẢN CHÍNH",
    "household_business_certificate": "GIẤY CHỨNG NHẬN ĐĂNG KÝ HỘ KINH DOANH",
}
LONG_NAME: Final = "Rơ Châm H’Bia Ksor Siu Nay H’Lan Kpă Rah Lan Y Moan Êban K’Đăm Niê Mlô Hwing Rmah Đinh"
HOME: Final = "Làng Plei Ốp, phường Diên Hồng, tỉnh Gia Lai"


def qr_svg(text: str) -> str:
    drawing = io.BytesIO()
    segno.make(text).save(drawing, kind="svg", xmldecl=False, border=0)
    return drawing.getvalue().decode()


PARENT: Final = {
    "name": LONG_NAME,
    "born_on_text": "1998",
    "ethnicity": "Gia Rai",
    "nationality": "Việt Nam",
    "residence": HOME,
}
FULL: Final[Mapping[str, object]] = {
    "agency_parent": "Tỉnh Gia Lai",
    "agency_name": "Ủy ban nhân dân phường Diên Hồng",
    "number": "118/2026",
    "place": "Gia Lai",
    "date_text": "ngày 22 tháng 11 năm 2026",
    "made_at": datetime(2026, 11, 22, 2, 5, tzinfo=UTC),
    "qr_svg": qr_svg("https://motcua.example.vn/kiem-tra/118-2026"),
    "leader_title": "Phó Chủ tịch",
    "leader_name": "Kpă Thuyên",
    "child": {
        "name": LONG_NAME,
        "personal_id": "064226001234",
        "born_on_text": "15/11/2026",
        "born_on_words": "Ngày mười lăm tháng mười một năm hai nghìn không trăm hai mươi sáu",
        "gender": "Nữ",
        "ethnicity": "Gia Rai",
        "nationality": "Việt Nam",
        "birth_place": "Bệnh viện Đa khoa tỉnh Gia Lai, phường Diên Hồng, tỉnh Gia Lai",
        "native_place": HOME,
    },
    "mother": PARENT,
    "father": PARENT,
    "declarant": {"name": "Ksor Thin", "document": "Căn cước số 064096001234"},
    "registered_on_text": "22/11/2026",
    "certification_number": "2187",
    "book_number": "05/2026",
    "document_name": "Bằng tốt nghiệp đại học",
    "document_number": "QH-2020-1187",
    "document_issuer": "Đại học Quốc gia Hà Nội",
    "owner_name": LONG_NAME,
    "page_count": 2,
    "copies_count": 3,
    "business_code": "064190001234",
    "first_registered_text": "ngày 22 tháng 11 năm 2026",
    "business": {
        "name": "Hộ kinh doanh Cà phê H’Bia Plei Ốp",
        "address": HOME,
        "phone": "0905 123 456",
        "email": "h.bia@example.vn",
        "lines": [{"code": "4711", "name": "Bán lẻ lương thực"}, {"code": "5630", "name": "Phục vụ đồ uống"}],
        "capital_text": "150.000.000",
        "capital_words": "Một trăm năm mươi triệu đồng",
    },
    "owner": {
        "name": "Rơ Châm H’Bia",
        "gender": "Nữ",
        "born_on_text": "02/03/1990",
        "nationality": "Việt Nam",
        "personal_id": "064190001234",
        "address": HOME,
    },
    "founded_by": "Các thành viên hộ gia đình",
    "members": [{"name": "Ksor Thin", "born_on_text": "12/08/1988", "personal_id": "064088004321"}],
}


@pytest.mark.parametrize("result", TITLES)
def test_a_result_prints_all_that_is_known(result: str) -> None:
    made = pdf.render(RESULTS / f"{result}.typ", FULL)

    seen, words = printed(made), words_of(made)
    assert (seen.profile, seen.is_tagged, seen.unembedded_fonts, seen.pages) == ("2B", True, (), 1)
    assert TITLES[result] in words
    assert "ỦY BAN NHÂN DÂN" in words
    assert "Kpă Thuyên" in words


@pytest.mark.parametrize("result", TITLES)
def test_a_result_without_facts_is_a_blank_to_fill_in(result: str) -> None:
    seen = printed(pdf.render(RESULTS / f"{result}.typ", {}))

    assert seen.pages == 1
    assert "....." in seen.text
    assert "none" not in seen.text


def test_a_birth_certificate_names_child_and_parents() -> None:
    words = words_of(pdf.render(RESULTS / "birth_certificate.typ", FULL))

    for expected in (
        "Số: 118/2026",
        "RƠ CHÂM H’BIA",
        "Số định danh cá nhân: 064226001234",
        "Họ, chữ đệm, tên người mẹ: RƠ CHÂM H’BIA",
        "Nơi đăng ký khai sinh: Ủy ban nhân dân phường Diên Hồng",
    ):
        assert expected in words


def test_an_extract_says_that_it_is_a_copy() -> None:
    words = words_of(pdf.render(RESULTS / "birth_certificate.typ", {**FULL, "original": False}))

    assert "TRÍCH LỤC KHAI SINH (Bản sao)" in words


def test_a_certified_copy_carries_number_and_book() -> None:
    words = words_of(pdf.render(RESULTS / "certified_copy_statement.typ", FULL))

    assert "Số chứng thực: 2187 Quyển số: 05/2026 – SCT/BS" in words


def test_a_business_certificate_lists_trades_and_members() -> None:
    words = words_of(pdf.render(RESULTS / "household_business_certificate.typ", FULL))

    for expected in (
        "Mã số hộ kinh doanh: 064190001234",
        "4711",
        "Phục vụ đồ uống",
        "Ksor Thin",
        "HỘ KINH DOANH CÀ PHÊ",
    ):
        assert expected in words
