"""Forms 01–07 print whole, whatever is known of the dossier. Source: Circular 03/2025/TT-VPCP, annex I."""

import io
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest
import segno

from motcua.platform.pdf import queries as pdf
from motcua.platform.pdf.testing import printed, words_of

FORMS: Final = Path(__file__).parent.parent / "forms"
TITLES: Final = {
    "01_receipt": "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
    "02_supplement": "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ",
    "03_refusal": "PHIẾU TỪ CHỐI TIẾP NHẬN, GIẢI QUYẾT HỒ SƠ",
    "04_apology": "PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ",
    "05_stop": "THÔNG BÁO DỪNG GIẢI QUYẾT HỒ SƠ",
    "06_control_slip": "PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ",
    "07_register": "SỔ THEO DÕI HỒ SƠ",
}
LONG_NAME: Final = "Rơ Châm H’Bia Ksor Siu Nay H’Lan Kpă Rah Lan Y Moan Êban K’Đăm Niê Mlô Hwing Rmah Đinh"


def qr_svg(text: str) -> str:
    drawing = io.BytesIO()
    segno.make(text).save(drawing, kind="svg", xmldecl=False, border=0)
    return drawing.getvalue().decode()


FULL: Final[Mapping[str, object]] = {
    "agency_parent": "Ủy ban nhân dân tỉnh Gia Lai",
    "agency_name": "Ủy ban nhân dân phường Diên Hồng",
    "form_no": "01",
    "legal_source": "Ban hành kèm theo Thông tư số 03/2025/TT-VPCP ngày 15/9/2025",
    "number": "0012/TNHS",
    "place": "Gia Lai",
    "date_text": "ngày 22 tháng 11 năm 2026",
    "made_at": datetime(2026, 11, 22, 2, 5, tzinfo=UTC),
    "dossier_code": "H21.158.02-261122-0012",
    "lookup_secret": "K7QX-42MD",
    "lookup_url": "https://motcua.example.vn/tra-cuu",
    "qr_svg": qr_svg("https://motcua.example.vn/tra-cuu/H21.158.02-261122-0012"),
    "applicant": {
        "name": LONG_NAME,
        "address": "Làng Plei Ốp, phường Diên Hồng, tỉnh Gia Lai",
        "phone": "0905 123 456",
        "email": "h.bia@example.vn",
        "personal_id": "064190001234",
    },
    "procedure_name": "Đăng ký khai sinh",
    "content": "Đăng ký khai sinh cho con Ksor Y Moan",
    "papers": [
        {"no": 1, "name": "Tờ khai đăng ký khai sinh", "nature": "Bản chính điện tử", "count": 1},
        {"no": 2, "name": "Giấy chứng sinh " * 12, "nature": "Bản sao", "count": 2},
    ],
    "copies_count": 1,
    "limit_text": "01 ngày làm việc",
    "received_at_text": "09 giờ 05 phút, ngày 22 tháng 11 năm 2026",
    "due_at_text": "09 giờ 05 phút, ngày 24 tháng 11 năm 2026",
    "return_at": "Trung tâm Phục vụ hành chính công phường Diên Hồng",
    "book": {"volume": "03", "number": "1187"},
    "receiver_name": "Nguyễn Thị Thu Hà",
    "submitter_name": "Rơ Châm H’Bia",
    "items": [
        {"text": "Giấy chứng sinh: bản chụp mờ", "reason": "không đọc được số giấy"},
        {"text": "Tờ khai: chưa ghi quê quán"},
    ],
    "reason": "Hồ sơ chưa đủ thành phần.\nXem khoản 1 Điều 16 Luật Hộ tịch.",
    "contact_unit": "Bộ phận Một cửa phường Diên Hồng",
    "contact_phone": "0269 3824 000",
    "officer_name": "Trần Văn Nam",
    "apology": {"old_due": "24/11/2026", "new_due": "26/11/2026", "reason": "Chờ cấp số định danh."},
    "stopped_at_text": "15 giờ 20 phút, ngày 23 tháng 11 năm 2026",
    "handovers": [
        {
            "from_unit": "Bộ phận Một cửa",
            "from_person": "Nguyễn Thị Thu Hà",
            "to_unit": "Công chức tư pháp - hộ tịch",
            "to_person": "Siu H’Nga",
            "at_text": "09 giờ 10 phút, 22/11/2026",
            "result": "Đúng hạn",
            "note": "Đã cấp số",
        }
    ],
    "rows": [
        {
            "dossier_code": f"H21.158.02-261122-{number:04d}",
            "procedure_name": "Chứng thực bản sao từ bản chính giấy tờ, văn bản",
            "applicant_name": LONG_NAME,
            "received_at": "22/11/2026 09:05",
            "due_at": "24/11/2026 09:05",
            "channel": "Trực tuyến",
        }
        for number in range(1, 41)
    ],
    "leader_title": "Phó Chủ tịch",
    "leader_name": "Kpă Thuyên",
}


