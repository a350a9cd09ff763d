"""Vocabulary of guides: a few questions that end in the procedures one needs, in order."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from motcua.domain.catalogue.types.record import Level
from motcua.domain.catalogue.types.words import Words

#: question → the answers after which something is asked or needed; all must hold
When = Mapping[str, tuple[str, ...]]
Answers = Mapping[str, str]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class GuideAnswer(_Part):
    key: str
    say: Words


class Question(_Part):
    """One question, asked when the earlier answers call for it."""

    key: str
    ask: Words
    answers: Annotated[tuple[GuideAnswer, ...], Field(min_length=2)]
    when: When = Field(default_factory=dict)


class GuideStep(_Part):
    """A procedure one needs. Steps of one stage can be done side by side; a stage waits for the one before."""

    code: str
    name: str  #: official, shown where the node does not hold the procedure
    levels: tuple[Level, ...]
    stage: Annotated[int, Field(ge=1)]
    when: When = Field(default_factory=dict)
    note: Words | None = None


class Guide(_Part):
    """A guide to one event of life or business – hướng dẫn theo sự kiện."""

    key: str
    life_event: str
    title: Words
    questions: tuple[Question, ...]
    steps: tuple[GuideStep, ...]
