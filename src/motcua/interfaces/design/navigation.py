"""Where one can go: the links every shell shows, and where one stands among them.

A place is shown once its page exists, and at the desk only to those its page admits.
"""

from dataclasses import dataclass
from functools import cache
from typing import Final

from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from motcua.interfaces.design.access import Permission
from motcua.kernel.actors import Role


@dataclass(frozen=True, slots=True)
class Place:
    """A page worth a link in a shell."""

    path: str
    words: str
    icon: str


@dataclass(frozen=True, slots=True)
class Link:
    """A place as it is drawn."""

    path: str
    words: str
    icon: str
    is_here: bool


HOME: Final = Place("/", gettext_noop("Trang chủ"), "house")
PROCEDURES: Final = Place("/thu-tuc/", gettext_noop("Thủ tục"), "book-open")
TRACKING: Final = Place("/tra-cuu", gettext_noop("Tra cứu"), "search")
NOTICES: Final = Place("/thong-bao", gettext_noop("Thông báo"), "bell")

SHELLS: Final = {
    "portal": (PROCEDURES, Place("/ho-so/", gettext_noop("Hồ sơ của tôi"), "folder"), TRACKING),
    "tabs": (
        HOME,
        Place("/ho-so/", gettext_noop("Hồ sơ"), "folder"),
        PROCEDURES,
        NOTICES,
        Place("/tai-khoan/", gettext_noop("Tôi"), "circle-user"),
    ),
    "desk": (
        Place("/ban-lam-viec/", gettext_noop("Hộp việc"), "inbox"),
        Place("/ban-lam-viec/tiep-nhan", gettext_noop("Tiếp nhận"), "file-plus"),
        Place("/ban-lam-viec/tim", gettext_noop("Tìm hồ sơ"), "search"),
        Place("/ban-lam-viec/thong-ke", gettext_noop("Thống kê"), "gauge"),
        Place("/quan-tri/soan/", gettext_noop("Duyệt thủ tục"), "book-open"),
    ),
    "console": (
        Place("/quan-tri/", gettext_noop("Tổng quan"), "gauge"),
        Place("/quan-tri/thong-diep/", gettext_noop("Thông điệp"), "mail-warning"),
        Place("/quan-tri/gui-tin/", gettext_noop("Tin đã gửi"), "send"),
        Place("/quan-tri/co-quan/", gettext_noop("Cơ quan"), "landmark"),
        Place("/quan-tri/lich/", gettext_noop("Lịch"), "calendar"),
        Place("/quan-tri/thu-tuc/", gettext_noop("Thủ tục"), "book-open"),
        Place("/quan-tri/tu-dong-nghia/", gettext_noop("Từ đồng nghĩa"), "languages"),
        Place("/quan-tri/soan/", gettext_noop("Soạn thủ tục"), "pencil"),
        Place("/quan-tri/don-gian/", gettext_noop("Đơn giản hóa"), "scissors"),
        Place("/quan-tri/ma-truy-cap/", gettext_noop("Mã truy cập"), "key-round"),
    ),
    "foot": (HOME, PROCEDURES, TRACKING, Place("/api/v1/docs", gettext_noop("Dành cho lập trình viên"), "")),
}


def links(shell: str, here: str, role: Role | None = None) -> tuple[Link, ...]:
    """Return the links of a shell for someone at ``here``; with a role, only what admits it."""
    found = [(place, address) for place in SHELLS[shell] if (address := address_of(place.path, role))]
    standing = max((address for _place, address in found if _is_within(here, address)), key=len, default="")
    return tuple(
        Link(address, _(place.words), place.icon, is_here=address == standing) for place, address in found
    )


@cache
def address_of(path: str, role: Role | None = None) -> str | None:
    """Return ``path``, with or without its last slash, where a page that admits ``role`` answers."""
    for address in dict.fromkeys((path, path.rstrip("/"), f"{path.rstrip('/')}/")):
        try:
            permission = getattr(resolve(address).func, "permission", None)
        except Resolver404:
            continue
        admits = role is None or not isinstance(permission, Permission) or role in permission.roles
        return address if admits else None
    return None


def _is_within(here: str, address: str) -> bool:
    root = address.rstrip("/")
    return here in {address, root} if not root else here == root or here.startswith(f"{root}/")
