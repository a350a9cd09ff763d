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
from motcua.interfaces.design.conditions import in_words
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


@dataclass(frozen=True, slots=True)
class Price:
    """A fee, and what people need to know before they owe it."""

    fee: FeeSpec
    counted: str  #: how it is counted; empty for a plain amount
    condition: str  #: when it is owed; empty: always, or too involved to say
    reductions: tuple[str, ...]
    is_plain: bool  #: one amount that everybody owes


def limit_in_words(definition: Definition) -> str:
    """Return the time limit: ``3 ngày làm việc``."""
    limit = Limit(definition.limit.value, Unit(definition.limit.unit))
    return amount(limit, language())


def prices_of(definition: Definition) -> list[Price]:
    """Return the fees of a definition, each with how it is counted, when it is owed and who pays less."""
    return [_price(definition, fee) for fee in definition.fees]


def _price(definition: Definition, fee: FeeSpec) -> Price:
    said = language()
    conditions = [in_words(definition, definition.logic.rule("fee", fee.key, "when"), said)]
    conditions += [case.name.to(said) for case in definition.cases if case.key in fee.cases]
    counted = _tiers_in_words(definition, fee) if fee.tiers else ""
    if fee.formula is not None:
        counted = _("tính theo điều bạn khai")
    elif not fee.tiers and fee.times_field is not None:
        dong = f"{fee.amount:,}".replace(",", ".")
        counted = f"{dong} ₫ × {_asked(definition, fee.times_field)}"
    is_owed_by_all = not (fee.when or fee.cases or fee.channels or fee.times_field or fee.formula)
    reductions = tuple(f"{each.name.to(said)}: −{each.percent}%" for each in fee.reductions)
    return Price(
        fee, counted, "; ".join(filter(None, conditions)), reductions, is_owed_by_all and not fee.tiers
    )


def _tiers_in_words(definition: Definition, fee: FeeSpec) -> str:
    lines, above = [_asked(definition, fee.units_field or "")], 0
    for tier in fee.tiers:
        facts = {"dong": f"{tier.amount:,}".replace(",", "."), "from": above + 1, "to": tier.up_to}
        lines.append(
            _("từ %(from)s trở lên, %(dong)s ₫ mỗi đơn vị") % facts
            if tier.up_to is None
            else _("từ %(from)s đến %(to)s, %(dong)s ₫ mỗi đơn vị") % facts
        )
        above = tier.up_to or above
    if fee.maximum is not None:
        lines.append(_("nhiều nhất %(dong)s ₫") % {"dong": f"{fee.maximum:,}".replace(",", ".")})
    return "; ".join(filter(None, lines))


def _asked(definition: Definition, key: str) -> str:
    return next((field.label.to(language()) for field in definition.fields if field.key == key), "")


def offices_for(definition: Definition) -> list[AgencyView]:
    """Return the offices that perform a procedure, in order of their names (one query)."""
    kinds = {kind for level in definition.levels for kind in PERFORMERS[level]}
    return agencies.agencies_of_kind(*kinds)
