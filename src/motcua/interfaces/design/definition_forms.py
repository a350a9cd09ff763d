"""A Django form made from a procedure's definition: one field per question, the same in the portal and at the desk.

    form = form_for(definition, "child", draft.answers, "vi", data=request.POST, today=today)
    save(answers_of(form))                # as typed, right or wrong: nothing typed is lost
    if form.is_valid(): ...               # every question of the section answered as the definition wants

The form holds no rules: ``catalogue.partly_checked_answers`` says what is wrong, this module says it in words.
Draw it with ``{{ form }}``, or field by field with ``{{ form.child_name.as_field_group }}``. With
``design/answers.js`` on the page a question that does not apply is hidden; without a script it says when it does.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final, cast

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from motcua.domain.agencies import queries as agencies
from motcua.domain.agencies.types import AdminUnitView
from motcua.domain.catalogue import queries as catalogue
from motcua.domain.catalogue.types import Definition, FieldType, FormField
from motcua.interfaces.design import conditions, formats
from motcua.kernel.expressions import names
from motcua.kernel.text import fold

PREFIX: Final = "a"  #: every input is named "a-<key>", so that an answer never meets a button or a token
COMMUNE_CODE: Final = re.compile(r"^[0-9]{5}$")
ISO_DATE: Final = re.compile(r"^\d{4}-\d{2}-\d{2}$")
MOST_CHOICES: Final = 8  #: places offered when a name fits several
MOST_RADIOS: Final = 7  #: more choices than this become a list to open

#: fault of catalogue.rules.answers → words; "<fault>.<field type>" goes before the plain fault
FAULTS: Final[Mapping[str, str]] = {
    "required": gettext_noop("Hãy trả lời câu này."),
    "required.choice": gettext_noop("Hãy chọn một câu trả lời."),
    "required.yes_no": gettext_noop("Hãy chọn Có hoặc Không."),
    "required.address": gettext_noop("Hãy ghi xã, phường."),
    "too_long": gettext_noop("Dài quá {max_length} ký tự."),
    "wrong_form": gettext_noop("Không đọc được. Hãy kiểm tra lại."),
    "wrong_form.text": gettext_noop("Có ký tự không dùng được. Hãy gõ lại."),
    "wrong_form.long_text": gettext_noop("Có ký tự không dùng được. Hãy gõ lại."),
    "wrong_form.integer": gettext_noop("Chỉ ghi chữ số, ví dụ 3."),
    "wrong_form.money": gettext_noop("Chỉ ghi số tiền, ví dụ 80.000.000."),
    "wrong_form.date": gettext_noop("Ghi ngày, tháng, năm, ví dụ 25/02/2026."),
    "wrong_form.personal_id": gettext_noop("Số định danh có 12 chữ số; có thể đã gõ nhầm một chữ số."),
    "wrong_form.tax_code": gettext_noop("Mã số thuế có 10 hoặc 13 chữ số; có thể đã gõ nhầm một chữ số."),
    "wrong_form.phone": gettext_noop("Ghi số điện thoại đủ 10 chữ số, ví dụ 0905 123 456."),
    "wrong_form.email": gettext_noop("Ghi địa chỉ thư, ví dụ an@vidu.vn."),
    "wrong_form.address": gettext_noop(
        "Không tìm thấy xã, phường này. Ghi tên xã, phường và tỉnh, ví dụ phường Pleiku, Gia Lai."
    ),
    "several_places": gettext_noop("Có nhiều nơi tên như vậy. Hãy chọn một nơi bên dưới."),
    "out_of_range": gettext_noop("Số này nằm ngoài mức cho phép."),
    "out_of_range.date": gettext_noop("Năm này quá xa. Hãy kiểm tra lại."),
    "in_the_future": gettext_noop("Ngày này chưa tới. Hãy kiểm tra lại."),
    "not_a_choice": gettext_noop("Hãy chọn một câu trả lời trong danh sách."),
}
AUTOCOMPLETE: Final = {
    "account.full_name": "name",
    "account.phone": "tel",
    "account.email": "email",
    "account.address": "street-address",
}
#: what the input of a type knows about its answer
INPUTS: Final[Mapping[FieldType, dict[str, Any]]] = {
    FieldType.LONG_TEXT: {"rows": 4},
    FieldType.INTEGER: {"inputmode": "numeric", "class": "w-8 num", "maxlength": 20},
    FieldType.MONEY: {"inputmode": "numeric", "class": "num", "maxlength": 24},
    FieldType.DATE: {"inputmode": "numeric", "class": "w-12 num", "maxlength": 10},
    FieldType.PERSONAL_ID: {"inputmode": "numeric", "class": "w-12 num", "maxlength": 18},
    FieldType.TAX_CODE: {"class": "w-12 num", "maxlength": 18},
    FieldType.PHONE: {"type": "tel", "class": "w-12 num", "maxlength": 20},
    FieldType.EMAIL: {"type": "email", "class": "w-20", "maxlength": 254},
}
SOURCES: Final = {
    "account": gettext_noop("Lấy từ tài khoản"),
    "family": gettext_noop("Lấy từ dữ liệu gia đình"),
    "spouse": gettext_noop("Lấy từ dữ liệu vợ, chồng"),
}


def form_for(
    definition: Definition,
    section_key: str | None,
    answers: Mapping[str, object],
    language: str,
    *,
    today: date,
    data: MultiValueDict[str, Any] | Mapping[str, Any] | None = None,
    sources: Mapping[str, str] | None = None,
    keys: Iterable[str] | None = None,
    province_code: str = "",
) -> "AnswerForm":
    """Return the form of one section, of ``keys`` alone, or with neither of the whole definition.

    ``answers`` are those known so far, canonical or as typed. ``sources`` says where a prefilled one came
    from. ``province_code`` is where places are suggested from. A question ruled out by an answer of another
    section is left out.
    """
    wanted = set(keys) if keys is not None else None
    asked = [
        field
        for section in definition.sections
        if section_key is None or section.key == section_key
        for field in section.fields
        if wanted is None or field.key in wanted
    ]
    here = {field.key for field in asked}
    known, _faults = catalogue.partly_checked_answers(definition, answers, today=today)
    shown = {field.key for field in catalogue.filled(definition, known, today=today).shown}
    asked = [field for field in asked if field.key in shown or _called_up(definition, field, here)]
    return AnswerForm(
        definition,
        asked,
        dict(answers),
        language,
        today=today,
        data=cast("MultiValueDict[str, Any] | None", data),
        sources=sources or {},
        province_code=province_code,
    )


def answers_of(form: "AnswerForm") -> dict[str, object]:
    """Return the answers of a submitted form as typed, to lay into a draft or to register.

    A question that no longer applies gives an empty answer, so that an earlier one does not stay behind.
    """
    return {key: form.raw(key) for key in form.fields}


def words_for(fault: str, field: FormField) -> str:
    """Return what a fault of one answer means, in the language of the request."""
    words = FAULTS.get(f"{fault}.{field.type}") or FAULTS.get(fault) or FAULTS["wrong_form"]
    return _(words).format(max_length=field.max_length)


def shown(field: FormField, value: object, language: str, *, places: Mapping[str, str] | None = None) -> str:
    """Return an answer as people read it; "" for none. ``places`` are names by commune code, see ``places``."""
    if value is None or value == "":
        return ""
    if field.type is FieldType.ADDRESS and isinstance(value, Mapping):
        code = str(value.get("commune_code") or "")
        parts = (str(value.get("street") or ""), (places or {}).get(code, code))
        return ", ".join(part for part in parts if part)
    if field.type is FieldType.CHOICE:
        return next((c.label.to(language) for c in field.choices if c.value == value), str(value))
    if field.type is FieldType.YES_NO:
        return _("Có") if value in {True, "yes"} else _("Không")
    written = str(_typed(field, value, {}))
    return f"{written} ₫" if field.type is FieldType.MONEY else written


def places(answers: Iterable[Mapping[str, object]]) -> dict[str, str]:
    """Return the names of all communes named in ``answers``, by code, in two queries."""
    codes = {
        str(value.get("commune_code"))
        for one in answers
        for value in one.values()
        if isinstance(value, Mapping) and COMMUNE_CODE.match(str(value.get("commune_code")))
    }
    if not codes:
        return {}
    communes = agencies.units(codes)
    return {unit.code: name for unit, name in _full_names(communes.values())}


class _Loose(forms.Field):
    """Takes anything: the catalogue judges."""

    question: FormField
    show_when: conditions.Equality | None = (
        None  #: asked only if this holds, and the question it names is on the page
    )
    condition: str = ""  #: the same in words
    source: str = ""

    def clean(self, value: object) -> object:
        return value

    def has_changed(self, initial: object, data: object) -> bool:
        return bool(initial != data)


class WithUnit(forms.TextInput):
    """A number with its unit behind it."""

    template_name = "design/forms/with_unit.html"

    def __init__(self, unit: str, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.unit = unit

    def get_context(self, name: str, value: object, attrs: dict[str, Any] | None) -> dict[str, Any]:
        return super().get_context(name, value, attrs) | {"unit": self.unit}


class AddressInput(forms.Widget):
    """Street and commune, both typed; the commune by name, with suggestions, or by code.

    A name that fits several places offers them to choose from, on the page that comes back.
    """

    template_name = "design/forms/address.html"
    use_fieldset = True
    offered: tuple[tuple[str, str], ...] = ()  #: (code, name) of places that fit what was typed
    near: tuple[str, ...] = ()  #: names to suggest while typing

    def value_from_datadict(self, data: Mapping[str, Any], files: object, name: str) -> dict[str, str]:
        chosen, place = data.get(f"{name}_chosen", ""), str(data.get(f"{name}_place", "")).strip()
        return {
            "street": str(data.get(f"{name}_street", "")).strip(),
            "commune_code": str(chosen) if COMMUNE_CODE.match(str(chosen)) and chosen != place else place,
        }

    def value_omitted_from_data(self, data: Mapping[str, Any], files: object, name: str) -> bool:
        return f"{name}_place" not in data

    def id_for_label(self, id_: str) -> str:
        return id_

    def get_context(self, name: str, value: object, attrs: dict[str, Any] | None) -> dict[str, Any]:
        parts = value if isinstance(value, Mapping) else {}
        return super().get_context(name, value, attrs) | {
            "street": parts.get("street") or "",
            "place": parts.get("place") or parts.get("commune_code") or "",
            "wrong": bool((attrs or {}).get("aria-invalid")),
            "offered": self.offered,
            "near": self.near,
        }


class AnswerForm(forms.Form):
    """The questions of a definition as a Django form; see :func:`form_for`."""

    use_required_attribute = False

    def __init__(
        self,
        definition: Definition,
        asked: list[FormField],
        known: dict[str, object],
        language: str,
        *,
        today: date,
        data: MultiValueDict[str, Any] | None,
        sources: Mapping[str, str],
        province_code: str,
    ) -> None:
        super().__init__(data=data, prefix=PREFIX)
        self.definition, self.known, self.today = definition, known, today
        self._resolved: dict[str, object] = {}
        self._several: dict[str, tuple[tuple[str, str], ...]] = {}
        places_named = places([known])
        near = _near(province_code) if any(f.type is FieldType.ADDRESS for f in asked) else ()
        for question in asked:
            field = _field(question, language)
            field.source = _source(sources.get(question.key, ""))
            if _called_up(definition, question, {f.key for f in asked}):
                rule = definition.logic.rule("field", question.key, "show_when")
                field.show_when = conditions.equality(rule)
                said = conditions.in_words(definition, rule, language)
                field.condition = _("Chỉ khi %(condition)s") % {"condition": said} if said else ""
            if isinstance(field.widget, AddressInput):
                field.widget.near = near
            self.fields[question.key] = field
            self.initial[question.key] = _typed(question, known.get(question.key), places_named)

    def raw(self, key: str) -> object:
        """Return one answer as typed, its place resolved to a code where that is possible."""
        if key in self._resolved:
            return self._resolved[key]
        field = self.fields[key]
        value = field.widget.value_from_datadict(self.data, self.files, self.add_prefix(key))
        if isinstance(field.widget, AddressInput):
            value = self._place(key, value)
        self._resolved[key] = "" if value is None else value
        return self._resolved[key]

    def clean(self) -> dict[str, Any]:
        """Lay every fault beside its question; give the answers in canonical form."""
        typed = {**self.known, **{key: self.raw(key) for key in self.fields}}
        clean, faults = catalogue.partly_checked_answers(self.definition, typed, today=self.today)
        form = catalogue.filled(self.definition, clean, today=self.today)
        visible = {f.key: f for f in form.shown}
        for key, several in self._several.items():
            faults[key] = "several_places"
            cast("AddressInput", self.fields[key].widget).offered = several
        for key in self.fields:
            question = visible.get(key)
            if question is None:
                continue
            if key in form.required and key not in clean and key not in faults:
                faults[key] = "required"
            if key in faults:
                self.add_error(key, words_for(faults[key], question))
        return {key: clean[key] for key in self.fields if key in clean and key in visible}

    def in_sections(self, language: str) -> Iterator[tuple[str, list[forms.BoundField]]]:
        """Yield (title, fields) of every section that has a question here."""
        for section in self.definition.sections:
            bound = [self[field.key] for field in section.fields if field.key in self.fields]
            if bound:
                yield section.title.to(language), bound

    def _place(self, key: str, value: dict[str, str]) -> dict[str, str]:
        typed = value["commune_code"]
        if not typed or COMMUNE_CODE.match(typed):
            return value
        fitting = _communes_called(typed)
        if len(fitting) == 1:
            return {**value, "commune_code": fitting[0][0]}
        if fitting:
            self._several[key] = fitting
        return value


def _field(question: FormField, language: str) -> _Loose:
    field = _Loose(
        required=question.required,
        label=question.label.to(language),
        help_text=question.hint.to(language) if question.hint else _example(question),
        widget=_widget(question, language),
        template_name="design/forms/answer.html",
    )
    field.question = question
    return field


def _example(question: FormField) -> str:
    return _("Ngày/tháng/năm, ví dụ 25/02/2026") if question.type is FieldType.DATE else ""


def _widget(question: FormField, language: str) -> forms.Widget:
    attrs: dict[str, Any] = {}
    if question.prefill in AUTOCOMPLETE:
        attrs["autocomplete"] = AUTOCOMPLETE[question.prefill]
    if question.type is FieldType.ADDRESS:
        return AddressInput()
    if question.type is FieldType.YES_NO:
        return forms.RadioSelect(choices=[("yes", _("Có")), ("no", _("Không"))])
    if question.type is FieldType.CHOICE:
        choices = [(choice.value, choice.label.to(language)) for choice in question.choices]
        if len(choices) > MOST_RADIOS:
            return forms.Select(attrs, [("", "—"), *choices])
        return forms.RadioSelect(choices=choices)
    if question.type is FieldType.MONEY:
        return WithUnit("₫", attrs | INPUTS[question.type])
    kind = forms.Textarea if question.type is FieldType.LONG_TEXT else forms.TextInput
    return kind({"maxlength": question.max_length} | attrs | INPUTS.get(question.type, {}))


def _typed(question: FormField, value: object, names: Mapping[str, str]) -> object:
    """Return a known answer as it stands in its input."""
    match question.type:
        case FieldType.YES_NO:
            return {True: "yes", False: "no"}.get(cast("bool", value), value) if value != "" else ""
        case FieldType.DATE if isinstance(value, str) and ISO_DATE.match(value):
            return formats.day(date.fromisoformat(value))
        case FieldType.MONEY if isinstance(value, int):
            return f"{value:,}".replace(",", ".")
        case FieldType.ADDRESS if isinstance(value, Mapping):
            code = str(value.get("commune_code") or "")
            return {**value, "place": names.get(code, code)}
        case _:
            return value


def _source(source: str) -> str:
    family = source.split(".", maxsplit=1)[0]
    return _(SOURCES[family]) if family in SOURCES else ""


def _called_up(definition: Definition, question: FormField, here: set[str]) -> bool:
    """Tell whether an answer on this page may make ``question`` apply."""
    node = definition.logic.rule("field", question.key, "show_when")
    return node is not None and bool(names(node) & here)


def _communes_called(text: str) -> tuple[tuple[str, str], ...]:
    """Return (code, full name) of the communes a typed place may mean; one if it says so exactly."""
    wanted = _bare(text)
    found = [
        unit
        for unit in agencies.find_units(text.replace(",", " "), limit=20)
        if COMMUNE_CODE.match(unit.code)
    ]
    named = [(unit.code, name) for unit, name in _full_names(found)]
    exact = [place for place in named if _bare(place[1]) == wanted]
    return tuple(exact or named[:MOST_CHOICES])


def _bare(place: str) -> str:
    """Return a place without accents and without the words people leave out."""
    return " ".join(re.sub(r"\b(tinh|thanh pho|tp)\b|[^a-z0-9]+", " ", fold(place)).split())


def _near(province_code: str) -> tuple[str, ...]:
    if not province_code:
        return ()
    province = agencies.unit(province_code).name
    return tuple(f"{unit.name}, {province}" for unit in agencies.communes(province_code))


def _full_names(units: Iterable[AdminUnitView]) -> list[tuple[AdminUnitView, str]]:
    """Return "commune, province" beside each unit, in one query."""
    communes = list(units)
    provinces = agencies.units({unit.parent_code for unit in communes})
    return [
        (
            unit,
            f"{unit.name}, {provinces[unit.parent_code].name}"
            if unit.parent_code in provinces
            else unit.name,
        )
        for unit in communes
    ]
