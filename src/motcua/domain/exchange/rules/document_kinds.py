"""Which kind of document is meant – *loại văn bản*; three usages are in the field.

Source: QCVN 102:2016/BTTTT as amended 1:2022 (Circular 01/2022/TT-BTTTT), tables A and B. ``Type`` is read as the table
(1 legal normative, 2 administrative) with ``TypeDetail`` as its row, or as a row of table B by software that sends
``Type`` 18 for a *công văn*. So the name decides first, and a package is never refused for its type. Rows marked
unconfirmed were not read in the published text.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from motcua.domain.exchange.types import DocumentType
from motcua.kernel.text import fold

LEGAL, ADMINISTRATIVE = 1, 2  #: the tables, as ``Type`` numbers them

LEGAL_DOCUMENTS: Final[Mapping[int, str]] = MappingProxyType(
    {
        1: "Hiến pháp",
        2: "Luật",
        3: "Pháp lệnh",
        4: "Lệnh",
        5: "Nghị quyết",
        6: "Nghị quyết liên tịch",
        7: "Nghị định",
        8: "Quyết định",
        9: "Thông tư",
        10: "Thông tư liên tịch",
        11: "Chỉ thị (của UBND)",
        12: "Bộ luật",
        13: "VBQPPL của chính quyền địa phương ở đơn vị HC-KT đặc biệt",
    }
)

ADMINISTRATIVE_DOCUMENTS: Final[Mapping[int, str]] = MappingProxyType(
    {
        1: "Nghị quyết (cá biệt)",
        2: "Quyết định (cá biệt)",
        3: "Chỉ thị (cá biệt)",
        4: "Quy chế",
        5: "Quy định",
        6: "Thông cáo",
        7: "Thông báo",
        8: "Hướng dẫn",
        9: "Chương trình",
        10: "Kế hoạch",  # unconfirmed
        11: "Phương án",  # unconfirmed
        12: "Đề án",  # unconfirmed
        13: "Dự án",  # unconfirmed
        14: "Báo cáo",  # unconfirmed
        15: "Biên bản",  # unconfirmed
        16: "Tờ trình",  # unconfirmed
        17: "Hợp đồng",  # unconfirmed
        18: "Công văn",
        19: "Công điện",
        20: "Bản ghi nhớ",
        21: "Bản cam kết",
        22: "Bản thỏa thuận",
        23: "Giấy chứng nhận",
        24: "Giấy ủy quyền",
        25: "Giấy mời",
        26: "Giấy giới thiệu",
        27: "Giấy nghỉ phép",  # unconfirmed
        28: "Giấy đi đường",  # unconfirmed
        29: "Giấy biên nhận hồ sơ",  # unconfirmed
        30: "Phiếu gửi",  # unconfirmed
        31: "Phiếu chuyển",  # unconfirmed
        32: "Thư công",  # unconfirmed
    }
)

_TABLES: Final = {LEGAL: LEGAL_DOCUMENTS, ADMINISTRATIVE: ADMINISTRATIVE_DOCUMENTS}


@dataclass(frozen=True, slots=True)
class DocumentKind:
    table: int
    row: int
    name: str


def document_kind(said: DocumentType) -> DocumentKind | None:
    """Return the row meant: by its name, by table and row, or by ``Type`` as a row of table B."""
    return _by_name(said) or _by_row(said.table, said.row) or _by_row(ADMINISTRATIVE, said.table)


def is_plain(said: DocumentType) -> bool:
    """Say whether table and row alone, as the regulation means them, name the same kind as the name does."""
    by_row = _by_row(said.table, said.row)
    return by_row is not None and by_row == document_kind(said)


def _by_name(said: DocumentType) -> DocumentKind | None:
    wanted = _bare(said.name)
    if not wanted:
        return None
    order = (LEGAL, ADMINISTRATIVE) if said.table == LEGAL else (ADMINISTRATIVE, LEGAL)
    for table in order:
        for row, name in _TABLES[table].items():
            if _bare(name) == wanted:
                return DocumentKind(table, row, name)
    return None


def _by_row(table: object, row: object) -> DocumentKind | None:
    if not (isinstance(table, int) and isinstance(row, int)):
        return None
    name = _TABLES.get(table, {}).get(row)
    return DocumentKind(table, row, name) if name else None


def _bare(name: str) -> str:
    """Return the name without accents and without what stands in brackets."""
    return fold(name.partition("(")[0]).strip()
