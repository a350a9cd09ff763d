"""Read the guides that ship with the package, and what a way through one leads to on this node."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Final

import yaml

from motcua.domain.catalogue.queries.search import records_of
from motcua.domain.catalogue.rules import guides as rules
from motcua.domain.catalogue.types import Record
from motcua.domain.catalogue.types.guides import Answers, Guide, GuideStep, Question
from motcua.domain.catalogue.types.refusals import UnknownGuide
from motcua.kernel.text import fold

LONGEST_COMPARED: Final = 60  #: characters by which two papers count as the same
_FILE: Final = Path(__file__).parents[1] / "guides" / "guides.yaml"


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """A procedure of a plan, with its record where this node holds it."""

    step: GuideStep
    record: Record | None


@dataclass(frozen=True, slots=True)
class Plan:
    """What the answers lead to: stages in order, and every paper once with the procedures that want it."""

    guide: Guide
    answers: Answers
    question: Question | None  #: what is still to be answered
    stages: tuple[tuple[PlannedStep, ...], ...]
    papers: tuple[tuple[str, tuple[str, ...]], ...]


@lru_cache(maxsize=1)
def guides() -> tuple[Guide, ...]:
    """Return all guides, in the order of the file."""
    return tuple(Guide.model_validate(each) for each in yaml.safe_load(_FILE.read_text("utf-8")))


def guide(key: str) -> Guide:
    """Return one guide. Raises UnknownGuide."""
    found = next((each for each in guides() if each.key == key), None)
    if found is None:
        raise UnknownGuide(key=key)
    return found


def plan(key: str, said: Answers, *, on: date) -> Plan:
    """Return the plan that answers lead to; before the last answer it holds the next question. Raises UnknownGuide."""
    chosen = guide(key)
    answers = rules.understood(chosen, said)
    question = rules.next_question(chosen, answers)
    if question is not None:
        return Plan(chosen, answers, question, (), ())
    stages = rules.stages(chosen, answers)
    records = records_of({step.code for stage in stages for step in stage}, on=on)
    planned = tuple(tuple(PlannedStep(step, records.get(step.code)) for step in stage) for stage in stages)
    return Plan(chosen, answers, None, planned, _papers(planned))


def _papers(stages: tuple[tuple[PlannedStep, ...], ...]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return each paper once: as first named, with the codes that ask for it; what most ask for comes first."""
    named: dict[str, str] = {}
    wanted: dict[str, list[str]] = {}
    for planned in (each for stage in stages for each in stage if each.record):
        for line in planned.record.dossier if planned.record else ():
            key = fold(line.name)[:LONGEST_COMPARED]
            if not key or not (line.originals or line.copies):
                continue
            named.setdefault(key, line.name.strip())
            codes = wanted.setdefault(key, [])
            if planned.step.code not in codes:
                codes.append(planned.step.code)
    order = sorted(named, key=lambda key: -len(wanted[key]))
    return tuple((named[key], tuple(wanted[key])) for key in order)
