"""Set the prices of the Standard Cost Model."""

from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from motcua.domain.reform.events import PricesSet
from motcua.domain.reform.models import PriceRow
from motcua.domain.reform.rules.prices import refuse_if_unfit
from motcua.domain.reform.types import Prices
from motcua.kernel.actors import Actor, Role
from motcua.platform.ledger import commands as ledger
from motcua.platform.outbox.commands import announce


@transaction.atomic
def set_prices(prices: Prices, *, actor: Actor, at: datetime) -> None:
    """Reckon a year and kind with ``prices`` from now on; those in their place are kept as replaced.

    Setting the same again does nothing. Raises BadPrices. Announces PricesSet.
    """
    actor.require(Role.ADMIN)
    refuse_if_unfit(prices)
    said = asdict(prices)
    standing = PriceRow.objects.select_for_update().counting().filter(year=prices.year, kind=prices.kind)
    if standing.filter(**said).exists():
        return
    standing.update(replaced_at=at)
    row = PriceRow.objects.create(**said, set_at=at, set_by=actor.person_id)
    ledger.append("reform.set_prices", row.pk, actor=actor, at=at, facts=said)
    announce(
        PricesSet(at=at, year=prices.year, kind=prices.kind, hourly_income_dong=prices.hourly_income_dong)
    )
