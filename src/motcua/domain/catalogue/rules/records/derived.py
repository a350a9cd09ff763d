"""The public record that follows from a definition, for procedures that no decision file announced here."""

from decimal import Decimal
from typing import Final

from motcua.domain.catalogue.types.definition import Definition
from motcua.domain.catalogue.types.process import Channel
from motcua.domain.catalogue.types.record import (
    Announcement,
    Component,
    Fee,
    Instrument,
    Level,
    Method,
    Record,
    Result,
    Sequence,
    Subject,
    TimeUnit,
)

_SUBJECTS: Final = {
    "citizen": (Subject.CITIZEN, Subject.OVERSEAS),
    "organisation": (Subject.ENTERPRISE, Subject.ORGANISATION, Subject.COOPERATIVE),
}
_UNITS: Final = {
    "working_hour": TimeUnit.HOUR,
    "working_day": TimeUnit.WORKING_DAY,
    "calendar_day": TimeUnit.CALENDAR_DAY,
    "month": TimeUnit.MONTH,
}


def record_of(definition: Definition) -> Record:
    """Return the definition as a public record, in Vietnamese."""
    fees = tuple(
        Fee(amount=Decimal(fee.amount or (fee.tiers[0].amount if fee.tiers else 0)), text=fee.name.vi)
        for fee in definition.fees
        if not (fee.when or fee.cases or fee.channels or fee.times_field or fee.formula)
    )
    return Record(
        code=definition.code,
        announcement=Announcement(number=definition.decision, valid_from=definition.valid_from),
        name=definition.name.vi,
        ministry=definition.ministry,
        field=definition.field.vi,
        levels=tuple(Level(level) for level in definition.levels),
        subjects=tuple(who for kind in definition.subjects for who in _SUBJECTS[kind]),
        sequence=(Sequence(steps=tuple(step.name.vi for step in definition.steps)),),
        methods=tuple(
            Method(
                channel=Channel(channel),
                time=definition.limit.value,
                unit=_UNITS[definition.limit.unit],
                free=not definition.fees,
                fees=fees,
            )
            for channel in definition.channels
        ),
        dossier=tuple(
            Component(name=paper.name.vi, originals=paper.originals, copies=paper.copies)
            for paper in definition.papers
        ),
        sets=1,
        legal_basis=tuple(Instrument(number=x.number, title=x.title) for x in definition.legal_basis),
        results=(Result(name=definition.result.name.vi, code=definition.result.code, is_electronic=True),),
        conditions=definition.conditions.vi if definition.conditions else "",
        presence=definition.presence.vi if definition.presence else "",
        related=definition.related,
        keywords=definition.keywords,
        description=definition.summary.vi,
    )
