"""The vocabulary of the parts pages are built from; drawn by ``{% load parts %}`` (templatetags/parts.py)."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_noop


class Tense(StrEnum):
    """Where a step of a timeline stands."""

    PAST = ""  #: it has happened
    NOW = "now"  #: it is happening
    NEXT = "next"  #: it is expected
    STOP = "stop"  #: here it ended, or waits for someone


@dataclass(frozen=True, slots=True)
class Moment:
    """One step of a timeline."""

    title: str
    tense: Tense = Tense.PAST
    note: str = ""  #: when, by whom, until when
    address: str = ""  #: a paper that belongs to it
    address_words: str = ""


class Progress(StrEnum):
    """Where a task of a task list stands."""

    TODO = "todo"  #: not begun
    STARTED = "started"  #: begun, unfinished
    DONE = "done"  #: nothing is missing
    WRONG = "wrong"  #: something has to be corrected
    LATER = "later"  #: waits for another task; no link


#: progress → tone, icon, words
PROGRESS_WORDS = {
    Progress.TODO: ("outline", "circle", gettext_noop("Chưa làm")),
    Progress.STARTED: ("info", "circle-dashed", gettext_noop("Đang làm")),
    Progress.DONE: ("ok", "check", gettext_noop("Xong")),
    Progress.WRONG: ("late", "circle-alert", gettext_noop("Cần sửa")),
    Progress.LATER: ("", "lock", gettext_noop("Chưa làm được")),
}


@dataclass(frozen=True, slots=True)
class Task:
    """One task of a task list."""

    title: str
    address: str
    progress: Progress = Progress.TODO
    hint: str = ""


@dataclass(frozen=True, slots=True)
class FileLine:
    """One file of a list of files."""

    name: str
    size_bytes: int
    address: str = ""  #: where it is read
    note: str = ""  #: for which paper, from where
    remove_at: str = ""  #: where a POST removes it


@dataclass(frozen=True, slots=True)
class Tab:
    """One view of the same list."""

    words: str
    address: str
    is_here: bool = False
    count: int | None = None


def done(tasks: Iterable[Task]) -> int:
    """Return how many tasks are done."""
    return sum(task.progress is Progress.DONE for task in tasks)
