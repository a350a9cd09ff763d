"""Vocabulary of finding: what may be searched, how people put things, what is found and why."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NewType
from uuid import UUID

from motcua.domain.catalogue.types.record_views import SearchRow

SynonymId = NewType("SynonymId", UUID)


@dataclass(frozen=True, slots=True)
class Synonym:
    """Words people use, the words of the records they stand for, and procedures they were seen to mean."""

    says: tuple[str, ...]  #: "…" stands for up to three words
    means: tuple[str, ...] = ()  #: best first
    codes: tuple[str, ...] = ()  #: procedures that people chose after these words


@dataclass(frozen=True, slots=True)
class Deed:
    """What is asked to be done: issue again, renew, end … in the words of questions and of names."""

    key: str
    asks: tuple[str, ...]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SpecialCase:
    """Words in a name that make it a case few people are in, unless they say so."""

    name: str
    factor: float
    asked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LevelWords:
    """How names and questions write a level."""

    level: str
    marks: tuple[str, ...]
    asked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Prior:
    """Which of equally near procedures a person most likely needs: factors around 1."""

    level: Mapping[str, float]
    citizen: float
    essential: float
    essential_codes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Words:
    """How questions are read: everything about language that is data."""

    fillers: tuple[str, ...]
    deeds: tuple[Deed, ...]
    deed_asked_and_there: float
    deed_asked_and_missing: float
    deed_there_and_not_asked: float
    special: tuple[SpecialCase, ...]
    levels: tuple[LevelWords, ...]
    prior: Prior
    synonyms: tuple[Synonym, ...]
    same: tuple[tuple[str, ...], ...] = ()  #: words that say one thing, north and south, short and long
    everyday: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  #: by code: how people ask for it


class Because(StrEnum):
    """Why a procedure was found."""

    CODE = "code"  #: its code was asked for
    WORDS = "words"  #: it holds the words of the question
    SYNONYM = "synonym"  #: it holds what the words stand for
    EVERYDAY = "everyday"  #: one of its everyday phrases is much like the question
    CHOSEN = "chosen"  #: people who asked so chose it
    CORRECTED = "corrected"  #: it holds a word taken for a misspelt one


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: the words asked, and the words they were found by."""

    because: Because
    asked: str
    found: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A procedure that answers a question; the score lies between 0 and about 1.3."""

    code: str
    name: str
    score: float
    reasons: tuple[Reason, ...]
    row: SearchRow


class Facet(StrEnum):
    """What a list of procedures can be narrowed by."""

    LEVEL = "level"
    FIELD = "field"
    MINISTRY = "ministry"
    SUBJECT = "subject"
    AGENCY = "agency"
    LIFE_EVENT = "life_event"
    ONLINE = "online"


@dataclass(frozen=True, slots=True)
class Filters:
    """What is asked for of each facet; facets that are not asked for do not matter."""

    wanted: Mapping[Facet, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a question: hits best first, how many there are, and what they can be narrowed by."""

    question: str
    hits: tuple[Hit, ...]
    total: int
    did_you_mean: str = ""  #: the question as it was understood, when words were corrected
    counts: Mapping[Facet, Mapping[str, int]] = field(default_factory=dict)  #: of all hits, most first


class SynonymOrigin(StrEnum):
    """How a synonym of this node came about."""

    TYPED = "typed"  #: an administrator wrote it
    LEARNED = "learned"  #: an administrator accepted what people's choices taught


@dataclass(frozen=True, slots=True)
class SynonymView:
    """A synonym of this node, with who wrote it and until when it counted."""

    id: SynonymId
    synonym: Synonym
    origin: SynonymOrigin
    added_at: datetime
    added_by: UUID | None
    retired_at: datetime | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words that often ended in the same procedure, though the search does not put it first."""

    question: str  #: without accents
    code: str
    name: str
    chosen: int  #: times this procedure was chosen after these words
    asked: int  #: times any procedure was chosen after these words