@pytest.mark.parametrize("form", TITLES)
def test_a_form_prints_all_that_is_known(form: str) -> None:
    made = pdf.render(FORMS / f"{form}.typ", FULL)

    seen, words = printed(made), words_of(made)
    assert (seen.profile, seen.is_tagged, seen.unembedded_fonts) == ("2B", True, ())
    assert seen.title.endswith("H21.158.02-261122-0012")
    assert TITLES[form] in words
    assert "Mẫu số 01" in words
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in words
    assert seen.pages == 1 or form == "07_register"


@pytest.mark.parametrize("form", TITLES)
def test_a_form_without_facts_is_a_blank_to_fill_in(form: str) -> None:
    made = pdf.render(FORMS / f"{form}.typ", {})

    seen = printed(made)
    assert seen.pages == 1
    assert TITLES[form] in " ".join(seen.text.split())
    assert "....." in seen.text
    assert not any(broken in seen.text for broken in ("none", "Mẫu số", "null"))


@pytest.mark.parametrize("form", TITLES)
def test_a_form_says_what_its_facts_are(form: str) -> None:
    head = (FORMS / f"{form}.typ").read_text(encoding="utf-8").split("#import")[0]

    assert "Facts:" in head
    assert "Source:" in head


def test_the_receipt_carries_codes_appointment_and_two_signatures() -> None:
    words = words_of(pdf.render(FORMS / "01_receipt.typ", FULL))

    for expected in (
        "Mã hồ sơ: H21.158.02-261122-0012",
        "Mã tra cứu: K7QX-42MD",
        "Thời gian trả kết quả giải quyết hồ sơ: 09 giờ 05 phút, ngày 24 tháng 11 năm 2026",
        "Quyển số: 03 Số thứ tự: 1187",
        "NGƯỜI NỘP HỒ SƠ NGƯỜI TIẾP NHẬN HỒ SƠ",
        "Rơ Châm H’Bia Nguyễn Thị Thu Hà",
    ):
        assert expected in words


def test_the_number_of_a_form_is_a_fact() -> None:
    facts = {**FULL, "form_no": "05", "legal_source": "Thông tư số 01/2018/TT-VPCP"}

    words = words_of(pdf.render(FORMS / "06_control_slip.typ", facts))

    assert "Mẫu số 05" in words
    assert "Thông tư số 01/2018/TT-VPCP" in words


def test_the_register_lies_flat_and_repeats_its_head() -> None:
    made = pdf.render(FORMS / "07_register.typ", FULL)

    seen = printed(made)
    assert (seen.width_mm, seen.height_mm) == (297, 210)
    assert seen.text.count("Tên thủ tục") == seen.pages > 1


def test_names_are_never_markup() -> None:
    facts = {**FULL, "applicant": {"name": "#panic() $x$ *a* <b> @c \\"}, "papers": [{"name": '#read("x")'}]}

    words = words_of(pdf.render(FORMS / "01_receipt.typ", facts))

    assert "#panic() $x$ *a* <b> @c \\" in words
    assert '#read("x")' in words


def test_a_receipt_is_printed_while_the_citizen_waits() -> None:
    pdf.render(FORMS / "01_receipt.typ", FULL)

    started = time.process_time()
    for number in range(5):
        pdf.render(FORMS / "01_receipt.typ", {**FULL, "number": f"{number}/TNHS"})

    assert (time.process_time() - started) / 5 < 0.2  # 10–15 ms on an idle machine; room for a crowded one
