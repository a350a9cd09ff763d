"""Agencies open, are renamed, moved, coded, closed and merged; every change is dated."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.domain.agencies import commands, events, queries
from motcua.domain.agencies.models import AgencyCode
from motcua.domain.agencies.rules.tree import Link, stands_below, would_close_a_loop
from motcua.domain.agencies.testing import (
    a_commune,
    a_department,
    a_province,
    a_seat,
    an_administrator,
    an_agency,
    an_officer,
)
from motcua.domain.agencies.types import (
    AgencyClosed,
    AgencyId,
    AgencyKind,
    BadAgencyCode,
    BelowItself,
    CodeTaken,
    LineageKind,
    OutOfOrder,
    StillHasChildren,
    UnknownAgency,
)
from motcua.kernel.actors import SYSTEM, NotPermitted, Role
from motcua.kernel.ids import uuid7
from motcua.platform.outbox.testing import announced

NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)
MARCH = date(2026, 3, 1)
APRIL = date(2026, 4, 1)


@pytest.mark.django_db
def test_an_administrator_opens_an_agency_under_a_parent() -> None:
    province = a_province()
    chief = an_administrator(agency=province.id)

    office = commands.open_agency(
        "Sở Tư pháp",
        AgencyKind.DEPARTMENT,
        since=MARCH,
        parent_id=province.id,
        code="H21.15",
        actor=chief.actor,
        at=NOON,
    )

    assert (office.parent_id, office.code, office.valid_from) == (province.id, "H21.15", MARCH)
    assert [child.name for child in queries.children(province.id)] == ["Sở Tư pháp"]
    assert announced(events.AgencyOpened)[-1]["agency_id"] == str(office.id)


@pytest.mark.django_db
def test_an_officer_changes_nothing() -> None:
    clerk = an_officer(Role.CLERK)
    with pytest.raises(NotPermitted):
        commands.rename_agency(clerk.seat.agency_id, "Khác", since=MARCH, actor=clerk.actor, at=NOON)


@pytest.mark.django_db
def test_a_renamed_agency_keeps_its_old_name_on_old_days() -> None:
    office = a_department("Sở Thông tin và Truyền thông")

    commands.rename_agency(office.id, "Sở Khoa học và Công nghệ", since=MARCH, actor=SYSTEM, at=NOON)

    assert queries.agency(office.id, on=date(2026, 2, 28)).name == "Sở Thông tin và Truyền thông"
    assert queries.agency(office.id, on=MARCH).name == "Sở Khoa học và Công nghệ"
    assert [name.valid_to for name in queries.names_of(office.id)] == [date(2026, 2, 28), None]


@pytest.mark.django_db
def test_a_second_change_on_the_same_day_corrects_the_first() -> None:
    office = a_department()
    commands.rename_agency(office.id, "Sở Tư phap", since=MARCH, actor=SYSTEM, at=NOON)
    commands.rename_agency(office.id, "Sở Tư pháp mới", since=MARCH, actor=SYSTEM, at=NOON)
    assert [name.name for name in queries.names_of(office.id)] == ["Sở Tư pháp", "Sở Tư pháp mới"]


@pytest.mark.django_db
def test_history_is_written_forwards() -> None:
    office = a_department()
    commands.rename_agency(office.id, "Sau", since=APRIL, actor=SYSTEM, at=NOON)
    with pytest.raises(OutOfOrder):
        commands.rename_agency(office.id, "Trước", since=MARCH, actor=SYSTEM, at=NOON)


@pytest.mark.django_db
def test_a_move_next_month_shows_next_month() -> None:
    here, there = a_province(code="H21"), a_province("Ủy ban nhân dân tỉnh Đắk Lắk", code="H15")
    office = a_department(under=here.id)

    commands.move_agency(office.id, there.id, since=APRIL, actor=SYSTEM, at=NOON)

    assert queries.ancestor_ids(office.id, on=MARCH) == (here.id,)
    assert queries.ancestor_ids(office.id, on=APRIL) == (there.id,)
    assert office.id in queries.descendant_ids(here.id, on=MARCH)
    assert queries.descendant_ids(here.id, on=APRIL) == {here.id}


@pytest.mark.django_db
def test_a_tree_may_be_of_any_depth() -> None:
    line = [a_province()]
    for depth in range(12):
        line.append(an_agency(f"Tổ {depth}", under=line[-1].id))
    assert queries.descendant_ids(line[0].id) == {agency.id for agency in line}
    assert queries.ancestor_ids(line[-1].id) == tuple(agency.id for agency in reversed(line[:-1]))


@pytest.mark.django_db
def test_an_agency_is_not_moved_under_its_own_descendant() -> None:
    province = a_province()
    office = a_department(under=province.id)
    room = an_agency(under=office.id)
    for below in (province, office, room):
        with pytest.raises(BelowItself):
            commands.move_agency(province.id, below.id, since=MARCH, actor=SYSTEM, at=NOON)


@pytest.mark.django_db
def test_a_move_that_a_later_one_would_turn_into_a_loop_is_refused() -> None:
    first, second = a_province(code="H21"), a_province(code="H15")
    commands.move_agency(second.id, first.id, since=APRIL, actor=SYSTEM, at=NOON)
    with pytest.raises(BelowItself):
        commands.move_agency(first.id, second.id, since=MARCH, actor=SYSTEM, at=NOON)


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["H21.15.03", "000.03.15.H21"])
def test_an_agency_is_found_by_either_code(code: str) -> None:
    office = a_department(code="")
    commands.give_code(office.id, code, since=MARCH, actor=SYSTEM, at=NOON)
    assert queries.agency_by_code(code, APRIL).id == office.id
    with pytest.raises(UnknownAgency):
        queries.agency_by_code(code, date(2026, 2, 28))


@pytest.mark.django_db
def test_a_code_is_carried_by_one_agency_at_a_time() -> None:
    old, new = a_department(code="H21.15"), a_department("Sở Xây dựng")
    with pytest.raises(CodeTaken):
        commands.give_code(new.id, "H21.15", since=MARCH, actor=SYSTEM, at=NOON)
    commands.give_code(old.id, "H21.16", since=MARCH, actor=SYSTEM, at=NOON)
    with pytest.raises(CodeTaken):
        commands.give_code(new.id, "H21.15", since=date(2026, 2, 28), actor=SYSTEM, at=NOON)
    commands.give_code(new.id, "H21.15", since=MARCH, actor=SYSTEM, at=NOON)
    assert queries.agency_by_code("H21.15", date(2026, 2, 1)).id == old.id
    assert queries.agency_by_code("H21.15", MARCH).id == new.id
    assert AgencyCode.objects.open().filter(code="H21.15").count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["", "h21", "H21.", "Z21", "H1", "H21-03", "0.03.15.H21", "H21" + ".1" * 17])
def test_a_code_outside_both_grammars_is_refused(code: str) -> None:
    office = a_department()
    with pytest.raises(BadAgencyCode):
        commands.give_code(office.id, code, since=MARCH, actor=SYSTEM, at=NOON)


@pytest.mark.django_db
def test_a_closed_agency_answers_as_it_last_stood() -> None:
    office = a_department(code="H21.15")
    seat = a_seat(Role.LEADER, agency=office.id)

    commands.close_agency(office.id, since=MARCH, actor=SYSTEM, at=NOON)

    view = queries.agency(office.id, on=APRIL)
    assert (view.name, view.code, view.valid_to) == ("Sở Tư pháp", "H21.15", date(2026, 2, 28))
    assert queries.seat(seat.id).valid_to == date(2026, 2, 28)
    with pytest.raises(UnknownAgency):
        queries.agency_by_code("H21.15", MARCH)
    with pytest.raises(AgencyClosed):
        commands.rename_agency(office.id, "Khác", since=APRIL, actor=SYSTEM, at=NOON)


@pytest.mark.django_db
def test_an_agency_with_others_under_it_is_not_closed() -> None:
    province = a_province()
    a_department(under=province.id)
    with pytest.raises(StillHasChildren):
        commands.close_agency(province.id, since=MARCH, actor=SYSTEM, at=NOON)


@pytest.mark.django_db
def test_merged_agencies_hand_over_what_stood_under_them() -> None:
    binh_dinh = a_province("Ủy ban nhân dân tỉnh Bình Định", code="H08")
    gia_lai = a_province()
    commune = a_commune("Ủy ban nhân dân phường Quy Nhơn", under=binh_dinh.id)

    commands.merge_agencies(
        [binh_dinh.id, gia_lai.id], gia_lai.id, since=MARCH, basis="202/2025/QH15", actor=SYSTEM, at=NOON
    )

    assert queries.ancestor_ids(commune.id, on=MARCH) == (gia_lai.id,)
    assert queries.ancestor_ids(commune.id, on=date(2026, 2, 28)) == (binh_dinh.id,)
    (line,) = queries.lineage_of(gia_lai.id)
    assert (line.predecessor_id, line.kind, line.since) == (binh_dinh.id, LineageKind.MERGED, MARCH)
    assert queries.agency(binh_dinh.id, on=APRIL).valid_to == date(2026, 2, 28)
    assert len(announced(events.AgencySucceeded)) == 1


@pytest.mark.django_db
def test_an_agency_may_merge_into_its_own_child() -> None:
    province = a_province()
    parent = a_department("Sở cũ", under=province.id)
    heir = an_agency("Trung tâm", under=parent.id)
    room = an_agency("Phòng", under=parent.id)
    commands.merge_agencies([parent.id], heir.id, since=MARCH, actor=SYSTEM, at=NOON)
    assert queries.ancestor_ids(room.id, on=MARCH) == (heir.id, province.id)


@pytest.mark.django_db
def test_a_split_agency_has_several_heirs() -> None:
    whole, first, second = a_department("Sở chung"), a_department("Sở một"), a_department("Sở hai")
    commands.split_agency(whole.id, [first.id, second.id], since=MARCH, actor=SYSTEM, at=NOON)
    assert {line.successor_id for line in queries.lineage_of(whole.id)} == {first.id, second.id}


@pytest.mark.django_db
def test_agencies_are_found_without_accents_and_by_code() -> None:
    office = a_department("Sở Nông nghiệp và Môi trường", code="H21.10")
    assert [found.id for found in queries.find_agencies("nong nghiep")] == [office.id]
    assert [found.id for found in queries.find_agencies("h21.10")] == [office.id]
    assert queries.find_agencies("  ") == []


@pytest.mark.django_db
def test_many_agencies_cost_one_statement(django_assert_num_queries: Any) -> None:
    wanted = [a_department(f"Sở {n}").id for n in range(20)]
    with django_assert_num_queries(1):
        assert len(queries.agencies(wanted)) == 20
    with django_assert_num_queries(1):
        queries.descendant_ids(wanted[0])


AGENCIES = [AgencyId(uuid7()) for _ in range(6)]
DAYS = st.dates(date(2026, 1, 1), date(2026, 1, 8))


@given(st.lists(st.tuples(st.sampled_from(AGENCIES), st.sampled_from(AGENCIES), DAYS), max_size=25))
def test_moves_the_rule_allows_never_close_a_loop(moves: list[tuple[AgencyId, AgencyId, date]]) -> None:
    links: list[Link] = []
    for child, parent, since in moves:
        mine = [link for link in links if link.child == child]
        if any(link.valid_from >= since for link in mine):
            continue
        if child == parent or would_close_a_loop(links, child, parent, since=since):
            continue
        links = [
            replace(link, valid_to=since - timedelta(days=1))
            if link in mine and link.valid_to is None
            else link
            for link in links
        ]
        links.append(Link(child, parent, since, None))
    for link in links:
        for day in range(1, 10):
            on = date(2026, 1, day)
            if link.holds_on(on):
                assert not stands_below(links, link.parent, link.child, on=on)
