"""The table of the law, enumerated: what is in it may be done, nothing else."""

import itertools

import pytest

from motcua.domain.cases.rules import lifecycle
from motcua.domain.cases.rules.lifecycle import Position, before_interruption, position_after
from motcua.domain.cases.types import (
    FINAL_STATES,
    NATIONAL_CODE,
    ClockEffect,
    IllegalStep,
    NotYourStep,
    State,
    Step,
)
from motcua.kernel.actors import Role

PROCESSING = Position(State.PROCESSING, Role.LEADER)
ASKED = Position(State.SUPPLEMENT_REQUESTED, None)
LEAVING = Position(State.WITHDRAWAL_REQUESTED, Role.CLERK)


@pytest.mark.parametrize(("state", "step", "role"), list(itertools.product(State, Step, Role)))
def test_every_pair_outside_the_table_is_refused(state: State, step: Step, role: Role) -> None:
    rule = lifecycle.RULES.get((state, step))
    if rule is None:
        with pytest.raises(IllegalStep):
            lifecycle.rule_for(state, step, by=role)
    elif role not in rule.by:
        with pytest.raises(NotYourStep):
            lifecycle.rule_for(state, step, by=role)
    else:
        assert lifecycle.rule_for(state, step, by=role) is rule


def test_the_ten_states_carry_the_national_numbers() -> None:
    assert [NATIONAL_CODE[state] for state in State] == list(range(1, 11))
    assert NATIONAL_CODE[State.WITHDRAWAL_REQUESTED] == 7


def test_nothing_leaves_a_final_state_and_every_other_can_be_left() -> None:
    left = {state for state, _ in lifecycle.RULES}
    assert left == set(State) - FINAL_STATES


def test_every_state_can_be_reached() -> None:
    reached = {rule.to for rule in (*lifecycle.FIRST.values(), *lifecycle.RULES.values()) if rule.to}
    assert reached == set(State)


def test_every_rule_names_its_law_and_somebody() -> None:
    assert all(rule.law and rule.by for rule in lifecycle.RULES.values())


def test_a_final_state_stops_the_clock_unless_it_stands_already() -> None:
    for (state, _), rule in lifecycle.RULES.items():
        if rule.to in FINAL_STATES and state is not State.DONE:
            assert rule.clock is ClockEffect.STOP


def test_coming_back_pops_one_interruption() -> None:
    assert before_interruption([PROCESSING, ASKED]) == PROCESSING
    assert before_interruption([PROCESSING, ASKED, LEAVING]) == ASKED
    assert before_interruption([PROCESSING, ASKED, LEAVING, ASKED]) == PROCESSING


def test_a_denied_withdrawal_gives_the_leader_his_turn_back() -> None:
    rule = lifecycle.RULES[State.WITHDRAWAL_REQUESTED, Step.DENY_WITHDRAWAL]
    assert position_after(Step.DENY_WITHDRAWAL, rule, [PROCESSING, LEAVING]) == PROCESSING


def test_an_apology_does_not_take_the_turn_away() -> None:
    rule = lifecycle.RULES[State.PROCESSING, Step.REAPPOINT]
    assert position_after(Step.REAPPOINT, rule, [PROCESSING]) == PROCESSING
