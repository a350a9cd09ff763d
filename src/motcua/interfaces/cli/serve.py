"""``motcua serve`` and ``motcua worker``: the two kinds of process a node consists of."""

import hashlib
import os
import shutil
import signal
import socket
import threading
from pathlib import Path
from typing import Annotated, Final

import typer
from django.conf import settings

from motcua.interfaces.cli.node import Exit, database_or_leave, leave, open_node, out, settings_or_leave

_WORKER_GRACE_S: Final = 25.0


def serve(
    port: Annotated[int, typer.Option(help="Port to listen on.", min=1, max=65535)] = 8000,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    workers: Annotated[int, typer.Option(help="Number of processes.", min=1)] = 2,
    threads: Annotated[int, typer.Option(help="Threads per process.", min=1)] = 4,
) -> None:
    """Serve pages and API until SIGTERM or Ctrl-C."""
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    settings_or_leave()
    refuse_taken_port(host, port)
    os.environ.setdefault("DATABASE_URL", database_or_leave())
    collect_static_if_stale()
    measurements = settings.VAR / "metrics" / str(port)
    shutil.rmtree(measurements, ignore_errors=True)
    measurements.mkdir(parents=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(measurements)  # shared by the processes of this server
    os.environ["GRANIAN_SERVES"] = "motcua"  # wsgi.py: end with the process that started us
    Server(
        "motcua.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
        websockets=False,
        log_level=LogLevels.error,
    ).serve()


def worker(
    concurrency: Annotated[int, typer.Option(help="Jobs at a time.", min=1)] = 4,
) -> None:
    """Work off jobs and the clock until SIGTERM or Ctrl-C; a running job is finished first."""
    open_node()
    from motcua.platform.jobs.commands import run_worker

    stop = threading.Event()

    def end(*_: object) -> None:
        stop.set()
        last_resort = threading.Timer(_WORKER_GRACE_S, os._exit, (Exit.FAILED,))
        last_resort.daemon = True  # a worker whose database is gone has nothing to wait for
        last_resort.start()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    run_worker(stop, concurrency=concurrency)


def refuse_taken_port(host: str, port: int) -> None:
    """Exit 3 with a line that helps if something listens on the port already."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as fault:
            leave(
                Exit.CANNOT_START,
                f"cannot listen on {host}:{port}: {fault.strerror}; "
                f"end what uses it or choose another port (--port {port + 1})",
            )


def collect_static_if_stale() -> None:
    """Copy static files, hashed and compressed, to VAR/static unless those there are current."""
    root = Path(settings.STATIC_ROOT)
    stamp = root.with_name("static.stamp")
    state = _static_state()
    if stamp.exists() and root.exists() and stamp.read_text() == state:
        return
    import django
    from django.core.management import call_command

    django.setup()
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(state)
    out.print("static files collected")


def _static_state() -> str:
    """Return a digest of the static files that packages and interfaces bring."""
    import importlib.util

    digest = hashlib.sha256(str(settings.STORAGES["staticfiles"]).encode())
    for app in settings.INSTALLED_APPS:
        spec = importlib.util.find_spec(app)
        for place in (spec.submodule_search_locations or []) if spec else []:
            for file in sorted((Path(place) / "static").rglob("*")):
                facts = file.stat()
                digest.update(f"{file} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()
