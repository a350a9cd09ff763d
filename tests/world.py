"""A small world of real objects for tests of the whole system: two offices, two citizens, one watched life.

Citizen A owns everything there is here. Whoever else sees A's name, code or number has seen too much.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Final

from django.test import Client

from motcua.domain.agencies import commands as agencies
from motcua.domain.agencies.types import AgencyKind
from motcua.domain.cases import commands
from motcua.domain.cases.testing import Office, a_draft, an_office, an_officer, take
from motcua.domain.cases.types import DossierView, DraftView, Step
from motcua.domain.catalogue.testing import BIRTH
from motcua.domain.identity.testing import LONG_AGO, a_citizen, a_person, an_account, an_organisation, sign_in
from motcua.domain.identity.types import AccountView, PersonId, PersonView
from motcua.kernel.actors import SYSTEM, Actor, Role
from motcua.kernel.clock import now

NAME_OF_A: Final = "Hồ Thị Bạch Tuyết Lan"
PHONE_OF_A: Final = "0987654321"
_TO_PROPOSED: Final = (Step.ACCEPT, Step.FORWARD, Step.PROPOSE)
WAYS: Final[Mapping[str, tuple[Step, ...]]] = {
    "submitted": (),
    "processing": (Step.ACCEPT, Step.FORWARD),
    "proposed": _TO_PROPOSED,
    "supplement": (Step.ACCEPT, Step.FORWARD, Step.ASK_SUPPLEMENT),
    "done": (*_TO_PROPOSED, Step.APPROVE),
    "returned": (*_TO_PROPOSED, Step.APPROVE, Step.HAND_OVER),
}


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who opens pages."""

    name: str
    account: AccountView | None
    actor: Actor | None

    def client(self, *, checks_csrf: bool = False) -> Client:
        """Return a signed-in test client, as sure of its person as a passkey makes it."""
        client = Client(enforce_csrf_checks=checks_csrf)
        if self.account is not None:
            sign_in(client, self.account.id)
        return client


class World:
    """Everything is made by real deeds, once, when first asked for."""

    def __init__(self) -> None:
        office = an_office()
        self.person_a: PersonView = a_person(NAME_OF_A, phone=PHONE_OF_A)
        self.office: Office = replace(office, citizen=a_citizen(self.person_a.id))
        elsewhere = agencies.open_agency(
            "Ủy ban nhân dân xã Ia Ly",
            AgencyKind.COMMUNE,
            since=date(2025, 7, 1),
            code="H21.77.03",
            actor=SYSTEM,
            at=LONG_AGO,
        )
        self.elsewhere = Office(
            elsewhere.id,
            an_officer(elsewhere.id, Role.CLERK),
            an_officer(elsewhere.id, Role.HANDLER),
            an_officer(elsewhere.id, Role.LEADER),
            a_citizen(a_person("Võ Văn Bằng").id),
        )
        own, other = self.office, self.elsewhere
        self.business = an_organisation(represented_by=self.person_a.id, tax_code="")
        actors = {
            "citizen A": own.citizen,
            "citizen B": other.citizen,
            "clerk": own.clerk,
            "handler": own.handler,
            "leader": own.leader,
            "clerk elsewhere": other.clerk,
            "handler elsewhere": other.handler,
            "leader elsewhere": other.leader,
            "admin": an_officer(own.agency_id, Role.ADMIN),
            "auditor": an_officer(own.agency_id, Role.AUDITOR),
        }
        self.visitors = {"anonymous": Visitor("anonymous", None, None)}
        for number, (name, actor) in enumerate(actors.items()):
            assert actor.person_id is not None
            account = an_account(PersonId(actor.person_id), username=f"demo.{number}")
            self.visitors[name] = Visitor(name, account, actor)

    @cached_property
    def dossiers(self) -> dict[str, DossierView]:
        """One dossier of A at each interesting place of its way, filed two hours ago."""
        return {name: self.a_dossier(way) for name, way in WAYS.items()}

    @cached_property
    def draft(self) -> DraftView:
        """A draft of A, ready to be filed."""
        return self.a_draft()

    def a_draft(self, *, at: datetime | None = None) -> DraftView:
        return a_draft(
            self.office,
            BIRTH,
            answers={
                "applicant_name": NAME_OF_A,
                "applicant_personal_id": self.person_a.personal_id,
                "applicant_phone": PHONE_OF_A,
                "mother_name": NAME_OF_A,
                "mother_personal_id": self.person_a.personal_id,
            },
            at=at or now() - timedelta(hours=3),
        )

    def a_dossier(self, way: tuple[Step, ...] = ()) -> DossierView:
        """Return a fresh dossier of A, brought along ``way`` by the people of its office."""
        at = now() - timedelta(hours=2)
        view = commands.submit(self.a_draft(at=at).id, actor=self.office.citizen, at=at)
        for step in way:
            at += timedelta(minutes=5)
            view = take(step, view, self.office, at=at)
        return view

    def codes_of_a(self) -> set[str]:
        """Return the codes of A's dossiers."""
        return {view.code for view in self.dossiers.values()}

    def secrets_of_a(self) -> set[str]:
        """Return what nobody without a right to it may read anywhere."""
        return {NAME_OF_A, PHONE_OF_A, self.person_a.personal_id, *self.codes_of_a()}
