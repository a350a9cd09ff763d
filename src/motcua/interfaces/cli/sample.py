"""``motcua sample``: fill the node with a sample province and as many dossiers as asked for."""

from collections.abc import Callable
from datetime import datetime

from motcua.processes.sample_province.province import ACCOUNTS

__all__ = ["ACCOUNTS", "load_sample_province"]

Progress = Callable[[str, int, int], None]


def load_sample_province(
    *, dossiers: int, seed: int, progress: Progress, until: datetime | None = None
) -> None:
    """Make the sample province with its dossiers, as far as it does not stand yet. Django must be ready."""
    from motcua.kernel.clock import local_date, now
    from motcua.processes.sample_province.casting import cast
    from motcua.processes.sample_province.enacting import enact
    from motcua.processes.sample_province.lives import lives_of, shares
    from motcua.processes.sample_province.settling import settle

    if not settle(progress) or not dossiers:
        return
    end = until or now()
    people = cast(on=local_date(end), at=end)
    lives = [
        life
        for office, count in zip(people.offices, shares(people, dossiers), strict=True)
        for life in lives_of(people, office, count, seed=seed, until=end)
    ]
    deeds = sum(len(life.moves) for life in lives)
    enact(lives, lambda done: progress("deeds on dossiers", done, deeds))
