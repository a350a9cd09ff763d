"""Pages of simplification: the ranking, one procedure with its costs and its draft, the prices."""

from datetime import date
from decimal import Decimal
from typing import Final

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from motcua.domain.catalogue import queries as catalogue
from motcua.domain.catalogue.types import BadDefinition, UnknownProcedure
from motcua.domain.reform import commands, queries
from motcua.domain.reform.types import (
    BadPrices,
    BurdenView,
    ComparisonView,
    NothingToCompare,
    Prices,
    RankRow,
    SortKey,
    SubjectKind,
)
from motcua.interfaces.console.simplification import sheet, words
from motcua.interfaces.design import formats
from motcua.interfaces.design.access import ActedRequest, for_auditors, today
from motcua.interfaces.design.refusals import sentence
from motcua.kernel.actors import Role
from motcua.kernel.clock import now
from motcua.platform.database.types import BadCursor, Page

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ANY: Final = ("", gettext_lazy("Tất cả"))


class RankForm(forms.Form):
    """What the ranking looks at and shows."""

    q = forms.CharField(label=gettext_lazy("Tên hoặc mã"), max_length=200, required=False)
    sort = forms.ChoiceField(
        label=gettext_lazy("Xếp theo"),
        choices=[(key.value, says) for key, says in words.SORTS.items()],
        required=False,
    )
    ministry = forms.ChoiceField(label=gettext_lazy("Bộ, ngành"), required=False)
    field = forms.ChoiceField(label=gettext_lazy("Lĩnh vực"), required=False)
    defined = forms.ChoiceField(
        label=gettext_lazy("Số giờ"),
        choices=[ANY, ("yes", gettext_lazy("Chỉ thủ tục nộp được tại đây"))],
        required=False,
    )
    since = forms.DateField(
        label=gettext_lazy("Tiết kiệm từ ngày"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        required=False,
    )

    def __init__(self, data: object) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # a QueryDict
        fields = catalogue.record_fields(on=today())
        offered = {
            "ministry": dict.fromkeys(ministry for ministry, _f, _n in fields if ministry),
            "field": sorted({field for _m, field, _n in fields if field}),
        }
        for name, names in offered.items():
            chosen = self.fields[name]
            if isinstance(chosen, forms.ChoiceField):
                chosen.choices = [ANY, *((each, each) for each in names)]
        self.is_valid()

    @property
    def sorted_by(self) -> SortKey:
        return SortKey(self.cleaned_data.get("sort") or SortKey.ONCE)

    @property
    def since_day(self) -> date:
        return self.cleaned_data.get("since") or today().replace(month=1, day=1)

    def wanted(self) -> queries.RankFilter:
        """Return what was asked for; a part that makes no sense asks nothing."""
        said = self.cleaned_data
        return queries.RankFilter(
            ministry=said.get("ministry", ""),
            field=said.get("field", ""),
            words=said.get("q", "").replace("\x00", ""),
            only_defined=said.get("defined") == "yes",
        )


class PriceForm(forms.Form):
    """The prices of a year and kind of applicant."""

    year = forms.IntegerField(label=gettext_lazy("Năm"), min_value=2000, max_value=2100)
    kind = forms.ChoiceField(
        label=gettext_lazy("Đối tượng"), choices=[(kind.value, says) for kind, says in words.KINDS.items()]
    )
    income_per_year_dong = forms.IntegerField(
        label=gettext_lazy("Thu nhập bình quân một năm (đồng)"),
        help_text=gettext_lazy("GDP bình quân đầu người, theo Cục Thống kê."),
        min_value=1,
    )
    days_per_month = forms.IntegerField(
        label=gettext_lazy("Ngày làm việc một tháng"), initial=22, min_value=1
    )
    hours_per_day = forms.IntegerField(label=gettext_lazy("Giờ làm việc một ngày"), initial=8, min_value=1)
    online_percent = forms.IntegerField(
        label=gettext_lazy("Tỷ lệ nộp trực tuyến (%)"),
        help_text=gettext_lazy("Với thủ tục nhận cả trực tuyến và trực tiếp."),
        initial=50,
        min_value=0,
        max_value=100,
    )
    source = forms.CharField(label=gettext_lazy("Căn cứ"), max_length=500)

    def said(self) -> Prices:
        """Return the prices that were typed."""
        return Prices(**{**self.cleaned_data, "kind": SubjectKind(self.cleaned_data["kind"])})


@for_auditors
@require_safe
def ranking(request: ActedRequest) -> HttpResponse:
    """List procedures, the most burdensome first, and what published versions have saved."""
    form, on = RankForm(request.GET), today()
    page = _page(form, on=on, after=request.GET.get("after", "")[:40])
    saved = queries.saved(since=form.since_day, until=on)
    facts = {
        "form": form,
        "page": page,
        "saved": [(row, words.dong(row.once.dong), words.dong(row.year.dong)) for row in saved],
        "saved_dong": words.dong(sum(row.year.dong for row in saved)),
        "since": form.since_day,
        "prices": [(words.KINDS[kind], queries.prices_for(year=on.year, kind=kind)) for kind in SubjectKind],
        "query": request.GET.urlencode(),
    }
    return render(request, "console/simplification/ranking.html", facts)


@for_auditors
@require_safe
def export(request: ActedRequest) -> HttpResponse:
    """Give the ranking, as it is filtered and sorted, as a spreadsheet."""
    form = RankForm(request.GET)
    rows = queries.ranking(on=today(), sort=form.sorted_by, only=form.wanted())
    response = HttpResponse(sheet.written(rows), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="don-gian-hoa-{today():%Y-%m-%d}.xlsx"'
    return response


@for_auditors
@require_safe
def burden(request: ActedRequest, code: str) -> HttpResponse:
    """Show what a procedure takes, what makes the cost, and what its draft would save."""
    view = queries.burden(code, on=today())
    change, wrong = _change(request, code)
    facts = {
        "view": view,
        "rows": words.rows_of(view),
        "performances": formats.decimal(view.cost.performances),
        "counts": _counts(view),
        "change": change,
        "pairs": words.pairs_of(change) if change else (),
        "wrong": wrong,
        "kind": words.KINDS[view.prices.kind],
        "once": words.dong(change.once.dong) if change else "",
        "year": words.dong(change.year.dong) if change else "",
        "percent": formats.decimal(change.year.percent) if change and change.year.percent is not None else "",
        "paper_hours": formats.decimal(queries.ASSUMED_PAPER_HOURS),
        "form": _said(queries.ASSUMED.form_hours),
        "submit": _said(queries.ASSUMED.submit_hours),
        "online": _said(queries.ASSUMED.submit_online_hours),
        "receive": _said(queries.ASSUMED.receive_hours),
    }
    return render(request, "console/simplification/burden.html", facts)


@for_auditors
@require_http_methods(["GET", "HEAD", "POST"])
def prices(request: ActedRequest) -> HttpResponse:
    """Show the prices and set those of a year."""
    form, wrong = PriceForm(request.POST if request.method == "POST" else None), ""
    if request.method == "POST" and form.is_valid():
        try:
            commands.set_prices(form.said(), actor=request.actor, at=now())
        except BadPrices as refusal:
            wrong = sentence(refusal.code, refusal.facts)
        else:
            messages.success(request, _("Đã ghi đơn giá. Mọi chi phí được tính lại ngay."))
            return redirect("console:prices")
    facts = {
        "form": form,
        "wrong": wrong,
        "history": [(view, words.KINDS[view.prices.kind]) for view in queries.prices_history()],
        "may_act": request.actor.role is Role.ADMIN,
    }
    status = 422 if wrong or (form.is_bound and form.errors) else 200
    return render(request, "console/simplification/prices.html", facts, status=status)


def _page(form: RankForm, *, on: date, after: str) -> Page[RankRow]:
    """Return the stretch asked for; the first where the address is none of this list."""
    try:
        return queries.ranking_page(on=on, sort=form.sorted_by, only=form.wanted(), after=after)
    except BadCursor:
        return queries.ranking_page(on=on, sort=form.sorted_by, only=form.wanted())


def _change(request: ActedRequest, code: str) -> tuple[ComparisonView | None, str]:
    """Return the draft of a procedure beside what is in force, or why there is nothing to see."""
    try:
        return queries.draft_compared(code, on=today(), actor=request.actor), ""
    except (NothingToCompare, UnknownProcedure):
        return None, ""
    except BadDefinition:
        return None, _("Bản đang soạn còn lỗi nên chưa tính được.")


def _counts(view: BurdenView) -> list[tuple[str, object]]:
    counts = view.counts
    asked = [
        (_("Câu hỏi phải tự điền"), counts.typed),
        (_("Câu hỏi đã biết sẵn"), counts.known),
    ]
    return [
        (_("Giấy tờ"), counts.papers),
        *(asked if view.has_definition else ()),
        (_("Bước"), counts.steps),
        (_("Cơ quan tham gia"), counts.agencies),
        (_("Lần đi lại ít nhất"), counts.visits),
        (_("Ngày làm việc"), formats.decimal(counts.days)),
        (_("Giờ của người dân"), formats.decimal(view.cost.hours)),
    ]


def _said(hours: float) -> str:
    return formats.decimal(Decimal(str(hours)))
