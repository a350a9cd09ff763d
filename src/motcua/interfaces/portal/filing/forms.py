"""The form of one section, drawn from its definition, and the reading of what was sent.

The catalogue checks answers; these forms only draw them. A question that depends on another one of the same
page stands in a fieldset that is hidden and disabled until its case holds: with a script at once, without one
after the page was sent. A disabled question is not sent, so what is sent is what was shown.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.forms.boundfield import BoundField
from django.forms.utils import ErrorDict, ErrorList
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext_noop, pgettext
from django.utils.translation import gettext as _

from motcua.domain.agencies import queries as agencies
from motcua.domain.agencies.types import AgencyView, FoundUnit
from motcua.domain.catalogue.types import Condition, FieldType, FormField, Section
from motcua.interfaces.design.templatetags.motcua import icon
from motcua.interfaces.portal import answers as said
from motcua.kernel.text import fold

COMMUNE_DIGITS: Final = 5
MOST_SUGGESTIONS: Final = 12
LONGEST: Final = 5_000  #: characters read of any one field; the definition's own limit is far below

SOURCES: Final[Mapping[str, str]] = {
    "account": gettext_noop("lấy từ tài khoản của bạn"),
    "spouse": gettext_noop("lấy từ thông tin vợ hoặc chồng bạn"),
    "family": gettext_noop("lấy từ thông tin gia đình bạn"),
}

#: code of a fault, or (code, type of field) where the type has something better to say
FAULTS: Final[Mapping[str | tuple[str, FieldType], str]] = {
    "required": gettext_noop("Hãy điền phần này."),
    ("required", FieldType.CHOICE): gettext_noop("Hãy chọn một câu trả lời."),
    ("required", FieldType.YES_NO): gettext_noop("Hãy chọn Có hoặc Không."),
    "too_long": gettext_noop("Dài quá %(most)s ký tự."),
    "wrong_form": gettext_noop("Chưa đúng cách ghi."),
    ("wrong_form", FieldType.TEXT): gettext_noop("Có ký tự không lưu được."),
    ("wrong_form", FieldType.INTEGER): gettext_noop("Hãy ghi bằng chữ số."),
    ("wrong_form", FieldType.MONEY): gettext_noop("Hãy ghi số tiền bằng chữ số, ví dụ 80.000.000."),
    ("wrong_form", FieldType.DATE): gettext_noop(
        "Không có ngày này. Hãy ghi ngày/tháng/năm, ví dụ 25/02/2026."
    ),
    ("wrong_form", FieldType.PERSONAL_ID): gettext_noop(
        "Số định danh có 12 chữ số, như trên thẻ căn cước. Hãy xem lại từng số."
    ),
    ("wrong_form", FieldType.TAX_CODE): gettext_noop("Mã số thuế này không đúng. Hãy xem lại từng số."),
    ("wrong_form", FieldType.PHONE): gettext_noop("Số điện thoại có 10 chữ số, bắt đầu bằng 0."),
    ("wrong_form", FieldType.EMAIL): gettext_noop("Địa chỉ thư có dạng ten@vidu.vn."),
    ("wrong_form", FieldType.ADDRESS): gettext_noop(
        "Chưa rõ xã, phường nào. Hãy chọn một nơi trong danh sách."
    ),
    "out_of_range": gettext_noop("Số nằm ngoài khoảng cho phép."),
    ("out_of_range", FieldType.DATE): gettext_noop("Năm phải từ 1900."),
    "in_the_future": gettext_noop("Ngày này chưa đến."),
    "not_a_choice": gettext_noop("Hãy chọn một câu trả lời có sẵn."),
}

_NUMBER: Final = {"inputmode": "numeric", "autocomplete": "off"}
#: type of field → attributes of its input: the right keyboard on a phone, a width that says how much is expected
INPUTS: Final[Mapping[FieldType, dict[str, object]]] = {
    FieldType.INTEGER: {**_NUMBER, "class": "w-8", "maxlength": 20},
    FieldType.MONEY: {**_NUMBER, "class": "w-12", "maxlength": 25},
    FieldType.DATE: {**_NUMBER, "class": "w-12", "maxlength": 10},
    FieldType.PERSONAL_ID: {**_NUMBER, "class": "w-20", "maxlength": 20},
    FieldType.TAX_CODE: {**_NUMBER, "class": "w-20", "maxlength": 20},
    FieldType.PHONE: {"type": "tel", "autocomplete": "tel", "class": "w-20", "maxlength": 20},
    FieldType.EMAIL: {"type": "email", "autocomplete": "email", "maxlength": 254},
}


@dataclass(frozen=True, slots=True)
class Question:
    """One question as the page draws it. ``when`` names the input it depends on, if that is on the page."""

    bound: BoundField
    unit: str
    when: str
    equals: str
    is_shown: bool


class AddressWidget(forms.Widget):
    """Street in words; commune by typing its present or former name, with suggestions."""

    template_name = "portal/filing/address.html"
    use_fieldset = True

    def __init__(self, suggestions: Iterable[FoundUnit] = ()) -> None:
        super().__init__()
        self.suggestions = list(suggestions)

    def get_context(self, name: str, value: object, attrs: dict[str, Any] | None) -> dict[str, Any]:
        given = value if isinstance(value, Mapping) else {}
        context = super().get_context(name, None, attrs)
        places = said.place_names({unit.code for unit in self.suggestions})
        context["address"] = {
            "street": given.get("street", ""),
            "commune": given.get("commune", ""),
            "wrong": (attrs or {}).get("aria-invalid") == "true",
            "suggestions": [(unit, places.get(unit.code, unit.name)) for unit in self.suggestions],
        }
        return context

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return f"{id_}_street"


class SectionForm(forms.Form):
    """The questions of one section with what was answered so far and what is wrong with it."""

    use_required_attribute = False

    def __init__(
        self,
        section: Section,
        answers: Mapping[str, object],
        *,
        sources: Mapping[str, str],
        faults: Mapping[str, str],
        clean: Mapping[str, object],
    ) -> None:
        places = said.place_names(said.codes_in(answers.get(field.key) for field in section.fields))
        super().__init__(initial={f.key: _as_typed(f, answers.get(f.key), places) for f in section.fields})
        self.section, self._clean = section, clean
        self._faults = ErrorDict(
            {
                field.key: ErrorList([fault_in_words(faults[field.key], field)], renderer=self.renderer)
                for field in section.fields
                if field.key in faults
            }
        )
        for field in section.fields:
            self.fields[field.key] = _drawn(field, answers, faults, source=sources.get(field.key, ""))

    @property
    def errors(self) -> ErrorDict:
        return self._faults

    def questions(self) -> list[Question]:
        """Return the questions of the page; those that depend on another page only when their case holds."""
        own = {field.key: field for field in self.section.fields}
        asked = []
        for field in self.section.fields:
            holds = field.show_when is None or field.show_when.holds(self._clean)
            depends = field.show_when if field.show_when and field.show_when.field in own else None
            if holds or depends:
                asked.append(self._question(field, depends, is_shown=holds))
        return asked

    def _question(self, field: FormField, depends: Condition | None, *, is_shown: bool) -> Question:
        return Question(
            self[field.key],
            "₫" if field.type is FieldType.MONEY else "",
            depends.field if depends else "",
            _in_html(depends.equals) if depends else "",
            is_shown,
        )


class OfficeForm(forms.Form):
    """Which office shall receive the dossier."""

    use_required_attribute = False

    def __init__(self, data: QueryDict | None, offices: Iterable[AgencyView], *, suggested: str) -> None:
        super().__init__(data, initial={"office": suggested})
        self.fields["office"] = forms.ChoiceField(
            label=_("Nơi tiếp nhận"),
            choices=[("", _("Hãy chọn")), *((str(office.id), office.name) for office in offices)],
            error_messages={
                "required": _("Hãy chọn nơi tiếp nhận."),
                "invalid_choice": _("Hãy chọn một nơi có sẵn."),
            },
        )


def typed(section: Section, data: QueryDict) -> dict[str, object]:
    """Return what was sent of a section, by field key; what was not shown is not in it."""
    return {field.key: _read(field, data) for field in section.fields if _was_sent(field, data)}


def communes_called(text: str) -> list[FoundUnit]:
    """Return the communes of today that bear, or took over from a unit that bore, a name."""
    found = agencies.find_units(text[:100], limit=3 * MOST_SUGGESTIONS)
    return [unit for unit in found if len(unit.code) == COMMUNE_DIGITS][:MOST_SUGGESTIONS]


def fault_in_words(code: str, field: FormField) -> str:
    """Return what is wrong with an answer and how it should be."""
    if code == "out_of_range" and field.minimum is not None and field.maximum is not None:
        return _("Hãy ghi một số từ %(least)s đến %(most)s.") % {
            "least": field.minimum,
            "most": field.maximum,
        }
    words = FAULTS.get((code, field.type)) or FAULTS.get(code, FAULTS["wrong_form"])
    return _(words) % {"most": field.max_length}


def _was_sent(field: FormField, data: QueryDict) -> bool:
    return (f"{field.key}_street" if field.type is FieldType.ADDRESS else field.key) in data


def _read(field: FormField, data: QueryDict) -> object:
    if field.type is FieldType.ADDRESS:
        return _address(field, data)
    text = data.get(field.key, "")[:LONGEST].replace("\x00", "")
    if field.type is FieldType.YES_NO:
        return {"yes": True, "no": False}.get(text, "")
    return text


def _address(field: FormField, data: QueryDict) -> object:
    def part(name: str) -> str:
        return data.get(f"{field.key}_{name}", "")[:LONGEST].replace("\x00", "").strip()

    street, commune, picked = part("street"), part("commune"), part("code")
    code = picked if picked in agencies.units([picked]) else _meant(commune)
    if code:
        return {"street": street, "commune_code": code}
    return {"street": street, "commune_code": "", "commune": commune} if street or commune else ""


def _meant(commune: str) -> str:
    """Return the code of the one commune a text can mean; empty if there is none, or several."""
    found = communes_called(commune) if commune else []
    if len(found) == 1:
        return found[0].code
    places = said.place_names({unit.code for unit in found})
    exact = [unit.code for unit in found if fold(commune) in {fold(unit.name), fold(places[unit.code])}]
    return exact[0] if len(exact) == 1 else ""


def _as_typed(field: FormField, value: object, places: Mapping[str, str]) -> object:
    """Return an answer as its input shows it."""
    match value:
        case bool():
            return _in_html(value)
        case int() if field.type is FieldType.MONEY:
            return f"{value:,}".replace(",", ".")
        case Mapping():
            code = str(value.get("commune_code") or "")
            return {
                "street": value.get("street", ""),
                "commune": places.get(code) or value.get("commune", ""),
            }
        case str() if field.type is FieldType.DATE:
            return said.date_in_words(value)
    return value


def _in_html(value: object) -> str:
    return {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)


def _drawn(
    field: FormField, answers: Mapping[str, object], faults: Mapping[str, str], *, source: str
) -> forms.Field:
    language = get_language() or "vi"
    hint = _hint(field, source if answers.get(field.key) else "")
    if field.type in {FieldType.CHOICE, FieldType.YES_NO}:
        return forms.ChoiceField(
            label=field.label.to(language),
            help_text=hint,
            required=field.required,
            choices=_choices(field, language),
            widget=forms.RadioSelect,
        )
    return forms.CharField(
        label=field.label.to(language),
        help_text=hint,
        required=field.required,
        widget=_widget(field, answers, faults),
    )


def _choices(field: FormField, language: str) -> list[tuple[str, str]]:
    if field.type is FieldType.YES_NO:
        return [("yes", pgettext("câu trả lời", "Có")), ("no", pgettext("câu trả lời", "Không"))]
    return [(choice.value, choice.label.to(language)) for choice in field.choices]


def _hint(field: FormField, source: str) -> SafeString:
    hint = field.hint.to(get_language() or "vi") if field.hint else ""
    if field.type is FieldType.DATE and not hint:
        hint = _("Ngày/tháng/năm, ví dụ 25/02/2026.")
    words = SOURCES.get(source.partition(".")[0])
    if words is None:
        return format_html("{}", hint) if hint else SafeString("")
    between = mark_safe("<br>") if hint else ""
    return format_html('{}{}<span class="source">{}{}</span>', hint, between, icon("badge-check"), _(words))


def _widget(field: FormField, answers: Mapping[str, object], faults: Mapping[str, str]) -> forms.Widget:
    if field.type is FieldType.ADDRESS:
        unclear = answers.get(field.key)
        text = str(unclear.get("commune") or "") if isinstance(unclear, Mapping) else ""
        return AddressWidget(communes_called(text) if text and field.key in faults else ())
    if field.type is FieldType.LONG_TEXT:
        return forms.Textarea({"rows": 4, "maxlength": field.max_length})
    return forms.TextInput(INPUTS.get(field.type, {"maxlength": field.max_length, "autocomplete": "off"}))
