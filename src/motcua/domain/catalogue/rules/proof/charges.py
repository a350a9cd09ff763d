"""Fees that contradict themselves or one another.

Source: Law on Fees and Charges 97/2015/QH13: a fee is owed only as an instrument sets it.
"""

from collections.abc import Iterator
from itertools import combinations

from motcua.domain.catalogue.rules.proof.parts import unanswered, when_owed
from motcua.domain.catalogue.rules.proof.search import Search
from motcua.domain.catalogue.rules.proof.worlds import Goal, one_of
from motcua.domain.catalogue.types import (
    CHANNEL,
    FeeSpec,
    FieldType,
    Finding,
    FindingClass,
    Reduction,
    Severity,
)
from motcua.kernel.expressions import Node, NoValue, value

_COUNTED = {FieldType.INTEGER, FieldType.MONEY}


def findings(search: Search) -> Iterator[Finding]:
    """Yield what is wrong with the fees."""
    fees = search.definition.fees
    for n, fee in enumerate(fees):
        where = f"fees.{n}"
        yield from _basis(search, fee, where)
        yield from _counted(search, fee, where)
        yield from _formula(search, fee, where)
        yield from _tiers(search, fee, where)
        yield from _reductions(search, fee, where)
    for (one, first), (other, second) in combinations(enumerate(fees), 2):
        if first.name.vi.casefold() != second.name.vi.casefold():
            continue
        goal = Goal(true=(*when_owed(search.definition, first), *when_owed(search.definition, second)))
        if (found := search.witness(goal)).input is not None:
            facts = {"one": first.key, "other": second.key, "name": first.name.vi, "place": f"fees.{one}"}
            yield Finding(FindingClass.FEE, f"fees.{other}", "same_fee_twice", facts=facts, input=found.input)


def _basis(search: Search, fee: FeeSpec, where: str) -> Iterator[Finding]:
    listed = {basis.number.casefold() for basis in search.definition.legal_basis}
    stated = [(where, fee.key, fee.basis)]
    stated += [(f"{where}.reductions.{r}", each.key, each.basis) for r, each in enumerate(fee.reductions)]
    for place, key, basis in stated:
        if not basis.strip():
            yield Finding(FindingClass.FEE, f"{place}.basis", "no_basis", facts={"fee": key})
        elif not any(number in basis.casefold() for number in listed):
            facts = {"fee": key, "basis": basis}
            yield Finding(FindingClass.FEE, f"{place}.basis", "basis_not_listed", Severity.WARNING, facts)
    if not fee.amount and not fee.tiers and fee.formula is None:
        yield Finding(
            FindingClass.FEE, f"{where}.amount", "costs_nothing", Severity.WARNING, {"fee": fee.key}
        )


def _counted(search: Search, fee: FeeSpec, where: str) -> Iterator[Finding]:
    """Units and times must be there, and be numbers, whenever the fee is owed."""
    questions = {question.key: question for question in search.definition.fields}
    for aspect, key in (("units_field", fee.units_field), ("times_field", fee.times_field)):
        if key is None:
            continue
        facts = {"fee": fee.key, "question": key}
        if questions[key].type not in _COUNTED:
            yield Finding(FindingClass.FEE, f"{where}.{aspect}", "not_a_count", facts=facts)
            continue
        goal = Goal(true=(*when_owed(search.definition, fee), unanswered(key)))
        if (found := search.witness(goal)).input is not None:
            where_ = f"{where}.{aspect}"
            yield Finding(FindingClass.FEE, where_, "count_missing", facts=facts, input=found.input)


def _formula(search: Search, fee: FeeSpec, where: str) -> Iterator[Finding]:
    node = search.definition.logic.rule("fee", fee.key, "formula")
    if node is None:
        return
    goal = Goal(true=when_owed(search.definition, fee), about=(node,))
    room, told = search.room(goal), set()
    for world in search.worlds(goal):
        amount = _amount(node, world)
        if amount is None or amount > 0:
            continue
        what, severity = ("negative", Severity.FAULT) if amount < 0 else ("zero", Severity.WARNING)
        if what not in told:
            told.add(what)
            facts = {"fee": fee.key, "dong": str(amount)}
            yield Finding(FindingClass.FEE, f"{where}.formula", what, severity, facts, room.told(world))
        if "negative" in told:
            return


def _amount(node: Node, world: dict[str, object]) -> int | None:
    try:
        amount = value(node, world)
    except NoValue:
        return None  # told as a rule that fails
    return amount if isinstance(amount, int) else None


def _tiers(search: Search, fee: FeeSpec, where: str) -> Iterator[Finding]:
    """A tier that nobody reaches, because the count has a smaller maximum; units below the first tier."""
    question = next((f for f in search.definition.fields if f.key == fee.units_field), None)
    if question is None:
        return
    for t, (below, _) in enumerate(zip(fee.tiers, fee.tiers[1:], strict=False), start=1):
        if question.maximum is not None and below.up_to is not None and below.up_to >= question.maximum:
            facts = {"fee": fee.key, "question": question.key, "maximum": str(question.maximum)}
            yield Finding(FindingClass.FEE, f"{where}.tiers.{t}", "tier_never", facts=facts)
    if question.minimum is not None and question.minimum < 0:
        facts = {"fee": fee.key, "question": question.key}
        yield Finding(FindingClass.FEE, f"{where}.tiers", "tier_gap", facts=facts)


def _reductions(search: Search, fee: FeeSpec, where: str) -> Iterator[Finding]:
    """Two that give one reason and different shares: which one is right, nobody can say."""
    if twice := _twice([each.key for each in fee.reductions]):
        yield Finding(FindingClass.FEE, f"{where}.reductions", "key_twice", facts={"keys": ", ".join(twice)})
    for (_, first), (other, second) in combinations(enumerate(fee.reductions), 2):
        if first.percent == second.percent or not _rival(first, second):
            continue
        own = [_applies(search, fee, each) for each in (first, second)]
        goal = Goal(true=(*when_owed(search.definition, fee), *own[0], *own[1]))
        if (found := search.witness(goal)).input is not None:
            facts = {
                "one": first.key,
                "other": second.key,
                "first": str(first.percent),
                "second": str(second.percent),
            }
            place = f"{where}.reductions.{other}"
            yield Finding(FindingClass.FEE, place, "reductions_disagree", facts=facts, input=found.input)


def _rival(first: Reduction, second: Reduction) -> bool:
    same_name = first.name.vi.casefold() == second.name.vi.casefold()
    same_channel = bool(set(first.channels) & set(second.channels))
    return same_name or (same_channel and first.when is None and second.when is None)


def _applies(search: Search, fee: FeeSpec, reduction: Reduction) -> tuple[Node, ...]:
    rule = search.definition.logic.rule("reduction", f"{fee.key}.{reduction.key}", "when")
    return (*one_of(CHANNEL, reduction.channels), *((rule,) if rule is not None else ()))


def _twice(keys: list[str]) -> list[str]:
    return sorted({key for key in keys if keys.count(key) > 1})
