"""``motcua procedures`` on a node that never ran: import, again, badly, export and report."""

import json
from pathlib import Path

import pytest

from motcua.interfaces.cli.node import Exit
from motcua.interfaces.cli.tests.test_node import motcua, var

pytestmark = pytest.mark.xdist_group("node")
__all__ = ["var"]  # the fixture of a node of its own
ROWS = [{"code": f"1.00000{n}", "name": f"Thủ tục {n}"} for n in range(3)]


def test_records_come_in_once_and_go_out_again(var: Path) -> None:
    sent, told, out = var / "in.jsonl", var / "rows.jsonl", var / "out.jsonl"
    sent.write_text("\n".join(json.dumps(row) for row in [*ROWS, {"code": "x"}]))

    first = motcua(var, "procedures", "import", str(sent), "--json", "--report", str(told))
    again = motcua(var, "procedures", "import", str(sent), "--dry-run", "--json")
    exported = motcua(var, "procedures", "export", str(out))
    report = motcua(var, "procedures", "report", "--json")

    counts = json.loads(first.stdout)
    assert first.returncode == Exit.FAILED, first.stderr
    assert (counts["created"], counts["refused"]) == (3, 1)
    rows = [json.loads(line) for line in told.read_text().splitlines()]
    assert [row["faults"][0]["field"] for row in rows if row["faults"]] == ["name"]
    assert json.loads(again.stdout)["unchanged"] == 3
    assert exported.returncode == Exit.DONE
    assert [json.loads(line)["code"] for line in out.read_text().splitlines()] == [
        row["code"] for row in ROWS
    ]
    assert json.loads(report.stdout)["procedures"] == 3

    sent.write_bytes(b"\x00 nothing of the kind")
    refused = motcua(var, "procedures", "import", str(sent), "--json")
    assert refused.returncode == Exit.REFUSED
    assert "catalogue.unreadable_file" in refused.stderr
