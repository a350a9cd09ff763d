"""Pages of statistics. Officers see their office and all under it; auditors and administrators everything."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.formats import number_format
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.domain.cases import commands
from motcua.domain.cases import queries as cases
from motcua.domain.cases.types import By, DossierId, Figures, NotASpan, Scope, Shown, Span, Statistics
from motcua.domain.catalogue.types import Channel
from motcua.interfaces.design.access import ActedRequest, for_officers, for_seats
from motcua.interfaces.desk.dossiers.pages import PDF_POLICY
from motcua.interfaces.desk.figures import exports, names
from motcua.interfaces.desk.lines import lines
from motcua.kernel import clock
from motcua.kernel.actors import OFFICERS, Role

PAGE_SIZE: Final = 50
A_MONTH: Final = 31  #: days; longer spans are drawn by the month
BARS_HIGH: Final = 100  #: units of the drawing
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

SHOWN: Final[Mapping[Shown, str]] = {
    Shown.RECEIVED: gettext_noop("Tiếp nhận"),
    Shown.HANDLED: gettext_noop("Đã giải quyết"),
    Shown.ON_TIME: gettext_noop("Đúng hạn"),
    Shown.LATE: gettext_noop("Quá hạn"),
    Shown.STOPPED: gettext_noop("Dừng xử lý"),
    Shown.DECLINED: gettext_noop("Không tiếp nhận"),
    Shown.WAITING: gettext_noop("Chờ tiếp nhận"),
    Shown.RUNNING: gettext_noop("Đang xử lý"),
    Shown.PAUSED: gettext_noop("Tạm dừng"),
    Shown.OVERDUE: gettext_noop("Đang quá hạn"),
}
BY: Final[Mapping[By, str]] = {
    By.AGENCY: gettext_noop("Cơ quan"),
    By.FIELD: gettext_noop("Lĩnh vực"),
    By.PROCEDURE: gettext_noop("Thủ tục"),
    By.OFFICER: gettext_noop("Cán bộ"),
    By.CHANNEL: gettext_noop("Kênh nộp"),
    By.MONTH: gettext_noop("Tháng"),
    By.DAY: gettext_noop("Ngày"),
}
for_counters = for_seats(*OFFICERS, Role.AUDITOR, Role.ADMIN)
for_readers = for_seats(*OFFICERS, Role.AUDITOR)  #: administrators run the node and read no dossiers


@dataclass(frozen=True, slots=True)
class Cell:
    """One number and the address of its dossiers; no address where a line has none of its own."""

    shown: Shown
    count: int
    address: str


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    cells: tuple[Cell, ...]
    percent: str


@dataclass(frozen=True, slots=True)
class Bar:
    """What was received and handled in one month or day, in units of the drawing."""

    words: str
    x: int
    received: int
    handled: int
    received_high: int
    handled_high: int

    @property
    def x_second(self) -> int:
        return self.x + 9

    @property
    def received_top(self) -> int:
        return BARS_HIGH - self.received_high

    @property
    def handled_top(self) -> int:
        return BARS_HIGH - self.handled_high


@dataclass(frozen=True, slots=True)
class Asked:
    """What a report was asked for with."""

    span: Span
    by: By
    scope: Scope
    is_wrong: bool

    def query(self, **other: str) -> str:
        """Return the query that asks for the same, or with other values."""
        agency = str(self.scope.agency_id) if self.scope.agency_id else ""
        said = {"ky": self.span.text, "theo": self.by.value, "co-quan": agency}
        said |= {"thu-tuc": self.scope.procedure_code, "kenh": self.scope.channel, **other}
        return urlencode({name: value for name, value in said.items() if value})


@for_counters
@require_safe
def report(request: ActedRequest) -> HttpResponse:
    """Show the report asked for: table, chart, ways to take it away."""
    at, actor, asked = clock.now(), request.actor, _asked(request)
    found = cases.statistics(asked.span, asked.by, asked.scope, actor=actor, at=at)
    each = By.DAY if (asked.span.last - asked.span.first).days <= A_MONTH else By.MONTH
    course = cases.statistics(asked.span, each, asked.scope, actor=actor, at=at)
    known, reads = names.of(found), actor.role is not Role.ADMIN
    context = {
        "asked": asked,
        "found": found,
        "heads": [(one, _(SHOWN[one])) for one in Shown],
        "rows": [_row(line, known.get(line.key, line.key), asked, reads=reads) for line in found.lines],
        "total": _row(found.total, _("Tất cả"), asked, reads=reads),
        "reads": reads,
        "bys": [(one, _(words)) for one, words in BY.items()],
        "by_words": _(BY[asked.by]),
        "spans": _spans(clock.local_date(at)),
        "bars": _bars(course),
        "keeps_book": actor.role in OFFICERS,
        "csv": asked.query(dang="csv"),
        "excel": asked.query(dang="xlsx"),
    }
    return render(request, "desk/figures/report.html", context, status=422 if asked.is_wrong else 200)


@for_readers
@require_safe
def behind(request: ActedRequest) -> HttpResponse:
    """List the dossiers behind one number, newest first."""
    at, actor, asked = clock.now(), request.actor, _asked(request)
    wanted = request.GET.get("so", "")
    shown = Shown(wanted) if wanted in set(Shown) else Shown.RECEIVED
    page = cases.counted(
        shown,
        asked.span,
        asked.scope,
        actor=actor,
        at=at,
        after=request.GET.get("sau") or None,
        size=PAGE_SIZE,
    )
    context = {
        "asked": asked,
        "shown": _(SHOWN[shown]),
        "lines": lines(page.items, actor=actor, at=at, language=get_language()),
        "next": page.next_cursor and asked.query(so=shown.value, sau=page.next_cursor),
        "back": asked.query(),
        "opens": actor.role in OFFICERS,
    }
    return render(request, "desk/figures/behind.html", context)


@for_readers
@require_safe
def saved(request: ActedRequest) -> HttpResponseBase:
    """Stream the report with its dossiers as Excel, or the dossiers alone as CSV."""
    at, actor, asked = clock.now(), request.actor, _asked(request)
    rows = cases.exported(asked.span, asked.scope, actor=actor)
    if request.GET.get("dang") == "xlsx":
        found = cases.statistics(asked.span, asked.by, asked.scope, actor=actor, at=at)
        answer = StreamingHttpResponse(exports.as_excel(found, names.of(found), rows), content_type=XLSX)
        ending = "xlsx"
    else:
        answer, ending = (
            StreamingHttpResponse(exports.as_csv(rows), content_type="text/csv; charset=utf-8"),
            "csv",
        )
    answer["Content-Disposition"] = f'attachment; filename="thong-ke-{asked.span.text}.{ending}"'
    return answer


@for_officers()
@require_safe
def register(request: ActedRequest) -> HttpResponse:
    """Show form 07 of the office for the period."""
    asked = _asked(request)
    return _pdf(
        commands.register_book(asked.span, actor=request.actor, at=clock.now()),
        f"so-theo-doi-{asked.span.text}",
    )


@for_readers
@require_safe
def control_slip(request: ActedRequest, dossier_id: UUID) -> HttpResponse:
    """Show form 06 of a dossier."""
    made = commands.control_slip(DossierId(dossier_id), actor=request.actor, at=clock.now())
    return _pdf(made, "phieu-kiem-soat")


def _pdf(made: bytes, name: str) -> HttpResponse:
    return HttpResponse(
        made,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'inline; filename="{name}.pdf"',
            "Content-Security-Policy": PDF_POLICY,
        },
    )


def _asked(request: ActedRequest) -> Asked:
    """Return what was asked for; what cannot be read is left out, a span that is none becomes this month."""
    said = request.GET
    try:
        span, is_wrong = cases.span_of(said.get("ky") or f"{clock.local_date(clock.now()):%Y-%m}"), False
    except NotASpan:
        span, is_wrong = cases.span_of(f"{clock.local_date(clock.now()):%Y-%m}"), True
    by = By(said["theo"]) if said.get("theo") in set(By) else By.PROCEDURE
    if by is By.OFFICER and request.actor.agency_id is None and not _id(said.get("co-quan", "")):
        by = By.AGENCY  # the officers of a whole province are thousands
    channel = said.get("kenh", "")
    scope = Scope(
        _id(said.get("co-quan", "")),
        said.get("thu-tuc", "")[:8],
        channel if channel in set(Channel) else "",
    )
    return Asked(span, by, scope, is_wrong)


def _row(line: Figures, name: str, asked: Asked, *, reads: bool) -> Row:
    narrowed = {
        By.AGENCY: {"co-quan": line.key},
        By.PROCEDURE: {"thu-tuc": line.key},
        By.CHANNEL: {"kenh": line.key},
        By.MONTH: {"ky": line.key[:7]},
        By.DAY: {"ky": line.key},
    }.get(asked.by, {})
    leads = reads and (bool(narrowed) or not line.key)
    cells = tuple(
        Cell(
            one,
            getattr(line, one),
            asked.query(**(narrowed if line.key else {}), so=one.value) if leads else "",
        )
        for one in Shown
    )
    percent = "" if line.percent is None else f"{number_format(line.percent, 1)} %"
    return Row(name, cells, percent)


def _bars(course: Statistics) -> list[Bar]:
    most = max((max(line.received, line.handled) for line in course.lines), default=0) or 1
    known = names.of(course)
    return [
        Bar(
            known[line.key],
            place * 20,
            line.received,
            line.handled,
            round(BARS_HIGH * line.received / most),
            round(BARS_HIGH * line.handled / most),
        )
        for place, line in enumerate(course.lines)
    ]


def _spans(today: date) -> list[tuple[str, str]]:
    """Return the spans people ask for most, with words."""
    year, month = today.year, today.month
    before = (year, month - 1) if month > 1 else (year - 1, 12)
    return [
        (f"{today:%Y-%m-%d}", _("Hôm nay")),
        (f"{today:%Y-%m}", _("Tháng này")),
        (f"{before[0]}-{before[1]:02d}", _("Tháng trước")),
        (f"{year}-Q{(month + 2) // 3}", _("Quý này")),
        (f"{year}", _("Năm nay")),
        (f"bc{today:%Y-%m}", _("Kỳ báo cáo tháng (15–14)")),
        (f"bc{year}", _("Kỳ báo cáo năm")),
    ]


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
