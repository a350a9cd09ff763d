"""Every refusal the code can make has words, in both languages, and the words name only facts."""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages
from string import Formatter

import pytest
from django.utils import translation

import motcua
from motcua.interfaces.design.refusals import WORDS, said, sentence
from motcua.kernel.errors import Refusal

OUTSIDE = (".tests", ".migrations", "__main__")
#: Codes of bare statuses and of shapes, which the API answers without a refusal of its own.
OF_THE_API = {"api.not_found", "api.method_not_allowed", "api.internal_server_error", "api.invalid"}


def descendants(family: type[Refusal]) -> Iterator[type[Refusal]]:
    for child in family.__subclasses__():
        yield child
        yield from descendants(child)


def refusals() -> list[type[Refusal]]:
    for module in walk_packages(motcua.__path__, "motcua."):
        if not any(part in module.name for part in OUTSIDE):
            import_module(module.name)
    found = {each for each in descendants(Refusal) if not any(part in each.__module__ for part in OUTSIDE)}
    return sorted({Refusal, *found}, key=lambda each: each.code)


def facts_named(words: str) -> set[str | None]:
    return {name for _text, name, _spec, _conversion in Formatter().parse(words)} - {None}


def test_every_refusal_has_words() -> None:
    mute = [
        f"{each.__module__}.{each.__name__}: {each.code}" for each in refusals() if each.code not in WORDS
    ]

    assert mute == [], "say in interfaces/design/refusals.py what happened and what to do"


def test_no_words_outlive_their_refusal() -> None:
    assert set(WORDS) - {each.code for each in refusals()} - OF_THE_API == set()


@pytest.mark.parametrize("code", sorted(WORDS))
def test_the_words_are_two_sentences_in_both_languages(code: str) -> None:
    words = WORDS[code]
    for vietnamese in (words.happened, words.next_step):
        assert vietnamese.endswith("."), vietnamese
        with translation.override("en"):
            english = translation.gettext(vietnamese)
        assert english != vietnamese
        assert facts_named(english) == facts_named(vietnamese)


def test_facts_are_written_for_people() -> None:
    with translation.override("vi"):
        assert "52,4 MB" in sentence("files.too_large", {"limit": 52_400_000})
        assert "cán bộ một cửa, lãnh đạo" in sentence("kernel.not_permitted", {"needed": ["clerk", "leader"]})
        assert "150.000" in sentence("cases.fee_unpaid", {"fee_dong": 150_000})
        assert "Sai số chữ số: có 11" in sentence(
            "identifiers.not_a_personal_id", {"reason": "length", "length": 11, "expected": "12"}
        )


def test_a_fact_is_never_read_as_a_sentence() -> None:
    facts = {"declared": "{needed.__class__}", "found": "x" * 500}

    happened = said("files.type_mismatch", facts).happened

    assert "{needed.__class__}" in happened
    assert len(happened) < 200


def test_a_missing_fact_leaves_a_gap() -> None:
    assert "…" in sentence("cases.fee_unpaid", {})
