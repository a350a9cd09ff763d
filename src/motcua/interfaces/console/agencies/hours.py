"""Office hours of an agency: what holds, what held, and the form that sets them from a day on."""

from datetime import time
from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from django_stubs_ext import StrOrPromise

from motcua.domain.agencies import commands, queries
from motcua.domain.agencies.types import AgencyClosed, AgencyId, BadHours, OfficeHoursView, OutOfOrder
from motcua.interfaces.console.agencies.words import WEEKDAYS
from motcua.interfaces.design import formats
from motcua.interfaces.design.access import ActedRequest, for_admins, today
from motcua.interfaces.design.refusals import sentence
from motcua.kernel import clock

STRETCHES: Final = ("morning", "afternoon")


def _edge(label: StrOrPromise, *, required: bool) -> forms.TimeField:
    widget = forms.TimeInput(attrs={"type": "time", "class": "w-12 num"}, format="%H:%M")
    return forms.TimeField(label=label, required=required, widget=widget)


class HoursForm(forms.Form):
    """The weekdays on which an agency is open, its stretches of such a day, and since when."""

    weekdays = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Những ngày làm việc trong tuần"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    morning_opens = _edge(gettext_lazy("Sáng, từ"), required=True)
    morning_closes = _edge(gettext_lazy("Sáng, đến"), required=True)
    afternoon_opens = _edge(gettext_lazy("Chiều, từ"), required=False)
    afternoon_closes = _edge(gettext_lazy("Chiều, đến"), required=False)
    since = forms.DateField(
        label=gettext_lazy("Áp dụng từ ngày"),
        help_text=gettext_lazy("Từ hôm nay trở đi; những ngày đã qua giữ giờ cũ."),
        widget=forms.DateInput(attrs={"type": "date", "class": "w-12 num"}, format="%Y-%m-%d"),
    )

    def __init__(self, data: QueryDict | None = None, *, initial: dict[str, object] | None = None) -> None:
        super().__init__(data, initial=initial)
        weekdays = self.fields["weekdays"]
        assert isinstance(weekdays, forms.TypedMultipleChoiceField)
        weekdays.choices = [(number, _(name)) for number, name in enumerate(WEEKDAYS, 1)]

    def clean(self) -> dict[str, Any]:
        """Refuse half a stretch and a day that has passed."""
        said = self.cleaned_data
        if bool(said.get("afternoon_opens")) != bool(said.get("afternoon_closes")):
            self.add_error(
                "afternoon_closes", _("Ghi cả giờ mở và giờ đóng buổi chiều, hoặc để trống cả hai.")
            )
        if said.get("since") and said["since"] < today():
            self.add_error("since", _("Chọn hôm nay hoặc một ngày sau hôm nay."))
        return said

    def stretches(self) -> list[tuple[time, time]]:
        """Return when the agency is open on a working day."""
        edges = [(self.cleaned_data[f"{one}_opens"], self.cleaned_data[f"{one}_closes"]) for one in STRETCHES]
        return [(opens, closes) for opens, closes in edges if opens and closes]


@for_admins
@require_http_methods(["GET", "HEAD", "POST"])
def office_hours(request: ActedRequest, agency_id: UUID) -> HttpResponse:
    """Show the hours an agency ever had, and set them from a day on."""
    view = queries.agency(AgencyId(agency_id))
    form = HoursForm(request.POST) if request.method == "POST" else HoursForm(initial=_initial(view.id))
    if request.method == "POST" and form.is_valid():
        try:
            commands.set_office_hours(
                view.id,
                weekdays=form.cleaned_data["weekdays"],
                intervals=form.stretches(),
                since=form.cleaned_data["since"],
                actor=request.actor,
                at=clock.now(),
            )
        except (BadHours, AgencyClosed, OutOfOrder) as refusal:
            form.add_error(None, sentence(refusal.code, refusal.facts))
        else:
            since = formats.day(form.cleaned_data["since"])
            messages.success(request, _("Đã ghi giờ làm việc từ ngày %(day)s.") % {"day": since})
            return redirect("console:agency_hours", view.id)
    facts = {
        "agency": view,
        "form": form,
        "ever": [(row, _weekdays(row), _stretches(row)) for row in queries.office_hours_ever(view.id)],
    }
    return render(request, "console/agencies/hours.html", facts, status=422 if form.errors else 200)


def hours_by_day(view: OfficeHoursView | None) -> list[tuple[str, object]]:
    """Return (weekday, stretches) of hours for a list of facts; nothing where nobody set any."""
    if view is None:
        return []
    return [(_(WEEKDAYS[number - 1]), _stretches(view)) for number in sorted(view.weekdays)]


def _initial(agency_id: AgencyId) -> dict[str, object]:
    """Return the hours that hold today, to be changed."""
    known: dict[str, object] = {"since": today()}
    if held := queries.office_hours(agency_id):
        known["weekdays"] = sorted(held.weekdays)
        for name, (opens, closes) in zip(STRETCHES, held.intervals, strict=False):
            known |= {f"{name}_opens": opens, f"{name}_closes": closes}
    return known


def _weekdays(view: OfficeHoursView) -> str:
    return ", ".join(_(WEEKDAYS[number - 1]) for number in sorted(view.weekdays))


def _stretches(view: OfficeHoursView) -> str:
    return ", ".join(f"{opens:%H:%M}–{closes:%H:%M}" for opens, closes in view.intervals)
