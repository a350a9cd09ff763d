"""What an officer writes with each deed. What may be refused is said by the commands; here only what cannot be read.

Every form carries ``seen``, the version of the dossier the officer looked at.
"""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any, Final

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.domain.agencies import queries as agencies
from motcua.domain.cases import queries as cases
from motcua.domain.cases.types import DossierView, Step
from motcua.domain.catalogue import queries as catalogue
from motcua.domain.catalogue.types import Definition
from motcua.interfaces.design import formats
from motcua.interfaces.design.definition_forms import AnswerForm, answers_of, form_for
from motcua.interfaces.desk import words
from motcua.interfaces.desk.uploads import PaperField, Uploaded
from motcua.kernel import clock
from motcua.kernel.calendar import is_working_day, latest_apology_date, working_day_on_or_after
from motcua.kernel.clock import VIETNAM, local_date

DATE_FORMATS: Final = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"]
LONGEST_REASON: Final = 2000


class StepForm(forms.Form):
    """A deed with nothing to write."""

    use_required_attribute = False
    step: Step
    language: str

    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        view: DossierView,
        step: Step,
        *,
        language: str,
        data: MultiValueDict[str, Any] | None = None,
        files: MultiValueDict[str, Uploaded] | None = None,
    ) -> None:
        super().__init__(data, files, prefix=step, initial={"seen": view.version})
        self.view, self.step, self.language = view, step, language
        self.build()

    def build(self) -> None:
        """Add what depends on the dossier."""

    @property
    def definition(self) -> Definition:
        return catalogue.version(self.view.version_id).definition

    @property
    def title(self) -> str:
        return words.deed(self.step)

    def typed(self) -> list[tuple[str, str]]:
        """Return (label, words) of what was typed, to give back when the deed is no longer possible."""
        pairs = [(field.label, field.value()) for field in self.visible_fields()]
        return [(str(label), value) for label, value in pairs if isinstance(value, str) and value.strip()]


class Reasoned(StepForm):
    """A deed that wants a reason; one of the samples will do, made specific."""

    reason = forms.CharField(
        label=gettext_lazy("Lý do"),
        max_length=LONGEST_REASON,
        error_messages={"required": gettext_lazy("Hãy nêu lý do cụ thể.")},
        help_text=gettext_lazy("Nêu cụ thể; người nộp sẽ đọc đúng những lời này."),
        widget=forms.Textarea({"rows": 3}),
    )

    @property
    def samples(self) -> list[str]:
        return list(words.REASONS.get(self.step, ()))


class Proposed(Reasoned):
    """What the handler proposes."""

    def build(self) -> None:
        field = self.fields["reason"]
        field.label, field.help_text = _("Đề xuất với lãnh đạo"), ""
        self.initial["reason"] = self.view.proposal or self.samples[0]


class SentBack(Reasoned):
    def build(self) -> None:
        field = self.fields["reason"]
        field.label, field.help_text = _("Ý kiến của lãnh đạo"), ""


class Receipted(StepForm):
    """Money was taken; the number of the receipt is kept."""

    receipt_no = forms.CharField(
        label=gettext_lazy("Số biên lai"),
        max_length=60,
        error_messages={"required": gettext_lazy("Hãy ghi số biên lai.")},
        widget=forms.TextInput({"class": "w-12 num", "autocomplete": "off"}),
    )


class Reappointed(Reasoned):
    """A new appointment: a working day, at an hour, after the old one."""

    on = forms.DateField(
        label=gettext_lazy("Ngày hẹn mới"),
        input_formats=DATE_FORMATS,
        error_messages={
            "required": gettext_lazy("Hãy ghi ngày hẹn mới."),
            "invalid": gettext_lazy("Ghi ngày, tháng, năm, ví dụ 25/02/2026."),
        },
        widget=forms.DateInput({"class": "w-12 num", "inputmode": "numeric"}, format="%d/%m/%Y"),
    )
    hour = forms.TimeField(
        label=gettext_lazy("Giờ hẹn"),
        input_formats=["%H:%M", "%Hh%M", "%H"],
        initial=time(16, 0),
        error_messages={"invalid": gettext_lazy("Ghi giờ, ví dụ 16:00.")},
        widget=forms.TimeInput({"class": "w-8 num"}, format="%H:%M"),
    )
    field_order = ("on", "hour", "reason")

    def build(self) -> None:
        if self.view.due_at is None:
            return
        calendar = agencies.calendar_of(self.view.agency_id)
        latest = latest_apology_date(calendar, self.view.due_at)
        self.fields["on"].help_text = _("Hẹn cũ: %(old)s. Chậm nhất phải xin lỗi ngày %(latest)s.") % {
            "old": formats.instant(self.view.due_at),
            "latest": formats.day(latest),
        }

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        calendar = agencies.calendar_of(self.view.agency_id)
        if not is_working_day(calendar, on):
            nearest = formats.day_with_weekday(working_day_on_or_after(calendar, on))
            raise forms.ValidationError(
                _("%(day)s là ngày nghỉ. Ngày làm việc gần nhất: %(nearest)s.")
                % {"day": formats.day_with_weekday(on), "nearest": nearest}
            )
        return on

    @property
    def new_due_at(self) -> datetime:
        return datetime.combine(self.cleaned_data["on"], self.cleaned_data["hour"], tzinfo=VIETNAM)


