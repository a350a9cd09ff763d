"""Things people do to dossiers: one function per deed, each one transaction."""

from motcua.domain.cases.commands.books import control_slip, register_book
from motcua.domain.cases.commands.bringing_in import bring_in
from motcua.domain.cases.commands.figures import count_figures
from motcua.domain.cases.commands.filing import (
    attach_to_draft,
    detach_from_draft,
    discard_draft,
    name_applicant,
    register,
    save_draft,
    start_draft,
    submit,
)
from motcua.domain.cases.commands.following import follow_version
from motcua.domain.cases.commands.handling import (
    approve,
    claim,
    confirm_payment,
    propose,
    reappoint,
    reject,
    require_payment,
    send_back,
)
from motcua.domain.cases.commands.printing import printed
from motcua.domain.cases.commands.reception import accept, collect_fee, decline, forward, hand_over
from motcua.domain.cases.commands.supplement import ask_supplement, close_unanswered, supplement
from motcua.domain.cases.commands.withdrawal import ask_withdrawal, deny_withdrawal, grant_withdrawal

__all__ = [
    "accept",
    "approve",
    "ask_supplement",
    "ask_withdrawal",
    "attach_to_draft",
    "bring_in",
    "claim",
    "close_unanswered",
    "collect_fee",
    "confirm_payment",
    "control_slip",
    "count_figures",
    "decline",
    "deny_withdrawal",
    "detach_from_draft",
    "discard_draft",
    "follow_version",
    "forward",
    "grant_withdrawal",
    "hand_over",
    "name_applicant",
    "printed",
    "propose",
    "reappoint",
    "register",
    "register_book",
    "reject",
    "require_payment",
    "save_draft",
    "send_back",
    "start_draft",
    "submit",
    "supplement",
]
