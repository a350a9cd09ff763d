"""The inbox of an officer: what waits for them, most urgent first; and one deed on many dossiers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from motcua.domain.cases import commands
from motcua.domain.cases import queries as cases
from motcua.domain.cases.queries import COUNT_NO_FURTHER
from motcua.domain.cases.types import DossierId, DossierRow, DossierView, Step, Tab
from motcua.domain.catalogue import queries as catalogue
from motcua.domain.identity import queries as identity
from motcua.interfaces.design import refusals
from motcua.interfaces.design.access import ActedRequest, for_officers
from motcua.interfaces.desk import words
from motcua.interfaces.desk.checks import Check, attention, checks
from motcua.interfaces.desk.lines import Urgency, drawn, lines, urgency
from motcua.interfaces.desk.telling import Teller
from motcua.kernel import clock
from motcua.kernel.actors import Actor, Role
from motcua.kernel.errors import Refusal

PAGE_SIZE: Final = 25
CARDS: Final = 8  #: cards are large, and a leader signs them in one go
MOST_TOGETHER: Final = 50

#: deeds without a word to write, which may be done on many dossiers at once; by whom
TOGETHER: Final[Mapping[Role, tuple[Step, ...]]] = {
    Role.CLERK: (Step.ACCEPT, Step.FORWARD, Step.HAND_OVER),
    Role.HANDLER: (Step.CLAIM,),
    Role.LEADER: (Step.APPROVE,),
}
RUN: Final[Mapping[Step, Callable[..., DossierView]]] = {
    Step.ACCEPT: commands.accept,
    Step.FORWARD: commands.forward,
    Step.HAND_OVER: commands.hand_over,
    Step.CLAIM: commands.claim,
    Step.APPROVE: commands.approve,
}


@dataclass(frozen=True, slots=True)
class TabLink:
    tab: Tab
    words: str
    count: str  #: "99+" beyond what is counted; empty where nobody counts
    is_here: bool


@dataclass(frozen=True, slots=True)
class Card:
    """A document before its leader: what is proposed, by whom, what changed, what to look at."""

    view: DossierView
    procedure: str
    urgency: Urgency
    proposer: str
    changed: tuple[str, ...]
    checks: list[Check]
    attention: list[Check]


@dataclass(frozen=True, slots=True)
class Chosen:
    """One dossier of a deed on many."""

    view: DossierView
    procedure: str
    may: bool
    outcome: str = ""
    is_done: bool = False


@for_officers()
@require_safe
def inbox(request: ActedRequest) -> HttpResponse:
    """Show one list of the officer's work, with a preview of the chosen dossier beside it."""
    at, actor, language = clock.now(), request.actor, get_language()
    tab = _tab(request)
    sought = request.GET.get("q", "").strip()[:200]
    as_cards = actor.role is Role.LEADER and tab in {Tab.TO_DO, Tab.SOON, Tab.OVERDUE}
    page = cases.inbox(
        tab,
        actor=actor,
        at=at,
        after=request.GET.get("sau") or None,
        size=CARDS if as_cards else PAGE_SIZE,
        words=sought,
    )
    context: dict[str, Any] = {
        "tab": tab,
        "tabs": _tabs(tab, actor, at),
        "empty": words.EMPTY[tab],
        "sought": sought,
        "next": page.next_cursor,
        "is_further": "sau" in request.GET,
        "deeds": [(step, words.deed(step)) for step in TOGETHER[actor.role]]
        if tab is not Tab.FINISHED
        else [],
        "role": actor.role,
    }
    if as_cards:
        context["cards"] = _cards([row.id for row in page.items], actor=actor, at=at, language=language)
        return render(request, "desk/inbox/cards.html", context)
    context["lines"] = lines(page.items, actor=actor, at=at, language=language)
    chosen = context["chosen"] = _chosen_id(request, page.items)
    if chosen is not None:
        context["preview"] = _preview(chosen, actor=actor, at=at, language=language)
    if request.headers.get("X-Part") == "preview":
        return render(request, "desk/inbox/preview.html", context)
    place = urlencode({"muc": tab, **({"q": sought} if sought else {}), **_further(request)})
    may_pick = bool(context["deeds"])
    context["rows"] = [
        drawn(line, place, is_picked_from=may_pick, is_chosen=line.row.id == chosen, language=language)
        for line in context["lines"]
    ]
    return render(request, "desk/inbox/inbox.html", context)


