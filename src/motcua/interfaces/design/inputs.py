"""What a question is answered with: one widget for each type, usable without a script.

An answer of several parts (an address, a person, a bank account, the rows of a table) is one widget with an
input for each part; ``faults`` stand beside their part, keyed as ``catalogue.rules.reading`` keys them:
"personal_id" in a person, "2.size" in the third row of a table.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, cast

from django import forms
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from motcua.domain.catalogue.types import MOST_ROWS, FieldType, FormField
from motcua.interfaces.design import banks, formats
from motcua.interfaces.design.places import COMMUNE_CODE, Place
from motcua.kernel.text import fold

MOST_RADIOS: Final = 7  #: more choices than this become a list to open
MOST_LISTED: Final = 15  #: more than this become a list to search
ISO_DATE: Final = re.compile(r"^\d{4}-\d{2}-\d{2}$")
NEW_ROW: Final = "__n__"  #: the number of the row a script copies
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
    FieldType.NUMBER: {"inputmode": "decimal", "class": "w-8 num", "maxlength": 24},
    FieldType.MONEY: {"inputmode": "numeric", "class": "num", "maxlength": 24},
    FieldType.DATE: {"inputmode": "numeric", "class": "w-12 num", "maxlength": 10},
    FieldType.PERSONAL_ID: {"inputmode": "numeric", "class": "w-12 num", "maxlength": 18},
    FieldType.TAX_CODE: {"class": "w-12 num", "maxlength": 18},
    FieldType.PHONE: {"type": "tel", "class": "w-12 num", "maxlength": 20},
    FieldType.EMAIL: {"type": "email", "class": "w-20", "maxlength": 254},
}
Data = Mapping[str, Any]
Files = Any  # as Django hands them on; no question takes files


class WithUnit(forms.TextInput):
    """A number with its unit behind it."""

    template_name = "design/forms/with_unit.html"

    def __init__(self, unit: str, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.unit = unit

    def get_context(self, name: str, value: object, attrs: dict[str, Any] | None) -> dict[str, Any]:
        return super().get_context(name, value, attrs) | {"unit": self.unit}


class Searched(forms.TextInput):
    """A long list searched by typing: the label is typed or chosen, its value is the answer."""

    template_name = "design/forms/searched.html"

    def __init__(self, choices: Sequence[tuple[str, str]], attrs: dict[str, Any] | None = None) -> None:
        known = {"autocomplete": "off", "data-searched": "", "placeholder": _("Gõ để tìm")}
        super().__init__(known | (attrs or {}))
        self.listed = tuple(choices)
        self._values = {fold(label): value for value, label in choices}
        self._labels = dict(choices)

    def value_from_datadict(self, data: Data, files: Files, name: str) -> str:
        typed = str(data.get(name, "")).strip()
        return self._values.get(fold(typed), typed)

    def format_value(self, value: object) -> str:
        return self._labels.get(str(value), str(value)) if value else ""

    def get_context(self, name: str, value: object, attrs: dict[str, Any] | None) -> dict[str, Any]:
        pointed = (attrs or {}) | {"list": f"{(attrs or {}).get('id', name)}_list"}
        return super().get_context(name, value, pointed) | {"listed": self.listed}


class BankSearched(Searched):
    """The list of banks; a bank may be named by its code as well."""

    def __init__(self) -> None:
        super().__init__([(one.short_name, one.said) for one in banks.banks()], {"maxlength": 120})

    def value_from_datadict(self, data: Data, files: Files, name: str) -> str:
        typed = str(data.get(name, "")).strip()
        listed = banks.bank(typed)
        return listed.short_name if listed else typed


class Affirmed(forms.Widget):
    """A declaration to tick."""

    template_name = "design/forms/affirmed.html"

    def value_from_datadict(self, data: Data, files: Files, name: str) -> str:
        return "yes" if data.get(name) == "yes" else ""

    def value_omitted_from_data(self, data: Data, files: Files, name: str) -> bool:
        return False  # a box that is not ticked sends nothing


class Computed(forms.Widget):
    """An answer that follows from others: shown, never sent."""

    template_name = "design/forms/computed.html"

    def __init__(self, unit: str = "") -> None:
        super().__init__()
        self.unit = unit

    def get_context(self, name: str, value: object, attrs: dict[str, Any] | None) -> dict[str, Any]:
        return super().get_context(name, value, attrs) | {"unit": self.unit}

    def value_from_datadict(self, data: Data, files: Files, name: str) -> str:
        return ""

    def value_omitted_from_data(self, data: Data, files: Files, name: str) -> bool:
        return True


class AddressInput(forms.Widget):
    """Street and commune, both typed; the commune by name, with suggestions, or by code.

    A name that fits several places offers them to choose from, on the page that comes back.
    """

    template_name = "design/forms/address.html"
    use_fieldset = True
    offered: tuple[Place, ...] = ()  #: places that fit what was typed
    near: tuple[str, ...] = ()  #: names to suggest while typing
    renamed: str = ""  #: what a former name became

    def value_from_datadict(self, data: Data, files: Files, name: str) -> dict[str, str]:
        chosen, place = data.get(f"{name}_chosen", ""), str(data.get(f"{name}_place", "")).strip()
        return {
            "street": str(data.get(f"{name}_street", "")).strip(),
            "commune_code": str(chosen) if COMMUNE_CODE.match(str(chosen)) and chosen != place else place,
        }

    def value_omitted_from_data(self, data: Data, files: Files, name: str) -> bool:
        return f"{name}_place" not in data

    def id_for_label(self, id_: str) -> str:
        return id_

    def get_context(self, name: str, value: object, attrs: dict[str, Any] | None) -> dict[str, Any]:
        parts = value if isinstance(value, Mapping) else {}
        code, place = parts.get("commune_code") or "", parts.get("place") or parts.get("commune_code") or ""
        return super().get_context(name, value, attrs) | {
            "street": parts.get("street") or "",
            "place": place,
            "code": code if COMMUNE_CODE.match(str(code)) else "",
            "wrong": bool((attrs or {}).get("aria-invalid")),
            "offered": self.offered,
            "near": self.near,
            "renamed": self.renamed,
        }


@dataclass(frozen=True, slots=True)
class Piece:
    """One input of an answer of several parts."""

    key: str
    label: str
    widget: forms.Widget
    is_required: bool = True


@dataclass(frozen=True, slots=True)
class Drawn:
    """A piece as it is drawn."""

    id: str
    label: str
    fault: str
    input: SafeString
    is_required: bool
    is_group: bool  #: made of several inputs itself


def _drawn(piece: Piece, name: str, value: object, *, id_: str, fault: str) -> Drawn:
    attrs = {"id": id_} | ({"aria-invalid": "true", "aria-describedby": f"{id_}_error"} if fault else {})
    html = piece.widget.render(name, value, attrs)
    return Drawn(id_, piece.label, fault, html, piece.is_required, piece.widget.use_fieldset)


class PiecesInput(forms.Widget):
    """An answer of several parts, one input each, in a fieldset."""

    template_name = "design/forms/pieces.html"
    use_fieldset = True

    def __init__(self, pieces: Sequence[Piece], *, classes: str = "") -> None:
        super().__init__()
        self.pieces = tuple(pieces)
        self.classes = classes
        self.faults: Mapping[str, str] = {}

    def value_from_datadict(self, data: Data, files: Files, name: str) -> object:
        return {p.key: p.widget.value_from_datadict(data, files, f"{name}_{p.key}") for p in self.pieces}

    def value_omitted_from_data(self, data: Data, files: Files, name: str) -> bool:
        return all(p.widget.value_omitted_from_data(data, files, f"{name}_{p.key}") for p in self.pieces)

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_{self.pieces[0].key}"

    def get_context(self, name: str, value: object, attrs: dict[str, Any] | None) -> dict[str, Any]:
        given, id_ = self.taken_apart(value), str((attrs or {}).get("id", ""))
        drawn = [
            _drawn(
                piece,
                f"{name}_{piece.key}",
                given.get(piece.key),
                id_=f"{id_}_{piece.key}",
                fault=self.faults.get(piece.key, ""),
            )
            for piece in self.pieces
        ]
        return super().get_context(name, value, attrs) | {"pieces": drawn, "classes": self.classes}

    def taken_apart(self, value: object) -> Mapping[str, object]:
        """Return an answer by its parts."""
        return value if isinstance(value, Mapping) else {}


class PartialDateInput(PiecesInput):
    """Day, month and year, of which old people may know the year alone."""

    def __init__(self) -> None:
        small = {"inputmode": "numeric", "class": "w-4 num", "autocomplete": "off"}
        super().__init__(
            (
                Piece("day", _("Ngày"), forms.TextInput(small | {"maxlength": 2}), is_required=False),
                Piece("month", _("Tháng"), forms.TextInput(small | {"maxlength": 2}), is_required=False),
                Piece("year", _("Năm"), forms.TextInput(small | {"maxlength": 4})),
            ),
            classes="across",
        )

    def value_from_datadict(self, data: Data, files: Files, name: str) -> str:
        parts = cast("dict[str, str]", super().value_from_datadict(data, files, name))
        day, month, year = ((parts[key] or "").strip() for key in ("day", "month", "year"))
        if day:
            return f"{day}/{month}/{year}"  # a day without a month is said to be wrong, not taken for a month
        return f"{month}/{year}" if month else year

    def taken_apart(self, value: object) -> Mapping[str, object]:
        parts = re.split(r"[/.]", str(value or "")) if "-" not in str(value) else str(value).split("-")[::-1]
        return dict(zip(("year", "month", "day"), reversed(parts), strict=False))


class RowsInput(forms.Widget):
    """Rows of the same questions. Rows are added and taken away by buttons that send the form."""

    template_name = "design/forms/rows.html"
    use_fieldset = True

    def __init__(self, columns: Sequence[Piece], *, least: int, most: int) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self.least, self.most = least, most
        self.faults: Mapping[str, str] = {}

    def value_from_datadict(self, data: Data, files: Files, name: str) -> list[dict[str, object]]:
        """Return the rows that hold anything, without one that is taken away, with one that is added."""
        row_of = re.compile(rf"^{re.escape(name)}-([0-9]{{1,4}})-")
        numbers = sorted({int(match[1]) for sent in data if (match := row_of.match(sent))})[: MOST_ROWS + 1]
        removed = str(data.get(f"{name}-remove", ""))
        rows = [self._row(data, files, f"{name}-{n}") for n in numbers if str(n) != removed]
        kept = [row for row in rows if _holds_something(row)]
        return [*kept, {}] if f"{name}-add" in data else kept

    def is_pressed(self, data: Data, name: str) -> bool:
        """Tell whether a button of the table sent the form."""
        return f"{name}-add" in data or f"{name}-remove" in data

    def value_omitted_from_data(self, data: Data, files: Files, name: str) -> bool:
        return not any(str(sent).startswith(f"{name}-") for sent in data)

    def id_for_label(self, id_: str) -> str:
        return f"{id_}-0-{self.columns[0].key}"

    def get_context(self, name: str, value: object, attrs: dict[str, Any] | None) -> dict[str, Any]:
        id_ = str((attrs or {}).get("id", ""))
        rows = [row if isinstance(row, Mapping) else {} for row in value] if isinstance(value, list) else []
        rows += [{}] * (max(1, self.least) - len(rows))
        return super().get_context(name, value, attrs) | {
            "columns": self.columns,
            "rows": [(n, self._cells(name, id_, str(n), row)) for n, row in enumerate(rows)],
            "blank": self._cells(name, id_, NEW_ROW, {}),
            "is_full": len(rows) >= self.most,
            "most": self.most,
            "new_row": NEW_ROW,
        }

    def _row(self, data: Data, files: Files, name: str) -> dict[str, object]:
        return {c.key: c.widget.value_from_datadict(data, files, f"{name}-{c.key}") for c in self.columns}

    def _cells(self, name: str, id_: str, number: str, row: Mapping[str, object]) -> list[Drawn]:
        return [
            _drawn(
                column,
                f"{name}-{number}-{column.key}",
                row.get(column.key),
                id_=f"{id_}-{number}-{column.key}",
                fault=self.faults.get(f"{number}.{column.key}", ""),
            )
            for column in self.columns
        ]


def _holds_something(value: object) -> bool:
    if isinstance(value, Mapping):
        return any(_holds_something(part) for part in value.values())
    return value is not None and value != ""


def widget_of(question: FormField, language: str) -> forms.Widget:  # noqa: PLR0911 - a way for each kind of type
    """Return what a question is answered with."""
    attrs = {"autocomplete": AUTOCOMPLETE[question.prefill]} if question.prefill in AUTOCOMPLETE else {}
    if question.compute is not None:
        return Computed(_unit(question, language))
    match question.type:
        case FieldType.ADDRESS:
            return AddressInput()
        case FieldType.YES_NO:
            return forms.RadioSelect(choices=[("yes", _("Có")), ("no", _("Không"))])
        case FieldType.CHOICE:
            return _chosen(question, language, attrs)
        case FieldType.SIGNATURE:
            return Affirmed()
        case FieldType.PARTIAL_DATE:
            return PartialDateInput()
        case FieldType.PERSON:
            return PiecesInput(tuple(_person()))
        case FieldType.BANK_ACCOUNT:
            return PiecesInput(tuple(_bank_account()))
        case FieldType.TABLE:
            columns = [
                Piece(c.key, c.label.to(language), _cell(c, language), is_required=c.required)
                for c in question.columns
            ]
            return RowsInput(columns, least=question.minimum or 0, most=question.maximum or MOST_ROWS)
        case _:
            return _line(question, language, attrs)


def _line(question: FormField, language: str, attrs: dict[str, Any]) -> forms.Widget:
    known = {"maxlength": question.max_length} | attrs | INPUTS.get(question.type, {})
    if unit := _unit(question, language):
        return WithUnit(unit, known)
    return forms.Textarea(known) if question.type is FieldType.LONG_TEXT else forms.TextInput(known)


def _unit(question: FormField, language: str) -> str:
    if question.type is FieldType.MONEY:
        return "₫"
    return question.unit.to(language) if question.unit else ""


def _chosen(question: FormField, language: str, attrs: dict[str, Any]) -> forms.Widget:
    choices = [(choice.value, choice.label.to(language)) for choice in question.choices]
    if len(choices) > MOST_LISTED:
        return Searched(choices, attrs)
    return (
        forms.Select(attrs, [("", "—"), *choices])
        if len(choices) > MOST_RADIOS
        else forms.RadioSelect(choices=choices)
    )


def _cell(column: FormField, language: str) -> forms.Widget:
    """Return the widget of a column: as narrow as it can be."""
    match column.type:
        case FieldType.YES_NO:
            return forms.Select({}, [("", "—"), ("yes", _("Có")), ("no", _("Không"))])
        case FieldType.CHOICE:
            return forms.Select({}, [("", "—"), *((c.value, c.label.to(language)) for c in column.choices)])
        case _:
            return widget_of(column, language)


def _person() -> Iterator[Piece]:
    yield Piece("full_name", _("Họ, chữ đệm và tên"), forms.TextInput({"maxlength": 200}))
    number = forms.TextInput(dict(INPUTS[FieldType.PERSONAL_ID]))
    yield Piece("personal_id", _("Số định danh cá nhân"), number, is_required=False)
    born = forms.TextInput({**INPUTS[FieldType.DATE], "placeholder": _("ngày/tháng/năm")})
    yield Piece("born_on", _("Ngày sinh"), born, is_required=False)


def _bank_account() -> Iterator[Piece]:
    yield Piece("bank", _("Ngân hàng"), BankSearched())
    number = forms.TextInput({"class": "w-20 num", "maxlength": 26, "autocomplete": "off"})
    yield Piece("number", _("Số tài khoản"), number)
    yield Piece("holder", _("Tên chủ tài khoản"), forms.TextInput({"maxlength": 120}))


def typed(question: FormField, value: object, names: Mapping[str, str]) -> object:  # noqa: PLR0911 - by type
    """Return a known answer as it stands in its input. ``names`` are those of communes by code."""
    match question.type, value:
        case FieldType.YES_NO | FieldType.SIGNATURE, bool():
            return "yes" if value else "no"
        case FieldType.DATE, str() if ISO_DATE.match(value):
            return formats.day(date.fromisoformat(value))
        case (FieldType.MONEY, int()):
            return f"{value:,}".replace(",", ".")
        case FieldType.NUMBER, int() | float():
            return number(float(value), question.decimals)
        case FieldType.ADDRESS, Mapping():
            code = str(value.get("commune_code") or "")
            return {**value, "place": names.get(code, code)}
        case FieldType.PERSON, Mapping():
            born = str(value.get("born_on") or "")
            return {
                **value,
                "born_on": formats.day(date.fromisoformat(born)) if ISO_DATE.match(born) else born,
            }
        case FieldType.TABLE, list():
            return [_row_typed(question, row, names) for row in value if isinstance(row, Mapping)]
        case _:
            return value


def _row_typed(question: FormField, row: Mapping[str, object], names: Mapping[str, str]) -> dict[str, object]:
    return {column.key: typed(column, row.get(column.key), names) for column in question.columns}


def number(value: float, decimals: int) -> str:
    """Return ``1.234,5``: points between thousands, a comma before what is smaller than one."""
    whole, _point, rest = f"{value:,.{decimals}f}".partition(".")
    rest = rest.rstrip("0")
    return whole.replace(",", ".") + (f",{rest}" if rest else "")
