"""Pages of agencies. Auditors read them; administrators also set days."""

from datetime import date
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from motcua.domain.agencies import commands, queries
from motcua.domain.agencies.types import AgencyId, AgencyView, DayKind
from motcua.interfaces.console.agencies.hours import hours_by_day
from motcua.interfaces.console.agencies.seats import seat_lines
from motcua.interfaces.console.agencies.words import DAYS, KINDS
from motcua.interfaces.design import formats
from motcua.interfaces.design.access import ActedRequest, for_auditors, today
from motcua.kernel import clock
from motcua.kernel.actors import Role

FIRST_YEAR, LAST_YEAR = 2000, 2100


class DayForm(forms.Form):
    """A day that is not what its weekday says."""

    on_date = forms.DateField(label=gettext_lazy("Ngày"), widget=forms.DateInput(attrs={"type": "date"}))
    kind = forms.ChoiceField(label=gettext_lazy("Là ngày"), choices=list(DAYS.items()))
    name = forms.CharField(label=gettext_lazy("Tên ngày"), max_length=120)
    source = forms.CharField(
        label=gettext_lazy("Căn cứ"),
        help_text=gettext_lazy("Số văn bản, ví dụ 9859/TB-BNV."),
        max_length=200,
        required=False,
    )


@for_auditors
@require_safe
def tree(request: ActedRequest) -> HttpResponse:
    """Show the roots of the tree, or the agencies that answer what was typed."""
    typed = request.GET.get("q", "").strip()[:200]
    found = queries.find_agencies(typed, limit=50) if typed else queries.roots()
    facts = {"typed": typed, "lines": _lines(found)}
    return render(request, "console/agencies/tree.html", facts)


@for_auditors
@require_safe
def agency(request: ActedRequest, agency_id: UUID) -> HttpResponse:
    """Show one agency: what it is, who sits there, when it is open, what stands under it."""
    view = queries.agency(AgencyId(agency_id))
    above = queries.ancestor_ids(view.id)
    names = queries.agencies(above)
    sitting, earlier = seat_lines(view.id)
    facts = {
        "agency": view,
        "facts": _facts(view),
        "above": [names[one] for one in reversed(above) if one in names],
        "seats": sitting,
        "earlier": earlier,
        "hours": hours_by_day(queries.office_hours(view.id)),
        "may_change": request.actor.role is Role.ADMIN,
        "children": _lines(queries.children(view.id)),
    }
    return render(request, "console/agencies/agency.html", facts)


@for_auditors
@require_http_methods(["GET", "HEAD", "POST"])
def calendar(request: ActedRequest, agency_id: UUID | None = None) -> HttpResponse:
    """Show the special days of a year, of the country or of one agency; administrators set and clear them."""
    view = queries.agency(AgencyId(agency_id)) if agency_id else None
    year = _year(request.GET.get("nam", ""))
    form = DayForm()
    if request.method == "POST":
        request.actor.require(Role.ADMIN)
        if clear := request.POST.get("clear"):
            return _clear(request, clear, view)
        form = DayForm(request.POST)
        if form.is_valid():
            return _set(request, form, view)
    days = queries.calendar_days(year, agency_id=view.id if view else None)
    facts = {
        "agency": view,
        "year": year,
        "years": [one for one in (year - 1, year + 1) if FIRST_YEAR <= one <= LAST_YEAR],
        "days": [(day, DAYS[day.kind]) for day in days],
        "form": form if request.actor.role is Role.ADMIN else None,
    }
    return render(request, "console/agencies/calendar.html", facts, status=422 if form.errors else 200)


def _set(request: ActedRequest, form: DayForm, view: AgencyView | None) -> HttpResponse:
    said = form.cleaned_data
    commands.set_calendar_day(
        said["on_date"],
        DayKind(said["kind"]),
        said["name"],
        source=said["source"],
        agency_id=view.id if view else None,
        actor=request.actor,
        at=clock.now(),
    )
    messages.success(request, _("Đã ghi ngày %(day)s.") % {"day": formats.day(said["on_date"])})
    return _back(view, said["on_date"].year)


def _clear(request: ActedRequest, written: str, view: AgencyView | None) -> HttpResponse:
    try:
        on_date = date.fromisoformat(written)
    except ValueError:
        return _back(view, today().year)
    commands.clear_calendar_day(
        on_date, agency_id=view.id if view else None, actor=request.actor, at=clock.now()
    )
    messages.success(request, _("Đã xóa ngày %(day)s khỏi lịch.") % {"day": formats.day(on_date)})
    return _back(view, on_date.year)


def _back(view: AgencyView | None, year: int) -> HttpResponse:
    place = reverse("console:agency_calendar", args=[view.id]) if view else reverse("console:calendar")
    return HttpResponseRedirect(f"{place}?nam={year}")


def _year(written: str) -> int:
    year = int(written) if written.isascii() and written.isdecimal() and len(written) <= len("2026") else 0
    return year if FIRST_YEAR <= year <= LAST_YEAR else today().year


def _lines(found: list[AgencyView]) -> list[tuple[AgencyView, str]]:
    return [(one, _(KINDS[one.kind])) for one in found]


def _facts(view: AgencyView) -> list[tuple[str, object]]:
    pairs = [
        (_("Mã định danh"), view.code),
        (_("Loại"), _(KINDS[view.kind])),
        (_("Địa chỉ"), view.address),
        (_("Điện thoại"), view.phone),
        (_("Thư điện tử"), view.email),
        (_("Từ ngày"), formats.day(view.valid_from)),
        (_("Đến ngày"), formats.day(view.valid_to) if view.valid_to else ""),
    ]
    return [(term, value) for term, value in pairs if value]
