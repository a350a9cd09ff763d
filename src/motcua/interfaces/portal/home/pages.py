"""The front page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.core.cache import caches
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.domain.cases import queries as cases
from motcua.domain.cases.types import DossierRow, DraftView, ServiceFigures, State
from motcua.domain.catalogue import queries as catalogue
from motcua.domain.catalogue.types import Definition, ProcedureView
from motcua.interfaces.design.access import ActedRequest, open_to_all
from motcua.interfaces.portal.notices import letters
from motcua.interfaces.portal.templatetags.portal import EVENTS, language
from motcua.kernel.actors import Actor
from motcua.kernel.clock import VIETNAM, local_date, now
from motcua.platform.notify import queries as notify
from motcua.platform.notify.types import NoticeView

FIGURES_KEPT_S: Final = 600  #: counting reads a month of dossiers; nobody needs it fresher than this
MOST: Final = 4


@dataclass(frozen=True, slots=True)
class Event:
    """An event of life and what one does then."""

    key: str
    procedures: tuple[ProcedureView, ...]


@dataclass(frozen=True, slots=True)
class Mine:
    """One affair of the visitor: a draft to go on with, or a dossier under way."""

    definition: Definition
    draft: DraftView | None = None
    dossier: DossierRow | None = None
    days_left: int | None = None  #: to answer what was asked; negative when the time has passed


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares in per cent, None where nothing was counted."""

    counted: ServiceFigures
    counted_at: datetime

    @property
    def on_time(self) -> float | None:
        return _share(self.counted.finished_on_time, self.counted.finished)

    @property
    def online(self) -> float | None:
        return _share(self.counted.submitted_online, self.counted.submitted)


@open_to_all
@require_safe
def home(request: ActedRequest) -> HttpResponse:
    """Search first, then one's own affairs, events of life, and how the node serves."""
    at = now()
    procedures = catalogue.procedures(on=local_date(at))
    own = request.actor.person_id is not None
    facts = {
        "versions": tuple(view.version_id for view in procedures),  #: what examples and events are drawn for
        "examples": [example_of(view.definition) for view in procedures[:MOST]],
        "events": events(procedures),
        "mine": affairs(procedures, actor=request.actor, at=at) if own else [],
        "notices": latest_unread(request.actor) if own else [],
        "figures": figures(at),
    }
    return render(request, "portal/home/home.html", facts)


def example_of(definition: Definition) -> str:
    """Return words people look a procedure up by; keywords are mostly Vietnamese."""
    if language() == "vi" and definition.keywords:
        return definition.keywords[0]
    return definition.name.to(language())


def events(procedures: Iterable[ProcedureView]) -> list[Event]:
    """Return the events of life that have a procedure, in the order of a life."""
    by_event: dict[str, list[ProcedureView]] = {}
    for view in procedures:
        by_event.setdefault(view.definition.life_event, []).append(view)
    order = list(EVENTS)
    ranked = sorted(by_event, key=lambda key: order.index(key) if key in order else len(order))
    return [Event(key, tuple(by_event[key])) for key in ranked]


def affairs(procedures: Iterable[ProcedureView], *, actor: Actor, at: datetime) -> list[Mine]:
    """Return what waits for the person first, then what they began, then what is under way."""
    rows = cases.open_dossiers_of(actor=actor, at=at, most=MOST)
    names = {view.code: view.definition for view in procedures}
    dossiers = [
        Mine(names[row.procedure_code], dossier=row, days_left=days_left(row, at))
        for row in rows
        if row.procedure_code in names
    ]
    drafts = [
        Mine(catalogue.version(draft.version_id).definition, draft=draft)
        for draft in cases.drafts_of(actor=actor, most=MOST)
    ]
    waiting = [mine for mine in dossiers if mine.days_left is not None]
    under_way = [mine for mine in dossiers if mine.days_left is None]
    return (waiting + drafts + under_way)[: MOST + 1]


def days_left(row: DossierRow, at: datetime) -> int | None:
    """Return how many days the person has to answer; None when nothing is asked of them."""
    if row.state is not State.SUPPLEMENT_REQUESTED or row.act_by is None:
        return None
    return (local_date(row.act_by) - local_date(at)).days


def latest_unread(actor: Actor) -> list[tuple[NoticeView, str]]:
    """Return the newest notices the person has not read, with their subjects."""
    if actor.person_id is None:
        return []
    unread = [one for one in notify.inbox(actor.person_id, size=10).items if one.read_at is None]
    return [(one, letters.letter_of(one).subject) for one in unread[:3]]


def figures(at: datetime) -> Figures:
    """Return how the node served since the first of the month, counted at most every ten minutes."""
    month = at.astimezone(VIETNAM).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    key = f"portal-figures-{month:%Y%m}"
    known: Figures | None = caches["local"].get(key)
    if known is None:
        known = Figures(cases.service_figures(since=month), at)
        caches["local"].set(key, known, FIGURES_KEPT_S)
    return known


def _share(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 1) if whole else None
