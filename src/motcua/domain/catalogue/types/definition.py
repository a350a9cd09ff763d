"""What a procedure definition says.

A definition is data an administrator writes; these models are its grammar (format 1). Unknown keys are errors,
so that a misspelt rule is never silently ignored.
"""

from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from motcua.kernel.actors import Role

HOURS_PER_WORKING_DAY = 8  #: Provincial processes state "tính mỗi ngày 08 giờ làm việc".
Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]


class Channel(StrEnum):
    """How a dossier reaches the office; national codes 1, 2, 3."""

    COUNTER = "counter"  #: 1 – trực tiếp
    ONLINE = "online"  #: 2 – trực tuyến
    POST = "post"  #: 3 – bưu chính công ích


class FieldType(StrEnum):
    TEXT = "text"
    LONG_TEXT = "long_text"
    INTEGER = "integer"
    MONEY = "money"  #: đồng
    DATE = "date"
    CHOICE = "choice"
    YES_NO = "yes_no"
    PERSONAL_ID = "personal_id"  #: 12 digits
    TAX_CODE = "tax_code"
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"  #: {"street": …, "commune_code": five digits}


class FileKind(StrEnum):
    PDF = "pdf"
    IMAGE = "image"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, serialize_by_alias=True)


class Words(_Part):
    """A text in both languages of the node."""

    vi: Annotated[str, Field(min_length=1)]
    en: Annotated[str, Field(min_length=1)]

    def to(self, language: str) -> str:
        """Return the text in ``language`` ("vi" or "en"); anything else reads Vietnamese."""
        return self.en if language == "en" else self.vi


class Condition(_Part):
    """True when the answer to ``field`` equals ``equals``."""

    field: Key
    equals: str | bool | int

    def holds(self, answers: Mapping[str, object]) -> bool:
        return answers.get(self.field) == self.equals


class Choice(_Part):
    value: Key
    label: Words


class FormField(_Part):
    """One question. ``prefill`` names where a known answer comes from, e.g. ``account.full_name``."""

    key: Key
    type: FieldType
    label: Words
    hint: Words | None = None
    required: bool = True
    prefill: Annotated[str, Field(pattern=r"^(|(account|spouse|family)\.[a-z_]+)$")] = ""
    choices: tuple[Choice, ...] = ()
    show_when: Condition | None = None
    max_length: Annotated[int, Field(ge=1, le=4000)] = 200
    minimum: int | None = None
    maximum: int | None = None
    not_future: bool = False

    @model_validator(mode="after")
    def _choices_belong_to_choice(self) -> Self:
        if (self.type is FieldType.CHOICE) != bool(self.choices):
            raise ValueError(f"field {self.key}: choices go with type choice, and only with it")
        return self


class Section(_Part):
    """Questions asked on one page."""

    key: Key
    title: Words
    intro: Words | None = None
    fields: Annotated[tuple[FormField, ...], Field(min_length=1)]


class PaperSpec(_Part):
    """A component of the dossier – thành phần hồ sơ."""

    key: Key
    name: Words
    hint: Words | None = None
    required: bool = True
    originals: Annotated[int, Field(ge=0)] = 1
    copies: Annotated[int, Field(ge=0)] = 0
    accepts: tuple[FileKind, ...] = (FileKind.PDF, FileKind.IMAGE)
    max_files: Annotated[int, Field(ge=1, le=20)] = 5
    show_when: Condition | None = None


class Tier(_Part):
    """Units up to and including ``up_to`` cost ``amount`` đồng each; the last tier has no ``up_to``."""

    amount: Annotated[int, Field(ge=0)]
    up_to: Annotated[int, Field(ge=1)] | None = None


class FeeSpec(_Part):
    """A fee – phí, lệ phí. Either one amount, or tiers over a counted answer, capped, times another answer."""

    key: Key
    name: Words
    basis: str  #: the instrument that sets it
    amount: Annotated[int, Field(ge=0)] = 0
    tiers: tuple[Tier, ...] = ()
    units_field: Key | None = None
    times_field: Key | None = None
    maximum: Annotated[int, Field(ge=0)] | None = None


class LimitSpec(_Part):
    """Time limit – thời hạn giải quyết. Units and modes of the working calendar."""

    value: Annotated[Decimal, Field(gt=0)]
    unit: Literal["working_hour", "working_day", "calendar_day", "month"]
    mode: Literal["rolling", "date"] = "rolling"
    cutoff: time | None = None


