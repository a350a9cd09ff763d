"""Bring the sample province into being: territory, days off, bodies, officers, citizens, accounts, procedures."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Final

from django.db import transaction

from motcua.domain.agencies import commands as agencies
from motcua.domain.agencies import queries as agency_queries
from motcua.domain.agencies.types import AgencyId, AgencyKind, SeatView
from motcua.domain.catalogue import commands as catalogue
from motcua.domain.identity import commands as identity
from motcua.domain.identity import queries as identity_queries
from motcua.domain.identity.types import PersonId, PersonView, Relation
from motcua.kernel.actors import SYSTEM, Assurance, Role
from motcua.processes.sample_province import province
from motcua.processes.sample_province.people import Household, Population, Someone, populate
from motcua.processes.sample_province.province import ACCOUNTS, COMMUNES, PASSWORD, SINCE, Body, Commune

BEGINNING: Final = datetime(2025, 7, 1, 1, tzinfo=UTC)  #: 08:00 in Vietnam

Progress = Callable[[str, int, int], None]


def settle(progress: Progress) -> bool:
    """Make the province with its people; False if it stands already. One transaction: all of it or nothing."""
    if identity_queries.account_by_username(ACCOUNTS[0].username):
        return False
    with transaction.atomic():
        _country(progress)
        offices = _bodies(progress)
        population = populate()
        _workers(population, offices, progress)
        _citizens(population, progress)
        catalogue.publish_shipped(actor=SYSTEM, at=BEGINNING)
    return True


def _country(progress: Progress) -> None:
    progress("territory and calendar", 0, 3)
    agencies.import_vietnam(actor=SYSTEM, at=BEGINNING)
    progress("territory and calendar", 1, 3)
    agencies.fill_calendar(province.CALENDAR_YEARS, actor=SYSTEM, at=BEGINNING)
    progress("territory and calendar", 2, 3)
    agencies.import_level_one(actor=SYSTEM, at=BEGINNING)
    progress("territory and calendar", 3, 3)


def _bodies(progress: Progress) -> dict[str, AgencyId]:
    """Open everything below the province; return the agencies that are staffed, by their codes."""
    top = agency_queries.agency_by_code(province.CODE)
    total = len(province.DEPARTMENTS) + 1 + len(COMMUNES)
    for done, body in enumerate((*province.DEPARTMENTS, province.CENTRE), 1):
        _open_body(body, under=top.id)
        progress("agencies", done, total)
    offices = {province.CODE: top.id}
    for done, commune in enumerate(COMMUNES, total - len(COMMUNES) + 1):
        offices[commune.code] = _open_commune(commune, under=top.id)
        progress("agencies", done, total)
    return offices


def _open_body(body: Body, *, under: AgencyId) -> None:
    kind = AgencyKind.CENTRE if body is province.CENTRE else AgencyKind.DEPARTMENT
    agencies.open_agency(
        body.name,
        kind,
        since=SINCE,
        parent_id=under,
        code=body.code,
        short_name=body.short_name,
        province_code=province.PROVINCE_CODE,
        address=body.address,
        phone=body.phone,
        email=f"{body.short_name.lower().replace('đ', 'd')}@gialai.example",
        actor=SYSTEM,
        at=BEGINNING,
    )


def _open_commune(commune: Commune, *, under: AgencyId) -> AgencyId:
    agency = agencies.open_agency(
        f"Ủy ban nhân dân {commune.name}",
        AgencyKind.COMMUNE,
        since=SINCE,
        parent_id=under,
        code=commune.code,
        short_name=f"UBND {commune.name}",
        commune_code=commune.commune_code,
        province_code=province.PROVINCE_CODE,
        address=f"{commune.address}, {commune.name}",
        phone=commune.phone,
        email=f"{commune.code.lower()}@gialai.example",
        actor=SYSTEM,
        at=BEGINNING,
    )
    hours = ((time(7), time(11, 30)), (time(13, 30), time(17)))
    agencies.set_office_hours(
        agency.id, weekdays=range(1, 6), intervals=hours, since=SINCE, actor=SYSTEM, at=BEGINNING
    )
    for number, name in enumerate(province.COUNTERS, 1):
        agencies.open_counter(agency.id, number, name, since=SINCE, actor=SYSTEM, at=BEGINNING)
    return agency.id


def _register(someone: Someone) -> PersonView:
    return identity.register_person(
        someone.full_name,
        personal_id=someone.personal_id,
        born_on=someone.born_on,
        sex=someone.sex,
        phone=someone.phone,
        email=someone.email,
        address=someone.address,
        actor=SYSTEM,
        at=BEGINNING,
    )


def _appoint(agency_id: AgencyId, person: PersonView, role: Role, title: str) -> SeatView:
    return agencies.appoint(agency_id, person.id, role, title=title, since=SINCE, actor=SYSTEM, at=BEGINNING)


def _workers(population: Population, offices: dict[str, AgencyId], progress: Progress) -> None:
    for done, worker in enumerate(population.workers, 1):
        person = _register(worker.someone)
        _appoint(offices[worker.agency_code], person, worker.role, worker.title)
        _open_account(population, worker.someone, person)
        progress("officers", done, len(population.workers))


def _open_account(population: Population, someone: Someone, person: PersonView) -> None:
    """Open the account of a person one may enter as with one click; nobody else has one."""
    if username := population.usernames.get(someone.personal_id):
        identity.open_account(
            username,
            password=PASSWORD,
            person_id=person.id,
            assurance=Assurance.SUBSTANTIAL,
            email=someone.email,
            actor=SYSTEM,
            at=BEGINNING,
        )


def _citizens(population: Population, progress: Progress) -> None:
    done, total = 0, sum(len(h.adults) + len(h.children) for h in population.households)
    for household in population.households:
        _settle_household(population, household)
        done += len(household.adults) + len(household.children)
        progress("citizens", done, total)


def _settle_household(population: Population, household: Household) -> None:
    registered = [_register(adult) for adult in household.adults]
    for someone, person in zip(household.adults, registered, strict=True):
        _open_account(population, someone, person)
    adults = [person.id for person in registered]
    children = [(_register(child).id, child.born_on) for child in household.children]
    if household.married_on:
        _link(adults[0], adults[1], Relation.SPOUSE, household.married_on)
    for parent in adults:
        for child, born_on in children:
            _link(parent, child, Relation.CHILD, born_on)
    if household.business:
        business = household.business
        organisation = identity.register_organisation(
            business.name,
            kind=business.kind,
            tax_code=business.tax_code,
            address=household.adults[0].address,
            actor=SYSTEM,
            at=BEGINNING,
        )
        identity.appoint_representative(organisation.id, adults[0], since=SINCE, actor=SYSTEM, at=BEGINNING)


def _link(one: PersonId, other: PersonId, relation: Relation, since: date) -> None:
    identity.link_family(one, other, relation, since=since, actor=SYSTEM, at=BEGINNING)
