"""``motcua deadline`` as people and scripts call it."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from motcua.interfaces.cli.main import gathered

VECTORS = Path(__file__).parents[6] / "shared" / "data" / "deadline_vectors.json"

#: section of the vectors → which key of the answer carries which key of the vector
ANSWERS = {
    "cases": {"due": "expected"},
    "pause_cases": {
        "due": "due_after_pauses",
        "original_due": "original_due",
        "due_after_pauses": "due_after_pauses",
        "net_working_minutes": "net_working_minutes",
        "late": "late",
    },
    "reset_cases": {"due": "expected"},
    "response_windows": {"due": "expected"},
    "auto_close": {"last_day": "last_day"},
    "apology": {"latest_apology_date": "latest_apology_date"},
    "petitions": {
        "reject_by": "reject_by",
        "ask_supplement_by": "ask_supplement_by",
        "handle_by": "handle_by",
    },
    "report_periods": {"start": "start", "end": "end"},
}


def run(*words: str, stdin: str = "") -> tuple[int, list[dict[str, Any]]]:
    result = CliRunner().invoke(gathered("deadline"), ["deadline", *words], input=stdin)
    return result.exit_code, [json.loads(line) for line in result.stdout.splitlines()]


def test_django_is_not_loaded() -> None:
    script = (
        "import sys; from motcua.interfaces.cli.main import gathered; gathered('deadline'); gathered('id')"
    )
    subprocess.run([sys.executable, "-c", f"{script}; sys.exit('django' in sys.modules)"], check=True)


def test_one_question() -> None:
    words = ["--received", "2026-02-11T09:00", "--limit", "5", "--unit", "working_day", "--mode", "rolling"]

    code, [answer] = run(*words, "--json")

    assert code == 0
    assert answer["due"] == "2026-02-25T09:00"
    assert "14/02–22/02/2026 không tính: Tết Nguyên Đán." in answer["explanation"]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        (["--cutoff", "15:00"], "2026-03-06T17:00"),
        (["--cutoff", "1h"], "2026-03-06T17:00"),
        (["--mode", "date"], "2026-03-06T17:00"),
        (["--restart", "2026-03-09T08:00"], "2026-03-11T17:00"),
        (["--pause", "2026-03-04T08:00/2026-03-05T08:00"], "2026-03-09T16:30"),
        (
            ["--pause", "2026-03-04T08:00/2026-03-05T08:00", "--pause", "2026-03-06T08:00/2026-03-06T12:00"],
            "2026-03-10T11:30",
        ),
    ],
)
def test_options(more: list[str], expected: str) -> None:
    code, [answer] = run("--received", "2026-03-03T16:30", "--limit", "3", *more, "--json")
    assert (code, answer["due"]) == (0, expected)


def test_an_open_pause_has_no_due_date() -> None:
    words = ["--received", "2026-03-02T08:00", "--limit", "5", "--pause", "2026-03-03T08:00/"]
    code, [answer] = run(*words, "--json")
    assert (code, answer["due"], answer["paused_since"]) == (0, None, "2026-03-03T08:00")


def test_zones_are_answered_with_zones() -> None:
    code, [answer] = run("--received", "2026-02-11T02:00Z", "--limit", "5", "--json")
    assert (code, answer["due"]) == (0, "2026-02-25T09:00+07:00")


def test_english_sentences() -> None:
    words = ["--received", "2026-02-05T10:00", "--limit", "12", "--unit", "calendar_day", "--lang", "en"]
    result = CliRunner().invoke(gathered("deadline"), ["deadline", *words])
    assert result.stdout.splitlines() == [
        "Received at 05/02/2026 10:00.",
        "05/02/2026 is not counted; plus 12 days, to the close of the last day.",
        "17/02/2026 is a day off: moved to the next working day.",
        "Due: 23/02/2026 17:00.",
    ]


def test_a_bad_question_is_refused_by_code() -> None:
    for words, error in [
        (["--received", "yesterday", "--limit", "5"], "deadline.bad_instant"),
        (["--received", "2026-02-11T09:00", "--limit", "-5"], "calendar.not_a_limit"),
        (["--received", "2026-02-11T09:00", "--limit", "5", "--unit", "week"], "calendar.not_a_limit"),
        (
            ["--received", "2026-02-11T09:00", "--limit", "5", "--calendar", "/nowhere"],
            "deadline.bad_calendar_file",
        ),
    ]:
        code, [answer] = run(*words, "--json")
        assert (code, answer["error"]) == (1, error)


@pytest.mark.parametrize("section", ANSWERS)
def test_published_vectors_line_by_line(section: str) -> None:
    if not VECTORS.exists():
        pytest.skip("the shared vectors are not beside this checkout")
    cases = json.loads(VECTORS.read_text())[section]

    code, answers = run("--stdin", "--calendar", str(VECTORS), stdin="\n".join(map(json.dumps, cases)))

    assert code == 0
    for case, answer in zip(cases, answers, strict=True):
        assert answer.get("id") == case.get("id")
        for ours, theirs in ANSWERS[section].items():
            assert answer[ours] == case[theirs], case


def test_the_last_hour_cut_off_line_by_line() -> None:
    line = {"id": "N01", "received": "2026-03-03T16:00", "value": 3, "unit": "working_day"}
    by_option = run("--stdin", "--cutoff", "1h", stdin=json.dumps(line))
    by_line = run("--stdin", stdin=json.dumps({**line, "cutoff": "1h"}))
    assert by_option == by_line
    assert by_line[1][0]["due"] == "2026-03-06T17:00"


def test_a_bad_line_does_not_stop_the_run() -> None:
    good = (
        '{"id": "D", "received": "2026-02-11T09:00", "value": 0.5, "unit": "working_day", "mode": "rolling"}'
    )
    bad = [
        "rubbish",
        "[1]",
        "{}",
        '{"received": "2026-02-11T09:00", "value": 1, "unit": "week"}',
        '{"received": "2026-02-11T09:00", "value": null, "unit": "month"}',
        '{"received": 5, "value": 1, "unit": "month"}',
        '{"received": "2026-02-11T09:00", "value": 1, "unit": "month", "pauses": [["2026-02-12T09:00"], 5]}',
        '{"received": "9999-02-11T09:00", "value": 1, "unit": "month"}',
        '{"received": "2026-02-11T09:00", "stages": [[]]}',
        '{"kind": "month", "year": 2026, "index": 13}',
        '{"kind": ["month"], "year": 2026}',
        '{"submitted": "2026-02-11T09:00", "hours": NaN}',
        '{"requested": "2026-02-11T09:00", "days": 1e9}',
        r'{"id": "\ud800", "received": "\ud800", "value": 1, "unit": "month"}',
        "[" * 100_000,
    ]
    code, answers = run("--stdin", stdin="\n".join([good, *bad, good]))

    assert code == 1
    assert [answer.get("due") for answer in (answers[0], answers[-1])] == ["2026-02-11T14:00"] * 2
    assert all("error" in answer for answer in answers[1:-1])
    assert [answer["line"] for answer in answers[1:-1]] == list(range(2, len(bad) + 2))
