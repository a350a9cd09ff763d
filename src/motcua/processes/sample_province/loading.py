"""Load the sample: the province, then what its people asked for in the last six months."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from motcua.domain.cases import commands as cases
from motcua.kernel.actors import SYSTEM
from motcua.kernel.clock import local_date
from motcua.platform.database.commands.stamps import put_stamp
from motcua.platform.database.queries import is_stamped
from motcua.processes.sample_province.casting import cast, crowd
from motcua.processes.sample_province.enacting import enact
from motcua.processes.sample_province.lives import Cast, Share, history_of, shares, standing_of
from motcua.processes.sample_province.settling import Progress, settle


def load(dossiers: int, *, seed: int, until: datetime, progress: Progress) -> None:
    """Bring the sample province and its dossiers into being, ending at ``until``; what is there already stays.

    What stands open at the end is done deed by deed with live commands; what is over is brought in, by the same
    rules, several thousand deeds a second.
    """
    settle(progress)
    if not dossiers:
        return
    _bring_in_history(dossiers, seed=seed, until=until, progress=progress)
    _live_what_stands_open(dossiers, seed=seed, until=until, progress=progress)


def _bring_in_history(dossiers: int, *, seed: int, until: datetime, progress: Progress) -> None:
    done = 0

    def written(count: int) -> None:
        nonlocal done
        done += count
        progress("dossiers", done, dossiers)

    people = crowd(on=local_date(until), at=until)
    for share in shares(people, dossiers):
        _bring_in_share(people, share, seed=seed, until=until, written=written)


@transaction.atomic
def _bring_in_share(
    people: Cast, share: Share, *, seed: int, until: datetime, written: Callable[[int], None]
) -> None:
    """Bring in the history of one office, once: the stamp stands or falls with the dossiers."""
    stamp = f"sample history {share.office.code}"
    if not is_stamped(stamp):
        lives = history_of(people, share, seed=seed, until=until)
        cases.bring_in(share.office.id, lives, progress=written, actor=SYSTEM, at=until)
        put_stamp(stamp, f"{share.count} dossiers, seed {seed}", at=until)


@transaction.atomic
def _live_what_stands_open(dossiers: int, *, seed: int, until: datetime, progress: Progress) -> None:
    if is_stamped("sample open"):
        return
    people = cast(on=local_date(until), at=until)
    lives = [
        life
        for share in shares(people, dossiers)
        for life in standing_of(people, share, seed=seed, until=until)
    ]
    deeds = sum(len(life.moves) for life in lives)
    enact(lives, lambda done: progress("deeds of today", done, deeds))
    put_stamp("sample open", f"{len(lives)} dossiers, seed {seed}", at=until)
