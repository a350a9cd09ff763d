"""``motcua sample``: fill the node with a sample province and as many dossiers as asked for."""

from collections.abc import Callable

from motcua.processes.sample_province.province import ACCOUNTS

__all__ = ["ACCOUNTS", "load_sample_province"]

Progress = Callable[[str, int, int], None]


def load_sample_province(*, dossiers: int, seed: int, progress: Progress) -> None:
    """Make the sample province with its dossiers, as far as it does not stand yet. Django must be ready."""
    from motcua.processes.sample_province.settling import settle

    settle(progress)
