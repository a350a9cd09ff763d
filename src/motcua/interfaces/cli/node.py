"""Getting at the node from the command line: its settings, its database, Django; and how commands end.

Exit codes: 0 done; 1 a check or a step failed; 2 wrong usage; 3 the node cannot start (settings, port,
database); 4 refused (the message says why). 130 after Ctrl-C.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum
from typing import NoReturn

from django.conf import settings
from rich.console import Console

from motcua.kernel.errors import Refusal
from motcua.platform.database.types import DatabaseUnavailable

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)


class Exit(IntEnum):
    DONE = 0
    FAILED = 1  #: a check or a step failed
    USAGE = 2  #: wrong usage (typer's own)
    CANNOT_START = 3  #: settings, port or database
    REFUSED = 4  #: the deed is not allowed as asked
    INTERRUPTED = 130  #: Ctrl-C


def leave(code: Exit, *lines: str) -> NoReturn:
    """Print ``lines`` on standard error and end the process with ``code``."""
    for line in lines:
        err.print(f"[red]✗[/] {line}" if code else line, markup=bool(code))
    sys.exit(code)


def settings_or_leave() -> None:
    """Read the settings of the node; if they are faulty, print every fault and exit 3."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
    try:
        _ = settings.NODE
    except Refusal as fault:
        leave(Exit.CANNOT_START, *str(fault).splitlines())


def database_or_leave() -> str:
    """Return the address of the node's database, starting the embedded one if it is that; or exit 3."""
    from motcua.platform.database.commands import create_database_if_missing, start_embedded

    settings_or_leave()
    if settings.NODE.database_url:
        return settings.NODE.database_url
    try:
        url = start_embedded(settings.VAR)
        create_database_if_missing(url)
    except DatabaseUnavailable as fault:
        leave(Exit.CANNOT_START, str(fault))
    return url


def open_node() -> None:
    """Make the database reachable and Django ready, so that commands and queries can be called."""
    database_or_leave()
    import django

    django.setup()


@contextmanager
def refusals_end_with_a_line() -> Iterator[None]:
    """Turn a refusal into its code and facts on standard error and exit code 4."""
    try:
        yield
    except Refusal as refusal:
        facts = ", ".join(f"{name}={value}" for name, value in refusal.facts.items())
        leave(Exit.REFUSED, f"{refusal.code} {facts}")