class SupplementSpec(_Part):
    """What a request for more papers does to the clock, and how long the citizen has."""

    mode: Literal["reset", "pause"] = "reset"
    maximum: Annotated[int, Field(ge=1)] = 1
    autoclose_working_days: Annotated[int, Field(ge=1)] = 15


class StepSpec(_Part):
    """One step of the internal process – quy trình nội bộ. ``hours`` are working hours."""

    key: Literal["reception", "handling", "decision"]
    role: Role
    name: Words
    hours: Annotated[Decimal, Field(gt=0)]


class FactSpec(_Part):
    """One fact printed on the result: the answer to ``of``, written ``as_`` the template wants it."""

    of: Key
    as_: Annotated[
        Literal["plain", "date", "money", "choice", "address", "lines", "number"], Field(alias="as")
    ] = "plain"


class ResultSpec(_Part):
    code: Annotated[str, Field(pattern=r"^KQ\.[A-Z][0-9]{2}\.[0-9]+$")]
    name: Words
    template: Key
    book: Key  #: the number book the result is entered in
    symbol: str  #: what follows the number, e.g. "GKS"
    facts: Mapping[str, FactSpec] = {}  #: dotted path in the template's facts → answer
    constants: Mapping[str, str] = {}  #: dotted path → text that is the same on every result


class LegalBasis(_Part):
    number: str
    title: str


class Definition(_Part):
    """Everything the node knows about one version of one procedure."""

    format: Literal[1]
    code: Annotated[str, Field(pattern=r"^[1-9]\.[0-9]{6}$")]
    decision: str
    valid_from: date
    name: Words
    summary: Words
    outcome: Words  #: what the citizen gets, in plain words
    field: Words
    subjects: Annotated[tuple[Literal["citizen", "organisation"], ...], Field(min_length=1)]
    levels: Annotated[tuple[Literal["ministry", "province", "commune"], ...], Field(min_length=1)]
    life_event: Key
    keywords: tuple[str, ...] = ()
    legal_basis: Annotated[tuple[LegalBasis, ...], Field(min_length=1)]
    channels: Annotated[tuple[Channel, ...], Field(min_length=1)]
    limit: LimitSpec
    supplement: SupplementSpec = SupplementSpec()
    fees: tuple[FeeSpec, ...] = ()
    sections: Annotated[tuple[Section, ...], Field(min_length=1)]
    papers: tuple[PaperSpec, ...] = ()
    steps: Annotated[tuple[StepSpec, ...], Field(min_length=3, max_length=3)]
    result: ResultSpec

    @property
    def fields(self) -> tuple[FormField, ...]:
        return tuple(field for section in self.sections for field in section.fields)

    @model_validator(mode="after")
    def _keys_are_unique_and_known(self) -> Self:
        keys = [field.key for field in self.fields]
        if len(keys) != len(set(keys)):
            raise ValueError("two fields share a key")
        papers = [paper.key for paper in self.papers]
        if len(papers) != len(set(papers)):
            raise ValueError("two papers share a key")
        conditions = [f.show_when for f in self.fields] + [p.show_when for p in self.papers]
        named = [condition.field for condition in conditions if condition]
        named += [key for fee in self.fees for key in (fee.units_field, fee.times_field) if key]
        named += [fact.of for fact in self.result.facts.values()]
        if missing := sorted(set(named) - set(keys)):
            raise ValueError(f"conditions, fees or result facts name unknown fields: {', '.join(missing)}")
        return self

    @model_validator(mode="after")
    def _steps_add_up_to_the_limit(self) -> Self:
        """The sum of the steps is the published limit (procedures of Nghệ An, Decision 3857/QĐ-UBND)."""
        if [step.key for step in self.steps] != ["reception", "handling", "decision"]:
            raise ValueError("steps are reception, handling, decision, in this order")
        hours = {"working_hour": Decimal(1), "working_day": Decimal(HOURS_PER_WORKING_DAY)}.get(
            self.limit.unit
        )
        if hours is not None and sum(step.hours for step in self.steps) != self.limit.value * hours:
            raise ValueError("the hours of the steps do not add up to the limit")
        return self

    def step(self, key: str) -> StepSpec:
        return next(step for step in self.steps if step.key == key)
