"""Register people, correct what is known of them, and link families."""

from dataclasses import fields, replace
from datetime import date, datetime

from django.db import transaction

from motcua.domain.identity import queries
from motcua.domain.identity.commands._trace import leave_trace, refusing
from motcua.domain.identity.events import FamilyLinked, FamilyLinkEnded, PersonCorrected, PersonRegistered
from motcua.domain.identity.models import FamilyLink, Person
from motcua.domain.identity.rules.family import INVERSE
from motcua.domain.identity.rules.persons import refuse_if_contradictory
from motcua.domain.identity.types import (
    Address,
    AlreadyRelated,
    BirthPrecision,
    ImpossibleDates,
    PersonalIdTaken,
    PersonId,
    PersonView,
    Relation,
    Sex,
    UnknownPerson,
)
from motcua.kernel.actors import Actor, Role
from motcua.kernel.ids import uuid7
from motcua.kernel.text import fold, name_sort_key
from motcua.platform.outbox import commands as outbox


@transaction.atomic
def register_person(
    full_name: str,
    *,
    personal_id: str = "",
    born_on: date | None = None,
    born_precision: BirthPrecision = BirthPrecision.DAY,
    sex: Sex | None = None,
    phone: str = "",
    email: str = "",
    address: Address | None = None,
    actor: Actor,
    at: datetime,
) -> PersonView:
    """Enter a person. Without ``personal_id`` it is someone not yet identified.

    Raises BadPersonalId, PersonalIdTaken, ImpossibleDates, MissingName. Announces PersonRegistered.
    """
    actor.require(Role.CLERK, Role.HANDLER, Role.ADMIN, Role.SYSTEM)
    view = PersonView(
        id=PersonId(uuid7(at)),
        personal_id=personal_id,
        full_name=" ".join(full_name.split()),
        born_on=born_on,
        sex=sex,
        phone=phone,
        email=email.lower(),
        address=address,
        born_precision=born_precision,
    )
    refuse_if_contradictory(view, at=at)
    with refusing(person_one_per_number=PersonalIdTaken):
        Person.objects.create(pk=view.id, created_at=at, **_columns(view))
    leave_trace("register_person", view.id, actor=actor, at=at, facts={"identified": bool(personal_id)})
    outbox.announce(PersonRegistered(at=at, person_id=view.id))
    return view


@transaction.atomic
def correct_person(person: PersonView, *, actor: Actor, at: datetime) -> PersonView:
    """Make what is known of ``person.id`` equal to ``person``: ``correct_person(replace(view, phone="…"))``.

    Repeating it changes nothing. Raises UnknownPerson and what ``register_person`` raises.
    Announces PersonCorrected if anything changed. Locks the person.
    """
    actor.require(Role.CLERK, Role.ADMIN, Role.SYSTEM)
    return _correct(person, actor=actor, at=at)


@transaction.atomic
def change_contact(
    person_id: PersonId,
    *,
    phone: str,
    email: str,
    address: Address | None,
    actor: Actor,
    at: datetime,
) -> PersonView:
    """Change how a person is reached. People may do this for themselves, and only for themselves."""
    if actor.person_id != person_id or actor.role is not Role.CITIZEN:
        actor.require(Role.CLERK, Role.ADMIN, Role.SYSTEM)
    known = queries.person(person_id)
    return _correct(replace(known, phone=phone, email=email, address=address), actor=actor, at=at)


