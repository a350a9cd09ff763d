"""Objects of the open and the national shape, as small as they can be and as odd as they come."""

import gzip
import json
from collections.abc import Iterable
from io import BytesIO
from typing import Any

OPEN: dict[str, Any] = {
    "code": "1.001193",
    "name": "Thủ tục đăng ký khai sinh",
    "decision": "1872/QĐ-BTP",
    "ministry": "Bộ Tư pháp",
    "field": "Hộ tịch",
    "levels": ["xa", "khac"],
    "type": "TTHC được giao luật quy định chi tiết",
    "subjects": ["Công dân Việt Nam", "Người nước ngoài"],
    "performing_agency": "Ủy ban nhân dân cấp xã, Cơ quan đại diện",
    "competent_agency": "",
    "coordinating_agency": "",
    "delegated_agency": "",
    "methods": [
        {"channel": 1, "time": 1, "unit": "working_day", "free": True, "fees": [], "note": "Miễn phí"},
        {
            "channel": 2,
            "time": 0.5,
            "unit": "working_day",
            "free": False,
            "fees": [{"amount": 8000, "currency": "VND"}],
            "note": "8,000 Việt Nam Đồng(/bản sao)Nộp qua cổng.",
        },
        {"channel": 3, "time": 5, "unit": None, "free": True, "fees": [], "note": "Miễn phí(Không có)"},
    ],
    "dossier": [
        {"group": "--", "name": "Tờ khai", "originals": 1, "copies": 0},
        {"group": "Lưu ý", "name": "Người nộp xuất trình giấy tờ gốc.", "originals": 0, "copies": 0},
    ],
    "legal": ["60/2014/QH13", "226/2016/TT-BTC", "226/2016/TT-BTCT"],
    "results": [{"name": "Giấy khai sinh", "code": "KQ.G15.000031"}],
    "sequence": "Người yêu cầu nộp hồ sơ.\n\nCông chức kiểm tra.",
    "conditions": "",
    "source": "https://example.vn/1.001193",
}

NATIONAL: dict[str, Any] = {
    "MATTHC": "1.001193",
    "MATTHCDP": "1.001193.000.00.00.H21",
    "TENTTHC": "Thủ tục đăng ký khai sinh",
    "LINHVUCTHUCHIEN": [{"MALINHVUC": "G15-HT", "TENLINHVUC": "Hộ tịch"}],
    "DOITUONGTHUCHIEN": ["Công dân Việt Nam"],
    "MOTADOITUONGTHUCHIEN": "Cha, mẹ hoặc người thân thích",
    "TRINHTUTHUCHIEN": [
        {"TRUONGHOP": "Khai sinh thông thường", "TRINHTU": [{"TENTRINHTU": "Nộp"}, {"TENTRINHTU": "Nhận"}]}
    ],
    "CACHTHUCTHUCHIEN": [
        {
            "KENH": "2",
            "THOIGIAN": [
                {
                    "THOIGIANGIAIQUYET": "0,5",
                    "DONVITINH": "Ngày làm việc",
                    "MOTA": "",
                    "PHILEPHI": [{"SOTIEN": "20.000", "DONVI": "Đồng", "MOTA": "/bản", "MAPHILEPHI": "P1"}],
                }
            ],
        }
    ],
    "THANHPHANHOSO": [
        {
            "TRUONGHOP": "Khai sinh thông thường",
            "GIAYTO": [
                {"MAGIAYTO": "G1", "TENGIAYTO": "Tờ khai", "TENMAUDON": "Mẫu 1", "URL": "", "SOBANCHINH": 1}
            ],
        }
    ],
    "COQUANTHUCHIEN": [{"MADONVI": "H21", "TENDONVI": "Ủy ban nhân dân cấp xã"}],
    "KETQUATHUCHIEN": [{"MAKETQUA": "KQ.G15.000031", "TENKETQUA": "Giấy khai sinh"}],
    "CANCUPHAPLY": [{"SOVANBAN": "60/2014/QH13", "TENVANBAN": "Luật Hộ tịch", "URL": ""}],
    "YEUCAU": "Không",
    "MACOQUANCONGBO": "G15",
}


def one(**changes: Any) -> dict[str, Any]:
    """Return an object of the open shape with some parts changed."""
    return {**OPEN, **changes}


def lines(objects: Iterable[object]) -> BytesIO:
    """Return objects as JSON lines."""
    return BytesIO("".join(json.dumps(each, ensure_ascii=False) + "\n" for each in objects).encode())


def packed(objects: Iterable[object]) -> BytesIO:
    """Return objects as packed JSON lines."""
    return BytesIO(gzip.compress(lines(objects).getvalue()))
