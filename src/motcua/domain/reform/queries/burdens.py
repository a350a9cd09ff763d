"""What one procedure takes of people, and how a draft or another version compares with it.

A definition is looked at with the answers of its first test case, the example its author chose; papers, questions
and fee are those of that example.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from motcua.domain.catalogue import queries as catalogue
from motcua.domain.catalogue.types import Definition, DraftView, Record, Subject, UnknownProcedure
from motcua.domain.reform.queries.prices import prices
from motcua.domain.reform.rules import activities
from motcua.domain.reform.rules.cost import cost, saving
from motcua.domain.reform.rules.prices import for_year
from motcua.domain.reform.types import (
    BurdenView,
    ComparisonView,
    Counts,
    NothingToCompare,
    Prices,
    SubjectKind,
)
from motcua.kernel.actors import Actor


def burden(code: str, *, on: date) -> BurdenView:
    """Return what a procedure takes: of its definition in force, else of its record. Raises UnknownProcedure."""
    try:
        view = catalogue.procedure(code, on=on)
    except UnknownProcedure:
        return of_record(catalogue.record(code, on=on).record, known=prices(), on=on)
    return burden_of(view.definition, version=view.version, on=on)


def burden_of(
    definition: Definition, *, version: int = 0, on: date, known: Sequence[Prices] = ()
) -> BurdenView:
    """Return what a definition takes, with the prices of the year of ``on`` (read once, or given as ``known``)."""
    reckoned = for_year(known or prices(), year=on.year, kind=_kind("citizen" in definition.subjects))
    form = catalogue.sample_form(definition)
    typed = sum(not (field.prefill or field.compute) for field in form.shown)
    limit = catalogue.course(form).limit
    days = limit.value * activities.LIMIT_DAYS[limit.unit]
    said = definition.burden or activities.ASSUMED
    done = activities.of_definition(
        definition,
        papers=form.required_papers,
        fee_dong=catalogue.total_fee_dong(form),
        online_percent=reckoned.online_percent,
    )
    return BurdenView(
        code=definition.code,
        name=definition.name.vi,
        version=version,
        counts=activities.counts_of_definition(
            definition,
            papers=len(form.required_papers),
            typed=typed,
            known=len(form.shown) - typed,
            steps=len(form.steps),
            days=days,
        ),
        cost=cost(
            done,
            hourly_income_dong=reckoned.hourly_income_dong,
            times_per_year=Decimal(str(said.times_per_year)),
            subjects_per_year=said.subjects_per_year,
        ),
        prices=reckoned,
        paper_names={paper.key: paper.name.vi for paper in definition.papers},
        is_assumed=definition.burden is None,
        has_definition=True,
    )


def of_record(record: Record, *, known: Sequence[Prices], on: date) -> BurdenView:
    """Return what a procedure without a definition takes, as far as its record and the assumed hours tell."""
    people = {Subject.CITIZEN, Subject.OVERSEAS, Subject.FOREIGNER, Subject.OFFICIAL}
    reckoned = for_year(
        known, year=on.year, kind=_kind(not record.subjects or bool(people & set(record.subjects)))
    )
    counts: Counts = activities.counts_of_record(record)
    return BurdenView(
        code=record.code,
        name=record.name,
        version=0,
        counts=counts,
        cost=cost(
            activities.of_record(record, online_percent=reckoned.online_percent),
            hourly_income_dong=reckoned.hourly_income_dong,
        ),
        prices=reckoned,
        paper_names={str(n + 1): name for n, name in enumerate(activities.paper_names_of(record))},
        is_assumed=True,
        has_definition=False,
    )


def compared(before: Definition, after: Definition, *, on: date, version: int = 0) -> ComparisonView:
    """Return two definitions side by side, reckoned with the prices of one year. ``version`` is that of ``before``."""
    known = prices()
    earlier = burden_of(before, version=version, on=on, known=known)
    later = burden_of(after, on=on, known=known)
    return ComparisonView(
        earlier,
        later,
        once=saving(earlier.cost.once_dong, later.cost.once_dong),
        year=saving(earlier.cost.year_dong, later.cost.year_dong),
    )


def draft_of(code: str, *, actor: Actor) -> DraftView | None:
    """Return the definition of ``code`` in the making, if there is one."""
    return next((each for each in catalogue.definition_drafts(actor=actor) if each.code == code), None)


def draft_compared(code: str, *, on: date, actor: Actor) -> ComparisonView:
    """Return the version in force and the draft that would replace it, side by side.

    Raises NothingToCompare without a draft, UnknownProcedure without a version, BadDefinition while the draft has
    faults.
    """
    draft = draft_of(code, actor=actor)
    if draft is None:
        raise NothingToCompare(code=code)
    view = catalogue.procedure(code, on=on)
    return compared(view.definition, catalogue.drafted(draft), on=on, version=view.version)


def _kind(for_people: bool) -> SubjectKind:
    return SubjectKind.INDIVIDUAL if for_people else SubjectKind.ENTERPRISE
