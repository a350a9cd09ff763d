"""What the ledger costs: appending beside a bare insert, waiting, sequencing, verifying, proving.

``uv run python -m bench ledger [--leaves N] [--seconds S] [--writers N] [--json]`` starts a PostgreSQL of its
own in a temporary folder, with the durability of production: every commit is flushed to disk.
"""

import argparse
import json
import multiprocessing
import os
import resource
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter, process_time, sleep
from typing import Any

import django
import psycopg

AT = datetime(2026, 2, 11, 2, 0, tzinfo=UTC)
BATCH = 10_000
ROUNDS = 3
BATCHES_PER_HEAD = 5
PROOFS = 300
KIB_PER_MIB = 1024
FORK = multiprocessing.get_context("fork")

#: The row of a leaf, in a table that knows nothing of ledgers.
BARE_TABLE = """
    CREATE TABLE bench_bare (
        id uuid PRIMARY KEY, deed text NOT NULL, subject text NOT NULL, person_id uuid, role text NOT NULL,
        agency_id uuid, seat_id uuid, at timestamptz NOT NULL, facts text NOT NULL, leaf_hash bytea NOT NULL
    )
"""
BARE_INSERT = "INSERT INTO bench_bare VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
#: Writers that wait for a row, a transaction or an advisory lock held by another.
WAITING = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"

Figures = dict[str, Any]


def main() -> int:
    """Print every figure as it comes; exit 1 if the filled ledger does not verify."""
    options = _options()
    with _node() as url:
        one = _appending(url, writers=1, seconds=options.seconds)
        many = _appending(url, writers=options.writers, seconds=options.seconds)
        for kind in ("bare", "append"):
            ratio = many[f"{kind}_per_s"] / one[f"{kind}_per_s"]
            _say(f"{kind}: {options.writers} writers do ×{ratio:.2f} of what one does")
        figures = {"one_writer": one, "many_writers": many, **_filling(options.leaves)}
        figures |= {"verify": _in_process(_verify), "prove": _in_process(_prove)}
    if options.json:
        sys.stdout.write(json.dumps(figures) + "\n")
    return 0 if figures["verify"]["intact"] else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench ledger", description=__doc__)
    parser.add_argument("--leaves", type=int, default=1_000_000, help="leaves to sequence and verify")
    parser.add_argument("--seconds", type=float, default=2.0, help="length of each appending run")
    parser.add_argument("--writers", type=int, default=8, help="writers of the parallel run")
    parser.add_argument("--json", action="store_true", help="print all figures as JSON at the end")
    return parser.parse_args()


@contextmanager
def _node() -> Iterator[str]:
    """Start a database in a temporary folder, point this process and its children at it, migrate."""
    from motcua.platform.database.commands import start_embedded, stop_embedded
    from motcua.platform.database.queries import embedded_home

    folder = Path(tempfile.mkdtemp(prefix="motcua-bench-"))
    os.environ["DJANGO_SETTINGS_MODULE"] = "motcua.config.settings"
    os.environ["MOTCUA_MODE"], os.environ["MOTCUA_VAR"] = "test", str(folder)
    try:
        url = os.environ["DATABASE_URL"] = start_embedded(folder, database="postgres")
        django.setup()
        _in_process(_migrate)
        with psycopg.connect(url) as connection:
            connection.execute(BARE_TABLE)
        yield url
    finally:
        stop_embedded(folder)
        for place in (embedded_home(folder).root, folder):
            shutil.rmtree(place, ignore_errors=True)


def _appending(url: str, *, writers: int, seconds: float) -> Figures:
    """Measure bare inserts and appends in turns, as a busy machine disturbs both; keep the best of each."""
    figures: Figures = {"writers": writers, "waiting": 0, "looks": 0}
    for _ in range(ROUNDS):
        for kind in ("bare", "append"):
            rate, waits, looks = _race(url, kind, writers, seconds)
            figures[f"{kind}_per_s"] = max(rate, figures.get(f"{kind}_per_s", 0.0))
            figures["waiting"] += waits
            figures["looks"] += looks
    _say(
        f"{writers} writer(s), one row per transaction: bare insert {figures['bare_per_s']:,.0f}/s,"
        f" append {figures['append_per_s']:,.0f}/s; writers seen waiting for another:"
        f" {figures['waiting']} in {figures['looks']:,} looks"
    )
    return figures


def _race(url: str, kind: str, writers: int, seconds: float) -> tuple[float, int, int]:
    """Let ``writers`` processes write at once; return rows per second, waits and looks."""
    ready, results = FORK.Barrier(writers + 1), FORK.Queue()
    processes = [FORK.Process(target=_write, args=(kind, ready, seconds, results)) for _ in range(writers)]
    for process in processes:
        process.start()
    ready.wait(60)
    waits, looks = _watch(url, seconds)
    rate = sum(results.get(timeout=60) for _ in processes)
    for process in processes:
        process.join()
    return rate, waits, looks


def _watch(url: str, seconds: float) -> tuple[int, int]:
    """Look a hundred times a second whether any writer waits for another; return waits and looks."""
    waits = looks = 0
    end = perf_counter() + seconds
    with psycopg.connect(url, autocommit=True) as connection:
        while perf_counter() < end:
            row = connection.execute(WAITING).fetchone()
            waits, looks = waits + (row[0] if row else 0), looks + 1
            sleep(0.01)
    return waits, looks


