"""What kinds of agency, roles, days and weekdays are called."""

from django.utils.translation import gettext_lazy, gettext_noop

from motcua.domain.agencies.types import AgencyKind, DayKind
from motcua.kernel.actors import Role

KINDS = {
    AgencyKind.MINISTRY: gettext_noop("Bộ, cơ quan ngang bộ"),
    AgencyKind.PROVINCE: gettext_noop("Ủy ban nhân dân tỉnh"),
    AgencyKind.DEPARTMENT: gettext_noop("Sở, ban, ngành"),
    AgencyKind.COMMUNE: gettext_noop("Ủy ban nhân dân xã, phường"),
    AgencyKind.CENTRE: gettext_noop("Trung tâm phục vụ hành chính công"),
    AgencyKind.UNIT: gettext_noop("Phòng, bộ phận"),
}
ROLES = {
    Role.CLERK: gettext_noop("Cán bộ một cửa"),
    Role.HANDLER: gettext_noop("Chuyên viên thụ lý"),
    Role.LEADER: gettext_noop("Lãnh đạo"),
    Role.ADMIN: gettext_noop("Quản trị"),
    Role.AUDITOR: gettext_noop("Kiểm tra, giám sát"),
}
DAYS = {
    DayKind.HOLIDAY: gettext_lazy("Nghỉ lễ, tết"),
    DayKind.SWAP_OFF: gettext_lazy("Nghỉ hoán đổi"),
    DayKind.SWAP_WORK: gettext_lazy("Làm bù"),
}
WEEKDAYS = (
    gettext_noop("Thứ Hai"),
    gettext_noop("Thứ Ba"),
    gettext_noop("Thứ Tư"),
    gettext_noop("Thứ Năm"),
    gettext_noop("Thứ Sáu"),
    gettext_noop("Thứ Bảy"),
    gettext_noop("Chủ nhật"),
)
