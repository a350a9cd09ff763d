"""``motcua createadmin``: the first person who may open the console; everyone else is appointed there."""

import sys
from typing import Annotated

import typer
from django.conf import settings

from motcua.interfaces.cli.node import Exit, leave, open_node, out, refusals_end_with_a_line


def createadmin(
    username: Annotated[str, typer.Option(prompt=True, help="Name to sign in with.")],
    name: Annotated[str, typer.Option(prompt="Full name", help="Full name of the person.")],
    email: Annotated[str, typer.Option(help="Address for notices.")] = "",
    agency: Annotated[
        str, typer.Option(help="Code of the agency; by default the first one, opened if there is none.")
    ] = "",
    password_stdin: Annotated[
        bool, typer.Option("--password-stdin", help="Read the password from standard input.")
    ] = False,
) -> None:
    """Register a person, open an account and appoint them administrator of an agency."""
    open_node()
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError
    from django.db import transaction

    from motcua.domain.agencies.commands import appoint, open_agency
    from motcua.domain.agencies.queries import agency_by_code, roots
    from motcua.domain.agencies.types import AgencyKind
    from motcua.domain.identity.commands import open_account, register_person
    from motcua.kernel.actors import SYSTEM, Role
    from motcua.kernel.clock import local_date, now

    password = sys.stdin.readline().rstrip("\n") if password_stdin else _asked()
    try:
        validate_password(password)
    except ValidationError as weak:
        leave(Exit.REFUSED, *weak.messages)
    at = now()
    today = local_date(at)
    with refusals_end_with_a_line(), transaction.atomic():
        if agency:
            place = agency_by_code(agency, today)
        else:
            known = roots(on=today)
            owner = settings.NODE.owner
            place = (
                known[0]
                if known
                else open_agency(owner, AgencyKind.PROVINCE, since=today, actor=SYSTEM, at=at)
            )
        person = register_person(name, email=email, actor=SYSTEM, at=at)
        open_account(username, password=password, person_id=person.id, email=email, actor=SYSTEM, at=at)
        appoint(place.id, person.id, Role.ADMIN, title="Quản trị hệ thống", since=today, actor=SYSTEM, at=at)
    out.print(f"{username} administers {place.name}; sign in at {settings.NODE.base_url}")


def _asked() -> str:
    return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))
