"""``motcua cases audit``: what it prints and how it ends."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from typer.testing import CliRunner

from motcua.domain.cases.testing import MONDAY, a_dossier, an_office
from motcua.domain.cases.types import State
from motcua.interfaces.cli.cases import app
from motcua.platform.ledger.testing import signed

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("spoil", [False, True])
def test_the_command_ends_with_one_where_tables_and_ledger_differ(
    spoil: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = a_dossier(an_office(), State.DONE)
    signed(MONDAY + timedelta(days=1))
    monkeypatch.setattr("motcua.interfaces.cli.cases.open_node", lambda: None)
    if spoil:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE cases_dossier SET finished_at = submitted_at WHERE id = %s", [view.id])

    ended = CliRunner().invoke(app, ["audit", "--period", "2026-03", "--json"])

    told = json.loads(ended.stdout)
    assert ended.exit_code == int(spoil), ended.output
    assert told["agrees"] is not spoil
    assert [one["field"] for one in told["disagreements"]] == (["finished_at"] if spoil else [])
    assert (told["ledger"]["intact"], told["leaves_not_under_a_head"]) == (True, 0)
    assert view.applicant_name not in ended.stdout
