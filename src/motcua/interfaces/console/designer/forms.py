"""A form for any part of a definition, made from the grammar; it keeps whatever is typed, right or wrong."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any, Final, TypeAlias

import yaml
from django import forms
from django.utils.translation import gettext as _
from pydantic import BaseModel

from motcua.domain.catalogue import queries as catalogue
from motcua.domain.catalogue.types import BadDefinition
from motcua.interfaces.console.designer import words
from motcua.interfaces.console.designer.kinds import LONG, Attribute, Kind, attributes

Data: TypeAlias = Any  #: plain data of any shape
LONGEST: Final = 20_000  #: characters of one input
Options: TypeAlias = list[tuple[str, str]]
USUAL: Final = frozenset({"hint", "required", "prefill", "show_when", "amount", "name", "title", "originals"})
OWN_PAGES: Final = frozenset({Kind.PART, Kind.PARTS})
NOT_TYPED: Final = frozenset({"format", "code"})  #: of the whole definition; the code is the draft's


class PartForm(forms.Form):
    """The attributes of one part that are typed in; parts of parts have pages of their own."""

    use_required_attribute = False

    def __init__(
        self,
        model: type[BaseModel],
        part: Mapping[str, Data],
        data: Any = None,  # noqa: ANN401 - what a request posted
        *,
        options: Mapping[str, Options] | None = None,
    ) -> None:
        super().__init__(data=data)
        self.model, self.part, self._options = model, part, options or {}
        self.typed = tuple(
            each
            for each in attributes(model)
            if each.kind not in OWN_PAGES and (model.__name__ != "Definition" or each.name not in NOT_TYPED)
        )
        for each in self.typed:
            for name, field in _fields(model.__name__, each, self._options.get(each.name)):
                field.required = each.required
                self.fields[name] = field
                self.initial[name] = _shown(each, name, part)

    @property
    def main(self) -> list[forms.BoundField]:
        """The inputs that are needed, filled or wrong."""
        return [self[name] for name in self.fields if not self._is_spare(name)]

    @property
    def spare(self) -> list[forms.BoundField]:
        """The inputs few parts need, and this one does not use."""
        return [self[name] for name in self.fields if self._is_spare(name)]

    def _is_spare(self, name: str) -> bool:
        stem = name.removesuffix("_vi").removesuffix("_en")
        if name in self.errors or self.fields[name].required:
            return False
        return stem not in self.part and stem not in USUAL

    def value(self) -> dict[str, Data]:
        """Return the part as typed, with its own parts untouched; empty answers are left out."""
        new = {
            key: value for key, value in self.part.items() if key not in {each.name for each in self.typed}
        }
        for each in self.typed:
            value = self._value(each)
            if value not in (None, "", [], {}):
                new[each.name] = value
        order = [each.name for each in attributes(self.model)]
        return dict(sorted(new.items(), key=lambda item: order.index(item[0]) if item[0] in order else 0))

    def lay_faults(self, faults: Mapping[str, str]) -> None:
        """Lay what is wrong beside its input; ``faults`` by attribute."""
        if not self.is_bound:
            self._errors = forms.utils.ErrorDict()
            self.cleaned_data: dict[str, Any] = {}
        for name, said in faults.items():
            target = name if name in self.fields else f"{name}_vi" if f"{name}_vi" in self.fields else None
            self.add_error(target, said)

    def _value(self, each: Attribute) -> Data:  # noqa: PLR0911 - a case per kind
        if each.kind is Kind.WORDS:
            both = {tongue: str(self._raw(f"{each.name}_{tongue}")).strip() for tongue in ("vi", "en")}
            return {tongue: text for tongue, text in both.items() if text}
        raw = self._raw(each.name)
        match each.kind:
            case Kind.YES_NO:
                return {"yes": True, "no": False}.get(str(raw))
            case Kind.MANY:
                return list(raw or ())
            case Kind.TEXTS:
                return [line.strip() for line in str(raw or "").splitlines() if line.strip()]
            case Kind.INT | Kind.NUMBER:
                return _number(str(raw or ""))
            case Kind.DATA:
                return _data(str(raw or ""))
            case _:
                return str(raw or "").replace("\r\n", "\n").strip()

    def _raw(self, name: str) -> Data:
        field = self.fields[name]
        raw = field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name))
        return "" if raw is None else raw


def _fields(model: str, each: Attribute, options: Options | None) -> list[tuple[str, forms.Field]]:
    label = words.name_of(model, each.name)
    if each.kind is Kind.WORDS:
        return [
            (f"{each.name}_vi", _text(f"{label} – tiếng Việt", long=each.name in LONG)),
            (f"{each.name}_en", _text(f"{label} – English", long=each.name in LONG)),
        ]
    if options is not None:
        chosen = forms.ChoiceField(label=label, choices=[("", "—"), *options], required=False)
        return [(each.name, chosen)]
    return [(each.name, _field(label, each))]


def _field(label: str, each: Attribute) -> forms.Field:  # noqa: PLR0911 - a case per kind
    match each.kind:
        case Kind.RULE:
            hint = _("Ví dụ: married && age >= 18. Để trống là luôn luôn.")
            widget = forms.Textarea({"rows": 2, "class": "mono", "spellcheck": "false"})
            return forms.CharField(label=label, help_text=hint, widget=widget, required=False)
        case Kind.YES_NO:
            options = [("", _("Theo mặc định")), ("yes", _("Có")), ("no", _("Không"))]
            return forms.ChoiceField(label=label, choices=options, required=False)
        case Kind.CHOICE:
            options = [("", "—"), *((one, words.value_of(each.name, one)) for one in each.choices)]
            return forms.ChoiceField(label=label, choices=options, required=False)
        case Kind.MANY:
            options = [(one, words.value_of(each.name, one)) for one in each.choices]
            boxes = forms.CheckboxSelectMultiple
            return forms.MultipleChoiceField(label=label, choices=options, widget=boxes, required=False)
        case Kind.TEXTS:
            return _text(label, long=True)
        case Kind.DATA:
            field = _text(label, long=True)
            field.widget.attrs |= {"class": "mono", "spellcheck": "false", "rows": 6}
            return field
        case Kind.DATE:
            day = forms.DateInput(attrs={"type": "date", "class": "w-12"})
            return forms.CharField(label=label, widget=day, required=False)
        case Kind.INT | Kind.NUMBER:
            number = forms.TextInput({"inputmode": "decimal", "class": "w-12 num"})
            return forms.CharField(label=label, widget=number, required=False)
        case _:
            return _text(label, long=False)


def _text(label: str, *, long: bool) -> forms.CharField:
    widget = forms.Textarea({"rows": 3}) if long else forms.TextInput()
    return forms.CharField(label=label, max_length=LONGEST, widget=widget, required=False)


def _shown(each: Attribute, name: str, part: Mapping[str, Data]) -> Data:
    value = part.get(each.name)
    match each.kind, value:
        case Kind.WORDS, Mapping():
            return value.get(name.removeprefix(f"{each.name}_"), "")
        case Kind.YES_NO, bool():
            return "yes" if value else "no"
        case Kind.TEXTS, list() | tuple():
            return "\n".join(map(str, value))
        case Kind.DATA, Mapping() | list() | tuple():
            return yaml.safe_dump(value, allow_unicode=True, sort_keys=False)
        case _, date() | time():
            return value.isoformat()
        case _:
            return "" if value is None else value


def _number(typed: str) -> Data:
    bare = typed.strip().replace(",", ".")
    try:
        return int(bare)
    except ValueError:
        try:
            return float(bare)
        except ValueError:
            return bare


def _data(typed: str) -> Data:
    """Return a mapping typed as YAML; what cannot be read stays text, and the grammar says it is none."""
    try:
        return catalogue.read_plain(typed)
    except BadDefinition:
        return typed