@transaction.atomic
def link_family(
    person_id: PersonId,
    other_id: PersonId,
    relation: Relation,
    *,
    since: date,
    actor: Actor,
    at: datetime,
) -> None:
    """Record that ``other_id`` is the ``relation`` of ``person_id``, and the same from the other end.

    Raises UnknownPerson, AlreadyRelated. Announces FamilyLinked.
    """
    actor.require(Role.CLERK, Role.HANDLER, Role.ADMIN, Role.SYSTEM)
    if person_id == other_id:
        raise AlreadyRelated(person_id=str(person_id))
    _refuse_if_unknown(person_id, other_id)
    with refusing(family_once_at_a_time=AlreadyRelated):
        FamilyLink.objects.bulk_create(
            FamilyLink(person_id=one, other_id=two, relation=kind.value, valid_from=since)
            for one, two, kind in (
                (person_id, other_id, relation),
                (other_id, person_id, INVERSE[relation]),
            )
        )
    facts = {"other": str(other_id), "relation": relation.value, "since": since.isoformat()}
    leave_trace("link_family", person_id, actor=actor, at=at, facts=facts)
    outbox.announce(FamilyLinked(at=at, person_id=person_id, other_id=other_id, relation=relation))


@transaction.atomic
def end_family_link(
    person_id: PersonId,
    other_id: PersonId,
    relation: Relation,
    *,
    until: date,
    actor: Actor,
    at: datetime,
) -> None:
    """End a link on ``until``, its last day, from both ends. Raises UnknownPerson if there is none open."""
    actor.require(Role.CLERK, Role.HANDLER, Role.ADMIN, Role.SYSTEM)
    both_ends = ((person_id, other_id, relation), (other_id, person_id, INVERSE[relation]))
    for one, two, kind in both_ends:
        link = (
            FamilyLink.objects.open().select_for_update().filter(person=one, other=two, relation=kind).first()
        )
        if link is None:
            raise UnknownPerson(person_id=str(two))
        if until < link.valid_from:
            raise ImpossibleDates(fields={"until": ImpossibleDates.code})
        link.valid_to = until
        link.save(update_fields=["valid_to"])
    facts = {"other": str(other_id), "relation": relation.value, "until": until.isoformat()}
    leave_trace("end_family_link", person_id, actor=actor, at=at, facts=facts)
    outbox.announce(FamilyLinkEnded(at=at, person_id=person_id, other_id=other_id, relation=relation))


def _correct(person: PersonView, *, actor: Actor, at: datetime) -> PersonView:
    row = Person.objects.select_for_update().filter(pk=person.id).first()
    if row is None:
        raise UnknownPerson(person_id=str(person.id))
    wanted = replace(person, full_name=" ".join(person.full_name.split()), email=person.email.lower())
    known = queries.person_view(row)
    changed = tuple(
        sorted(f.name for f in fields(known) if getattr(known, f.name) != getattr(wanted, f.name))
    )
    if not changed:
        return known
    if known.personal_id and wanted.personal_id != known.personal_id:
        actor.require(Role.ADMIN)
    refuse_if_contradictory(wanted, at=at)
    old = _columns(known)
    new = _columns(wanted)
    with refusing(person_one_per_number=PersonalIdTaken):
        Person.objects.filter(pk=row.pk).update(**new)
    before = {name: str(value or "") for name, value in old.items() if value != new[name]}
    leave_trace("correct_person", row.pk, actor=actor, at=at, before=before, facts={"fields": changed})
    outbox.announce(PersonCorrected(at=at, person_id=person.id, fields=changed))
    return wanted


def _columns(view: PersonView) -> dict[str, object]:
    """Return the row that holds ``view``, derived columns included."""
    return {
        "personal_id": view.personal_id,
        "full_name": view.full_name,
        "search": f"{fold(view.full_name)} {view.personal_id}".strip(),
        "sort_key": name_sort_key(view.full_name),
        "born_on": view.born_on,
        "born_precision": view.born_precision.value,
        "sex": view.sex.value if view.sex else "",
        "phone": view.phone,
        "email": view.email,
        "street": view.address.street if view.address else "",
        "commune_code": view.address.commune_code if view.address else "",
    }


def _refuse_if_unknown(*ids: PersonId) -> None:
    missing = set(ids) - set(queries.persons(ids))
    if missing:
        raise UnknownPerson(person_id=str(min(missing)))
