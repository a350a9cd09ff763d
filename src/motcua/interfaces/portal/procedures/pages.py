"""The list of procedures and the search; parts of a definition in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.domain.agencies import queries as agencies
from motcua.domain.agencies.types import AgencyKind, AgencyView
from motcua.domain.catalogue import queries as catalogue
from motcua.domain.catalogue.types import (
    Definition,
    FeeSpec,
    PaperSpec,
    ProcedureView,
)
from motcua.interfaces.design.access import ActedRequest, open_to_all
from motcua.interfaces.design.deadlines import amount
from motcua.interfaces.portal.templatetags.portal import language
from motcua.kernel.calendar import Limit, Unit
from motcua.kernel.clock import local_date, now
from motcua.kernel.text import fold

#: level of a procedure → kinds of the offices that perform it
PERFORMERS: Final[Mapping[str, tuple[AgencyKind, ...]]] = {
    "commune": (AgencyKind.COMMUNE,),
    "province": (AgencyKind.PROVINCE, AgencyKind.DEPARTMENT),
    "ministry": (AgencyKind.MINISTRY,),
}
LONGEST_QUESTION: Final = 200


@dataclass(frozen=True, slots=True)
class Found:
    """A procedure in a list, and the words of it that answered the search."""

    view: ProcedureView
    because: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper to prepare, and in which case."""

    spec: PaperSpec
    case: str  #: empty: always


@open_to_all
@require_safe
def procedures(request: ActedRequest) -> HttpResponse:
    """List procedures: all, those of an event of life, or those that answer a search."""
    words = request.GET.get("q", "")[:LONGEST_QUESTION].replace("\x00", "").strip()
    event = request.GET.get("viec", "")
    on = local_date(now())
    if words:
        found = [
            Found(view, because(view.definition, words))
            for view in catalogue.search_definitions(words, on=on)
        ]
    else:
        in_force = catalogue.procedures(on=on)
        found = [Found(view) for view in in_force if not event or view.definition.life_event == event]
    return render(request, "portal/procedures/list.html", {"found": found, "words": words, "event": event})


def because(definition: Definition, words: str) -> tuple[str, ...]:
    """Return the keywords that hold a word of the search: why a procedure was found under another name."""
    wanted = fold(words).split()
    shown = fold(f"{definition.name.vi} {definition.name.en}").split()
    if all(any(part.startswith(word) for part in shown) for word in wanted):
        return ()
    hits = [key for key in definition.keywords if _holds(fold(key).split(), wanted)]
    return tuple(sorted(hits, key=lambda key: -_common(fold(key).split(), wanted))[:2])


def limit_in_words(definition: Definition) -> str:
    """Return the time limit: ``3 ngày làm việc``."""
    limit = Limit(definition.limit.value, Unit(definition.limit.unit))
    return amount(limit, language())


def fee_in_words(fee: FeeSpec) -> str:
    """Return how a fee with tiers is counted; empty for a plain amount."""
    if not fee.tiers:
        return ""
    lines, above = [], 0
    for tier in fee.tiers:
        facts = {"dong": f"{tier.amount:,}".replace(",", "."), "from": above + 1, "to": tier.up_to}
        lines.append(
            _("từ trang %(from)s: %(dong)s ₫ mỗi trang") % facts
            if tier.up_to is None
            else _("trang %(from)s đến %(to)s: %(dong)s ₫ mỗi trang") % facts
        )
        above = tier.up_to or above
    if fee.maximum is not None:
        lines.append(_("nhiều nhất %(dong)s ₫ mỗi bản") % {"dong": f"{fee.maximum:,}".replace(",", ".")})
    return "; ".join(lines)


def offices_for(definition: Definition) -> list[AgencyView]:
    """Return the offices that perform a procedure, in order of their names (one query)."""
    kinds = {kind for level in definition.levels for kind in PERFORMERS[level]}
    return agencies.agencies_of_kind(*kinds)


def _holds(parts: Iterable[str], wanted: Iterable[str]) -> bool:
    return _common(parts, wanted) > 0


def _common(parts: Iterable[str], wanted: Iterable[str]) -> int:
    there = list(parts)
    return sum(any(part.startswith(word) for part in there) for word in wanted)
