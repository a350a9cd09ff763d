"""The life of a dossier: which step may follow which state, who may take it, what it does to the clock.

Source: Decree 118/2025/NĐ-CP art. 15–24; Decree 45/2020/NĐ-CP art. 11; states and successors of the national
exchange guide (codes 1–10). The table is the law row by row; nothing here reads the clock or the database, so
all of it is tested by enumeration, and the diagram in the docs is generated from it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from motcua.domain.cases.types import ClockEffect, IllegalStep, NotYourStep, State, Step
from motcua.kernel.actors import Role

CLERK, HANDLER, LEADER = Role.CLERK, Role.HANDLER, Role.LEADER
CITIZEN, SYSTEM = Role.CITIZEN, Role.SYSTEM
BACK: Final = None  #: the state before the present one


@dataclass(frozen=True, slots=True)
class Rule:
    to: State | None  #: BACK: where the dossier was before it was interrupted
    by: frozenset[Role]
    clock: ClockEffect
    law: str  #: article that allows the step


def _rule(to: State | None, *by: Role, clock: ClockEffect = ClockEffect.NONE, law: str) -> Rule:
    return Rule(to, frozenset(by), clock, law)


FIRST: Final[Mapping[Step, Rule]] = {
    Step.SUBMIT: _rule(State.SUBMITTED, CITIZEN, law="NĐ 45/2020 art. 10"),
    Step.REGISTER: _rule(State.ACCEPTED, CLERK, clock=ClockEffect.START, law="NĐ 118/2025 art. 16"),
}


def _asked(by: Role) -> Rule:
    return _rule(State.SUPPLEMENT_REQUESTED, by, clock=ClockEffect.PAUSE, law="NĐ 118/2025 art. 17; form 02")


def _taken_back() -> Rule:
    return _rule(State.WITHDRAWAL_REQUESTED, CITIZEN, clock=ClockEffect.PAUSE, law="NĐ 118/2025 art. 21")


RULES: Final[Mapping[tuple[State, Step], Rule]] = {
    # 1 mới đăng ký
    (State.SUBMITTED, Step.ACCEPT): _rule(
        State.ACCEPTED, CLERK, clock=ClockEffect.START, law="NĐ 45/2020 art. 11"
    ),
    (State.SUBMITTED, Step.DECLINE): _rule(
        State.NOT_ACCEPTED, CLERK, clock=ClockEffect.STOP, law="NĐ 118/2025 art. 17; form 03"
    ),
    (State.SUBMITTED, Step.ASK_SUPPLEMENT): _asked(CLERK),
    (State.SUBMITTED, Step.ASK_WITHDRAWAL): _taken_back(),
    # 2 được tiếp nhận
    (State.ACCEPTED, Step.FORWARD): _rule(State.PROCESSING, CLERK, law="NĐ 118/2025 art. 18"),
    (State.ACCEPTED, Step.ASK_SUPPLEMENT): _asked(CLERK),
    (State.ACCEPTED, Step.ASK_WITHDRAWAL): _taken_back(),
    (State.ACCEPTED, Step.REAPPOINT): _rule(
        State.ACCEPTED, CLERK, LEADER, clock=ClockEffect.REAPPOINT, law="NĐ 118/2025 art. 19; form 04"
    ),
    (State.ACCEPTED, Step.COLLECT_FEE): _rule(State.ACCEPTED, CLERK, law="NĐ 118/2025 art. 24"),
    # 4 đang xử lý
    (State.PROCESSING, Step.CLAIM): _rule(State.PROCESSING, HANDLER, law="NĐ 118/2025 art. 19"),
    (State.PROCESSING, Step.PROPOSE): _rule(State.PROCESSING, HANDLER, law="NĐ 118/2025 art. 19"),
    (State.PROCESSING, Step.SEND_BACK): _rule(State.PROCESSING, LEADER, law="NĐ 118/2025 art. 19"),
    (State.PROCESSING, Step.APPROVE): _rule(
        State.DONE, LEADER, clock=ClockEffect.STOP, law="NĐ 118/2025 art. 19"
    ),
    (State.PROCESSING, Step.REJECT): _rule(
        State.STOPPED, LEADER, clock=ClockEffect.STOP, law="NĐ 118/2025 art. 19; form 03"
    ),
    (State.PROCESSING, Step.ASK_SUPPLEMENT): _asked(HANDLER),
    (State.PROCESSING, Step.REQUIRE_PAYMENT): _rule(
        State.PAYMENT_REQUESTED, HANDLER, clock=ClockEffect.PAUSE, law="NĐ 118/2025 art. 24"
    ),
    (State.PROCESSING, Step.ASK_WITHDRAWAL): _taken_back(),
    (State.PROCESSING, Step.REAPPOINT): _rule(
        State.PROCESSING, CLERK, LEADER, clock=ClockEffect.REAPPOINT, law="NĐ 118/2025 art. 19; form 04"
    ),
    (State.PROCESSING, Step.COLLECT_FEE): _rule(State.PROCESSING, CLERK, law="NĐ 118/2025 art. 24"),
    # 5 yêu cầu bổ sung
    (State.SUPPLEMENT_REQUESTED, Step.SUPPLEMENT): _rule(
        BACK, CITIZEN, CLERK, clock=ClockEffect.RESUME, law="NĐ 118/2025 art. 17"
    ),
    (State.SUPPLEMENT_REQUESTED, Step.CLOSE_UNANSWERED): _rule(
        State.STOPPED, SYSTEM, clock=ClockEffect.STOP, law="15 working days; form 05"
    ),
    (State.SUPPLEMENT_REQUESTED, Step.ASK_WITHDRAWAL): _taken_back(),
    # 6 yêu cầu thực hiện nghĩa vụ tài chính
    (State.PAYMENT_REQUESTED, Step.CONFIRM_PAYMENT): _rule(
        State.PROCESSING, CLERK, HANDLER, clock=ClockEffect.RESUME, law="NĐ 118/2025 art. 24"
    ),
    (State.PAYMENT_REQUESTED, Step.ASK_WITHDRAWAL): _taken_back(),
    # 7 công dân yêu cầu rút hồ sơ
    (State.WITHDRAWAL_REQUESTED, Step.GRANT_WITHDRAWAL): _rule(
        State.STOPPED, CLERK, clock=ClockEffect.STOP, law="NĐ 118/2025 art. 21; form 05"
    ),
    (State.WITHDRAWAL_REQUESTED, Step.DENY_WITHDRAWAL): _rule(
        BACK, CLERK, clock=ClockEffect.RESUME, law="NĐ 118/2025 art. 21"
    ),
    # 9 đã xử lý xong
    (State.DONE, Step.HAND_OVER): _rule(State.RETURNED, CLERK, law="NĐ 118/2025 art. 20"),
    (State.DONE, Step.COLLECT_FEE): _rule(State.DONE, CLERK, law="NĐ 118/2025 art. 24"),
}


def rule_for(state: State, step: Step, *, by: Role) -> Rule:
    """Return the rule under which ``by`` may take ``step`` from ``state``.

    Raises IllegalStep when there is none, NotYourStep when it names other roles.
    """
    rule = RULES.get((state, step))
    if rule is None:
        raise IllegalStep(state=state, step=step)
    if by not in rule.by:
        raise NotYourStep(state=state, step=step, by=by)
    return rule


def steps_open_to(role: Role, state: State) -> list[Step]:
    """Return the steps ``role`` may take from ``state``, in the order of the table."""
    return [step for (here, step), rule in RULES.items() if here is state and role in rule.by]


KEEPS_TURN: Final = frozenset({Step.CLAIM, Step.REAPPOINT, Step.COLLECT_FEE})
INTERRUPTIONS: Final = frozenset(
    {State.SUPPLEMENT_REQUESTED, State.PAYMENT_REQUESTED, State.WITHDRAWAL_REQUESTED}
)


@dataclass(frozen=True, slots=True)
class Position:
    """Where a dossier stands: its state and the officer whose turn it is."""

    state: State
    turn: Role | None


def position_after(step: Step, rule: Rule, past: Sequence[Position]) -> Position:
    """Return where ``step`` under ``rule`` leads, given every position so far, oldest first.

    Within PROCESSING the turn passes from handler to leader and back; elsewhere the state alone decides.
    """
    if rule.to is BACK:
        return before_interruption(past)
    if step in KEEPS_TURN and past:
        return Position(rule.to, past[-1].turn)
    if rule.to is State.PROCESSING:
        return Position(rule.to, LEADER if step is Step.PROPOSE else HANDLER)
    desk = {State.SUBMITTED, State.ACCEPTED, State.WITHDRAWAL_REQUESTED, State.DONE}
    return Position(rule.to, CLERK if rule.to in desk else None)


def before_interruption(past: Sequence[Position]) -> Position:
    """Return the position the present interruption broke into.

    Interruptions nest (a withdrawal asked for while papers are missing), so they are a stack: entering one
    pushes, coming back pops.
    """
    stack: list[Position] = []
    for position in past:
        depths = [depth for depth, waiting in enumerate(stack) if waiting.state is position.state]
        if depths:
            del stack[depths[-1] :]
        elif stack and position.state not in INTERRUPTIONS:
            stack.clear()
        stack.append(position)
        if position.state not in INTERRUPTIONS:
            stack = [position]
    return stack[-2]


def as_mermaid() -> str:
    """Return the state diagram of the table for the docs."""
    rows = [f"    [*] --> {rule.to}: {step}" for step, rule in FIRST.items()]
    rows += [f"    {here} --> {rule.to or here}: {step}" for (here, step), rule in RULES.items() if rule.to]
    rows += [
        f"    {here} --> before_{here}: {step}" for (here, step), rule in RULES.items() if rule.to is BACK
    ]
    return "stateDiagram-v2\n" + "\n".join(rows) + "\n"
