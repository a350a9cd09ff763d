"""The nine codes: every step of the table, and the two things that are refused."""

import pytest

from motcua.domain.exchange.rules import lifecycle
from motcua.domain.exchange.rules.lifecycle import (
    BY,
    RULES,
    STEPS,
    Change,
    NotYourStatus,
    Party,
    Said,
    State,
    Status,
    StatusAfterEnd,
    refuse_if_impossible,
    state_after,
)


def told(*steps: str) -> list[Said]:
    return [Said(step, BY[STEPS[step]] if step in STEPS else Party.RECIPIENT) for step in steps]


WAYS = {
    (): State.SENT,
    ("01", "03", "04", "04", "05", "05", "06"): State.FINISHED,
    ("03", "06"): State.FINISHED,  # skipped codes
    ("05", "03"): State.PROCESSING,  # arrived late: nothing goes back
    ("01", "02"): State.REJECTED,
    ("03", "02"): State.ACCEPTED,  # entered in the book: too late to reject
    ("01", "03", "13"): State.RETURN_ASKED,
    ("01", "03", "13", "15"): State.TAKEN_BACK,
    ("01", "05", "13", "16"): State.PROCESSING,
    ("13", "16", "03"): State.ACCEPTED,
    ("06", "13"): State.FINISHED,  # what is done is not taken back
    ("06", "revoke", "15"): State.TAKEN_BACK,  # but may be revoked
    ("04", "update"): State.UPDATE_ASKED,
    ("04", "update", "15"): State.ASSIGNED,
    ("04", "update", "16", "05"): State.PROCESSING,
    ("03", "replace"): State.SUPERSEDED,
    ("03", "14"): State.ACCEPTED,  # one client says 14 where it means 15: kept, moves nothing
    ("03", "13", "14"): State.RETURN_ASKED,
    ("15",): State.SENT,
}


@pytest.mark.parametrize("way", WAYS, ids="-".join)
def test_a_way_leads_where_the_field_means(way: tuple[str, ...]) -> None:
    assert state_after(told(*way)) is WAYS[way]


def test_every_row_is_reachable_and_every_code_has_one() -> None:
    assert {step for _, step in RULES} == {*Status, *Change}
    assert {there for there in RULES.values() if there} | {State.SENT} == set(State)


@pytest.mark.parametrize("end", [("02",), ("13", "15"), ("replace",)])
def test_nothing_follows_an_end_but_its_own_echo(end: tuple[str, ...]) -> None:
    history = told(*end)

    refuse_if_impossible(history, history[-1])
    with pytest.raises(StatusAfterEnd):
        refuse_if_impossible(history, Said("05", Party.RECIPIENT))


def test_each_party_sends_its_own_codes() -> None:
    for step in STEPS.values():
        other = Party.SENDER if BY[step] is Party.RECIPIENT else Party.RECIPIENT
        with pytest.raises(NotYourStatus):
            refuse_if_impossible([], Said(step.value, other))


def test_a_code_of_the_wrong_party_moves_nothing() -> None:
    assert state_after([Said("03", Party.SENDER)]) is State.SENT


def test_the_diagram_has_every_row() -> None:
    assert lifecycle.as_mermaid().count("\n") == len(RULES) + 2
