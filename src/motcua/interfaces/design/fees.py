"""How a fee came about, step by step, in words: nobody pays what they cannot follow."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from django.utils.translation import gettext as _

from motcua.domain.catalogue.types import FeeLine, FeeStep
from motcua.kernel.money import Money


def how(line: FeeLine, language: str) -> list[str]:
    """Return the sentences that lead to the sum of ``line``; none where the amount is simply set."""
    if [step.what for step in line.steps] == ["amount"]:
        return []
    return list(_sentences(line, language))


def _sentences(line: FeeLine, language: str) -> Iterator[str]:
    before = 0
    for step in line.steps:
        yield _SENTENCES[step.what](step, before, language)
        before = step.dong


def _dong(amount: int) -> str:
    return str(Money(amount))


def _amount(step: FeeStep, _before: int, _language: str) -> str:
    return _("Mức thu: %(fee)s") % {"fee": _dong(step.dong)}


def _tier(step: FeeStep, before: int, _language: str) -> str:
    facts = {"count": step.count, "each": _dong(step.each), "sum": _dong(step.dong - before)}
    return _("%(count)s × %(each)s = %(sum)s") % facts


def _formula(step: FeeStep, _before: int, _language: str) -> str:
    return _("Tính theo những điều bạn khai: %(fee)s") % {"fee": _dong(step.dong)}


def _maximum(step: FeeStep, _before: int, _language: str) -> str:
    return _("Không thu quá %(fee)s") % {"fee": _dong(step.dong)}


def _times(step: FeeStep, _before: int, _language: str) -> str:
    facts = {"count": step.count, "each": _dong(step.each), "sum": _dong(step.dong)}
    return _("%(count)s lần × %(each)s = %(sum)s") % facts


def _reduction(step: FeeStep, before: int, language: str) -> str:
    facts = {
        "name": step.name.to(language) if step.name else "",
        "percent": step.count,
        "basis": step.basis,
        "less": _dong(before - step.dong),
    }
    if step.dong == 0:
        return _("%(name)s: miễn toàn bộ (%(basis)s)") % facts
    return _("%(name)s: giảm %(percent)s%%, bớt %(less)s (%(basis)s)") % facts


_SENTENCES: Final[Mapping[str, Callable[[FeeStep, int, str], str]]] = {
    "amount": _amount,
    "tier": _tier,
    "formula": _formula,
    "maximum": _maximum,
    "times": _times,
    "reduction": _reduction,
}
