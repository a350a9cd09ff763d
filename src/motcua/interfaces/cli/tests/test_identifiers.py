"""``motcua id`` as people and scripts call it."""

import json
from string import Formatter
from typing import Any

from typer.testing import CliRunner

from motcua.interfaces.cli.main import gathered
from motcua.interfaces.design import identifiers as words
from motcua.kernel.identifiers import Reason


def run(*arguments: str, stdin: str = "") -> tuple[int, list[dict[str, Any]]]:
    result = CliRunner().invoke(gathered("id"), ["id", *arguments], input=stdin)
    return result.exit_code, [json.loads(line) for line in result.stdout.splitlines()]


def test_a_valid_one_is_taken_apart() -> None:
    code, [answer] = run("personal_id", "079203001234", "--json")
    assert code == 0
    assert answer["valid"] is True
    assert (answer["province"], answer["sex"], answer["birth_year"]) == ("079", "M", 2003)


def test_an_invalid_one_has_a_reason_in_two_languages() -> None:
    code, [answer] = run("mst", "0100233480", "--json")
    assert (code, answer["valid"], answer["reason"]) == (1, False, "check_digit")
    assert answer["message"] == "Chữ số kiểm tra không khớp: có thể đã gõ nhầm một chữ số."
    _, [answer] = run("mst", "12345", "--json", "--lang", "en")
    assert answer["message"] == "Wrong number of digits: 5 instead of 10, 12, 13."


def test_lines() -> None:
    lines = "mst\t0100233488\r\nmst\t12345\n\ncommune\t00004\npassport\tC1\nno tab\nvietqr\t\n"
    code, answers = run("--stdin", stdin=lines)
    assert code == 1
    assert [answer["valid"] for answer in answers] == [True, False, True, False, False, False]
    assert [answer["reason"] for answer in answers[3:]] == ["unknown_kind", "unknown_kind", "empty"]

    assert run("--stdin", stdin="mst\t0100233488\n")[0] == 0


def test_plain_words() -> None:
    result = CliRunner().invoke(gathered("id"), ["id", "procedure_code", "1.001193.h21"])
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "hợp lệ: 1.001193.H21",
        "  base: 1.001193",
        "  agency: H21",
        "  form: local",
    ]


def test_every_reason_has_words_in_both_languages() -> None:
    for reason in Reason:
        vietnamese, english = words._VIETNAMESE[reason], words._ENGLISH[reason]
        asked = [{name for _, name, *_ in Formatter().parse(text) if name} for text in (vietnamese, english)]
        assert asked[0] == asked[1]
