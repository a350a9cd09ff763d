"""How far a draft has come: its tasks, what each still lacks, and where to go next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.domain.cases.types import ApplicantKind, DraftView
from motcua.domain.catalogue import queries as catalogue
from motcua.domain.catalogue.types import Definition, PaperSpec, Section
from motcua.domain.identity.types import OrganisationView
from motcua.interfaces.design import parts
from motcua.interfaces.design.parts import Progress as Standing
from motcua.interfaces.portal.templatetags.portal import language


@dataclass(frozen=True, slots=True)
class Task:
    """One page to fill in."""

    key: str
    title: str
    address: str
    standing: Standing


@dataclass(frozen=True, slots=True)
class Progress:
    """A draft seen through its definition."""

    clean: Mapping[str, object]
    faults: Mapping[str, str]  #: what is typed and wrong, by field key
    tasks: tuple[Task, ...]
    papers: tuple[PaperSpec, ...]  #: those that apply

    @property
    def is_ready(self) -> bool:
        return all(task.standing is Standing.DONE for task in self.tasks)

    @property
    def done(self) -> int:
        return sum(task.standing is Standing.DONE for task in self.tasks)

    def lines(self, review: str) -> list[parts.Task]:
        """Return the task list as it is drawn, with the last look at ``review`` once all else is done."""
        drawn = [parts.Task(task.title, task.address, task.standing) for task in self.tasks]
        last = Standing.TODO if self.is_ready else Standing.LATER
        return [*drawn, parts.Task(_("Xem lại và nộp"), review, last)]

    @property
    def first_open(self) -> str:
        """Return the address of the first task that is not done; empty when all are."""
        return next((task.address for task in self.tasks if task.standing is not Standing.DONE), "")

    def after(self, key: str) -> str:
        """Return the address of the page that follows ``key``; empty after the last."""
        keys = [task.key for task in self.tasks]
        place = keys.index(key) + 1 if key in keys else len(keys)
        return self.tasks[place].address if place < len(keys) else ""


def progress_of(
    draft: DraftView, definition: Definition, organisations: Sequence[OrganisationView], *, today: date
) -> Progress:
    """Return how far ``draft`` has come. Whoever represents nobody is not asked for whom they file."""
    clean, faults = catalogue.partly_checked_answers(definition, draft.answers, today=today)
    papers = tuple(catalogue.visible_papers(definition, clean))
    tasks = [_applicant(draft, definition, organisations)] if organisations or draft.organisation_id else []
    tasks += [
        _section(draft, definition, section, clean, faults)
        for section in definition.sections
        if section_applies(section, clean)
    ]
    if papers:
        tasks.append(_papers(draft, definition, clean, papers))
    tasks.append(
        Task(
            "office",
            _("Nơi tiếp nhận"),
            reverse("portal:office", args=[draft.id]),
            Standing.DONE if draft.agency_id else Standing.TODO,
        )
    )
    return Progress(clean, faults, tuple(tasks), papers)


def section_applies(section: Section, clean: Mapping[str, object]) -> bool:
    """Tell whether a section has a question that applies, or one that its own answers may call up."""
    own = {field.key for field in section.fields}
    return any(
        field.show_when is None or field.show_when.field in own or field.show_when.holds(clean)
        for field in section.fields
    )


def missing_in(
    definition: Definition, section: Section, clean: Mapping[str, object], faults: Mapping[str, str]
) -> dict[str, str]:
    """Return what is wrong or missing among the questions of a section that apply."""
    applies = {field.key for field in catalogue.visible_fields(definition, clean)}
    wrong = {}
    for field in section.fields:
        if field.key not in applies:
            continue
        if field.key in faults:
            wrong[field.key] = faults[field.key]
        elif field.required and field.key not in clean:
            wrong[field.key] = "required"
    return wrong


def _applicant(draft: DraftView, definition: Definition, organisations: Sequence[OrganisationView]) -> Task:
    if draft.organisation_id:
        is_settled = any(one.id == draft.organisation_id for one in organisations)
    else:
        is_settled = ApplicantKind.CITIZEN in definition.subjects
    standing = Standing.DONE if is_settled else Standing.TODO
    return Task("applicant", _("Nộp cho ai"), reverse("portal:applicant", args=[draft.id]), standing)


def _section(
    draft: DraftView,
    definition: Definition,
    section: Section,
    clean: Mapping[str, object],
    faults: Mapping[str, str],
) -> Task:
    begun = any(field.key in clean or field.key in faults for field in section.fields)
    standing = Standing.STARTED if begun else Standing.TODO
    if not missing_in(definition, section, clean, faults):
        standing = Standing.DONE
    address = reverse("portal:section", args=[draft.id, section.key])
    return Task(section.key, section.title.to(language()), address, standing)


def _papers(
    draft: DraftView,
    definition: Definition,
    clean: Mapping[str, object],
    papers: tuple[PaperSpec, ...],
) -> Task:
    present = {attachment.paper for attachment in draft.attachments}
    standing = Standing.STARTED if present else Standing.TODO
    if not catalogue.missing_papers(definition, clean, present):
        standing = Standing.DONE
    return Task("papers", _("Giấy tờ"), reverse("portal:papers", args=[draft.id]), standing)
