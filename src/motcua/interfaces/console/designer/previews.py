"""What a definition in the making becomes, seen beside the part that is being edited."""

from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from motcua.domain.catalogue import queries
from motcua.domain.catalogue.types import Definition, DraftView, FeeLine, PaperSpec, StepSpec
from motcua.interfaces.design import conditions
from motcua.interfaces.design.access import today
from motcua.interfaces.design.definition_forms import AnswerForm, form_for


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the process as an officer sees it."""

    spec: StepSpec
    name: str
    hours: Decimal
    condition: str


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside the form: one of these parts, or nothing while the definition has faults."""

    title: str
    form: AnswerForm | None = None
    papers: tuple[tuple[PaperSpec, str], ...] = ()
    fees: tuple[FeeLine, ...] = ()
    steps: tuple[Step, ...] = ()
    has_result: bool = False
    questions: tuple[tuple[str, str], ...] = field(default=())


def beside(draft: DraftView, path: str) -> Beside | None:  # noqa: PLR0911 - a case per chapter
    """Return the preview that belongs to the part at ``path``; None while the definition cannot be read."""
    if draft.faults:
        return None
    definition, language = queries.drafted(draft), get_language() or "vi"
    chapter = path.partition(".")[0]
    match chapter:
        case "sections":
            return _form(definition, path, language)
        case "papers":
            return Beside(_("Người dân thấy giấy tờ cần nộp"), papers=_papers(definition, language))
        case "fees":
            lines = tuple(queries.fee_lines(queries.sample_form(definition)))
            return Beside(_("Phí, lệ phí theo ca thử đầu tiên"), fees=lines)
        case "steps" | "limit" | "limits":
            return Beside(_("Cán bộ thấy quy trình"), steps=_steps(definition, language))
        case "result" | "tests":
            return Beside(_("Kết quả in ra theo ca thử đầu tiên"), has_result=True)
        case _:
            return None


def _form(definition: Definition, path: str, language: str) -> Beside:
    steps = path.split(".")
    place = int(steps[1]) if len(steps) > 1 else 0
    section = definition.sections[min(place, len(definition.sections) - 1)]
    form = form_for(definition, section.key, {}, language, today=today())
    return Beside(_("Người dân thấy: %(section)s") % {"section": section.title.to(language)}, form=form)


def _papers(definition: Definition, language: str) -> tuple[tuple[PaperSpec, str], ...]:
    return tuple(
        (
            paper,
            conditions.in_words(definition, definition.logic.rule("paper", paper.key, "show_when"), language),
        )
        for paper in definition.papers
    )


def _steps(definition: Definition, language: str) -> tuple[Step, ...]:
    return tuple(
        Step(
            step,
            step.name.to(language),
            step.hours,
            conditions.in_words(definition, definition.logic.rule("step", step.key, "when"), language),
        )
        for step in definition.steps
    )
