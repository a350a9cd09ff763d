"""What announcing costs a deed, and how fast a worker delivers.

    uv run python -m bench outbox [--events 2000]

Announcing is measured inside one transaction per event, beside the bare insert of one row in a
transaction of its own, on an embedded PostgreSQL with its normal durability.
"""

import argparse
import os
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from motcua.platform.database.queries import embedded_home


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=2_000)
    count = parser.parse_args().events
    folder = Path(tempfile.mkdtemp(prefix="motcua-bench-"))
    try:
        _measure(folder, count)
    finally:
        shutil.rmtree(embedded_home(folder).root, ignore_errors=True)
        shutil.rmtree(folder, ignore_errors=True)


def _measure(folder: Path, count: int) -> None:
    from motcua.platform.database.commands import start_embedded

    os.environ |= {
        "MOTCUA_MODE": "test",
        "MOTCUA_VAR": str(folder),
        "DATABASE_URL": start_embedded(folder, database="postgres"),
        "DJANGO_SETTINGS_MODULE": "motcua.config.settings",
    }
    import django

    django.setup()
    import logging

    from django.core.management import call_command
    from django.db import connection, transaction

    logging.disable(logging.WARNING)
    call_command("migrate", verbosity=0)

    from bench import _events
    from motcua.platform.outbox import commands

    def bare() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("INSERT INTO bare (id) VALUES (gen_random_uuid())")

    def announced() -> None:
        with transaction.atomic():
            commands.announce(_events.lamp_lit())

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bare (id uuid PRIMARY KEY)")
    _say("bare insert", count, _timed(bare, count))
    for handlers in (0, 1, 3):
        _events.register(handlers)
        _say(f"announced, {handlers} handlers", count, _timed(announced, count))
    waiting = count * 4
    _say("delivered by one worker", waiting, _work_off(waiting))


def _work_off(waiting: int) -> float:
    from bench import _events
    from motcua.platform.jobs.commands import run_worker

    stop = threading.Event()
    worker = threading.Thread(target=run_worker, args=(stop,))
    started = time.perf_counter()
    worker.start()
    while len(_events.HEARD) < waiting:
        time.sleep(0.02)
    seconds = time.perf_counter() - started
    stop.set()
    worker.join()
    return seconds


def _timed(deed: Callable[[], None], count: int) -> float:
    started = time.perf_counter()
    for _ in range(count):
        deed()
    return time.perf_counter() - started


def _say(what: str, count: int, seconds: float) -> None:
    sys.stdout.write(f"{what:28} {count / seconds:9,.0f} /s   {seconds / count * 1e6:7,.0f} µs\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
