"""Guides: one question a page, each answer a link; the address holds the answers, so a plan is kept by keeping it."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from motcua.domain.catalogue import queries as catalogue
from motcua.domain.catalogue.types.guides import Question
from motcua.interfaces.design import record_words
from motcua.interfaces.design.access import ActedRequest, open_to_all
from motcua.interfaces.portal.procedures.finding import price, wait
from motcua.interfaces.portal.templatetags.portal import language
from motcua.kernel.clock import local_date, now


@dataclass(frozen=True, slots=True)
class Way:
    """An answer one may give, and the address it leads to."""

    words: str
    address: str


@dataclass(frozen=True, slots=True)
class Said:
    """A question that was answered, and the address at which one may answer it otherwise."""

    ask: str
    answer: str
    address: str


@dataclass(frozen=True, slots=True)
class Step:
    """A procedure of the plan, in words."""

    code: str
    name: str
    note: str
    where: str
    wait: str
    price: str
    is_here: bool  #: this node holds it, so there is a page


@open_to_all
@require_safe
def guides(request: ActedRequest) -> HttpResponse:
    """List the guides."""
    return render(request, "portal/guides/list.html", {"guides": catalogue.guides()})


@open_to_all
@require_safe
def guide(request: ActedRequest, key: str) -> HttpResponse:
    """Ask the next question of a guide; after the last show the plan: what, in which order, with which papers."""
    plan = catalogue.plan(key, request.GET.dict(), on=local_date(now()))
    facts = {
        "guide": plan.guide,
        "said": _said(plan),
        "question": plan.question,
        "ways": _ways(key, plan.question, plan.answers) if plan.question else [],
        "stages": [[_step(planned) for planned in stage] for stage in plan.stages],
        "papers": plan.papers,
        "again": reverse("portal:guide", args=[key]),
    }
    return render(request, "portal/guides/guide.html", facts)


def _ways(key: str, question: Question, answers: Mapping[str, str]) -> list[Way]:
    return [
        Way(answer.say.to(language()), _address(key, {**answers, question.key: answer.key}))
        for answer in question.answers
    ]


def _said(plan: catalogue.Plan) -> list[Said]:
    said: list[Said] = []
    earlier: dict[str, str] = {}
    for question in plan.guide.questions:
        if question.key not in plan.answers:
            continue
        answer = next(each for each in question.answers if each.key == plan.answers[question.key])
        address = _address(plan.guide.key, earlier)
        said.append(Said(question.ask.to(language()), answer.say.to(language()), address))
        earlier[question.key] = answer.key
    return said


def _step(planned: catalogue.PlannedStep) -> Step:
    step, record = planned.step, planned.record
    levels = record.levels if record else step.levels
    return Step(
        step.code,
        record.name if record else step.name,
        step.note.to(language()) if step.note else "",
        record_words.joined(record_words.LEVELS[level] for level in levels),
        wait(record) if record else "",
        price(record) if record else "",
        record is not None,
    )


def _address(key: str, answers: Mapping[str, str]) -> str:
    query = urlencode(answers)
    address = reverse("portal:guide", args=[key])
    return f"{address}?{query}" if query else address
