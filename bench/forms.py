"""How long a form of 200 questions takes: read and checked, drawn, judged; beside a form of one question."""

import os
import sys
from collections.abc import Callable, Mapping
from datetime import date
from statistics import quantiles
from time import perf_counter

QUESTIONS = 200
SAVE_BAR_MS = 1_000.0
_ROUNDS = 40
_TODAY = date(2026, 3, 2)


def _milliseconds(deed: Callable[[], object], rounds: int = _ROUNDS) -> tuple[float, float]:
    """Return p50 and p95."""
    deed()
    taken = []
    for _round in range(rounds):
        begun = perf_counter()
        deed()
        taken.append((perf_counter() - begun) * 1e3)
    cuts = quantiles(taken, n=20, method="inclusive")
    return cuts[9], cuts[18]


def _questions(count: int) -> str:
    """Return ``count`` questions of a section: every second one hangs on another, every tenth is computed."""
    lines = []
    for n in range(count):
        label = f"label: {{vi: Câu hỏi {n}, en: Question {n}}}"
        rule = f", show_when: 'q{n - 1} > 3'" if n % 2 and (n - 1) % 10 else ""
        if n % 10 == 0 and n:
            lines.append(f"{{key: q{n}, type: integer, {label}, compute: 'q{n - 2} + 1'}}")
        elif n % 2 == 0:
            lines.append(f"{{key: q{n}, type: integer, {label}}}")
        else:
            lines.append(
                f"{{key: q{n}, type: {('text', 'money', 'date', 'yes_no')[n // 2 % 4]}, {label}{rule}}}"
            )
    return "".join(f"      - {line}\n" for line in lines)


def _text(count: int) -> str:
    from motcua.domain.catalogue.testing import everything_text

    whole = everything_text()
    head, rest = whole[: whole.index("cases:")], whole[whole.index("steps:") :]
    result = rest[: rest.index("  lines:")]
    sections = "sections:\n  - key: all\n    title: {vi: Tất cả, en: All}\n    fields:\n" + _questions(count)
    limit, line = (
        "limit: {value: 3, unit: working_day}\n",
        "  lines: [{label: {vi: Câu, en: Question}, of: q0}]\n",
    )
    return f"{head}{limit}{sections}{result}{line}"


def _answers(count: int) -> Mapping[str, object]:
    values = {"text": "Nhà ở", "money": 5_000_000, "date": "2020-01-02", "yes_no": True}
    kinds = ("text", "money", "date", "yes_no")
    return {f"q{n}": 5 if n % 2 == 0 else values[kinds[n // 2 % 4]] for n in range(count)}


def main() -> int:
    """Print the figures; 1 if saving a definition misses its bar."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
    import django

    django.setup()
    from motcua.domain.catalogue import queries as catalogue
    from motcua.domain.catalogue.rules import definitions, proof
    from motcua.interfaces.design.definition_forms import PREFIX, form_for

    saved = 0.0
    for count in (QUESTIONS, 1):
        text, answers = _text(count), _answers(count)
        definition = definitions.parse(text)
        sent = {f"{PREFIX}-{key}": "yes" if value is True else str(value) for key, value in answers.items()}

        def draw(definition=definition, answers=answers) -> str:  # noqa: ANN001 - of this turn
            return str(form_for(definition, None, answers, "vi", today=_TODAY))

        def judge(definition=definition, sent=sent) -> bool:  # noqa: ANN001 - of this turn
            return form_for(definition, None, {}, "vi", today=_TODAY, data=sent).is_valid()

        assert judge(), f"the form of {count} questions is filled in wrongly"
        figures = {
            "read and check": _milliseconds(lambda text=text: definitions.parse(text), 10),
            "prove": _milliseconds(lambda definition=definition: proof.prove(definition), 5),
            "draw": _milliseconds(draw),
            "judge what was sent": _milliseconds(judge),
            "check over the API": _milliseconds(
                lambda d=definition, a=answers: catalogue.checked_answers(d, a, today=_TODAY)
            ),
        }
        for name, (p50, p95) in figures.items():
            sys.stdout.write(f"{count:4} questions  {name:24} p50 {p50:8.2f} ms   p95 {p95:8.2f} ms\n")
        saved = max(saved, figures["read and check"][1] + figures["prove"][1])
    sys.stdout.write(
        f"bar: a definition of {QUESTIONS} questions is read, checked and proved – saved – within {SAVE_BAR_MS:g} ms\n"
    )
    return int(saved > SAVE_BAR_MS)
