"""Deeds done to persons, organisations, accounts and tokens: one function each, one transaction each."""

from motcua.domain.identity.commands.accounts import (
    admit,
    close_account,
    note_security_event,
    open_account,
    prove_identity,
    reopen_account,
    sign_up,
    speak,
)
from motcua.domain.identity.commands.organisations import (
    appoint_representative,
    dismiss_representative,
    register_organisation,
)
from motcua.domain.identity.commands.persons import (
    change_contact,
    correct_person,
    end_family_link,
    link_family,
    register_person,
)
from motcua.domain.identity.commands.tokens import issue_token, note_token_use, revoke_token

__all__ = [
    "admit",
    "appoint_representative",
    "change_contact",
    "close_account",
    "correct_person",
    "dismiss_representative",
    "end_family_link",
    "issue_token",
    "link_family",
    "note_security_event",
    "note_token_use",
    "open_account",
    "prove_identity",
    "register_organisation",
    "register_person",
    "reopen_account",
    "revoke_token",
    "sign_up",
    "speak",
]
