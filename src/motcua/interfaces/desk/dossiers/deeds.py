"""From a form to a command: what each deed asks for and how it is done."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, cast

from motcua.domain.cases import commands
from motcua.domain.cases.types import DossierView, Step
from motcua.interfaces.desk.dossiers.forms import (
    Asked,
    Proposed,
    Reappointed,
    Reasoned,
    Receipted,
    SentBack,
    StepForm,
    Supplemented,
)
from motcua.interfaces.desk.uploads import kept
from motcua.kernel.actors import Actor

Run = Callable[[StepForm, Actor, datetime], DossierView]


@dataclass(frozen=True, slots=True)
class Deed:
    """A form and what it leads to. ``tone`` is the look of its button; ``at_once`` needs no opening."""

    form: type[StepForm]
    run: Run
    tone: str = "quiet"
    at_once: bool = False


def _plain(command: Callable[..., DossierView]) -> Run:
    return lambda form, actor, at: command(form.view.id, actor=actor, at=at, seen=form.cleaned_data["seen"])


def _with(command: Callable[..., DossierView], name: str) -> Run:
    return lambda form, actor, at: command(
        form.view.id, form.cleaned_data[name], actor=actor, at=at, seen=form.cleaned_data["seen"]
    )


def _reappoint(form: StepForm, actor: Actor, at: datetime) -> DossierView:
    written = cast("Reappointed", form)
    return commands.reappoint(
        form.view.id,
        written.new_due_at,
        form.cleaned_data["reason"],
        actor=actor,
        at=at,
        seen=form.cleaned_data["seen"],
    )


def _ask(form: StepForm, actor: Actor, at: datetime) -> DossierView:
    return commands.ask_supplement(
        form.view.id,
        cast("Asked", form).items,
        form.cleaned_data["reason"],
        actor=actor,
        at=at,
        seen=form.cleaned_data["seen"],
        answer_did_not_follow=form.cleaned_data.get("answer_did_not_follow", False),
    )


def _supplement(form: StepForm, actor: Actor, at: datetime) -> DossierView:
    brought = cast("Supplemented", form)
    specs = {spec.key: spec for spec in form.definition.papers}
    files = {
        key: kept(chosen, specs[key], owner=form.view.applicant_id, actor=actor, at=at)
        for key, chosen in brought.papers.items()
    }
    return commands.supplement(
        form.view.id, brought.changed, files, actor=actor, at=at, seen=form.cleaned_data["seen"]
    )


DEEDS: Final[Mapping[Step, Deed]] = {
    Step.ACCEPT: Deed(StepForm, _plain(commands.accept), "", at_once=True),
    Step.FORWARD: Deed(StepForm, _plain(commands.forward), "", at_once=True),
    Step.CLAIM: Deed(StepForm, _plain(commands.claim), "quiet", at_once=True),
    Step.PROPOSE: Deed(Proposed, _with(commands.propose, "reason"), ""),
    Step.APPROVE: Deed(StepForm, _plain(commands.approve), "", at_once=True),
    Step.HAND_OVER: Deed(StepForm, _plain(commands.hand_over), "", at_once=True),
    Step.CONFIRM_PAYMENT: Deed(Receipted, _with(commands.confirm_payment, "receipt_no"), ""),
    Step.COLLECT_FEE: Deed(Receipted, _with(commands.collect_fee, "receipt_no")),
    Step.SUPPLEMENT: Deed(Supplemented, _supplement, ""),
    Step.GRANT_WITHDRAWAL: Deed(StepForm, _plain(commands.grant_withdrawal), "", at_once=True),
    Step.DENY_WITHDRAWAL: Deed(Reasoned, _with(commands.deny_withdrawal, "reason")),
    Step.ASK_SUPPLEMENT: Deed(Asked, _ask),
    Step.REQUIRE_PAYMENT: Deed(Reasoned, _with(commands.require_payment, "reason")),
    Step.SEND_BACK: Deed(SentBack, _with(commands.send_back, "reason")),
    Step.REAPPOINT: Deed(Reappointed, _reappoint),
    Step.DECLINE: Deed(Reasoned, _with(commands.decline, "reason"), "danger quiet"),
    Step.REJECT: Deed(Reasoned, _with(commands.reject, "reason"), "danger quiet"),
}

#: refusal → the field of a form it belongs beside; others stand above the form
BESIDE: Final = {
    "cases.reason_missing": "reason",
    "cases.bad_appointment": "on",
}
