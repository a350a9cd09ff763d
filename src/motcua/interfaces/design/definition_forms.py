"""A Django form made from a procedure's definition: one field per question, the same in the portal and at the desk.

    form = form_for(definition, "child", draft.answers, "vi", data=request.POST, today=today)
    save(answers_of(form))                # as typed, right or wrong: nothing typed is lost
    if form.is_row_pressed: ...           # a row was added or taken away: draw the form again, judge nothing
    if form.is_valid(): ...               # every question of the section answered as the definition wants

The form holds no rules: ``catalogue.partly_checked_answers`` says what is wrong, ``faults`` says it in words.
Draw it with ``{{ form }}``, or field by field with ``{{ form.child_name.as_field_group }}``, and beside it
``{{ form.rules|json_script:"rules" }}``: with ``design/answers.js`` on the page what does not apply is hidden and
what follows from other answers is computed as one types. Without a script every question says when it applies.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, cast

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from motcua.domain.catalogue import queries as catalogue
from motcua.domain.catalogue.types import Channel, Definition, FieldType, FormField
from motcua.interfaces.design import conditions, places, sources
from motcua.interfaces.design.answers import shown
from motcua.interfaces.design.faults import words_for, words_for_part
from motcua.interfaces.design.inputs import AddressInput, PiecesInput, RowsInput, typed, widget_of
from motcua.interfaces.design.page_rules import PageRules
from motcua.interfaces.design.places import COMMUNE_CODE

PREFIX: Final = "a"  #: every input is named "a-<key>", so that an answer never meets a button or a token
EXAMPLES: Final = {
    FieldType.DATE: gettext_noop("Ngày/tháng/năm, ví dụ 25/02/2026"),
    FieldType.PARTIAL_DATE: gettext_noop("Không nhớ ngày hay tháng thì để trống."),
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
    on_record: Mapping[str, object] | None = None,
    keys: Iterable[str] | None = None,
    province_code: str = "",
    channel: Channel | None = None,
) -> "AnswerForm":
    """Return the form of one section, of ``keys`` alone, or with neither of the whole definition.

    ``answers`` are those known so far, canonical or as typed. ``sources`` says where a prefilled one came
    from, ``on_record`` what a source says where the citizen says otherwise. ``province_code`` is where places
    are suggested from. A question ruled out by an answer of another section is left out.
    """
    wanted = set(keys) if keys is not None else None
    asked = [
        field
        for section in definition.sections
        if section_key is None or section.key == section_key
        for field in section.fields
        if wanted is None or field.key in wanted
    ]
    known, _faults = catalogue.partly_checked_answers(definition, answers, today=today)
    filled = catalogue.filled(definition, known, today=today, channel=channel)
    rules = PageRules(definition, [field.key for field in asked])
    applies = {field.key for field in filled.shown}
    return AnswerForm(
        filled,
        [field for field in asked if field.key in applies or rules.may_show(field.key)],
        dict(answers),
        language,
        rules=rules,
        today=today,
        data=cast("MultiValueDict[str, Any] | None", data),
        sources=sources or {},
        on_record=on_record or {},
        province_code=province_code,
    )


def answers_of(form: "AnswerForm") -> dict[str, object]:
    """Return the answers of a submitted form as typed, to lay into a draft or to register.

    A question that no longer applies gives an empty answer, so that an earlier one does not stay behind.
    What is computed is nobody's answer and left out.
    """
    return {key: form.raw(key) for key, field in form.questions() if field.compute is None}


class _Loose(forms.Field):
    """Takes anything: the catalogue judges."""

    question: FormField
    is_conditional: bool = False  #: answers on the page decide whether it is asked
    condition: str = ""  #: when it is asked, in words
    requirement: str = ""  #: when it must be answered, in words
    source: str = ""  #: where a prefilled answer comes from
    correction: str = ""  #: how to have the source corrected
    on_record: str = ""  #: what the source says where the citizen says otherwise

    def clean(self, value: object) -> object:
        return value

    def has_changed(self, initial: object, data: object) -> bool:
        return bool(initial != data)


@dataclass(frozen=True, slots=True)
class FaultLink:
    """A line of the error summary, leading to the very input."""

    id: str
    label: str
    words: str


class AnswerForm(forms.Form):
    """The questions of a definition as a Django form; see :func:`form_for`."""

    use_required_attribute = False

    def __init__(
        self,
        filled: catalogue.Filled,
        asked: list[FormField],
        known: dict[str, object],
        language: str,
        *,
        rules: PageRules,
        today: date,
        data: MultiValueDict[str, Any] | None,
        sources: Mapping[str, str],
        on_record: Mapping[str, object],
        province_code: str,
    ) -> None:
        super().__init__(data=data, prefix=PREFIX)
        self.definition, self.known, self.today, self.language = filled.definition, known, today, language
        self.channel = filled.channel
        self.rules = rules.as_data(filled.answers, filled.scope)
        self.renamed: list[str] = []  #: sentences about former names of places
        self._resolved: dict[str, object] = {}
        self._place_faults: dict[str, str] = {}
        names = places.names(
            [on_record, {key: known[key] for key in (field.key for field in asked) if key in known}]
        )
        near = places.near(province_code) if any(f.type is FieldType.ADDRESS for f in asked) else ()
        for question in asked:
            field = _field(question, language, is_required=question.key in filled.required)
            self._say_rules(field, question, rules)
            _say_source(field, sources.get(question.key, ""))
            field.on_record = shown(question, on_record.get(question.key), language, places=names)
            if isinstance(field.widget, AddressInput):
                field.widget.near = near
            self.fields[question.key] = field
            answer = filled.answers.get(question.key) if question.compute else known.get(question.key)
            self.initial[question.key] = typed(question, answer, names)

    def questions(self) -> Iterator[tuple[str, FormField]]:
        """Yield the questions of the form by key."""
        yield from ((key, cast("_Loose", field).question) for key, field in self.fields.items())

    @property
    def is_row_pressed(self) -> bool:
        """Whether a button of a table sent the form, to add a row or to take one away."""
        return any(
            field.widget.is_pressed(self.data, self.add_prefix(key))
            for key, field in self.fields.items()
            if isinstance(field.widget, RowsInput)
        )

    @property
    def pressed_id(self) -> str:
        """The id of the table whose button sent the form."""
        for key, field in self.fields.items():
            if isinstance(field.widget, RowsInput) and field.widget.is_pressed(
                self.data, self.add_prefix(key)
            ):
                return str(self[key].auto_id)
        return ""

    @property
    def fault_links(self) -> list[FaultLink]:
        """The faults of the form, each with the input it stands at."""
        return [link for key in self.errors if key in self.fields for link in self._links(key)]

    def raw(self, key: str) -> object:
        """Return one answer as typed, its places resolved to codes where that is possible."""
        if key not in self._resolved:
            field = self.fields[key]
            value = field.widget.value_from_datadict(self.data, self.files, self.add_prefix(key))
            question = cast("_Loose", field).question
            self._resolved[key] = "" if value is None else self._with_places(question, key, value)
        return self._resolved[key]

    def clean(self) -> dict[str, Any]:
        """Lay every fault beside its question; give the answers in canonical form."""
        sent = {key: self.raw(key) for key in self.fields}
        clean, faults = catalogue.partly_checked_answers(
            self.definition, {**self.known, **sent}, today=self.today
        )
        form = catalogue.filled(self.definition, clean, today=self.today, channel=self.channel)
        faults |= self._place_faults
        for question in form.shown:
            key = question.key
            if key not in self.fields:
                continue
            fault = faults.get(key) or catalogue.missing_answer(question, form)
            if fault := fault or catalogue.failed_check(question, form):
                self.add_error(key, words_for(fault, question, self.language))
            self._lay_beside_parts(question, faults)
        return {
            f.key: form.answers[f.key] for f in form.shown if f.key in self.fields and f.key in form.answers
        }

    def in_sections(self, language: str) -> Iterator[tuple[str, list[forms.BoundField]]]:
        """Yield (title, fields) of every section that has a question here."""
        for section in self.definition.sections:
            bound = [self[field.key] for field in section.fields if field.key in self.fields]
            if bound:
                yield section.title.to(language), bound

    def _say_rules(self, field: _Loose, question: FormField, rules: PageRules) -> None:
        logic = self.definition.logic
        field.is_conditional = rules.may_show(question.key)
        if field.is_conditional:
            said = conditions.in_words(
                self.definition, logic.rule("field", question.key, "show_when"), self.language
            )
            field.condition = _("Chỉ khi %(condition)s") % {"condition": said} if said else ""
        required = conditions.in_words(
            self.definition, logic.rule("field", question.key, "require_when"), self.language
        )
        if required:
            field.requirement = _("Bắt buộc khi %(condition)s") % {"condition": required}

    def _lay_beside_parts(self, question: FormField, faults: Mapping[str, str]) -> None:
        widget = self.fields[question.key].widget
        if isinstance(widget, PiecesInput | RowsInput):
            start = f"{question.key}."
            inside = {at.removeprefix(start): fault for at, fault in faults.items() if at.startswith(start)}
            widget.faults = {
                at: words_for_part(fault, question, at, self.language) for at, fault in inside.items()
            }

    def _links(self, key: str) -> Iterator[FaultLink]:
        bound, widget = self[key], self.fields[key].widget
        id_, label = str(bound.auto_id), str(bound.label)
        if isinstance(widget, PiecesInput) and widget.faults:
            called = {piece.key: piece.label for piece in widget.pieces}
            for part, words in widget.faults.items():
                yield FaultLink(f"{id_}_{part}", f"{label}, {called.get(part, part)}", words)
        elif isinstance(widget, RowsInput) and widget.faults:
            called = {column.key: column.label for column in widget.columns}
            for at, words in widget.faults.items():
                row, _point, part = at.partition(".")
                place = _("dòng %(n)s") % {"n": int(row) + 1}
                yield FaultLink(f"{id_}-{row}-{part}", f"{label}, {place}, {called.get(part, part)}", words)
        else:
            first = {"AddressInput": f"{id_}_place", "RadioSelect": f"{id_}_0"}
            exact = first.get(type(widget).__name__) or bound.id_for_label or id_
            yield FaultLink(exact, label, str(self.errors[key][0]))

    def _with_places(self, question: FormField, key: str, value: object) -> object:
        """Return an answer with every place in it as a code; note names that fit several, and former ones."""
        if question.type is FieldType.ADDRESS and isinstance(value, dict):
            return self._placed(key, value)
        if question.type is not FieldType.TABLE or not isinstance(value, list):
            return value
        columns = [column.key for column in question.columns if column.type is FieldType.ADDRESS]
        for number, row in enumerate(value):
            for column in columns:
                row[column] = self._placed(f"{key}.{number}.{column}", row[column])
                if f"{key}.{number}.{column}" in self._place_faults:
                    self._place_faults |= {key: "wrong_rows"}
        return value

    def _placed(self, at: str, value: dict[str, str]) -> dict[str, str]:
        given = value.get("commune_code", "")
        if not given:
            return value
        fitting = places.of_today(given) if COMMUNE_CODE.match(given) else places.called(given)
        widget = self.fields[at].widget if at in self.fields else None
        if len(fitting) == 1:
            place = fitting[0]
            if place.formerly:
                told = {"old": ", ".join(place.formerly), "new": place.name}
                said = _("%(old)s nay thuộc %(new)s; đã ghi nơi mới.") % told
                self.renamed.append(said)
                if isinstance(widget, AddressInput):
                    widget.renamed = said
            return {**value, "commune_code": place.code}
        if fitting:
            self._place_faults[at] = "several_places" if widget else "several_places.cell"
            if isinstance(widget, AddressInput):
                widget.offered = fitting
        return value


def _field(question: FormField, language: str, *, is_required: bool) -> _Loose:
    field = _Loose(
        required=is_required or question.compute is not None,
        label=question.label.to(language),
        help_text=question.hint.to(language) if question.hint else _example(question),
        widget=widget_of(question, language),
        template_name="design/forms/answer.html",
    )
    field.question = question
    return field


def _example(question: FormField) -> str:
    words = EXAMPLES.get(question.type, "")
    return _(words) if words and question.compute is None else ""


def _say_source(field: _Loose, source: str) -> None:
    field.source, field.correction = sources.said(source), sources.correction(source)
