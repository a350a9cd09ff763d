"""What is printed on a result: answers laid out as the template wants them, as the definition says."""

from collections.abc import Mapping
from datetime import date

from motcua.domain.catalogue.types import Definition, FactSpec
from motcua.kernel.money import Money


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
    return printed


def communes_named(answers: Mapping[str, object]) -> set[str]:
    """Return the commune codes that occur in addresses among ``answers``."""
    return {
        str(a["commune_code"]) for a in answers.values() if isinstance(a, Mapping) and a.get("commune_code")
    }


def _lay(printed: dict[str, object], path: str, value: object) -> None:
    *outer, last = path.split(".")
    room = printed
    for part in outer:
        room = room.setdefault(part, {})  # type: ignore[assignment]  # only dicts are laid at inner paths
    room[last] = value


def _written(definition: Definition, spec: FactSpec, value: object, units: Mapping[str, str]) -> object:
    match spec.as_:
        case "date":
            return f"{date.fromisoformat(str(value)):%d/%m/%Y}"
        case "money":
            return str(Money(int(str(value))))
        case "choice":
            field = next(field for field in definition.fields if field.key == spec.of)
            return next((choice.label.vi for choice in field.choices if choice.value == value), str(value))
        case "address" if isinstance(value, Mapping):
            code = str(value.get("commune_code", ""))
            return ", ".join(filter(None, [str(value.get("street", "")), units.get(code, "")]))
        case "lines":
            return [{"code": "", "name": line.strip()} for line in str(value).splitlines() if line.strip()]
        case _:
            return str(value)
