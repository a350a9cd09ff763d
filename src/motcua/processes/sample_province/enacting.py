"""Live the invented lives through: every deed by the command an officer's or citizen's page would call."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Final

from django.db import transaction

from motcua.domain.cases import commands as cases
from motcua.domain.cases.types import DossierId, DossierView, Life, Move, Step

Do = Callable[[DossierId, Move], DossierView]


def enact(lives: Iterable[Life], progress: Callable[[int], None]) -> list[DossierId]:
    """Do every deed of ``lives`` in the order of time; return the dossiers in the order of ``lives``."""
    told = list(lives)
    deeds = sorted((move.at, n, k) for n, life in enumerate(told) for k, move in enumerate(life.moves))
    found: dict[int, DossierId] = {}
    for done, (_, n, k) in enumerate(deeds, 1):
        life, move = told[n], told[n].moves[k]
        if k == 0:
            found[n] = _begun(life, move).id
        else:
            _DEEDS[move.step](found[n], move)
        progress(done)
    return [found[n] for n in range(len(told))]


@transaction.atomic
def _begun(life: Life, move: Move) -> DossierView:
    if move.step is Step.REGISTER:
        return cases.register(
            life.procedure_code,
            life.answers,
            {paper: list(ids) for paper, ids in life.files.items()},
            applicant_id=life.applicant_id,
            channel=life.channel,
            wants_paper=life.wants_paper,
            actor=move.by,
            at=move.at,
        )
    draft = cases.start_draft(life.procedure_code, actor=move.by, at=move.at)
    cases.save_draft(draft.id, life.answers, agency_id=life.agency_id, actor=move.by, at=move.at)
    for paper, ids in life.files.items():
        for file_id in ids:
            cases.attach_to_draft(draft.id, paper, file_id, actor=move.by, at=move.at)
    return cases.submit(draft.id, wants_paper=life.wants_paper, actor=move.by, at=move.at)


def _by(deed: Callable[..., DossierView]) -> Do:
    return lambda dossier, move: deed(dossier, actor=move.by, at=move.at)


def _with_words(deed: Callable[..., DossierView]) -> Do:
    return lambda dossier, move: deed(dossier, move.words, actor=move.by, at=move.at)


def _ask(dossier: DossierId, move: Move) -> DossierView:
    return cases.ask_supplement(dossier, move.items, move.words, actor=move.by, at=move.at)


def _supplement(dossier: DossierId, move: Move) -> DossierView:
    files = {paper: list(ids) for paper, ids in move.files.items()}
    return cases.supplement(dossier, move.answers, files, actor=move.by, at=move.at)


def _reappoint(dossier: DossierId, move: Move) -> DossierView:
    promised_at: datetime = move.promised_at or move.at
    return cases.reappoint(dossier, promised_at, move.words, actor=move.by, at=move.at)


_DEEDS: Final[Mapping[Step, Do]] = {
    Step.ACCEPT: _by(cases.accept),
    Step.DECLINE: _with_words(cases.decline),
    Step.FORWARD: _by(cases.forward),
    Step.CLAIM: _by(cases.claim),
    Step.PROPOSE: _with_words(cases.propose),
    Step.SEND_BACK: _with_words(cases.send_back),
    Step.APPROVE: _by(cases.approve),
    Step.REJECT: _with_words(cases.reject),
    Step.ASK_SUPPLEMENT: _ask,
    Step.SUPPLEMENT: _supplement,
    Step.REQUIRE_PAYMENT: _with_words(cases.require_payment),
    Step.CONFIRM_PAYMENT: _with_words(cases.confirm_payment),
    Step.ASK_WITHDRAWAL: _with_words(cases.ask_withdrawal),
    Step.GRANT_WITHDRAWAL: _by(cases.grant_withdrawal),
    Step.DENY_WITHDRAWAL: _with_words(cases.deny_withdrawal),
    Step.CLOSE_UNANSWERED: _by(cases.close_unanswered),
    Step.REAPPOINT: _reappoint,
    Step.COLLECT_FEE: _with_words(cases.collect_fee),
    Step.HAND_OVER: _by(cases.hand_over),
}
