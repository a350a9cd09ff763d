"""Vocabulary of notify: notices, channels, and what became of each attempt to reach a person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, Final, NewType, Protocol
from uuid import UUID

from motcua.kernel.errors import Conflict, Unknown

NoticeId = NewType("NoticeId", UUID)
AttemptId = NewType("AttemptId", UUID)

PLAIN: Final = "plain"  #: the kind whose words stand in for a kind that has none


class AttemptState(StrEnum):
    WAITING = "waiting"  #: to be sent, or to be sent again after a failure
    SENT = "sent"  #: handed to the channel's carrier; says nothing about being read
    FAILED = "failed"  #: given up; ``error`` says why
    NOT_CONFIGURED = "not_configured"  #: this node has no carrier for the channel
    NO_ADDRESS = "no_address"  #: the person has left no address for the channel
    DECLINED = "declined"  #: the person does not want this kind through this channel


@dataclass(frozen=True, slots=True)
class Contact:
    """How a person is reached, as they have told us. An empty address: none."""

    email: str
    phone: str
    language: str = "vi"


@dataclass(frozen=True, slots=True)
class Letter:
    """The words of one notice in one language; ``body`` is plain text."""

    subject: str
    body: str


class Directory(Protocol):
    """Where people's addresses are kept. Chosen by the setting ``NOTIFY_DIRECTORY``."""

    def __call__(self, person_id: UUID) -> Contact | None: ...


class Channel(Protocol):
    """A way out of the node. Chosen per name by the setting ``NOTIFY_CHANNELS``."""

    def address(self, contact: Contact) -> str:
        """Return the address this channel would use; empty if the person has none."""

    def send(self, letter: Letter, *, address: str, key: str) -> None:
        """Hand the letter to the carrier; ``key`` is the same each time the same letter is tried again.

        Raise ``NotConfigured``, ``Rejected`` (trying again is useless) or ``Unreachable`` (try later).
        """


class ChannelTrouble(Exception):
    """A letter could not be handed over; ``reason`` is a stable word for the delivery log."""

    reason: ClassVar[str] = "trouble"


class NotConfigured(ChannelTrouble):
    """This node has no carrier for the channel."""

    reason = "not_configured"


class Rejected(ChannelTrouble):
    """The carrier refuses the letter or its address for good."""

    reason = "rejected"


class Unreachable(ChannelTrouble):
    """The carrier cannot be reached now."""

    reason = "unreachable"


@dataclass(frozen=True, slots=True)
class NoticeView:
    id: NoticeId
    person_id: UUID
    kind: str
    facts: Mapping[str, str]
    link: str
    at: datetime
    read_at: datetime | None


@dataclass(frozen=True, slots=True)
class AttemptView:
    """One line of the delivery log."""

    id: AttemptId
    notice_id: NoticeId
    kind: str
    channel: str
    address: str  #: masked
    state: AttemptState
    error: str
    tries: int
    at: datetime  #: of the last change


class UnknownNotice(Unknown):
    """The person has no such notice."""

    code = "notify.unknown_notice"


class RequiredByLaw(Conflict):
    """The law requires this notice; it cannot be declined."""

    code = "notify.required_by_law"


REQUIRED: Final[dict[str, str]] = {}


def required_by_law(kind: str, *, source: str) -> None:
    """Say that notices of ``kind`` are sent whether the person wants them or not, and which law says so."""
    REQUIRED[kind] = source


def masked(address: str) -> str:
    """Return an address by which its owner recognises it and nobody else: ``h***@gmail.com``, ``***678``."""
    name, at, domain = address.partition("@")
    if at:
        return f"{name[:1]}***@{domain}"
    return f"***{address[-3:]}" if address else ""