def _write(kind: str, ready: Any, seconds: float, results: Any) -> None:  # noqa: ANN401  multiprocessing's own
    """Be one writer: one deed in one transaction, again and again; report how many in a second."""
    from django.db import connection, transaction

    connection.ensure_connection()
    deed = {"bare": _bare_deed, "append": _ledger_deed}[kind]()
    ready.wait(60)
    count, start = 0, perf_counter()
    while perf_counter() - start < seconds:
        with transaction.atomic():
            deed()
        count += 1
    results.put(count / (perf_counter() - start))


def _bare_deed() -> Callable[[], object]:
    from django.db import connection

    from motcua.kernel.ids import uuid7

    actor, facts, hashed = _actor(), json.dumps(_facts(1), default=str), bytes(32)

    def deed() -> None:
        with connection.cursor() as cursor:
            row = (uuid7(AT), "cases.accept", str(uuid7(AT)), actor.person_id, actor.role.value)
            cursor.execute(BARE_INSERT, [*row, actor.agency_id, actor.seat_id, AT, facts, hashed])

    return deed


def _ledger_deed() -> Callable[[], object]:
    from motcua.kernel.ids import uuid7
    from motcua.platform.ledger import commands

    actor, facts = _actor(), _facts(1)
    return lambda: commands.append("cases.accept", uuid7(AT), actor=actor, at=AT, facts=facts)


def _filling(leaves: int) -> Figures:
    """Fill the log up to ``leaves`` and order them; a head is signed every few batches."""
    written = _in_process(_fill, leaves)
    _say(f"append_many: {written['leaves'] / written['seconds']:,.0f} leaves/s")
    placed = _in_process(_sequence)
    _say(f"sequencing {placed['leaves']:,} leaves: {placed['leaves'] / placed['seconds']:,.0f} leaves/s")
    return {"append_many": written, "sequence": placed}


def _in_process(work: Callable[..., Figures], *args: object) -> Figures:
    """Run ``work`` in a fresh process, with a connection and a peak memory of its own."""
    with FORK.Pool(1) as pool:
        figures: Figures = pool.apply(work, args)
    return figures


def _migrate() -> Figures:
    from django.core.management import call_command

    for app in ("signing", "ledger"):
        call_command("migrate", app, verbosity=0)
    return {}


def _fill(leaves: int) -> Figures:
    from django.db import transaction

    from motcua.kernel.ids import uuid7
    from motcua.platform.ledger import commands, queries
    from motcua.platform.ledger.types import Deed

    actor = _actor()
    missing = max(leaves - queries.pending(), 0)
    start = perf_counter()
    for first in range(0, missing, BATCH):
        with transaction.atomic():
            commands.append_many(
                Deed(deed="cases.accept", subject=uuid7(AT), actor=actor, at=AT, facts=_facts(nth))
                for nth in range(first, min(first + BATCH, missing))
            )
    return {"leaves": missing, "seconds": perf_counter() - start}


def _sequence() -> Figures:
    from motcua.platform.ledger import commands

    placed, batches, seconds = 0, 0, 0.0
    while True:
        start = perf_counter()
        batch = commands.sequence()
        seconds += perf_counter() - start
        placed, batches = placed + batch, batches + 1
        if not batch or batches % BATCHES_PER_HEAD == 0:
            commands.sign_head(at=AT + timedelta(minutes=batches))
        if not batch:
            return {"leaves": placed, "seconds": seconds}


def _verify() -> Figures:
    from motcua.platform.ledger import queries

    before, start, cpu = _peak_mib(), perf_counter(), process_time()
    report = queries.verify()
    seconds, cpu = perf_counter() - start, process_time() - cpu
    _say(
        f"verifying {report.leaves:,} leaves and {report.heads} heads: {seconds:.1f} s,"
        f" {report.leaves / seconds:,.0f} leaves/s ({cpu:.1f} s of CPU), peak memory {_peak_mib():.0f} MiB"
        f" ({before:.0f} MiB before it began), {report.fault_count} faults"
    )
    return {
        "leaves": report.leaves,
        "heads": report.heads,
        "seconds": seconds,
        "cpu_s": cpu,
        "peak_mib": _peak_mib(),
        "peak_mib_before": before,
        "intact": report.is_intact,
    }


def _prove() -> Figures:
    from motcua.platform.ledger import queries
    from motcua.platform.ledger.models import Leaf

    size = queries.head().checkpoint.size
    places = [nth * size // PROOFS for nth in range(min(PROOFS, size))]
    ids = list(Leaf.objects.filter(position__in=places).values_list("id", flat=True))
    start = perf_counter()
    for leaf_id in ids:
        queries.inclusion(leaf_id)
    inclusion_ms = (perf_counter() - start) / len(ids) * 1000
    start = perf_counter()
    for place in places:
        queries.consistency(place, size)
    consistency_ms = (perf_counter() - start) / len(places) * 1000
    _say(f"proving in {size:,} leaves: inclusion {inclusion_ms:.1f} ms, consistency {consistency_ms:.1f} ms")
    return {"inclusion_ms": inclusion_ms, "consistency_ms": consistency_ms}


def _actor() -> Any:  # noqa: ANN401  an Actor; nothing of motcua is imported before the settings are chosen
    from motcua.kernel.actors import Actor, Role
    from motcua.kernel.ids import uuid7

    return Actor(person_id=uuid7(AT), role=Role.CLERK, agency_id=uuid7(AT), seat_id=uuid7(AT))


def _facts(nth: int) -> dict[str, object]:
    return {"procedure": "1.001193", "step": "accept", "from": 1, "to": 2, "number": nth, "due_at": AT}


def _peak_mib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIB_PER_MIB


def _say(line: str) -> None:
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main())
