"""A procedure is one file: it has a schema, can be compared and copied, and a bad one is refused at once."""

from time import perf_counter
from typing import Any

import jsonschema_rs
import pytest
import yaml

from motcua.domain.catalogue import queries
from motcua.domain.catalogue.rules import definitions
from motcua.domain.catalogue.tests.proof.sound import SOUND, changed, question
from motcua.domain.catalogue.types import BadDefinition

SCHEMA = queries.schema_of_definitions()


def text_of(**changes: object) -> str:
    return yaml.safe_dump(changed(changes), allow_unicode=True)


@pytest.mark.parametrize("code", queries.shipped_codes())
def test_what_ships_is_of_the_published_schema(code: str) -> None:
    raw: Any = definitions.read(queries.shipped_text(code))
    errors = list(jsonschema_rs.validator_for(SCHEMA).iter_errors(_plain(raw)))
    assert errors == []


def test_the_schema_refuses_what_the_reader_refuses() -> None:
    assert not jsonschema_rs.is_valid(SCHEMA, _plain(changed({"limit_s": 3})))


def test_every_part_of_the_schema_is_described() -> None:
    parts = {"Definition": SCHEMA, **SCHEMA["$defs"]}
    missing = [
        f"{name}.{key}"
        for name, part in parts.items()
        for key, described in part.get("properties", {}).items()
        if not described.get("description")
    ]
    assert missing == []


def test_parts_are_compared_by_key_and_not_by_place() -> None:
    fields = SOUND["sections"][0]["fields"]
    other = changed({"sections.0.fields": [*reversed(fields[:-1]), question("extra", "text")]})
    other["name"] = {"vi": "Tên khác", "en": "Another name"}

    found = queries.differences_between(yaml.safe_dump(dict(SOUND)), yaml.safe_dump(other))

    assert {(each.change, each.where) for each in found} == {
        ("changed", "name.vi"),
        ("changed", "name.en"),
        ("added", "sections.house.fields.extra"),
        ("removed", "sections.house.fields.rooms"),
        ("moved", "sections.house.fields"),
    }


def test_a_definition_does_not_differ_from_itself() -> None:
    assert queries.differences_between(yaml.safe_dump(dict(SOUND)), yaml.safe_dump(dict(SOUND))) == []


@pytest.mark.parametrize("code", queries.shipped_codes())
def test_a_clone_is_the_same_but_for_its_code(code: str) -> None:
    text = queries.shipped_text(code)
    cloned = queries.cloned_definition(text, "9.000001")

    assert {each.where for each in queries.differences_between(text, cloned)} == {"code"}
    assert len(cloned.splitlines()) == len(text.splitlines())


def test_a_clone_of_json_is_a_definition_too() -> None:
    import json

    assert definitions.parse(queries.cloned_definition(json.dumps(SOUND), "9.000001")).code == "9.000001"


BOMB = "a: &a [x, x]\n" + "".join(f"k{n}: &b{n} [*a, *a]\n" for n in range(50))
DEEP_RULE = "!" * 300 + "is_poor"
HUGE_RULE = " || ".join(["area > 1"] * 5_000)
MANY_NODES = " || ".join(["area>1"] * 150)
BAD: dict[str, tuple[str, str]] = {
    "not YAML": ("code: [", "unreadable"),
    "a list": ("[1, 2]", "model_type"),
    "nothing": ("", "model_type"),
    "a NUL": ("code: \x00", "unreadable"),
    "twice": ("code: 1\ncode: 2", "unreadable"),
    "references": (BOMB, "unreadable"),
    "deep": ("[" * 5_000, "unreadable"),
    "three megabytes": ("x" * 3_000_000, "too_large"),
    "circular": (
        text_of(
            **{
                "sections.0.fields.8.show_when": 'wood_from != "a"',
                "sections.0.fields.3.show_when": 'note != "b"',
            }
        ),
        "circular",
    ),
    "deep rule": (text_of(**{"cases.0.when": DEEP_RULE}), "bad_expression"),
    "huge rule": (text_of(**{"cases.0.when": HUGE_RULE}), "bad_expression"),
    "many parts": (text_of(**{"cases.0.when": MANY_NODES}), "bad_expression"),
    "10,000 questions": (
        text_of(**{"sections.0.fields": [question(f"q{n}", "text") for n in range(10_000)]}),
        "too_many",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_refused(name: str) -> None:
    text, what = BAD[name]

    with pytest.raises(BadDefinition) as refusal:
        definitions.parse(text)

    faults = refusal.value.facts["faults"]
    assert isinstance(faults, list)
    assert what in {fault["what"] for fault in faults}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_refused_quickly(name: str) -> None:
    begun = perf_counter()
    proof = queries.prove_text(BAD[name][0])
    seconds = perf_counter() - begun

    assert not proof.ok
    assert seconds < 0.5


def _plain(raw: Any) -> Any:
    """Return what was read from YAML as JSON would hold it."""
    if isinstance(raw, dict):
        return {str(key): _plain(value) for key, value in raw.items()}
    if isinstance(raw, list):
        return [_plain(each) for each in raw]
    return raw if isinstance(raw, bool | int | float | str | None) else _scalar(raw)


def _scalar(value: object) -> object:
    from decimal import Decimal

    return float(value) if isinstance(value, Decimal) else str(value)
