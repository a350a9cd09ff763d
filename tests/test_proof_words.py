"""Every finding has words, in both languages."""

from string import Formatter

import pytest
from django.utils.translation import override

from motcua.domain.catalogue.tests.proof.sound import proved
from motcua.domain.catalogue.tests.proof.test_planted_faults import FAULTS, WARNINGS
from motcua.interfaces.design.proof_words import WORDS, said


@pytest.mark.parametrize("changes", [changes for changes, _ in (*FAULTS, *WARNINGS)])
def test_every_planted_fault_is_said(changes: dict[str, object]) -> None:
    for found in proved(changes).findings:
        with override("vi"):
            vietnamese = said(found)
        with override("en"):
            english = said(found)
        assert vietnamese
        assert english != vietnamese


def test_every_sentence_names_its_facts_by_name() -> None:
    for text in WORDS.values():
        assert all(field != "" for _, field, _, _ in Formatter().parse(text) if field is not None)