@for_officers()
@require_POST
def together(request: ActedRequest) -> HttpResponse:
    """Do one deed on many dossiers: first shown what will happen to which, then done, each told its outcome.

    Each dossier is its own transaction: what cannot be done to one does not keep the others back.
    """
    at, actor, language = clock.now(), request.actor, get_language()
    step = next((s for s in TOGETHER[actor.role] if s == request.POST.get("buoc")), TOGETHER[actor.role][0])
    seen = dict(_picked(request))
    views = cases.dossiers(seen, actor=actor, at=at)
    names = {view.id: _procedure(view, language) for view in views}
    if "lam" not in request.POST:
        chosen = [Chosen(v, names[v.id], step in cases.steps_open(v, actor=actor)) for v in views]
        context: dict[str, Any] = {"step": step, "deed": words.deed(step), "chosen": chosen}
        context["able"] = [one for one in chosen if one.may]
        return render(request, "desk/inbox/together.html", context)
    done = [_done(step, v, seen[v.id], names[v.id], actor=actor, at=at) for v in views]
    context = {"deed": words.deed(step), "chosen": done, "succeeded": sum(one.is_done for one in done)}
    return render(request, "desk/inbox/together_done.html", context)


def next_in_line(actor: Actor, *, at: datetime, other_than: DossierId) -> DossierRow | None:
    """Return the most urgent dossier that waits for an officer, besides one."""
    rows = cases.inbox(Tab.TO_DO, actor=actor, at=at, size=2).items
    return next((row for row in rows if row.id != other_than), None)


def _further(request: ActedRequest) -> dict[str, str]:
    return {"sau": request.GET["sau"]} if request.GET.get("sau") else {}


def _tab(request: ActedRequest) -> Tab:
    wanted = request.GET.get("muc", Tab.TO_DO)
    return Tab(wanted) if wanted in set(Tab) else Tab.TO_DO


def _tabs(here: Tab, actor: Actor, at: datetime) -> list[TabLink]:
    counts = cases.inbox_counts(actor=actor, at=at)

    def written(tab: Tab) -> str:
        count = counts.get(tab)
        return "" if count is None else f"{count}" if count < COUNT_NO_FURTHER else f"{COUNT_NO_FURTHER - 1}+"

    return [TabLink(tab, words.TABS[tab], written(tab), tab is here) for tab in Tab]


def _chosen_id(request: ActedRequest, rows: tuple[DossierRow, ...]) -> DossierId | None:
    wanted = request.GET.get("chon", "")
    ids = [row.id for row in rows]
    return next((one for one in ids if str(one) == wanted), ids[0] if ids else None)


def _preview(dossier_id: DossierId, *, actor: Actor, at: datetime, language: str) -> dict[str, object]:
    view = cases.glance(dossier_id, actor=actor, at=at)
    definition = catalogue.version(view.version_id).definition
    person = identity.persons([view.applicant_id]).get(view.applicant_id)
    open_steps = cases.steps_open(view, actor=actor)
    return {
        "view": view,
        "procedure": definition.name.to(language),
        "step": words.step_of(view.state, view.with_role),
        "urgency": urgency(view, actor=actor, at=at),
        "personal_id": person.personal_id if person else "",
        "checks": checks(view, definition, person),
        "steps": [(step, words.deed(step)) for step in open_steps],
        "at_once": [(step, words.deed(step)) for step in open_steps if step in RUN][:1],
    }


def _cards(ids: list[DossierId], *, actor: Actor, at: datetime, language: str) -> list[Card]:
    views = cases.dossiers(ids, actor=actor, at=at)
    people = identity.persons({v.applicant_id for v in views} | Teller.people(views))
    cards = []
    for view in views:
        definition = catalogue.version(view.version_id).definition
        found = checks(view, definition, people.get(view.applicant_id))
        teller = Teller(view, people)
        cards.append(
            Card(
                view,
                definition.name.to(language),
                urgency(view, actor=actor, at=at),
                teller.proposer(),
                teller.changes_since_sent_back(),
                found,
                attention(found),
            )
        )
    return cards


def _picked(request: ActedRequest) -> list[tuple[DossierId, int | None]]:
    """Return what was ticked: (dossier, the version that was seen), written "id:version"."""
    picked = []
    for value in request.POST.getlist("ho-so")[:MOST_TOGETHER]:
        dossier_id, _colon, version = value.partition(":")
        try:
            picked.append((DossierId(UUID(dossier_id)), int(version) if version.isdecimal() else None))
        except ValueError:
            continue
    return picked


def _done(
    step: Step, view: DossierView, seen: int | None, procedure: str, *, actor: Actor, at: datetime
) -> Chosen:
    try:
        after = RUN[step](view.id, actor=actor, at=at, seen=seen)
    except Refusal as refusal:
        return Chosen(view, procedure, may=False, outcome=refusals.sentence(refusal.code, refusal.facts))
    outcome = words.step_of(after.state, after.with_role)
    return Chosen(after, procedure, may=True, outcome=outcome, is_done=True)


def _procedure(view: DossierView, language: str) -> str:
    return catalogue.version(view.version_id).definition.name.to(language)
