"""Only what proves is published, and what was published comes back as it was written."""

from datetime import UTC, date, datetime

import pytest
import yaml

from motcua.domain.catalogue import commands, queries
from motcua.domain.catalogue.models import Version
from motcua.domain.catalogue.rules import definitions
from motcua.domain.catalogue.tests.proof.sound import SOUND, changed
from motcua.domain.catalogue.types import HELD, NotProved
from motcua.kernel.actors import SYSTEM

AT = datetime(2026, 3, 2, 2, tzinfo=UTC)
TODAY = date(2026, 3, 2)
TEXT = "# lời ghi chú của người soạn\n" + yaml.safe_dump(dict(SOUND), allow_unicode=True)


@pytest.mark.django_db
def test_what_does_not_prove_is_not_published() -> None:
    text = yaml.safe_dump(changed({"papers.1.show_when": "is_poor && !is_poor"}))

    with pytest.raises(NotProved) as refusal:
        commands.publish(text, actor=SYSTEM, at=AT)

    found = refusal.value.facts["findings"]
    assert isinstance(found, list)
    assert [(each["class"], each["where"]) for each in found] == [("unreachable", "papers.1.show_when")]
    assert not Version.objects.exists()


@pytest.mark.django_db
def test_a_definition_comes_back_byte_for_byte() -> None:
    commands.publish(TEXT, actor=SYSTEM, at=AT)
    assert queries.definition_text("1.000001", on=TODAY) == TEXT
    assert queries.definition_text("1.000001@1", on=TODAY) == TEXT


@pytest.mark.django_db
def test_a_version_older_than_kept_texts_is_written_out_anew() -> None:
    commands.publish(TEXT, actor=SYSTEM, at=AT)
    Version.objects.update(source="")

    written = queries.definition_text("1.000001", on=TODAY)

    assert definitions.parse(written) == definitions.parse(TEXT)


@pytest.mark.parametrize("code", queries.shipped_codes())
def test_a_definition_written_out_reads_the_same(code: str) -> None:
    definition = definitions.parse(queries.shipped_text(code))
    assert definitions.parse(definitions.written(definition)) == definition


def test_the_registers_of_the_node_hold_what_the_proof_counts_on() -> None:
    """``cases`` fills these in from identity; ``test_deeds`` there shows that it does."""
    assert {"account.full_name", "spouse.personal_id", "family.mother_address"} <= HELD.keys()
