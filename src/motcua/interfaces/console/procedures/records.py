"""Pages of public records: the list, one record with its versions and what differs, abolishing, bringing files in."""

from io import BytesIO
from typing import Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.domain.catalogue import commands, queries
from motcua.domain.catalogue.types import (
    ImportId,
    ImportState,
    Level,
    OnlineLevel,
    RecordId,
    RecordState,
    RecordView,
    UnreadableFile,
    Verdict,
)
from motcua.interfaces.design import formats, record_words
from motcua.interfaces.design.access import ActedRequest, for_admins, for_auditors, today
from motcua.interfaces.design.record_words import LEVELS, ONLINE_LEVELS, PARTS, STATES
from motcua.interfaces.design.refusals import sentence
from motcua.kernel import clock
from motcua.kernel.actors import Role
from motcua.kernel.errors import Refusal
from motcua.platform.database.types import Page

SIZE: Final = 50
ANY: Final = ("", gettext_lazy("Tất cả"))


class FilterForm(forms.Form):
    """Which records the list shows."""

    q = forms.CharField(label=gettext_lazy("Tên hoặc mã"), max_length=200, required=False)
    ministry = forms.ChoiceField(label=gettext_lazy("Bộ, ngành"), required=False)
    field = forms.ChoiceField(label=gettext_lazy("Lĩnh vực"), required=False)
    level = forms.ChoiceField(label=gettext_lazy("Cấp"), required=False)
    online = forms.ChoiceField(label=gettext_lazy("Trực tuyến"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("Tình trạng"), required=False)
    complete = forms.ChoiceField(label=gettext_lazy("Đầy đủ"), required=False)

    def __init__(self, data: object, fields: list[tuple[str, str, int]]) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # a QueryDict
        choices = {
            "ministry": [
                (name, name) for name in dict.fromkeys(ministry for ministry, _f, _n in fields) if name
            ],
            "field": [(name, name) for name in sorted({field for _m, field, _n in fields}) if name],
            "level": [(level.value, _(words)) for level, words in LEVELS.items()],
            "online": [(level.value, _(words)) for level, words in ONLINE_LEVELS.items()],
            "state": [(state.value, _(words)) for state, (_tone, _icon, words) in STATES.items()],
            "complete": [("yes", _("Đủ bộ phận")), ("no", _("Còn thiếu"))],
        }
        for name, offered in choices.items():
            chosen = self.fields[name]
            if isinstance(chosen, forms.ChoiceField):
                chosen.choices = [ANY, *offered]

    def wanted(self) -> queries.RecordFilter:
        """Return what was asked for; a part that makes no sense asks nothing."""
        said = self.cleaned_data if self.is_valid() else {**self.cleaned_data}
        return queries.RecordFilter(
            ministry=said.get("ministry", ""),
            field=said.get("field", ""),
            level=Level(said["level"]) if said.get("level") else None,
            online_level=OnlineLevel(said["online"]) if said.get("online") else None,
            state=RecordState(said["state"]) if said.get("state") else None,
            is_complete={"yes": True, "no": False}.get(said.get("complete", "")),
            words=said.get("q", "").replace("\x00", ""),
        )


class AbolishForm(forms.Form):
    """By which decision a procedure ends, and when."""

    decision = forms.CharField(label=gettext_lazy("Số quyết định bãi bỏ"), max_length=100)
    valid_from = forms.DateField(
        label=gettext_lazy("Hết hiệu lực từ ngày"), widget=forms.DateInput(attrs={"type": "date"})
    )


class ImportForm(forms.Form):
    """A file of records."""

    file = forms.FileField(
        label=gettext_lazy("Tệp thủ tục"),
        help_text=gettext_lazy("JSON, JSON Lines (.gz được), kết quả LayThuTuc, hoặc Excel theo mẫu."),
        max_length=200,
    )


@for_auditors
@require_safe
def records(request: ActedRequest) -> HttpResponse:
    """List public records by code, with filters; five queries whatever their number."""
    on = today()
    form = FilterForm(request.GET, queries.record_fields(on=on))
    after = request.GET.get("after", "")
    found = queries.records(
        on=on, only=form.wanted(), after=after if queries.is_code(after) else "", limit=SIZE + 1
    )
    page = Page(tuple(found[:SIZE]), found[SIZE - 1].code if len(found) > SIZE else None)
    lines = [
        (
            row,
            STATES[row.state],
            _(ONLINE_LEVELS[row.online_level]),
            record_words.joined(PARTS[part] for part in row.missing),
        )
        for row in page.items
    ]
    facts = {
        "form": form,
        "lines": lines,
        "page": page,
        "counts": queries.record_counts(on=on),
        "may_act": request.actor.role is Role.ADMIN,
    }
    return render(request, "console/procedures/records.html", facts)


@for_auditors
@require_safe
def record(request: ActedRequest, code: str) -> HttpResponse:
    """Show a record: what stands, what is missing or odd, its versions, and what differs between two."""
    view = queries.record(code, on=today())
    history = queries.record_history(code)
    facts = {
        "view": view,
        "state": STATES[view.state],
        "facts": _facts(view),
        "missing": [_(PARTS[part]) for part in view.missing],
        "oddities": [
            (each.field, record_words.fault(each.code), each.value)
            for each in queries.oddities_of(view.record)
        ],
        "history": [(row, _(record_words.ACTIONS[row.action])) for row in history],
        "differences": _differences(request, code, view),
        "has_definition": queries.has_definition(code, on=today()),
        "disagreements": [each for each in queries.disagreements(on=today()) if each.code == code],
        "clarity": queries.clarity(code),
        "form": AbolishForm(),
        "may_act": request.actor.role is Role.ADMIN,
    }
    return render(request, "console/procedures/record.html", facts)


@for_admins
@require_POST
def abolish(request: ActedRequest, code: str) -> HttpResponse:
    """Abolish a procedure from a day on."""
    form = AbolishForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Hãy ghi số quyết định và ngày hết hiệu lực."))
        return redirect("console:procedure", code=code)
    said = form.cleaned_data
    try:
        commands.abolish(
            code,
            decision=said["decision"],
            valid_from=said["valid_from"],
            actor=request.actor,
            at=clock.now(),
        )
    except Refusal as refusal:
        messages.error(request, sentence(refusal.code, refusal.facts))
    else:
        facts = {"code": code, "day": formats.day(said["valid_from"])}
        messages.success(request, _("Đã bãi bỏ thủ tục %(code)s từ %(day)s.") % facts)
    return redirect("console:procedure", code=code)


@for_admins
@require_http_methods(["GET", "HEAD", "POST"])
def imports(request: ActedRequest) -> HttpResponse:
    """List imports; take a file and have it read in the background."""
    form = ImportForm(request.POST or None, request.FILES or None)
    wrong = ""
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["file"]
        try:
            pk = commands.begin_import(sent.read(), name=sent.name, actor=request.actor, at=clock.now())
        except UnreadableFile as refusal:
            wrong = sentence(refusal.code, refusal.facts)
        else:
            return redirect("console:record_import", import_id=pk)
    facts = {"form": form, "wrong": wrong, "found": queries.record_imports()}
    status = 422 if request.method == "POST" else 200
    return render(request, "console/procedures/imports.html", facts, status=status)


@for_admins
@require_http_methods(["GET", "HEAD", "POST"])
def record_import(request: ActedRequest, import_id: UUID) -> HttpResponse:
    """Show what an import would do, or did; confirm it."""
    if request.method == "POST":
        try:
            commands.confirm_import(ImportId(import_id), actor=request.actor, at=clock.now())
        except Refusal as refusal:
            messages.error(request, sentence(refusal.code, refusal.facts))
        return redirect("console:record_import", import_id=import_id)
    view = queries.record_import(ImportId(import_id))
    facts = {
        "view": view,
        "is_under_way": view.state in {ImportState.PREVIEWING, ImportState.WRITING},
        "counts": [
            (_(record_words.VERDICTS[verdict]), getattr(view.counts, verdict.value)) for verdict in Verdict
        ],
        "remarks": [(record_words.fault(code), count) for code, count in view.counts.remarks.items()],
        "refused": [
            (row, [(fault.field, record_words.fault(fault.code), fault.value) for fault in row.faults])
            for row in view.refused
        ],
        "why": sentence("catalogue.unreadable_file", view.why) if view.why else "",
    }
    return render(request, "console/procedures/import.html", facts)


@for_admins
@require_safe
def template(request: ActedRequest) -> HttpResponseBase:
    """Send the empty Excel workbook."""
    book = BytesIO()
    queries.export_template(book)
    book.seek(0)
    return FileResponse(book, as_attachment=True, filename="mau-thu-tuc.xlsx")


def _facts(view: RecordView) -> list[tuple[str, object]]:
    said = view.record
    return [
        (_("Mã thủ tục"), view.code),
        (_("Bộ, ngành"), said.ministry),
        (_("Lĩnh vực"), said.field),
        (_("Cấp thực hiện"), record_words.joined(LEVELS[level] for level in said.levels)),
        (_("Đối tượng thực hiện"), record_words.joined(record_words.SUBJECTS[who] for who in said.subjects)),
        (_("Dịch vụ trực tuyến"), _(ONLINE_LEVELS[view.online_level])),
        (_("Quyết định công bố"), said.announcement.number),
        (_("Có hiệu lực từ"), formats.day(view.valid_from)),
        (_("Đến"), formats.day(view.valid_to) if view.valid_to else ""),
        (_("Cách thức, thành phần hồ sơ"), f"{len(said.methods)}, {len(said.dossier)}"),
        (_("Mã băm nội dung"), view.content_hash[:16]),
    ]


def _differences(request: ActedRequest, code: str, view: RecordView) -> list[tuple[str, str, str]] | None:
    """Return what differs from the version chosen (?voi=number) to the one that stands; None: none chosen."""
    chosen = request.GET.get("voi", "")
    rows = {str(row.number): row for row in queries.record_history(code)}
    if chosen not in rows:
        return None
    before = queries.record_version(RecordId(rows[chosen].id), on=today())
    return [(each.part, each.before, each.after) for each in queries.differences(before.record, view.record)]
