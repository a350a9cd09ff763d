"""Look at the node of ``bench requests`` from inside: sessions, addresses, drafts to file, queries of each page."""

import json
import sys
from typing import Final

import django

SUBMITS: Final = 40


def main() -> None:
    """Write what the load needs to know as JSON."""
    django.setup()
    from django.contrib.auth import get_user_model
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from motcua.domain.agencies import queries as agencies
    from motcua.domain.cases import queries as cases
    from motcua.domain.cases.types import Tab
    from motcua.kernel.actors import Actor, Role
    from motcua.kernel.clock import now

    host = f"127.0.0.1:{sys.argv[1]}"

    def enter(username: str) -> Client:
        client = Client(headers={"Host": host})
        client.get("/tai-khoan/dang-nhap/")
        client.post("/tai-khoan/dang-nhap/mau/", {"username": username})
        return client

    def cookie(client: Client) -> str:
        return "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())

    def queries_of(client: Client, path: str) -> int:
        client.get(path)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert client.get(path).status_code == 200, path
        return len(seen)

    clerk, citizen, anybody = enter("demo.clerk"), enter("demo.an"), Client(headers={"Host": host})
    clerk.get("/ban-lam-viec/")
    person = get_user_model().objects.get(username="demo.clerk").person_id
    seat = agencies.seats_of(person)[0]
    actor = Actor(person, Role.CLERK, seat.agency_id, seat.id)
    first = cases.inbox(Tab.TO_DO, actor=actor, at=now()).items[0]
    pages = {
        "empty view": ("/healthz", anybody),
        "home": ("/", anybody),
        "procedure page": ("/thu-tuc/1.001193", anybody),
        "inbox": ("/ban-lam-viec/", clerk),
        "dossier page": (f"/ban-lam-viec/ho-so/{first.id}", clerk),
    }
    counts = {page: queries_of(client, path) for page, (path, client) in pages.items()}
    drafts, counts["submit"] = _drafts(cookie(citizen))
    with connection.cursor() as cursor:
        cursor.execute("SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1)::int")
        postmaster = cursor.fetchone()[0]
    facts = {
        "paths": {page: (path, cookie(client)) for page, (path, client) in pages.items()},
        "queries": counts,
        "drafts": drafts,
        "postmaster": postmaster,
    }
    sys.stdout.write(json.dumps(facts))


def _drafts(cookies: str) -> tuple[list[tuple[str, str]], int]:
    """Prepare drafts ready to be filed; return (address, cookies) of each and the queries one filing takes."""
    from django.contrib.auth import get_user_model
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from motcua.domain.agencies import queries as agencies
    from motcua.domain.cases import commands
    from motcua.domain.cases.models import Draft
    from motcua.domain.catalogue import queries as catalogue
    from motcua.domain.catalogue.testing import GOOD_ANSWERS, HOUSEHOLD_BUSINESS
    from motcua.kernel.actors import Actor, Role
    from motcua.kernel.clock import local_date, now

    at = now()
    person = get_user_model().objects.get(username="demo.an").person_id
    actor = Actor(person, Role.CITIZEN)
    agency = agencies.commune_agency("23575").id
    version = catalogue.procedure(HOUSEHOLD_BUSINESS, on=local_date(at)).version_id
    made = Draft.objects.bulk_create(
        Draft(
            person_id=person,
            procedure_version_id=version,
            procedure_code=HOUSEHOLD_BUSINESS,
            agency_id=agency,
            answers=GOOD_ANSWERS[HOUSEHOLD_BUSINESS],
            created_at=at,
            updated_at=at,
        )
        for _ in range(SUBMITS + 1)
    )
    with CaptureQueriesContext(connection) as seen:
        commands.submit(made[0].pk, actor=actor, at=at)
    return [(f"/nop-ho-so/{draft.pk}/kiem-tra", cookies) for draft in made[1:]], len(seen)


if __name__ == "__main__":
    main()
