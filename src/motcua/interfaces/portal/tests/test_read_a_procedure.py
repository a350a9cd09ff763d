"""The page of a procedure that only has a record: plain words, honest about what is not said, linked to its sources."""

import json
import re
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from motcua.domain.catalogue import commands, queries
from motcua.domain.catalogue.testing import BIRTH, the_procedures
from motcua.kernel.actors import SYSTEM, Actor, Role

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 22, 5, tzinfo=UTC)
PAGE = "/thu-tuc/1.004999"
FIELD_SET: dict[str, Any] = {
    "code": "1.004999",
    "name": "Cấp giấy phép karaoke",
    "decision": "12/QĐ-BVHTTDL",
    "ministry": "Bộ Văn hóa",
    "field": "Văn hóa",
    "levels": ["tinh"],
    "type": "Loại khác",
    "subjects": ["Doanh nghiệp"],
    "performing_agency": "Sở Văn hóa",
    "methods": [
        {"channel": 1, "time": 5, "unit": "working_day", "note": "4,000,000 Việt Nam Đồng(/phòng)"},
        {"channel": 3, "time": 3, "unit": None, "note": "Không có thông tin"},
    ],
    "dossier": [
        {"group": "--", "name": "Đơn đề nghị", "originals": 1, "copies": 0},
        {"group": "Trường hợp cấp mới", "name": "Giấy an ninh trật tự", "originals": 0, "copies": 1},
        {"group": "Trường hợp cấp lại", "name": "Giấy phép cũ", "originals": 1, "copies": 0},
    ],
    "legal": ["01/2021/TT-BTC", "01/2021/TT-BTCT"],
    "results": [{"name": "Giấy phép", "code": ""}],
    "sequence": "Nộp hồ sơ theo Thông tư 01/2021/TT-BTC </script><script>alert(1)</script>",
    "conditions": "",
    "source": "",
}


def bring(**changes: Any) -> None:
    body = json.dumps({**FIELD_SET, **changes}, ensure_ascii=False).encode()
    commands.import_records(BytesIO(body), actor=SYSTEM, at=NOON)


def page(query: str = "") -> str:
    return Client().get(PAGE + query).content.decode()


def test_the_page_says_plainly_what_the_record_says_and_what_it_does_not() -> None:
    bring()

    shown = page()

    assert "5 ngày làm việc" in shown
    assert "4.000.000 ₫" in shown
    assert "Bản công bố ghi “3” mà không ghi đơn vị." in shown
    assert "Bản công bố không ghi số tiền." in shown
    assert "Nộp hồ sơ</button>" not in shown


def test_each_case_has_its_papers_without_a_script() -> None:
    bring()

    assert "Giấy an ninh trật tự" not in page()
    assert "Giấy an ninh trật tự" in page("?truong-hop=1")
    assert "Giấy phép cũ" not in page("?truong-hop=1")
    assert "Đơn đề nghị" in page("?truong-hop=1")
    assert "Giấy phép cũ" in page("?truong-hop=tat-ca")
    assert "Giấy phép cũ" not in page("?truong-hop=9999999999999999")


def test_numbers_link_to_their_source_and_texts_cannot_break_out() -> None:
    bring()

    shown = page()

    assert '<a href="#vb-1">01/2021/TT-BTC</a>' in shown
    assert shown.count('id="vb-') == 1
    assert "<script>alert" not in shown
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', shown)
    assert found is not None
    assert json.loads(found[1])["@type"] == "GovernmentService"


def test_an_abolished_procedure_says_so_and_takes_nothing() -> None:
    the_procedures()
    admin = Actor(person_id=None, role=Role.ADMIN)
    commands.abolish(BIRTH, decision="9/QĐ-BTP", valid_from=date(2026, 11, 1), actor=admin, at=NOON)

    shown = Client().get(f"/thu-tuc/{BIRTH}").content.decode()

    assert "đã bãi bỏ từ 01/11/2026 theo 9/QĐ-BTP" in shown
    assert "Nộp hồ sơ</button>" not in shown


def test_readers_say_whether_it_was_clear_and_stay_unknown() -> None:
    bring()
    cache.clear()
    client = Client()

    for _ in range(12):
        client.post(f"{PAGE}/ro-chua", {"clear": "no", "words": "Gọi tôi 0905 123 456 hoặc a@b.vn, phí?"})
    client.post(f"{PAGE}/ro-chua", {"clear": "perhaps"})

    said = queries.clarity("1.004999")
    assert (said.clear, said.unclear) == (0, 10)
    assert said.words[0][2] == "Gọi tôi … hoặc …@… phí?"


def test_the_worst_record_stays_light(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    long = "Giấy tờ theo quy định tại khoản 2 Điều 14 Nghị định số 104/2022/NĐ-CP " * 5
    bring(
        name="Cấp giấy phép " * 70,
        dossier=[{"group": f"Trường hợp {n // 4}", "name": long, "originals": 1} for n in range(94)],
        sequence="Bước tiếp theo của trình tự. " * 200,
    )

    with django_assert_max_num_queries(4):
        shown = page()

    assert len(shown.encode()) < 60_000


def test_a_fee_that_ran_into_the_time_is_neither_a_time_nor_a_fee() -> None:
    run_in = {"channel": 1, "time": 120, "unit": None, "note": ",000 VNĐ(20.000 đồng/tờ khai)"}
    bring(methods=[run_in], dossier=[{"group": "--", "name": "x" * 600, "originals": 1}])

    shown = page()

    assert "Bản công bố không ghi số ngày." in shown
    assert "120" not in shown
    assert "20.000 đồng/tờ khai" in shown
    assert "VNĐ(" not in shown
    assert "xxx…" in shown


def test_the_paper_form_is_one_press_away_where_there_is_a_definition() -> None:
    the_procedures()
    client = Client()

    page = client.get(f"/thu-tuc/{BIRTH}").content.decode()
    form = client.get(f"/thu-tuc/{BIRTH}/to-khai.pdf")

    assert f'href="/thu-tuc/{BIRTH}/to-khai.pdf"' in page
    assert (form["Content-Type"], form.content[:5]) == ("application/pdf", b"%PDF-")
    assert client.get("/thu-tuc/9.999999/to-khai.pdf").status_code == 404
