"""Where notices find people: their addresses and language, as identity knows them."""

from uuid import UUID

from motcua.domain.identity import queries as identity
from motcua.domain.identity.types import PersonId
from motcua.platform.notify.types import Contact


def lookup(person_id: UUID) -> Contact | None:
    """Return how a person is reached; None for nobody. Without an account: in Vietnamese."""
    person = identity.persons([PersonId(person_id)]).get(PersonId(person_id))
    if person is None:
        return None
    account = identity.account_of_person(person.id)
    language = account.language if account else "vi"
    return Contact(email=person.email, phone=person.phone, language=language)
