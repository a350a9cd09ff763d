"""Administrators fill seats, end them and set hours from the console; what has passed stays as it was."""

from datetime import date, time, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from motcua.domain.agencies import queries
from motcua.domain.agencies import testing as offices
from motcua.domain.agencies.types import AgencyId
from motcua.domain.identity.testing import a_person
from motcua.domain.identity.types import PersonView
from motcua.interfaces.console.tests.test_console import admin, signed_in
from motcua.interfaces.design.access import today
from motcua.kernel.actors import Role

pytestmark = pytest.mark.django_db
TOMORROW, YESTERDAY = timedelta(days=1), timedelta(days=-1)


@pytest.fixture
def commune() -> AgencyId:
    return offices.a_commune().id


@pytest.fixture
def client() -> Client:
    return admin()


def of(person: PersonView, **more: object) -> dict[str, object]:
    return {"number": person.personal_id, "role": "handler", "title": "Chuyên viên", "since": today(), **more}


def test_somebody_is_appointed_by_their_number(client: Client, commune: AgencyId) -> None:
    person = a_person("Siu Phước")

    told = client.post(reverse("console:appoint", args=[commune]), of(person), follow=True)

    [seat] = queries.seats(commune)
    assert (seat.person_id, seat.role, seat.title) == (person.id, Role.HANDLER, "Chuyên viên")
    assert "Siu Phước" in told.content.decode()


@pytest.mark.parametrize(
    "wrong", [{"number": "123"}, {"number": "001099999999"}, {"since": ""}, {"until": "2020-01-01"}]
)
def test_an_appointment_that_makes_no_sense_comes_back(
    client: Client, commune: AgencyId, wrong: dict[str, object]
) -> None:
    answer = client.post(reverse("console:appoint", args=[commune]), of(a_person()) | wrong)

    assert answer.status_code == 422
    assert queries.seats_ever(commune) == []


def test_the_same_seat_is_not_given_twice(client: Client, commune: AgencyId) -> None:
    page, person = reverse("console:appoint", args=[commune]), a_person()
    client.post(page, of(person))

    assert client.post(page, of(person)).status_code == 422
    assert len(queries.seats(commune)) == 1


def test_a_seat_is_ended_at_once_and_stays_on_record(client: Client, commune: AgencyId) -> None:
    seat = offices.a_seat(agency=commune)
    page = reverse("console:seat", args=[seat.id])

    told = client.post(page, {"deed": "end", "last_day": today() + YESTERDAY}, follow=True).content.decode()

    assert queries.seats(commune) == []
    assert "1 vị trí trước đây" in told
    assert "<form" not in client.get(page).content.decode().split("<main", 1)[1].split("</main>", 1)[0]


def test_the_past_of_a_seat_is_not_taken_away(client: Client, commune: AgencyId) -> None:
    seat = offices.a_seat(agency=commune)
    last_week = today() - timedelta(days=7)

    answer = client.post(reverse("console:seat", args=[seat.id]), {"deed": "end", "last_day": last_week})

    assert answer.status_code == 422
    assert queries.seat(seat.id).valid_to is None


def test_another_acts_for_a_leader_once_and_ends_with_them(client: Client, commune: AgencyId) -> None:
    leader, deputy = offices.a_seat(Role.LEADER, agency=commune), a_person("Đinh Thị Phó")
    page = reverse("console:seat", args=[leader.id])
    given = {"acting-number": deputy.personal_id, "acting-since": today(), "deed": "delegate"}

    shown = client.post(page, given, follow=True).content.decode()
    again = client.post(page, given)

    [acting] = queries.seats_of(deputy.id)
    assert acting.acting_for == leader.id
    assert "làm thay" in shown
    assert again.status_code == 422
    client.post(page, {"deed": "end", "last_day": today()})
    assert queries.seat(acting.id).valid_to == today()


def test_hours_are_set_from_a_day_on_and_earlier_ones_stay(client: Client, commune: AgencyId) -> None:
    page = reverse("console:agency_hours", args=[commune])
    morning = {"morning_opens": "07:30", "morning_closes": "11:30"}
    sent = {"weekdays": ["1", "2", "3", "4", "5", "6"], "since": today(), **morning}

    client.post(page, sent)
    shown = client.post(page, sent | {"weekdays": ["1"], "since": today() + TOMORROW}, follow=True)

    later, sooner = queries.office_hours_ever(commune)
    assert (sooner.intervals, sooner.valid_to) == (((time(7, 30), time(11, 30)),), today())
    assert (later.weekdays, later.valid_from) == (frozenset({1}), today() + TOMORROW)
    assert shown.content.decode().count("07:30–11:30") == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"since": "2020-01-01"},
        {"weekdays": []},
        {"morning_closes": "06:00"},
        {"afternoon_opens": "13:00"},
        {"afternoon_opens": "11:00", "afternoon_closes": "15:00"},
    ],
)
def test_hours_that_make_no_sense_come_back(
    client: Client, commune: AgencyId, wrong: dict[str, object]
) -> None:
    sent = {
        "weekdays": ["1"],
        "since": today(),
        "morning_opens": "07:30",
        "morning_closes": "11:30",
    }

    answer = client.post(reverse("console:agency_hours", args=[commune]), sent | wrong)

    assert answer.status_code == 422
    assert queries.office_hours_ever(commune) == []


def test_auditors_see_who_sat_where_and_change_nothing(commune: AgencyId) -> None:
    seat = offices.a_seat(agency=commune, since=date(2025, 7, 1), until=date(2025, 8, 1))
    auditor = signed_in(offices.an_officer(Role.AUDITOR))

    page = auditor.get(reverse("console:agency", args=[commune])).content.decode()

    assert "1 vị trí trước đây" in page
    for name, subject in (("appoint", commune), ("agency_hours", commune), ("seat", seat.id)):
        assert reverse(f"console:{name}", args=[subject]) not in page
        assert auditor.post(reverse(f"console:{name}", args=[subject])).status_code == 403
