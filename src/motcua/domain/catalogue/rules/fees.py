"""What a dossier costs, line by line. Every amount comes from the definition, never from code."""

from collections.abc import Mapping

from motcua.domain.catalogue.types import Definition, FeeLine, FeeSpec


def lines(definition: Definition, answers: Mapping[str, object]) -> list[FeeLine]:
    """Return the fee lines that cost something, given canonical ``answers``."""
    priced = [FeeLine(fee.key, fee.name, _amount(fee, answers), fee.basis) for fee in definition.fees]
    return [line for line in priced if line.dong]


def total_dong(definition: Definition, answers: Mapping[str, object]) -> int:
    """Return the sum of all lines in đồng."""
    return sum(line.dong for line in lines(definition, answers))


def _amount(fee: FeeSpec, answers: Mapping[str, object]) -> int:
    one = _tiered(fee, _count(answers, fee.units_field)) if fee.tiers else fee.amount
    capped = one if fee.maximum is None else min(one, fee.maximum)
    return capped * _count(answers, fee.times_field)


def _tiered(fee: FeeSpec, units: int) -> int:
    total, done = 0, 0
    for tier in fee.tiers:
        upper = units if tier.up_to is None else min(units, tier.up_to)
        total += max(0, upper - done) * tier.amount
        done = max(done, upper)
    return total


def _count(answers: Mapping[str, object], key: str | None) -> int:
    value = answers.get(key) if key else 1
    return value if isinstance(value, int) and not isinstance(value, bool) else 1
