"""The living page: every part of the design system in every state, in both themes, for page authors."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.domain.catalogue.testing import EVERYTHING_ANSWERS, everything
from motcua.interfaces.design.access import ActedRequest, open_to_all, today
from motcua.interfaces.design.definition_forms import AnswerForm, form_for
from motcua.interfaces.design.parts import FileLine, Moment, Progress, Tab, Task, Tense
from motcua.interfaces.design.templatetags import motcua, parts
from motcua.platform.database.types import Page

COLOURS: Final = (
    ("paper", "surface", "sunken", "line", "line-strong"),
    ("ink", "ink-2", "ink-3", "lacquer", "gold"),
    ("action", "action-strong", "on-action", "action-soft", "focus"),
    ("ok", "ok-soft", "soon", "soon-soft"),
    ("late", "late-soft", "info", "info-soft"),
)
SPACES: Final = ("s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8")
#: the icons pages use most, one meaning each
ICONS: Final = (
    *("house", "search", "bell", "circle-user", "inbox", "folder", "file-text", "file-plus", "book-open"),
    *(
        "send",
        "check",
        "check-check",
        "clock",
        "hourglass",
        "pause",
        "triangle-alert",
        "circle-alert",
        "info",
    ),
    *(
        "pencil",
        "trash-2",
        "copy",
        "download",
        "upload",
        "printer",
        "qr-code",
        "wallet",
        "receipt",
        "signature",
    ),
    *("users", "building-2", "shield-check", "log-out", "chevron-right", "x", "sun", "moon", "keyboard"),
)
#: what somebody may have typed into answers of several parts
WRONG: Final = {
    "spouse_full_name": "Siu Thơ",
    "spouse_personal_id": "0640",
    "grandmother_born_day": "5",
    "grandmother_born_year": "1938",
    "rooms-0-called": "Phòng khách",
    "rooms-0-size": "rộng",
    "account_bank": "Vietcombank",
    "account_number": "12",
}
LONG_NAME: Final = "Công Tằng Tôn Nữ Hoàng Nguyệt Quế Trâm Anh Phạm Thị Thanh Hằng"


class Example(forms.Form):
    """One field of every kind."""

    name = forms.CharField(
        label=gettext_lazy("Họ, chữ đệm và tên"), help_text=gettext_lazy("Ghi như trong thẻ căn cước.")
    )
    number = forms.RegexField(
        r"^\d{12}$",
        label=gettext_lazy("Số định danh cá nhân"),
        error_messages={"invalid": gettext_lazy("Số định danh có 12 chữ số.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "w-12"}),
    )
    born_on = forms.DateField(
        label=gettext_lazy("Ngày sinh"), widget=forms.DateInput(attrs={"type": "date", "class": "w-12"})
    )
    relation = forms.ChoiceField(
        label=gettext_lazy("Quan hệ với trẻ"),
        widget=forms.RadioSelect,
        choices=[
            ("mother", gettext_lazy("Mẹ")),
            ("father", gettext_lazy("Cha")),
            ("kin", gettext_lazy("Người thân")),
        ],
    )
    place = forms.ChoiceField(
        label=gettext_lazy("Nơi tiếp nhận"),
        choices=[("23575", "Phường Pleiku"), ("23638", "Phường Quy Nhơn")],
    )
    note = forms.CharField(label=gettext_lazy("Ghi chú"), required=False, widget=forms.Textarea)
    promise = forms.BooleanField(label=gettext_lazy("Tôi cam đoan các nội dung trên là đúng"))


@dataclass(frozen=True, slots=True)
class Side:
    """The parts in one theme."""

    theme: str
    words: str
    form: Example
    wrong_form: Example
    questions: AnswerForm  #: a question of every type, answered
    wrong_questions: AnswerForm


@open_to_all
@require_safe
def living(request: ActedRequest) -> HttpResponse:
    """Show the parts of the design system with real words, in both themes."""
    return render(
        request,
        "design/living.html",
        {
            "sides": _sides(),
            "colours": COLOURS,
            "spaces": SPACES,
            "icons": ICONS,
            "states": motcua.STATES,
            "notices": parts.NOTICES,
            "long_name": LONG_NAME,
            "moments": _moments(),
            "task_list": _tasks(),
            "pairs": _pairs(),
            "lines": _files(),
            "views": _views(),
            "page": Page((), "next"),
            "tags": ((motcua.__doc__ or "").strip(), (parts.__doc__ or "").strip()),
        },
    )


def _sides() -> tuple[Side, ...]:
    given = {"name": LONG_NAME, "number": "06419000112", "relation": "mother", "place": "23575"}
    words = {"light": _("Sáng"), "dark": _("Tối")}
    return tuple(
        Side(
            theme,
            words[theme],
            Example(auto_id=f"{theme}-%s", initial={"name": "Nguyễn Thị An", "born_on": date(1990, 3, 14)}),
            Example(given, auto_id=f"{theme}-wrong-%s"),
            _questions(f"{theme}-all"),
            _wrong_questions(f"{theme}-wrong"),
        )
        for theme in motcua.THEMES
    )


def _questions(prefix: str) -> AnswerForm:
    """Return a form with a question of every type; ``prefix`` keeps it apart from the others of the page."""
    form = form_for(
        everything(),
        None,
        EVERYTHING_ANSWERS,
        "en" if get_language() == "en" else "vi",
        today=today(),
        sources={"full_name": "account.full_name"},
        on_record={"born_on": "1994-03-14"},
    )
    form.prefix = prefix
    return form


def _wrong_questions(prefix: str) -> AnswerForm:
    """Return answers of several parts with a fault in each."""
    form = form_for(
        everything(),
        None,
        EVERYTHING_ANSWERS,
        "en" if get_language() == "en" else "vi",
        today=today(),
        data={f"{prefix}-{name}": typed for name, typed in WRONG.items()},
        keys=("spouse", "grandmother_born", "rooms", "account", "declared"),
    )
    form.prefix = prefix
    return form


def _moments() -> tuple[Moment, ...]:
    return (
        Moment(_("Bạn nộp hồ sơ trực tuyến"), note="11/02, 9:00"),
        Moment(
            _("Bộ phận một cửa tiếp nhận"),
            note="11/02, 9:24",
            address="#timeline",
            address_words=_("Giấy tiếp nhận"),
        ),
        Moment(_("Đang thẩm định"), Tense.NOW, note=_("hạn bước này 13/02, 11:00")),
        Moment(_("Lãnh đạo ký số"), Tense.NEXT, note=_("hạn 24/02")),
        Moment(_("Dừng xử lý"), Tense.STOP, note=_("theo yêu cầu của bạn")),
    )


def _tasks() -> tuple[Task, ...]:
    return (
        Task(_("Người nộp"), "#tasks", Progress.DONE),
        Task(_("Thông tin của trẻ"), "#tasks", Progress.STARTED, _("còn 2 câu")),
        Task(_("Giấy tờ"), "#tasks", Progress.WRONG, _("một tệp không mở được")),
        Task(_("Nơi tiếp nhận"), "#tasks", Progress.TODO),
        Task(_("Xem lại và nộp"), "#tasks", Progress.LATER),
    )


def _pairs() -> tuple[tuple[str, object], ...]:
    return (
        (_("Người nộp"), LONG_NAME),
        (_("Số định danh cá nhân"), "064 ••• ••• 123"),
        (_("Lệ phí"), motcua.money(100_000)),
        (_("Ghi chú"), ""),
    )


def _files() -> tuple[FileLine, ...]:
    return (
        FileLine("giay-chung-sinh.jpg", 1_420_000, "#files", _("Giấy tờ")),
        FileLine("ban-sao-hop-dong-thue-nha-co-cong-chung-nam-2026.pdf", 38_900, "#files"),
    )


def _views() -> tuple[Tab, ...]:
    return (
        Tab(_("Cần làm"), "#lists", is_here=True, count=14),
        Tab(_("Sắp đến hạn"), "#lists", count=5),
        Tab(_("Đã xong"), "#lists"),
    )
