"""Try a definition's own test cases: answers in, fee, papers, steps, due date and words of the result out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

from motcua.domain.catalogue.rules import answers, fees, process, results
from motcua.domain.catalogue.rules.answers import Filled
from motcua.domain.catalogue.types import BadAnswers, Definition, TestCase
from motcua.kernel.calendar import Limit, Mode, Unit, due, vietnam
from motcua.kernel.clock import VIETNAM

NOON: Final = datetime(2026, 3, 10, 5, 0, tzinfo=UTC)  #: an ordinary Tuesday, when a case names no moment
YEARS_AHEAD: Final = 3  #: no limit reaches further


@dataclass(frozen=True, slots=True)
class Difference:
    """What a test case expected and what came out; ``what`` is the name of the expectation."""

    what: str
    expected: object
    got: object


@dataclass(frozen=True, slots=True)
class Trial:
    """One test case after it was tried."""

    name: str
    differences: tuple[Difference, ...]

    @property
    def passed(self) -> bool:
        return not self.differences


def tried(definition: Definition) -> tuple[Trial, ...]:
    """Return every test case of ``definition``, tried."""
    return tuple(Trial(case.name, tuple(_differences(definition, case))) for case in definition.tests)


def _differences(definition: Definition, case: TestCase) -> Iterator[Difference]:
    today = (case.received_at or NOON).astimezone(VIETNAM).date()
    expect = case.expect
    try:
        clean = answers.checked(definition, case.answers, today=today, channel=case.channel)
    except BadAnswers as refusal:
        if refusal.facts["fields"] != (dict(expect.faults) if expect.faults is not None else None):
            yield Difference("faults", expect.faults or {}, refusal.facts["fields"])
        return
    if expect.faults:
        yield Difference("faults", dict(expect.faults), {})
        return
    form = answers.filled(definition, clean, today=today, channel=case.channel)
    yield from _of_the_form(form, case)
    yield from _of_the_course(form, case, today)
    yield from _of_the_result(form, case)


def _of_the_form(form: Filled, case: TestCase) -> Iterator[Difference]:
    expect = case.expect
    questions = tuple(question.key for question in form.shown)
    papers = tuple(paper.key for paper in form.required_papers)
    found: Mapping[str, tuple[object, object]] = {
        "case": (expect.case, form.case),
        "fee_dong": (expect.fee_dong, fees.total_dong(form)),
        "papers": (expect.papers, papers),
        "questions": (expect.questions, questions),
        "steps": (expect.steps, tuple(step.key for step in form.steps)),
    }
    for what, (expected, got) in found.items():
        if expected is not None and expected != got:
            yield Difference(what, expected, got)
    for key, expected in expect.answers.items():
        if form.answers.get(key) != expected:
            yield Difference(f"answers.{key}", expected, form.answers.get(key))


def _of_the_course(form: Filled, case: TestCase, today: date) -> Iterator[Difference]:
    if case.expect.due_at is None:
        return
    spec = process.course(form).limit
    limit = Limit(spec.value, Unit(spec.unit), Mode(spec.mode), spec.cutoff)
    calendar = vietnam(range(today.year - 1, today.year + YEARS_AHEAD))
    got = due(calendar, case.received_at or NOON, limit).at
    expected = case.expect.due_at
    if got != (expected if expected.tzinfo else expected.replace(tzinfo=VIETNAM)):
        yield Difference("due_at", expected.isoformat(), got.isoformat())


def _of_the_result(form: Filled, case: TestCase) -> Iterator[Difference]:
    printed = list(_texts(results.facts(form.definition, form.answers, units={})))
    for text in case.expect.result_says:
        if not any(text in each for each in printed):
            yield Difference("result_says", text, "")


def _texts(facts: object) -> Iterator[str]:
    match facts:
        case Mapping():
            for part in facts.values():
                yield from _texts(part)
        case list():
            for part in facts:
                yield from _texts(part)
        case _:
            yield str(facts)