class Asked(Reasoned):
    """What the citizen shall add or correct: ticked from everything the dossier consists of."""

    answer_did_not_follow = forms.BooleanField(
        label=gettext_lazy("Bản bổ sung trước không đúng yêu cầu"), required=False
    )
    field_order = ("reason", "answer_did_not_follow")

    def build(self) -> None:
        self.fields["reason"].label = _("Lý do chung")
        for key, name in self._parts():
            self.fields[f"ask_{key}"] = forms.BooleanField(label=name, required=False)
            self.fields[f"need_{key}"] = forms.CharField(
                label=_("Cần gì"),
                required=False,
                max_length=500,
                widget=forms.TextInput({"aria-label": _("Cần gì ở “%(part)s”") % {"part": name}}),
            )
        if not self.view.supplements:
            del self.fields["answer_did_not_follow"]

    def groups(self) -> list[tuple[str, list[tuple[forms.BoundField, forms.BoundField]]]]:
        """Return the checklist: (title, pairs of tick and need); papers first, they are asked for most."""
        papers = {spec.key for spec in self.definition.papers}
        pairs = [(key, (self[f"ask_{key}"], self[f"need_{key}"])) for key, _name in self._parts()]
        return [
            (_("Giấy tờ"), [pair for key, pair in pairs if key in papers]),
            (_("Thông tin trong đơn"), [pair for key, pair in pairs if key not in papers]),
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.items and not self.errors:
            raise forms.ValidationError(_("Hãy chọn ít nhất một giấy tờ hoặc thông tin cần bổ sung."))
        for key, _name in self._parts():
            if cleaned.get(f"ask_{key}") and not cleaned.get(f"need_{key}", "").strip():
                self.add_error(f"need_{key}", _("Hãy ghi rõ cần gì."))
        return cleaned

    @property
    def items(self) -> list[tuple[str, str]]:
        """Return (key, what is needed) of everything ticked or described."""
        return [
            (key, self.cleaned_data.get(f"need_{key}", "").strip())
            for key, _name in self._parts()
            if self.cleaned_data.get(f"ask_{key}") or self.cleaned_data.get(f"need_{key}", "").strip()
        ]

    def _parts(self) -> list[tuple[str, str]]:
        form = cases.form_of(self.view)
        papers = [(spec.key, spec.name.to(self.language)) for spec in form.papers]
        fields = [(one.key, one.label.to(self.language)) for one in form.shown]
        return papers + fields


class Supplemented(StepForm):
    """The citizen brings what was asked for to the counter."""

    answers_form: AnswerForm

    def build(self) -> None:
        asked = {key for request in self.view.supplements[-1:] for key, _need in request.items}
        self.answers_form = form_for(
            self.definition,
            None,
            self.view.answers,
            self.language,
            data=self.data if self.is_bound else None,
            today=local_date(clock.now()),
            keys=asked,
        )
        for spec in self.definition.papers:
            if spec.key in asked:
                self.fields[f"paper_{spec.key}"] = PaperField(spec, self.language)

    def clean(self) -> dict[str, Any]:
        if not self.answers_form.is_valid():
            raise forms.ValidationError(_("Hãy xem lại thông tin bổ sung bên dưới."))
        return super().clean() or {}

    @property
    def changed(self) -> Mapping[str, object]:
        """Return the answers that differ from those in the dossier."""
        return {
            key: value
            for key, value in answers_of(self.answers_form).items()
            if self.answers_form.cleaned_data.get(key) != self.view.answers.get(key)
        }

    @property
    def papers(self) -> dict[str, list[Uploaded]]:
        chosen = {name: field for name, field in self.fields.items() if isinstance(field, PaperField)}
        return {
            field.spec.key: self.cleaned_data[name]
            for name, field in chosen.items()
            if self.cleaned_data[name]
        }
