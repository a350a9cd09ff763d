"""``motcua exchange inspect``: one JSON object, exit 0 readable, 1 refused; no database is asked."""

import json
from pathlib import Path

from typer.testing import CliRunner

from motcua.domain.exchange.testing import document, written
from motcua.interfaces.cli.main import gathered

RUNNER = CliRunner()


def inspected(tmp_path: Path, package: bytes, *options: str) -> tuple[int, dict[str, object]]:
    path = tmp_path / "package.edxml"
    path.write_bytes(package)
    done = RUNNER.invoke(gathered("exchange"), ["exchange", "inspect", str(path), "--json", *options])
    return done.exit_code, json.loads(done.stdout)


def test_a_package_is_told_as_json(tmp_path: Path) -> None:
    code, told = inspected(tmp_path, written())

    assert code == 0
    assert told["acceptable"] is True
    assert told["kind"] == "Công văn"
    assert told["warnings"] == []
    assert told["signature"] == {"state": "unsigned", "reason": "absent", "holds": False}
    model = told["model"]
    assert isinstance(model, dict)
    assert model["header"]["promulgation"] == {"place": "Hạ Long", "day": "2026-03-02"}


def test_a_fault_is_readable_and_not_acceptable(tmp_path: Path) -> None:
    code, told = inspected(tmp_path, written(document(document_id="")))

    assert code == 0
    assert told["acceptable"] is False
    assert told["faults"] == [
        {
            "code": "missing",
            "element": "edXML/edXMLEnvelope/edXMLHeader/MessageHeader/DocumentId",
            "found": "",
        }
    ]


def test_what_is_refused_has_a_code_and_an_element(tmp_path: Path) -> None:
    code, told = inspected(tmp_path, b"<edXML><a/></edXML>")

    assert code == 1
    assert told == {
        "readable": False,
        "code": "exchange.package_refused",
        "danger": "no_envelope",
        "element": "edXML",
        "expected": "edXMLEnvelope",
        "answer": 22,
    }


def test_authorities_that_are_none_are_wrong_usage(tmp_path: Path) -> None:
    pem, package = tmp_path / "roots.pem", tmp_path / "package.edxml"
    pem.write_text("nothing")
    package.write_bytes(written())

    done = RUNNER.invoke(gathered("exchange"), ["exchange", "inspect", str(package), "--trust", str(pem)])

    assert done.exit_code == 2
