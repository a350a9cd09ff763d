"""What an operator and an outsider can do with the ledger from a shell."""

import json
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection, transaction
from typer.testing import CliRunner, Result

from motcua.interfaces.cli import ledger
from motcua.kernel.actors import SYSTEM
from motcua.kernel.ids import uuid7
from motcua.platform.ledger import commands
from motcua.platform.ledger.testing import signed, triggers_ignored
from motcua.platform.ledger.types import Deed
from motcua.platform.signing import queries as signing

AT = datetime(2026, 2, 11, 2, 0, tzinfo=UTC)
DOCUMENT = Path(__file__).resolve().parents[5] / "docs" / "ledger.md"

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _database_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests stand on a database of their own; the command must not start another."""
    monkeypatch.setattr(ledger, "open_node", lambda: None)


@pytest.fixture
def leaf_id() -> str:
    """The 41st of 300 leaves under a signed head."""
    with transaction.atomic():
        ids = commands.append_many(
            Deed(deed="cases.accept", subject="hồ sơ", actor=SYSTEM, at=AT, facts={"nth": nth})
            for nth in range(300)
        )
    signed(AT)
    return str(ids[40])


def run(*arguments: str) -> Result:
    return CliRunner().invoke(ledger.app, list(arguments))


def test_the_published_program_accepts_a_receipt_and_no_other(leaf_id: str, tmp_path: Path) -> None:
    # given the program of the public document, a receipt and the public key
    (program,) = re.findall(r"```python\n(.*?)```", DOCUMENT.read_text(), flags=re.DOTALL)
    script, receipt, key = tmp_path / "check.py", tmp_path / "receipt.json", tmp_path / "key.pem"
    script.write_text(program)
    receipt.write_text(run("prove", leaf_id, "--json").stdout)
    key.write_text(signing.public_key_pem())

    def check() -> int:
        return subprocess.run(
            [sys.executable, script, receipt, key], check=False, capture_output=True
        ).returncode

    # then it accepts the receipt, and refuses another leaf, another place and another head
    assert check() == 0
    right = json.loads(receipt.read_text())
    for wrong in (
        {"leaf": right["leaf"].replace('"nth":40', '"nth":41')},
        {"position": 41},
        {"path": right["path"][:-1]},
        {"head": right["head"].replace("\n300\n", "\n301\n")},
    ):
        receipt.write_text(json.dumps(right | wrong))
        assert check() == 1


def test_an_intact_ledger_is_said_to_be(leaf_id: str) -> None:
    answer = run("verify", "--json")
    assert answer.exit_code == 0
    report = json.loads(answer.stdout)
    assert (report["intact"], report["leaves"], report["heads"]) == (True, 300, 1)
    assert run("verify").stdout.startswith("intact: 300 leaves")


def test_the_altered_row_is_named_and_the_command_fails(leaf_id: str) -> None:
    with triggers_ignored(), connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_leaf SET facts = '{}' WHERE id = %s", [leaf_id])
    answer = run("verify", "--json")
    assert answer.exit_code == 1
    (fault,) = json.loads(answer.stdout)["faults"]
    assert (fault["kind"], fault["row"], fault["position"]) == ("leaf_altered", leaf_id, 40)
    assert f"leaf_altered: position 40, row {leaf_id}" in run("verify").stdout


def test_heads_and_proofs_are_printed(leaf_id: str) -> None:
    assert json.loads(run("head", "--json").stdout)["note"] == run("head").stdout
    assert run("prove", leaf_id).stdout.startswith("leaf      {")
    assert len(json.loads(run("consistency", "100", "300").stdout)["path"]) > 0


def test_what_is_not_there_is_refused_with_its_code() -> None:
    assert run("head").exit_code == 4
    assert run("prove", str(uuid7(AT))).exit_code == 4
    assert run("consistency", "1", "2").exit_code == 4


def test_keys_are_created_once_and_rotated() -> None:
    assert run("keys", "rotate").exit_code == 4
    assert "BEGIN PUBLIC KEY" in run("keys", "create").stdout
    assert run("keys", "create").exit_code == 4
    assert run("keys", "rotate").exit_code == 0
    assert run("keys", "list").stdout.count("BEGIN PUBLIC KEY") == 2
