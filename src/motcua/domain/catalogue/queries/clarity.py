"""What readers said about the pages of procedures."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from motcua.domain.catalogue.models import ClarityAnswer


@dataclass(frozen=True, slots=True)
class Clarity:
    """How clear readers found one page."""

    clear: int
    unclear: int
    words: tuple[tuple[date, bool, str], ...]  #: the last words left: day, whether clear, words


def clarity(code: str, *, limit: int = 20) -> Clarity:
    """Return how many readers found the page of a procedure clear, and their last words. Two queries."""
    said = ClarityAnswer.objects.filter(procedure__code=code)
    counted = said.aggregate(
        yes=Count("id", filter=Q(is_clear=True)), no=Count("id", filter=Q(is_clear=False))
    )
    words = said.exclude(words="").order_by("-id").values_list("on", "is_clear", "words")[:limit]
    return Clarity(counted["yes"], counted["no"], tuple(words))


def least_clear(*, limit: int = 10) -> list[tuple[str, int, int]]:
    """Return (code, clear, unclear) of the pages most readers found unclear."""
    rows = (
        ClarityAnswer.objects.values_list("procedure__code")
        .annotate(yes=Count("id", filter=Q(is_clear=True)), no=Count("id", filter=Q(is_clear=False)))
        .filter(no__gt=0)
        .order_by("-no", "procedure__code")[:limit]
    )
    return list(rows)
