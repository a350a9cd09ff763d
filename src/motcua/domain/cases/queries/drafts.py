"""Drafts of a citizen, and the answers the node already knows."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from motcua.domain.cases.models import Dossier, Draft
from motcua.domain.cases.queries._acting import person_of
from motcua.domain.cases.queries.views import draft_view
from motcua.domain.cases.types import (
    DraftId,
    DraftView,
    UnknownDraft,
)
from motcua.domain.catalogue import queries as catalogue
from motcua.domain.catalogue.types import Definition
from motcua.domain.identity import queries as identity
from motcua.domain.identity.types import (
    FamilyMember,
    OrganisationId,
    OrganisationView,
    PersonId,
    PersonView,
    Relation,
    Sex,
)
from motcua.kernel.actors import Actor, Role
from motcua.kernel.clock import local_date, now

DOSSIER: Final = "dossier."  #: how a source names the latest earlier dossier
MOST_DOSSIERS: Final = 20  #: looked back through


def draft(draft_id: DraftId, *, actor: Actor) -> DraftView:
    """Return a draft of the acting citizen. Raises UnknownDraft."""
    actor.require(Role.CITIZEN)
    row = Draft.objects.filter(pk=draft_id, person_id=person_of(actor)).first()
    if row is None:
        raise UnknownDraft(draft_id=draft_id)
    return draft_view(row)


def drafts_of(*, actor: Actor, most: int = 20) -> list[DraftView]:
    """Return the citizen's open drafts, last touched first."""
    actor.require(Role.CITIZEN)
    own = Draft.objects.filter(person_id=person_of(actor), dossier=None).prefetch_related("attachments")
    return [draft_view(row) for row in own.order_by("-updated_at")[:most]]


@dataclass(frozen=True, slots=True)
class Known:
    """An answer the node already has, and where it has it from."""

    value: object
    source: str


def known_answers(
    definition: Definition, person_id: PersonId, *, organisation_id: OrganisationId | None = None
) -> dict[str, Known]:
    """Return the answers that need not be typed, by field key: what fits the question and nothing else.

    Sources: ``account`` (the person), ``spouse``, ``family`` (mother and father of the couple's child),
    ``organisation`` (the one the dossier is filed for), ``dossier`` (the same question in the latest dossier).
    """
    wanted = {field.key: field.prefill for field in definition.fields if field.prefill}
    if not wanted:
        return {}
    facts = _facts_about(identity.person(person_id), identity.family_of(person_id))
    if organisation_id is not None:
        facts |= _facts_of(identity.organisation(organisation_id))
    facts |= _answered_before(person_id, {source for source in wanted.values() if source.startswith(DOSSIER)})
    found = {key: facts[source] for key, source in wanted.items() if facts.get(source)}
    fitting, _faults = catalogue.partly_checked_answers(definition, found, today=local_date(now()))
    return {key: Known(value, wanted[key]) for key, value in fitting.items()}


def _answered_before(person_id: PersonId, sources: Collection[str]) -> dict[str, object]:
    """Return the person's latest answers to the questions that ``sources`` name, in one query."""
    keys = [source.removeprefix(DOSSIER) for source in sources]
    if not keys:
        return {}
    own = Dossier.objects.filter(applicant_id=person_id, answers__has_any_keys=keys)
    known: dict[str, object] = {}
    for answers in own.order_by("-submitted_at").values_list("answers", flat=True)[:MOST_DOSSIERS]:
        known = {f"{DOSSIER}{key}": answers[key] for key in keys if key in answers} | known
    return known


def _facts_of(organisation: OrganisationView) -> dict[str, object]:
    home = organisation.address
    return {
        "organisation.name": organisation.name,
        "organisation.full_name": organisation.name,
        "organisation.tax_code": organisation.tax_code,
        "organisation.address": {"street": home.street, "commune_code": home.commune_code} if home else "",
    }


def _facts_about(person: PersonView, family: Iterable[FamilyMember]) -> dict[str, object]:
    spouse = next((member.person for member in family if member.relation is Relation.SPOUSE), None)
    couple = [one for one in (person, spouse) if one is not None]
    known = _facts("account", person) | (_facts("spouse", spouse) if spouse else {})
    for role, sex in (("mother", Sex.FEMALE), ("father", Sex.MALE)):
        one = next((p for p in couple if p.sex is sex), None)
        known |= (
            {f"family.{role}_{key.split('.')[1]}": value for key, value in _facts("x", one).items()}
            if one
            else {}
        )
    return known


def _facts(prefix: str, person: PersonView) -> dict[str, object]:
    home = person.address
    facts: dict[str, object] = {
        "full_name": person.full_name,
        "personal_id": person.personal_id,
        "born_on": person.born_on.isoformat() if person.born_on else "",
        "phone": person.phone,
        "email": person.email,
        "address": {"street": home.street, "commune_code": home.commune_code} if home else "",
    }
    named = ("full_name", "personal_id", "born_on")
    facts["person"] = {part: facts[part] for part in named if facts[part]}
    return {f"{prefix}.{key}": value for key, value in facts.items()}
