"""How far a draft has come: its tasks, what each still lacks, and where to go next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.domain.cases.types import ApplicantKind, DraftView
from motcua.domain.catalogue import queries as catalogue
from motcua.domain.catalogue.types import Channel, Definition, PaperSpec, Section
from motcua.domain.identity.types import OrganisationView
from motcua.interfaces.design import parts
from motcua.interfaces.design.parts import Progress as Standing
from motcua.interfaces.portal.templatetags.portal import language

FOR_WHOM: Final = "for-whom"  #: key of the page that asks it; no section can have one with a hyphen


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

    form: catalogue.Filled
    faults: Mapping[str, str]  #: what is typed and wrong, by field key
    tasks: tuple[Task, ...]

    @property
    def clean(self) -> Mapping[str, object]:
        """The answers that apply, in canonical form."""
        return self.form.answers

    @property
    def papers(self) -> tuple[PaperSpec, ...]:
        """The papers that apply."""
        return self.form.papers

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
    form = catalogue.filled(definition, clean, today=today, channel=Channel.ONLINE)
    applies = {field.key for field in form.shown}
    tasks = [_applicant(draft, definition, organisations)] if organisations or draft.organisation_id else []
    tasks += [
        _section(draft, section, form, faults)
        for section in definition.sections
        if any(field.key in applies for field in section.fields)
    ]
    if form.papers:
        tasks.append(_papers(draft, form))
    tasks.append(
        Task(
            "office",
            _("Nơi tiếp nhận"),
            reverse("portal:office", args=[draft.id]),
            Standing.DONE if draft.agency_id else Standing.TODO,
        )
    )
    return Progress(form, faults, tuple(tasks))


def missing_in(section: Section, form: catalogue.Filled, faults: Mapping[str, str]) -> dict[str, str]:
    """Return what is wrong or missing among the questions of a section that apply."""
    wrong, own = {}, {field.key for field in section.fields}
    for field in form.shown:
        if field.key not in own:
            continue
        if field.key in faults:
            wrong[field.key] = faults[field.key]
        elif lacking := catalogue.missing_answer(field, form):
            wrong[field.key] = lacking
        elif failed := catalogue.failed_check(field, form):
            wrong[field.key] = failed
    return wrong


def _applicant(draft: DraftView, definition: Definition, organisations: Sequence[OrganisationView]) -> Task:
    if draft.organisation_id:
        is_settled = any(one.id == draft.organisation_id for one in organisations)
    else:
        is_settled = ApplicantKind.CITIZEN in definition.subjects
    standing = Standing.DONE if is_settled else Standing.TODO
    return Task(FOR_WHOM, _("Nộp cho ai"), reverse("portal:applicant", args=[draft.id]), standing)


def _section(draft: DraftView, section: Section, form: catalogue.Filled, faults: Mapping[str, str]) -> Task:
    begun = any(field.key in form.answers or field.key in faults for field in section.fields)
    standing = Standing.STARTED if begun else Standing.TODO
    if not missing_in(section, form, faults):
        standing = Standing.DONE
    address = reverse("portal:section", args=[draft.id, section.key])
    return Task(section.key, section.title.to(language()), address, standing)


def _papers(draft: DraftView, form: catalogue.Filled) -> Task:
    present = {attachment.paper for attachment in draft.attachments}
    standing = Standing.STARTED if present else Standing.TODO
    if not form.missing_papers(present):
        standing = Standing.DONE
    return Task("papers", _("Giấy tờ"), reverse("portal:papers", args=[draft.id]), standing)
