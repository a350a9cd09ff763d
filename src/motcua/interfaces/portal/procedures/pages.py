"""Parts of a definition in words, for the page of a procedure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from motcua.domain.agencies import queries as agencies
from motcua.domain.agencies.types import AgencyKind, AgencyView
from motcua.domain.catalogue.types import (
    Definition,
    FeeSpec,
    PaperSpec,
)
from motcua.interfaces.design.deadlines import amount
from motcua.interfaces.portal.templatetags.portal import language
from motcua.kernel.calendar import Limit, Unit

#: level of a procedure → kinds of the offices that perform it
PERFORMERS: Final[Mapping[str, tuple[AgencyKind, ...]]] = {
    "commune": (AgencyKind.COMMUNE,),
    "province": (AgencyKind.PROVINCE, AgencyKind.DEPARTMENT),
    "ministry": (AgencyKind.MINISTRY,),
}


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper to prepare, and in which case."""

    spec: PaperSpec
    case: str  #: empty: always


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
