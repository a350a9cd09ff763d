"""Walking through a guide: what to ask next, and what the answers lead to. Questions come in the order of the file."""

from collections.abc import Iterator
from itertools import groupby

from motcua.domain.catalogue.types.guides import Answers, Guide, GuideStep, Question, When


def holds(when: When, answers: Answers) -> bool:
    """Say whether earlier answers call for a question or a step."""
    return all(answers.get(question) in wanted for question, wanted in when.items())


def understood(guide: Guide, said: Answers) -> dict[str, str]:
    """Return those answers that belong to questions on the way; what is unknown or no longer asked is dropped."""
    answers: dict[str, str] = {}
    for question in guide.questions:
        answer = said.get(question.key)
        if holds(question.when, answers) and answer in {one.key for one in question.answers}:
            answers[question.key] = answer or ""
    return answers


def next_question(guide: Guide, answers: Answers) -> Question | None:
    """Return the first question on the way that has no answer; None at the end."""
    return next((q for q in guide.questions if q.key not in answers and holds(q.when, answers)), None)


def stages(guide: Guide, answers: Answers) -> list[tuple[GuideStep, ...]]:
    """Return the procedures that the answers lead to: stage after stage, side by side within one."""
    needed = sorted((step for step in guide.steps if holds(step.when, answers)), key=lambda step: step.stage)
    return [tuple(steps) for _stage, steps in groupby(needed, key=lambda step: step.stage)]


def paths(guide: Guide, answers: Answers | None = None) -> Iterator[dict[str, str]]:
    """Yield the answers of every way through a guide."""
    so_far = dict(answers or {})
    question = next_question(guide, so_far)
    if question is None:
        yield so_far
        return
    for answer in question.answers:
        yield from paths(guide, so_far | {question.key: answer.key})
