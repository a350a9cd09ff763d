"""Teach the search: write and retire synonyms, take or leave what people's choices teach, count choices."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import F

from motcua.domain.catalogue import queries
from motcua.domain.catalogue.models import DeclinedCandidate, OwnSynonym, SearchChoice
from motcua.domain.catalogue.types.finding import SynonymId, SynonymOrigin
from motcua.domain.catalogue.types.refusals import BadSynonym, UnknownSynonym
from motcua.kernel.actors import Actor, Role
from motcua.kernel.clock import local_date
from motcua.kernel.text import fold
from motcua.platform.ledger import commands as ledger

LONGEST_QUESTION: Final = 80
LONGEST_PHRASE: Final = 100
LONGEST_MEANING: Final = 300
MOST_PHRASES: Final = 50
_PERSONAL: Final = re.compile(r"\d{6,}")  #: a personal number, a phone number, an account


@transaction.atomic
def add_synonym(
    says: Sequence[str], *, means: Sequence[str] = (), codes: Sequence[str] = (), actor: Actor, at: datetime
) -> SynonymId:
    """Write down words people use and what they stand for. Takes the place of a shipped synonym of the same words.

    Raises BadSynonym.
    """
    actor.require(Role.ADMIN)
    return _write(says, means=means, codes=codes, origin=SynonymOrigin.TYPED, actor=actor, at=at)


@transaction.atomic
def retire_synonym(synonym_id: SynonymId, *, actor: Actor, at: datetime) -> None:
    """Let a synonym of this node count no longer; it stays on record. Raises UnknownSynonym."""
    actor.require(Role.ADMIN)
    row = OwnSynonym.objects.select_for_update().counting().filter(pk=synonym_id).first()
    if row is None:
        raise UnknownSynonym(synonym_id=synonym_id)
    row.retired_at, row.retired_by = at, actor.person_id
    row.save(update_fields=["retired_at", "retired_by"])
    ledger.append("catalogue.retire_synonym", row.pk, actor=actor, at=at, facts={"says": row.says})
    transaction.on_commit(queries.forget_index)


@transaction.atomic
def accept_candidate(question: str, code: str, *, actor: Actor, at: datetime) -> SynonymId:
    """Let a question stand for the procedure people chose after it. Raises BadSynonym."""
    actor.require(Role.ADMIN)
    return _write([question], means=(), codes=[code], origin=SynonymOrigin.LEARNED, actor=actor, at=at)


@transaction.atomic
def decline_candidate(question: str, code: str, *, actor: Actor, at: datetime) -> None:
    """Do not propose this lesson again."""
    actor.require(Role.ADMIN)
    row, _ = DeclinedCandidate.objects.get_or_create(
        question=question[:LONGEST_QUESTION],
        code=code[:8],
        defaults={"declined_at": at, "declined_by": actor.person_id},
    )
    facts = {"question": row.question, "code": row.code}
    ledger.append("catalogue.decline_candidate", row.pk, actor=actor, at=at, facts=facts)


@transaction.atomic
def note_choice(question: str, code: str, *, actor: Actor, at: datetime) -> bool:
    """Count that a procedure was chosen after a question; say whether it was counted.

    Keeps the words without accents and the code by month, nothing of the person. Words that look like a number of
    a person or a phone are not kept, nor are codes that are not in force.
    """
    actor.require(*Role)  # whoever may search
    plain = fold(question)
    if not plain or len(plain) > LONGEST_QUESTION or _PERSONAL.search(question.replace(" ", "")):
        return False
    if code not in queries.search_rows_of([code]):
        return False
    month = local_date(at).replace(day=1)
    SearchChoice.objects.bulk_create(
        [SearchChoice(question=plain, code=code, month=month, times=0)], ignore_conflicts=True
    )
    SearchChoice.objects.filter(question=plain, code=code, month=month).update(times=F("times") + 1)
    return True


def _write(
    says: Sequence[str],
    *,
    means: Sequence[str],
    codes: Sequence[str],
    origin: SynonymOrigin,
    actor: Actor,
    at: datetime,
) -> SynonymId:
    phrases, meanings = _cleaned(says), _cleaned(means)
    _refuse_if_unfit(phrases, meanings, codes)
    row = OwnSynonym.objects.create(
        says=phrases, means=meanings, codes=list(codes), origin=origin, added_at=at, added_by=actor.person_id
    )
    facts = {"says": phrases, "means": meanings, "codes": list(codes), "origin": origin}
    ledger.append("catalogue.add_synonym", row.pk, actor=actor, at=at, facts=facts)
    transaction.on_commit(queries.forget_index)
    return SynonymId(row.pk)


def _cleaned(phrases: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(" ".join(phrase.split()) for phrase in phrases if phrase.strip()))


def _refuse_if_unfit(says: list[str], means: list[str], codes: Sequence[str]) -> None:
    fields: dict[str, str] = {}
    if not says or any(not fold(say) for say in says):
        fields["says"] = "required"
    if len(says) > MOST_PHRASES or any(len(say) > LONGEST_PHRASE for say in says):
        fields["says"] = "too_long"
    if len(means) > MOST_PHRASES or any(len(mean) > LONGEST_MEANING for mean in means):
        fields["means"] = "too_long"
    if not means and not codes:
        fields["means"] = "required"
    if set(codes) - set(queries.search_rows_of(codes)):
        fields["codes"] = "unknown"
    if fields:
        raise BadSynonym(fields=fields)
