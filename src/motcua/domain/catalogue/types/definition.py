"""What a procedure definition says.

A definition is data an administrator writes; these models are its grammar (format 2). Unknown keys are errors,
so that a misspelt rule is never silently ignored.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Final, Literal, Self

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from motcua.domain.catalogue.types.fees import FeeSpec
from motcua.domain.catalogue.types.forms import FormField, PaperSpec, Section
from motcua.domain.catalogue.types.logic import AROUND, Logic, logic_of
from motcua.domain.catalogue.types.outcome import ResultSpec
from motcua.domain.catalogue.types.process import (
    CaseSpec,
    Channel,
    LimitSpec,
    OtherLimit,
    Stage,
    StepSpec,
    SupplementSpec,
)
from motcua.domain.catalogue.types.words import Key, Part, Words

FORMAT: Final = 2
MOST_FIELDS: Final = 400
MOST_PAPERS: Final = 100
MOST_STEPS: Final = 60
MOST_FEES: Final = 40


class LegalBasis(Part):
    number: str
    title: str


class AskedAnyway(Part):
    """A public exemption: a question is asked although a register of the node holds the answer.

    Signed by a leader, with a reason; shown to the public.
    """

    field: Key
    reason: Words
    signed_by: str
    decision: str


class Burden(Part):
    """What one performance takes of the applicant, for the Standard Cost Model (Circular 03/2022/TT-VPCP)."""

    paper_hours: Mapping[Key, Annotated[float, Field(ge=0)]] = {}  #: hours to prepare each paper
    form_hours: Annotated[float, Field(ge=0)] = 0.5
    submit_hours: Annotated[float, Field(ge=0)] = 1  #: at the counter, travel included
    submit_online_hours: Annotated[float, Field(ge=0)] = 0.25
    receive_hours: Annotated[float, Field(ge=0)] = 1
    copying_dong: Annotated[int, Field(ge=0)] = 0
    travel_dong: Annotated[int, Field(ge=0)] = 0
    service_dong: Annotated[int, Field(ge=0)] = 0
    other_dong: Annotated[int, Field(ge=0)] = 0
    times_per_year: Annotated[float, Field(gt=0)] = 1
    subjects_per_year: Annotated[int, Field(ge=0)] = 0


def _as_typed(value: object) -> object:
    """Return answers with fractions as a form gives them; a file is read with exact ones."""
    match value:
        case Mapping():
            return {key: _as_typed(part) for key, part in value.items()}
        case list():
            return [_as_typed(part) for part in value]
        case Decimal():
            return float(value)
        case _:
            return value


Answers = Annotated[Mapping[str, object], BeforeValidator(_as_typed)]


class Expectation(Part):
    """What a test case expects; what is not named is not looked at."""

    case: Key | None = None
    fee_dong: Annotated[int, Field(ge=0)] | None = None
    papers: tuple[Key, ...] | None = None  #: required papers, in order
    questions: tuple[Key, ...] | None = None  #: questions that apply, in order
    answers: Answers = {}  #: computed or kept answers
    steps: tuple[Key, ...] | None = None
    due_at: datetime | None = None
    result_says: tuple[str, ...] = ()  #: texts that stand on the result
    faults: Mapping[str, str] | None = None  #: question → code; the answers must be refused so


class TestCase(Part):
    """Answers and what must follow from them; run before publication and by ``motcua procedures test``."""

    __test__ = False  # not a test of ours, whatever its name

    name: str
    answers: Answers
    channel: Channel = Channel.ONLINE
    received_at: datetime | None = None
    expect: Expectation


class Definition(Part):
    """Everything the node knows about one version of one procedure."""

    format: Literal[2]
    code: Annotated[str, Field(pattern=r"^[1-9]\.[0-9]{6}$")]
    decision: str
    valid_from: date
    name: Words
    summary: Words
    outcome: Words  #: what the citizen gets, in plain words
    field: Words
    ministry: str = ""
    subjects: Annotated[tuple[Literal["citizen", "organisation"], ...], Field(min_length=1)]
    levels: Annotated[tuple[Literal["ministry", "province", "commune"], ...], Field(min_length=1)]
    life_event: Key
    keywords: tuple[str, ...] = ()
    legal_basis: Annotated[tuple[LegalBasis, ...], Field(min_length=1)]
    conditions: Words | None = None  #: yêu cầu, điều kiện
    related: tuple[Annotated[str, Field(pattern=r"^[1-9]\.[0-9]{6}$")], ...] = ()
    channels: Annotated[tuple[Channel, ...], Field(min_length=1)]
    presence: Words | None = None  #: why the law wants the applicant to come in person, if it does
    cases: tuple[CaseSpec, ...] = ()
    limit: LimitSpec
    limits: tuple[OtherLimit, ...] = ()
    supplement: SupplementSpec = SupplementSpec()
    fees: Annotated[tuple[FeeSpec, ...], Field(max_length=MOST_FEES)] = ()
    sections: Annotated[tuple[Section, ...], Field(min_length=1)]
    papers: Annotated[tuple[PaperSpec, ...], Field(max_length=MOST_PAPERS)] = ()
    steps: Annotated[tuple[StepSpec, ...], Field(min_length=3, max_length=MOST_STEPS)]
    result: ResultSpec
    asked_anyway: tuple[AskedAnyway, ...] = ()
    burden: Burden | None = None
    tests: tuple[TestCase, ...] = ()

    @cached_property
    def fields(self) -> tuple[FormField, ...]:
        return tuple(field for section in self.sections for field in section.fields)

    @cached_property
    def logic(self) -> Logic:
        """Every rule, ready to evaluate. A definition read by ``rules.definitions`` has no faults here."""
        return logic_of(self)

    def step(self, key: str) -> StepSpec:
        return next(step for step in self.steps if step.key == key)

    @model_validator(mode="after")
    def _keys_are_unique(self) -> Self:
        if len(self.fields) > MOST_FIELDS:
            raise PydanticCustomError("too_many", "more than {most} questions", {"most": MOST_FIELDS})
        _refuse_twice("sections", (section.key for section in self.sections))
        _refuse_twice("questions", (field.key for field in self.fields))
        _refuse_twice("papers", (paper.key for paper in self.papers))
        _refuse_twice("fees", (fee.key for fee in self.fees))
        _refuse_twice("steps", (step.key for step in self.steps))
        _refuse_twice("cases", (case.key for case in self.cases))
        if taken := sorted(AROUND.keys() & {field.key for field in self.fields}):
            raise PydanticCustomError("reserved", "reserved keys: {keys}", {"keys": ", ".join(taken)})
        return self

    @model_validator(mode="after")
    def _what_is_named_exists(self) -> Self:
        fields, papers = {f.key for f in self.fields}, {p.key for p in self.papers}
        named = [key for fee in self.fees for key in (fee.units_field, fee.times_field) if key]
        named += [fact.of for fact in self.result.facts.values()] + [line.of for line in self.result.lines]
        named += [asked.field for asked in self.asked_anyway]
        _refuse_unknown("questions", named, fields)
        if self.burden is not None:
            _refuse_unknown("papers", self.burden.paper_hours, papers)
        cases = {case.key for case in self.cases}
        _refuse_unknown("cases", (key for paper in self.papers for key in paper.cases), cases)
        _refuse_unknown("cases", (key for fee in self.fees for key in fee.cases), cases)
        _refuse_unknown("cases", (key for other in self.limits for key in other.cases), cases)
        steps = {step.key for step in self.steps}
        _refuse_unknown("steps", (key for other in self.limits for key in other.hours), steps)
        return self

    @model_validator(mode="after")
    def _last_case_is_otherwise(self) -> Self:
        if self.cases and ([c.when is None for c in self.cases] != [False] * (len(self.cases) - 1) + [True]):
            raise PydanticCustomError("cases", "the last case, and only it, has no condition")
        return self

    @model_validator(mode="after")
    def _steps_lead_from_reception_to_decision(self) -> Self:
        stages = [step.stage for step in self.steps]
        if sorted(stages, key=list(Stage).index) != stages or set(stages) != set(Stage):
            raise PydanticCustomError("steps", "steps go from reception through handling to decision")
        for place, step in enumerate(self.steps):
            earlier = {before.key for before in self.steps[:place]}
            _refuse_unknown("steps", (*step.after, *([step.returns_to] if step.returns_to else ())), earlier)
        return self


def _refuse_twice(what: str, keys: Iterable[str]) -> None:
    seen: set[str] = set()
    twice = sorted({key for key in keys if key in seen or seen.add(key)})  # type: ignore[func-returns-value]
    if twice:
        raise PydanticCustomError("twice", "{what}: twice {keys}", {"what": what, "keys": ", ".join(twice)})


def _refuse_unknown(what: str, named: Iterable[str], known: Iterable[str]) -> None:
    if missing := sorted(set(named) - set(known)):
        keys = {"what": what, "keys": ", ".join(missing)}
        raise PydanticCustomError("unknown", "{what}: unknown {keys}", keys)
