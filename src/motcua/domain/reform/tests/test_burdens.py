"""What procedures take of people: counted from definitions and records, compared, ranked, saved."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from motcua.domain.catalogue import commands as catalogue_commands
from motcua.domain.catalogue import queries as catalogue
from motcua.domain.catalogue.testing import BIRTH, HOUSEHOLD_BUSINESS, the_procedures
from motcua.domain.catalogue.types import Burden, UnknownProcedure
from motcua.domain.reform import commands, queries
from motcua.domain.reform.models import PriceRow
from motcua.domain.reform.types import (
    ActivityKind,
    BadPrices,
    NothingToCompare,
    RankRow,
    SortKey,
    SubjectKind,
)
from motcua.kernel.actors import SYSTEM, Actor, NotPermitted, Role
from motcua.platform.database.types import BadCursor

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)
ON = date(2026, 3, 2)
ADMIN = Actor(person_id=None, role=Role.ADMIN)


def birth() -> Any:
    return catalogue.read_definition(catalogue.shipped_text(BIRTH))


def bring(**record: Any) -> None:
    import json

    line = {"code": "3.000001", "name": "Cấp giấy phép xả thải", "ministry": "Bộ A", "field": "F", **record}
    catalogue_commands.import_records(BytesIO(json.dumps(line).encode()), actor=SYSTEM, at=NOON)


def test_a_definition_counts_what_its_example_asks() -> None:
    definition = birth()
    form = catalogue.sample_form(definition)

    found = queries.burden_of(definition, on=ON)

    assert found.counts.typed + found.counts.known == len(form.shown)
    assert found.counts.papers == len(form.required_papers)
    assert found.counts.steps == len(form.steps)
    assert found.cost.once_dong == sum(line.dong for line in found.cost.lines) > 0
    shares = [line.activity.share for line in found.cost.lines if line.activity.kind is ActivityKind.SUBMIT]
    assert sum(shares) == 1


def test_fewer_hours_and_applicants_save_what_the_model_says() -> None:
    before = birth()
    burden = before.burden
    after = before.model_copy(
        update={"burden": burden.model_copy(update={"form_hours": 0, "receive_hours": 0})}
    )

    change = queries.compared(before, after, on=ON)

    hours = Decimal(str(burden.form_hours + burden.receive_hours))
    assert change.once.dong == round(hours * change.before.prices.hourly_income_dong)
    assert change.year.dong == change.once.dong * burden.subjects_per_year


def test_without_its_own_hours_the_assumed_ones_stand_in_and_it_is_said() -> None:
    definition = birth().model_copy(update={"burden": None})

    found = queries.burden_of(definition, on=ON)

    assert found.is_assumed
    papers = [line for line in found.cost.lines if line.activity.kind is ActivityKind.PAPER]
    assert all(line.activity.hours == queries.ASSUMED_PAPER_HOURS for line in papers)
    assert found.cost.performances == 0
    assert not queries.burden_of(birth().model_copy(update={"burden": Burden()}), on=ON).is_assumed


def test_prices_are_those_of_the_year_or_of_the_last_before() -> None:
    assert queries.prices_for(year=2024, kind=SubjectKind.INDIVIDUAL).hourly_income_dong == 53_977
    assert queries.prices_for(year=2031, kind=SubjectKind.ENTERPRISE).year == 2026
    assert queries.prices_for(year=2019, kind=SubjectKind.ENTERPRISE).year == 2024


def test_new_prices_change_every_cost_and_the_old_are_kept() -> None:
    before = queries.burden_of(birth(), on=ON).cost.once_dong
    standing = queries.prices_for(year=2026, kind=SubjectKind.INDIVIDUAL)
    dearer = replace(standing, income_per_year_dong=251_000_000, source="Niên giám thống kê")

    commands.set_prices(dearer, actor=ADMIN, at=NOON)
    commands.set_prices(dearer, actor=ADMIN, at=NOON)

    assert queries.burden_of(birth(), on=ON).cost.once_dong > before
    rows = PriceRow.objects.filter(year=2026, kind="individual")
    assert [row.replaced_at is None for row in rows.order_by("set_at")] == [False, True]


def test_prices_that_make_no_sense_are_refused_by_name() -> None:
    standing = queries.prices_for(year=2026, kind=SubjectKind.INDIVIDUAL)

    with pytest.raises(BadPrices) as refused:
        commands.set_prices(
            replace(standing, hours_per_day=0, online_percent=101, source=" "), actor=ADMIN, at=NOON
        )
    with pytest.raises(NotPermitted):
        commands.set_prices(standing, actor=Actor(person_id=None, role=Role.LEADER), at=NOON)

    assert refused.value.facts["fields"] == {
        "hours_per_day": "out_of_range",
        "online_percent": "out_of_range",
        "source": "required",
    }


def test_a_record_without_a_definition_is_reckoned_with_the_assumed_hours() -> None:
    bring(levels=["xa"])

    found = queries.burden("3.000001", on=ON)

    assert (found.is_assumed, found.has_definition, found.counts.typed) == (True, False, 0)
    assert found.counts.visits == 2
    with pytest.raises(UnknownProcedure):
        queries.burden("3.999999", on=ON)


def test_the_ranking_is_in_order_and_walked_by_stretches(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    the_procedures()
    bring()

    for sort in SortKey:
        rows = queries.ranking(on=ON, sort=sort)
        walked: list[RankRow] = []
        after = ""
        while True:
            page = queries.ranking_page(on=ON, sort=sort, after=after, limit=1)
            walked += page.items
            if page.next_cursor is None:
                break
            after = page.next_cursor
        assert tuple(walked) == rows
    with django_assert_max_num_queries(2):
        assert [row.code for row in queries.ranking(on=ON, only=queries.RankFilter(words="xa thai"))] == [
            "3.000001"
        ]
    assert {row.code for row in queries.ranking(on=ON, only=queries.RankFilter(only_defined=True))} >= {BIRTH}
    for cursor in ("x", "1~2", "-1~1.001193", "1.2.3~1.001193", "٣~1.001193x"):
        with pytest.raises(BadCursor):
            queries.ranking_page(on=ON, after=cursor)


def test_a_draft_is_compared_with_what_is_in_force_and_then_counts_as_saved() -> None:
    the_procedures()
    view = catalogue.procedure(HOUSEHOLD_BUSINESS, on=ON)
    with pytest.raises(NothingToCompare):
        queries.draft_compared(HOUSEHOLD_BUSINESS, on=ON, actor=ADMIN)
    draft = catalogue_commands.start_definition(
        HOUSEHOLD_BUSINESS, base=view.version_id, actor=ADMIN, at=NOON
    )
    content = dict(draft.content)
    content["burden"] = {**content["burden"], "receive_hours": 0}
    content["valid_from"] = "2026-04-01"
    catalogue_commands.write_definition(draft.id, content, seen=draft.revision, actor=ADMIN, at=NOON)

    change = queries.draft_compared(HOUSEHOLD_BUSINESS, on=ON, actor=ADMIN)

    assert change.once.dong > 0
    after = catalogue.drafted(catalogue.definition_draft(draft.id, actor=ADMIN))
    catalogue_commands.publish(after.model_dump_json(exclude_defaults=False), actor=SYSTEM, at=NOON)
    (row,) = queries.saved(since=date(2026, 1, 1), until=date(2026, 12, 31))
    assert (row.code, row.once.dong, row.year) == (HOUSEHOLD_BUSINESS, change.once.dong, change.year)
    assert queries.saved(since=date(2026, 4, 2), until=date(2026, 12, 31)) == []
