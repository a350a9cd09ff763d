"""Load the sample: the province, then what its people asked for in the last six months."""

from datetime import datetime

from django.db import transaction

from motcua.kernel.clock import local_date
from motcua.platform.database.commands.stamps import put_stamp
from motcua.platform.database.queries import is_stamped
from motcua.processes.sample_province.casting import cast
from motcua.processes.sample_province.enacting import enact
from motcua.processes.sample_province.lives import shares, standing_of
from motcua.processes.sample_province.many_hands import Order, bring_in_histories
from motcua.processes.sample_province.settling import Progress, settle


def load(dossiers: int, *, seed: int, until: datetime, progress: Progress) -> None:
    """Bring the sample province and its dossiers into being, ending at ``until``; what is there already stays.

    What stands open at the end is done deed by deed with live commands; what is over is brought in, by the same
    rules, on every core.
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

    bring_in_histories(Order(dossiers, seed, until), written)


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
