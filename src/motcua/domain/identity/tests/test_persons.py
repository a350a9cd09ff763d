"""A person is entered once, corrected with a trace, and related from both ends."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from motcua.domain.identity import commands, queries
from motcua.domain.identity.events import PersonCorrected, PersonRegistered
from motcua.domain.identity.models import Person
from motcua.domain.identity.testing import (
    LONG_AGO,
    a_child_of,
    a_citizen,
    a_person,
    a_personal_id,
    an_organisation,
)
from motcua.domain.identity.types import (
    AlreadyRelated,
    BadPersonalId,
    BadTaxCode,
    ImpossibleDates,
    MissingName,
    NotRepresentative,
    OrganisationKind,
    PersonalIdTaken,
    Relation,
    Sex,
    TaxCodeTaken,
)
from motcua.kernel.actors import SYSTEM, NotPermitted
from motcua.platform.outbox.testing import announced

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 6, 1, 5, tzinfo=UTC)


def test_a_person_is_found_by_number_and_by_any_part_of_the_name() -> None:
    hoa = a_person("Đặng Thị Hòa")
    a_person("Trần Văn Bình")

    assert queries.person_by_personal_id(hoa.personal_id) == hoa
    assert queries.find_persons("hoa dang") == [hoa]
    assert queries.find_persons(hoa.personal_id) == [hoa]
    assert len(announced(PersonRegistered)) == 2


def test_names_come_in_vietnamese_order_page_by_page() -> None:
    names = ["Lê Văn Ân", "Lê Văn An", "Lê Văn Đông", "Lê Văn Dũng"]
    for name in names:
        a_person(name, sex=Sex.MALE)

    first = queries.find_persons("le van", limit=2)
    rest = queries.find_persons("le van", after=first[-1], limit=9)

    found = [person.full_name for person in first + rest]
    assert found == ["Lê Văn An", "Lê Văn Ân", "Lê Văn Dũng", "Lê Văn Đông"]


def test_an_empty_number_finds_nobody() -> None:
    a_person(personal_id="")
    a_person(personal_id="")

    assert queries.person_by_personal_id("") is None


def test_a_number_belongs_to_one_person() -> None:
    hoa = a_person()

    with pytest.raises(PersonalIdTaken):
        a_person("Trần Thị Khác", personal_id=hoa.personal_id)
    assert Person.objects.count() == 1


@pytest.mark.parametrize("number", ["12345", "06419000000a", "０６４１９００００００１"])
def test_a_malformed_number_is_refused(number: str) -> None:
    with pytest.raises(BadPersonalId):
        a_person(personal_id=number)


def test_a_number_that_contradicts_birth_or_sex_is_refused() -> None:
    number = a_personal_id(born_on=date(1990, 3, 14), sex=Sex.FEMALE)

    with pytest.raises(BadPersonalId):
        a_person(personal_id=number, sex=Sex.MALE)
    with pytest.raises(BadPersonalId):
        a_person(personal_id=number, born_on=date(1991, 1, 1))


def test_nobody_is_nameless_or_born_tomorrow() -> None:
    with pytest.raises(MissingName):
        a_person("  ")
    with pytest.raises(ImpossibleDates):
        a_person(born_on=LONG_AGO.date() + timedelta(days=2), personal_id="")


def test_a_correction_keeps_what_stood_there_before() -> None:
    hoa = a_person("Nguyễn Thị Hoa", phone="0905000001")

    commands.correct_person(
        replace(hoa, full_name="Nguyễn Thị Hòa", phone="0905000002"), actor=SYSTEM, at=NOON
    )

    assert queries.person(hoa.id).full_name == "Nguyễn Thị Hòa"
    last = queries.history(hoa.id)[-1]
    assert (last.before["full_name"], last.before["phone"]) == ("Nguyễn Thị Hoa", "0905000001")
    assert announced(PersonCorrected)[0]["fields"] == ["full_name", "phone"]


def test_a_correction_of_nothing_leaves_no_trace() -> None:
    hoa = a_person()

    commands.correct_person(hoa, actor=SYSTEM, at=NOON)

    assert [change.deed for change in queries.history(hoa.id)] == ["register_person"]


def test_people_change_their_own_contact_and_nothing_else() -> None:
    hoa, other = a_person(), a_person()

    commands.change_contact(
        hoa.id, phone="0905999999", email="Hoa@example.vn", address=None, actor=a_citizen(hoa.id), at=NOON
    )

    assert queries.person(hoa.id).email == "hoa@example.vn"
    with pytest.raises(NotPermitted):
        commands.correct_person(replace(hoa, full_name="Vua"), actor=a_citizen(hoa.id), at=NOON)
    with pytest.raises(NotPermitted):
        commands.change_contact(other.id, phone="", email="", address=None, actor=a_citizen(hoa.id), at=NOON)


def test_family_is_seen_from_both_ends_until_it_ends() -> None:
    mother = a_person()
    child = a_child_of(mother.id)

    assert [(m.person.id, m.relation) for m in queries.family_of(mother.id)] == [(child.id, Relation.CHILD)]
    assert [(m.person.id, m.relation) for m in queries.family_of(child.id)] == [(mother.id, Relation.PARENT)]
    with pytest.raises(AlreadyRelated):
        commands.link_family(child.id, mother.id, Relation.PARENT, since=NOON.date(), actor=SYSTEM, at=NOON)

    commands.end_family_link(mother.id, child.id, Relation.CHILD, until=NOON.date(), actor=SYSTEM, at=NOON)

    assert queries.family_of(child.id) == ()
    assert queries.are_family(child.id, mother.id, on=NOON.date())
    assert not queries.are_family(child.id, mother.id, on=NOON.date() + timedelta(days=1))


def test_a_representative_acts_until_dismissed() -> None:
    hoa = a_person()
    shop = an_organisation(represented_by=hoa.id)

    assert queries.organisations_of(hoa.id) == (shop,)
    assert queries.actor_capacities(hoa.id).organisations == (shop,)

    commands.dismiss_representative(shop.id, hoa.id, until=NOON.date(), actor=SYSTEM, at=NOON)

    assert not queries.represents(hoa.id, shop.id)
    with pytest.raises(NotRepresentative):
        commands.dismiss_representative(shop.id, hoa.id, until=NOON.date(), actor=SYSTEM, at=NOON)


def test_tax_codes_are_checked_and_unique() -> None:
    made = an_organisation("Công ty Cao Nguyên", kind=OrganisationKind.ENTERPRISE, tax_code="0100233488")

    assert queries.organisation_by_tax_code("0100233488") == made
    with pytest.raises(TaxCodeTaken):
        an_organisation("Công ty Khác", tax_code="0100233488")
    with pytest.raises(BadTaxCode):
        an_organisation("Công ty Sai", tax_code="0100233480")


def test_many_persons_cost_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    ids = [a_person().id for _ in range(5)]

    with django_assert_num_queries(1):
        assert set(queries.persons(ids)) == set(ids)
