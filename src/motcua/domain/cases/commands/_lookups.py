"""What a deed asks the rest of the node while it numbers and prints. Whoever does many deeds remembers answers."""

from typing import TypeVar
from uuid import UUID

from django.db import connection, models

from motcua.domain.agencies import queries as agencies
from motcua.domain.agencies.types import AgencyId, AgencyKind, SeatId
from motcua.domain.cases.rules import papers
from motcua.domain.identity import queries as identity
from motcua.domain.identity.types import OrganisationId, OrganisationView, PersonId, PersonView
from motcua.kernel.actors import Actor
from motcua.kernel.calendar import WorkCalendar
from motcua.kernel.ids import uuid7

T = TypeVar("T", bound=models.Model)


class Lookups:
    """Asks the node anew each time."""

    def next_number(self, agency_id: UUID, book: str, period: str) -> int:
        """Return the next number of a book. The row stays locked until commit, so there is neither gap nor double."""
        with connection.cursor() as cursor:
            # One statement counts, so two clerks at the same instant wait for each other and never collide.
            cursor.execute(
                "INSERT INTO cases_numberbook (id, agency_id, book, period, last) VALUES (%s, %s, %s, %s, 1)"
                " ON CONFLICT (agency_id, book, period) DO UPDATE SET last = cases_numberbook.last + 1 RETURNING last",
                [uuid7(), agency_id, book, period],
            )
            return int(cursor.fetchone()[0])

    def row(self, table: type[T], **columns: object) -> T:
        """Return a new row of a table, not stored yet."""
        return table(**columns)

    def agency_code(self, agency_id: AgencyId) -> str:
        return agencies.agency(agency_id).code

    def calendar(self, agency_id: AgencyId) -> WorkCalendar:
        return agencies.calendar_of(agency_id)

    def person(self, person_id: PersonId) -> PersonView:
        return identity.person(person_id)

    def organisation(self, organisation_id: OrganisationId) -> OrganisationView:
        return identity.organisation(organisation_id)

    def office(self, agency_id: AgencyId) -> papers.Office:
        """Return the head of the paper of an agency: the parent stands above, the commune or province as place."""
        own = agencies.agency(agency_id)
        parent = agencies.agency(own.parent_id) if own.parent_id else None
        place = agencies.unit(own.commune_code or own.province_code).name if own.province_code else ""
        above = parent.name if parent and own.kind is not AgencyKind.COMMUNE else ""
        return papers.Office(above, own.name, place, own.phone)

    def officer(self, actor: Actor) -> dict[str, object]:
        """Return name and title of the acting officer, as printed; nothing for citizens and the system."""
        if not actor.is_officer or actor.person_id is None:
            return {}
        name = self.person(PersonId(actor.person_id)).full_name
        title = agencies.seat(SeatId(actor.seat_id)).title if actor.seat_id else ""
        return {"officer_name": name, "receiver_name": name, "leader_name": name, "leader_title": title}

    def unit_names(self, codes: set[str]) -> dict[str, str]:
        """Return "commune, province" by commune code."""
        communes = agencies.units(codes)
        provinces = agencies.units({unit.parent_code for unit in communes.values()})
        return {
            code: ", ".join(
                filter(
                    None,
                    [unit.name, provinces[unit.parent_code].name if unit.parent_code in provinces else ""],
                )
            )
            for code, unit in communes.items()
        }


NODE = Lookups()
