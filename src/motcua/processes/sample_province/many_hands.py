"""Bring in the histories of many offices at once: a process for each core, an office for each process at a time.

Offices share no row but the ledger, which writers never wait for, so each is a transaction of its own.
"""

import gc
import multiprocessing
import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, wait
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import connections, transaction

from motcua.domain.cases import commands as cases
from motcua.kernel.actors import SYSTEM
from motcua.kernel.clock import local_date
from motcua.platform.database.commands.stamps import put_stamp
from motcua.platform.database.queries import is_stamped
from motcua.processes.sample_province.casting import crowd
from motcua.processes.sample_province.lives import Cast, Share, history_of, shares

WORTH_A_PROCESS: Final = 5_000  #: dossiers; below it, starting one costs more than it saves
_LOOK_S: Final = 0.3
_ALL: Final = "sample histories"  #: stamped when every office has its history

Written = Callable[[int], None]  #: called with the number of dossiers just written


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be brought in, the same for every process."""

    dossiers: int
    seed: int
    until: datetime


def bring_in_histories(order: Order, written: Written) -> None:
    """Bring in the history of every office that has none yet, by as many processes as there are cores."""
    if is_stamped(_ALL):
        return
    people = crowd(on=local_date(order.until), at=order.until)
    told = shares(people, order.dossiers)
    hands = min(len(os.sched_getaffinity(0)), order.dossiers // WORTH_A_PROCESS)
    if hands < 2:
        for share in told:
            _bring_in(people, share, order, written)
    else:
        _by_processes(hands, [(people, share, order) for share in told], written)
    put_stamp(_ALL, f"{order.dossiers} dossiers, seed {order.seed}", at=order.until)


def _by_processes(hands: int, work: list[tuple[Cast, Share, Order]], written: Written) -> None:
    """Do ``work`` in children of this process, who know what it knows; the first failure is raised here."""
    apart = multiprocessing.get_context("fork")
    _told[:] = work
    counts = _counts[0] = apart.SimpleQueue()
    connections.close_all()  # a child opens its own
    with ProcessPoolExecutor(hands, mp_context=apart, initializer=_collect_seldom) as pool:
        largest_first = sorted(range(len(work)), key=lambda place: -work[place][1].count)
        pending = {pool.submit(_bring_in_told, place) for place in largest_first}
        while pending:
            done, pending = wait(pending, timeout=_LOOK_S)
            while not counts.empty():
                written(counts.get())
            for one in done:
                one.result()


def _collect_seldom() -> None:
    """Look for garbage rarely, in a child that only writes: a batch is let go of at once, and none of it is a ring."""
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


#: set before the children are born, so that they find it in themselves
_told: Final[list[tuple[Cast, Share, Order]]] = []
_counts: Final[list[Any]] = [None]


def _bring_in_told(place: int) -> None:
    _bring_in(*_told[place], _counts[0].put)


@transaction.atomic
def _bring_in(people: Cast, share: Share, order: Order, written: Written) -> None:
    """Bring in the history of one office, once: the stamp stands or falls with the dossiers."""
    stamp = f"sample history {share.office.code}"
    if not is_stamped(stamp):
        lives = history_of(people, share, seed=order.seed, until=order.until)
        cases.bring_in(share.office.id, lives, progress=written, actor=SYSTEM, at=order.until)
        put_stamp(stamp, f"{share.count} dossiers, seed {order.seed}", at=order.until)
