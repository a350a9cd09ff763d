"""What is printed on a result: answers laid out as the template wants them, as the definition says."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Final

from motcua.domain.catalogue.types import Definition, DefinitionFault, FactSpec, FieldType, FormField
from motcua.kernel.money import Money

_PLACE: Final = re.compile(r"\{([a-z][a-z0-9_]*)\}")  #: where an answer stands in a paragraph


@cache
def templates() -> frozenset[str]:
    """Return the names of the templates a result can be printed with."""
    folder = files("motcua.domain.catalogue") / "results"
    return frozenset(f.name.removesuffix(".typ") for f in folder.iterdir() if f.name.endswith(".typ"))


def faults(definition: Definition) -> Iterator[DefinitionFault]:
    """Yield what keeps the result from being printed: an unknown template, a place no answer fills."""
    if definition.result.template not in templates():
        yield DefinitionFault("result.template", "unknown", definition.result.template)
    known = {question.key for question in definition.fields}
    for number, paragraph in enumerate(definition.result.paragraphs):
        for key in set(_PLACE.findall(paragraph)) - known:
            yield DefinitionFault(f"result.paragraphs.{number}", "unknown", key)


def facts(
    definition: Definition, answers: Mapping[str, object], *, units: Mapping[str, str]
) -> dict[str, object]:
    """Return the nested facts of the result template. ``units`` gives commune names by code."""
    printed: dict[str, object] = {}
    for path, text in definition.result.constants.items():
        _lay(printed, path, text)
    for path, spec in definition.result.facts.items():
        if spec.of in answers:
            _lay(printed, path, _written(definition, spec, answers[spec.of], units))
    if definition.result.lines or definition.result.paragraphs:
        printed |= _laid_out(definition, answers, units)
    return printed


def said(definition: Definition, key: str, value: object, units: Mapping[str, str]) -> str:
    """Return an answer as it is read in Vietnamese: labels of choices, dates, money, names of places."""
    question = next(field for field in definition.fields if field.key == key)
    return _said(question, value, units)


def _laid_out(
    definition: Definition, answers: Mapping[str, object], units: Mapping[str, str]
) -> dict[str, object]:
    """Return the facts of the ``official`` template; a line without an answer is left out."""
    words = {key: said(definition, key, value, units) for key, value in answers.items()}
    return {
        "title": definition.result.name.vi,
        "paragraphs": [_PLACE.sub(lambda m: words.get(m[1], "……"), p) for p in definition.result.paragraphs],
        "lines": [
            {"label": line.label.vi, "value": words[line.of]}
            for line in definition.result.lines
            if line.of in words
        ],
        "signatures": [{"role": p.role.value, "title": p.title.vi} for p in definition.result.signatures],
    }


def _said(question: FormField, value: object, units: Mapping[str, str]) -> str:  # noqa: C901, PLR0911 - a case per type
    match question.type, value:
        case FieldType.DATE, str():
            return f"{date.fromisoformat(value):%d/%m/%Y}"
        case FieldType.PARTIAL_DATE, str():
            return "/".join(reversed(value.split("-")))
        case FieldType.MONEY, int():
            return str(Money(value))
        case FieldType.NUMBER, float():
            return f"{value:g}".replace(".", ",")
        case FieldType.YES_NO | FieldType.SIGNATURE, bool():
            return "Có" if value else "Không"
        case FieldType.CHOICE, _:
            return next((choice.label.vi for choice in question.choices if choice.value == value), str(value))
        case FieldType.ADDRESS, Mapping():
            return ", ".join(filter(None, [str(value.get("street", "")), _commune(value, units)]))
        case FieldType.PERSON, Mapping():
            number = value.get("personal_id")
            return f"{value.get('full_name', '')}{f' (số định danh {number})' if number else ''}"
        case FieldType.BANK_ACCOUNT, Mapping():
            return ", ".join(str(value[part]) for part in ("number", "bank", "holder") if part in value)
        case FieldType.TABLE, list():
            return "; ".join(_row_said(question, row, units) for row in value)
        case _:
            return str(value)


def _row_said(question: FormField, row: Mapping[str, object], units: Mapping[str, str]) -> str:
    return ", ".join(_said(c, row[c.key], units) for c in question.columns if c.key in row)


def _commune(address: Mapping[str, object], units: Mapping[str, str]) -> str:
    return units.get(str(address.get("commune_code", "")), "")


def communes_named(answers: Mapping[str, object]) -> set[str]:
    """Return the commune codes that occur in addresses among ``answers``, rows of tables included."""
    found: set[str] = set()
    for answer in answers.values():
        if isinstance(answer, Mapping):
            found |= {str(answer["commune_code"])} if answer.get("commune_code") else communes_named(answer)
        elif isinstance(answer, list):
            found |= {code for row in answer if isinstance(row, Mapping) for code in communes_named(row)}
    return found


def _lay(printed: dict[str, object], path: str, value: object) -> None:
    *outer, last = path.split(".")
    room = printed
    for part in outer:
        room = room.setdefault(part, {})  # type: ignore[assignment]  # only dicts are laid at inner paths
    room[last] = value


def _written(definition: Definition, spec: FactSpec, value: object, units: Mapping[str, str]) -> object:
    if spec.as_ == "lines":
        return [{"code": "", "name": line.strip()} for line in str(value).splitlines() if line.strip()]
    return str(value) if spec.as_ in {"plain", "number"} else said(definition, spec.of, value, units)
