"""Definitions on the command line: proved, compared, copied, described, without a database."""

import json
from importlib.resources import files
from pathlib import Path

from typer.testing import CliRunner

from motcua.interfaces.cli.procedures import app

SHIPPED = files("motcua.domain.catalogue") / "definitions"
BIRTH = "1.001193"


def told(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, list(arguments))
    return done.exit_code, done.stdout


def test_a_shipped_definition_proves() -> None:
    code, said = told("prove", BIRTH, "--json")
    proof = json.loads(said)
    assert (code, proof["ok"], proof["code"]) == (0, True, BIRTH)


def test_a_faulty_file_says_where_why_and_for_which_answers(tmp_path: Path) -> None:
    text = (SHIPPED / "1.001612.yaml").read_text(encoding="utf-8")
    file = tmp_path / "one.yaml"
    file.write_text(text.replace("show_when: premises_rented", "show_when: business_workers > 1000"))

    code, said = told("prove", str(file), "--json")

    found = next(each for each in json.loads(said)["findings"] if each["severity"] == "fault")
    assert code == 1
    assert (found["class"], found["where"]) == ("unreachable", "papers.2.show_when")
    assert found["says"] == "This paper is never needed: its condition can never hold."


def test_what_is_no_definition_is_said_and_not_a_crash(tmp_path: Path) -> None:
    file = tmp_path / "bad.yaml"
    file.write_bytes(b"\xff\xfe")
    assert told("prove", str(file))[0] == 2
    file.write_text("code: [")
    code, said = told("prove", str(file), "--json")
    assert code == 1
    assert [each["class"] for each in json.loads(said)["findings"]] == ["unreadable"]


def test_a_clone_differs_by_its_code_alone(tmp_path: Path) -> None:
    copy = tmp_path / "copy.yaml"
    assert told("clone", BIRTH, "9.000001", "--out", str(copy))[0] == 0
    code, said = told("diff", BIRTH, str(copy), "--json")
    assert code == 1
    assert [(each["where"], each["after"]) for each in json.loads(said)] == [("code", "9.000001")]


def test_the_schema_is_printed() -> None:
    code, said = told("schema")
    assert code == 0
    assert json.loads(said)["properties"]["sections"]


def test_the_paper_form_is_written_as_pdf(tmp_path: Path) -> None:
    file = tmp_path / "form.pdf"

    assert told("form", BIRTH, "--out", str(file))[0] == 0

    assert file.read_bytes().startswith(b"%PDF-1.7")
