"""What a dossier costs, line by line, and how each line came about. Amounts come from the definition alone."""

from collections.abc import Iterator, Mapping

from motcua.domain.catalogue.rules.answers import Filled
from motcua.domain.catalogue.types import FeeLine, FeeSpec, FeeStep, Reduction
from motcua.kernel.expressions import NoValue, value


def lines(form: Filled) -> list[FeeLine]:
    """Return the fee lines that apply to a filled form; one reduced to nothing stays, and says why."""
    priced = (_line(fee, form) for fee in form.definition.fees if _applies(fee, form))
    return [line for line in priced if line.dong or any(step.what == "reduction" for step in line.steps)]


def total_dong(form: Filled) -> int:
    """Return the sum of all lines in đồng."""
    return sum(line.dong for line in lines(form))


def _applies(fee: FeeSpec, form: Filled) -> bool:
    return (
        (not fee.cases or form.case in fee.cases)
        and (not fee.channels or form.channel is None or form.channel in fee.channels)
        and form.holds("fee", fee.key, "when")
    )


def _line(fee: FeeSpec, form: Filled) -> FeeLine:
    steps = list(_priced(fee, form))
    amount = steps[-1].dong
    if reduction := _greatest_reduction(fee, form):
        amount -= amount * reduction.percent // 100
        steps.append(
            FeeStep("reduction", amount, reduction.percent, name=reduction.name, basis=reduction.basis)
        )
    return FeeLine(fee.key, fee.name, amount, fee.basis, tuple(steps))


def _priced(fee: FeeSpec, form: Filled) -> Iterator[FeeStep]:
    """Yield how the price of one fee comes about; the last step holds it."""
    amount = fee.amount
    if fee.tiers:
        units, amount = _count(form.answers, fee.units_field), 0
        for count, each in _tiered(fee, units):
            amount += count * each
            yield FeeStep("tier", amount, count, each)
    elif fee.formula is not None:
        amount = _formula(fee, form)
        yield FeeStep("formula", amount)
    else:
        yield FeeStep("amount", amount)
    if fee.maximum is not None and amount > fee.maximum:
        amount = fee.maximum
        yield FeeStep("maximum", amount)
    times = _count(form.answers, fee.times_field)
    if times != 1:
        yield FeeStep("times", amount * times, times, amount)


def _formula(fee: FeeSpec, form: Filled) -> int:
    node = form.definition.logic.rule("fee", fee.key, "formula")
    try:
        amount = value(node, form.scope) if node is not None else 0
    except NoValue:
        return 0
    return max(0, amount) if isinstance(amount, int) else 0


def _tiered(fee: FeeSpec, units: int) -> Iterator[tuple[int, int]]:
    """Yield (units, đồng each) of every tier that is reached."""
    done = 0
    for tier in fee.tiers:
        upper = units if tier.up_to is None else min(units, tier.up_to)
        if upper > done or not done:
            yield max(0, upper - done), tier.amount
        done = max(done, upper)


def _greatest_reduction(fee: FeeSpec, form: Filled) -> Reduction | None:
    held = [
        reduction
        for reduction in fee.reductions
        if (not reduction.channels or form.channel in reduction.channels)
        and form.holds("reduction", f"{fee.key}.{reduction.key}", "when")
    ]
    return max(held, key=lambda reduction: reduction.percent, default=None)


def _count(answers: Mapping[str, object], key: str | None) -> int:
    value = answers.get(key) if key else 1
    return value if isinstance(value, int) and not isinstance(value, bool) else 1
