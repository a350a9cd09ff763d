"""The page of local rules over one procedure: what an agency decided differently, beside the national values."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from motcua.domain.agencies import queries as agencies
from motcua.domain.agencies.types import AgencyId
from motcua.domain.catalogue import commands, queries
from motcua.domain.catalogue.types import Channel, OnlineLevel, Record, TimeUnit
from motcua.interfaces.design import record_words
from motcua.interfaces.design.access import ActedRequest, for_admins, today
from motcua.interfaces.design.refusals import sentence
from motcua.kernel import clock
from motcua.kernel.errors import Refusal

AS_NATIONAL = ("", gettext_lazy("Như bản chung"))


class LocalRuleForm(forms.Form):
    """Who decides, by which decision, from when, and the places that may be changed; empty: as nationally."""

    agency = forms.CharField(label=gettext_lazy("Mã cơ quan"), max_length=35)
    decision = forms.CharField(label=gettext_lazy("Số quyết định"), max_length=100)
    valid_from = forms.DateField(
        label=gettext_lazy("Áp dụng từ ngày"), widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, data: object, record: Record) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # a QueryDict or None
        self.national = queries.local_places(record)
        for path, value in self.national.items():
            self.fields[path] = _field(path, value)

    def changes(self) -> dict[str, Any]:
        """Return what was changed, by path."""
        return {
            path: _value(path, self.cleaned_data[path])
            for path in self.national
            if self.cleaned_data.get(path) not in (None, "")
        }


class LimitField(forms.RegexField):
    """``3 working_day``: a number and a unit."""

    def __init__(self, **more: Any) -> None:  # noqa: ANN401  # those of a form field
        units = "|".join(unit.value for unit in TimeUnit)
        super().__init__(rf"^\d+([.,]\d+)? ({units})$", **more)


@for_admins
@require_http_methods(["GET", "HEAD", "POST"])
def local_rules(request: ActedRequest, code: str) -> HttpResponse:
    """Show what agencies decided differently and how it fits; take a new rule, or end one."""
    view = queries.record(code, on=today())
    form = LocalRuleForm(request.POST or None, view.record)
    if request.method == "POST" and "end" in request.POST:
        return _ended(request, code)
    if request.method == "POST" and form.is_valid() and (agency_id := _agency_id(form)):
        try:
            commands.make_local_rule(
                code,
                agency_id=agency_id,
                decision=form.cleaned_data["decision"],
                changes=form.changes(),
                valid_from=form.cleaned_data["valid_from"],
                actor=request.actor,
                at=clock.now(),
            )
        except Refusal as refusal:
            form.add_error(None, sentence(refusal.code, refusal.facts))
        else:
            messages.success(request, _("Đã ghi quy định riêng."))
            return redirect("console:local_rules", code=code)
    rules = queries.local_rules(code, on=today())
    names = agencies.agencies([AgencyId(rule.agency_id) for rule in rules]) if rules else {}
    lines = [
        (names[AgencyId(rule.agency_id)], rule, queries.local_record(code, [rule.agency_id], on=today())[1])
        for rule in rules
    ]
    status = 422 if request.method == "POST" else 200
    facts = {"view": view, "form": form, "lines": lines}
    return render(request, "console/procedures/local_rules.html", facts, status=status)


def _ended(request: ActedRequest, code: str) -> HttpResponse:
    try:
        agency_id = UUID(request.POST["end"])
        commands.end_local_rule(
            code, agency_id=agency_id, valid_to=today(), actor=request.actor, at=clock.now()
        )
    except ValueError:
        messages.error(request, _("Không có quy định riêng như vậy."))
    except Refusal as refusal:
        messages.error(request, sentence(refusal.code, refusal.facts))
    else:
        messages.success(request, _("Từ hôm nay nơi này theo bản chung."))
    return redirect("console:local_rules", code=code)


def _agency_id(form: LocalRuleForm) -> UUID | None:
    try:
        return agencies.agency_by_code(form.cleaned_data["agency"].strip(), today()).id
    except Refusal as refusal:
        form.add_error("agency", sentence(refusal.code, refusal.facts))
        return None


def _field(path: str, value: Any) -> forms.Field:  # noqa: ANN401  # JSON
    label, hint = _label(path), _hint(value)
    if path == "online_level":
        choices = [AS_NATIONAL, *((each.value, _(record_words.ONLINE_LEVELS[each])) for each in OnlineLevel)]
        return forms.ChoiceField(label=label, choices=choices, required=False, help_text=hint)
    if path.endswith("/limit"):
        return LimitField(label=label, required=False, help_text=hint)
    if path.endswith("/fees"):
        return forms.IntegerField(label=label, required=False, min_value=0, help_text=hint)
    return forms.CharField(label=label, required=False, max_length=1000, help_text=hint)


def _label(path: str) -> str:
    said = {
        "receiving_address": _("Địa chỉ tiếp nhận"),
        "receiving_hours": _("Giờ tiếp nhận"),
        "performing": _("Nơi giải quyết"),
        "online_level": _("Mức trực tuyến"),
    }
    if path in said:
        return said[path]
    _methods, channel, number, part = path.split("/")
    words = _("Thời hạn") if part == "limit" else _("Phí, lệ phí (đồng)")
    return f"{words} · {_(record_words.CHANNELS[Channel(channel)])} {number}"


def _hint(value: Any) -> str:  # noqa: ANN401  # JSON
    return _("Bản chung: %(value)s") % {"value": _shown(value)}


def _shown(value: Any) -> str:  # noqa: ANN401  # JSON
    if not value:
        return "—"
    if isinstance(value, Mapping):
        return f"{value['time']} {value['unit'] or ''}".strip()
    if isinstance(value, list):
        return ", ".join(f"{fee['amount']} {fee['currency']}" for fee in value)
    return str(value)


def _value(path: str, said: Any) -> Any:  # noqa: ANN401  # JSON
    """Return a typed answer as the rule keeps it."""
    if path.endswith("/limit"):
        time, unit = said.split(" ")
        return {"time": str(Decimal(time.replace(",", "."))), "unit": unit}
    if path.endswith("/fees"):
        return [{"amount": said, "currency": "VND", "text": ""}] if said else []
    return said
