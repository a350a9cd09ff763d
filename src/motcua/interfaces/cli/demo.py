"""``motcua demo``: a whole province on this machine, started with one command and gone with Ctrl-C."""

import json
import os
import secrets
import shutil
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Final

import typer
from django.conf import settings

from motcua.interfaces.cli.children import Child, Stopped, first_to_end, start, stop, stop_signals_raise
from motcua.interfaces.cli.node import (
    Exit,
    database_or_leave,
    err,
    leave,
    open_node,
    out,
    settings_or_leave,
)
from motcua.interfaces.cli.schema import migrate_database
from motcua.interfaces.cli.serve import refuse_taken_port

_MOTCUA: Final = "motcua.interfaces.cli.main"
_PROVIDER: Final = "motcua.interfaces.protocols.oidc"
_SAMPLE: Final = "motcua.interfaces.cli.sample"
_JOURNEY: Final = "motcua.interfaces.cli.journey"
_SEED: Final = 52  #: code of Gia Lai
_READY_WITHIN_S: Final = 60.0


def demo(
    port: Annotated[int, typer.Option(help="Port of the web pages.", min=1, max=65535)] = 8000,
    once: Annotated[
        bool, typer.Option("--once", help="Drive one dossier from end to end, then stop.")
    ] = False,
    reset: Annotated[bool, typer.Option("--reset", help="Throw the demo's data away first.")] = False,
    dossiers: Annotated[int, typer.Option(help="Dossiers in the sample province.", min=0)] = 2000,
) -> None:
    """Start database, sample province, web and worker; stop them all with Ctrl-C."""
    base_url = os.environ.setdefault("MOTCUA_BASE_URL", f"http://127.0.0.1:{port}")
    settings_or_leave()
    if settings.NODE.is_production:
        leave(Exit.CANNOT_START, "MOTCUA_MODE=production: a demo would fill this node with sample people")
    refuse_taken_port("127.0.0.1", port)
    children: list[Child] = []
    started = time.perf_counter()
    try:
        with stop_signals_raise():
            if reset:
                _throw_away(settings.VAR)
            _prepare(dossiers)
            with _step("web, worker and stand-in identity provider"):
                _start_all(port, children)
                _wait_until_ready(f"http://127.0.0.1:{port}", children)
            if once:
                _drive_one_dossier(f"http://127.0.0.1:{port}")
            else:
                _print_addresses(base_url, time.perf_counter() - started)
                ended = None
                while ended is None:
                    ended = first_to_end(children, within_s=3600)
                leave(Exit.FAILED, f"{ended.name} ended by itself (code {ended.process.returncode})")
    except Stopped:
        err.print("stopping …")
        if once:
            leave(Exit.INTERRUPTED)
    finally:
        stop(children)
        _stop_database(settings.VAR)


@contextmanager
def _step(name: str) -> Iterator[None]:
    """Show a line while a step runs and its seconds when it is done."""
    started = time.perf_counter()
    with err.status(f"{name} …"):
        yield
    err.print(f"[green]✓[/] {name} [dim]{time.perf_counter() - started:.1f} s[/]")


def _throw_away(var: Path) -> None:
    from motcua.platform.database.commands import stop_embedded
    from motcua.platform.database.queries import embedded_home

    with _step("old data thrown away"):
        home = embedded_home(var)
        stop_embedded(var)
        for folder in (home.data, var / "files"):
            shutil.rmtree(folder, ignore_errors=True)


def _prepare(dossiers: int) -> None:
    """Bring tables and sample to the state this version wants; costs nothing when stamps say they are."""
    from motcua.platform.database.queries import schema_digest, stamps

    with _step("database"):
        url = database_or_leave()
        done = stamps(url)
    if done.get("schema") != schema_digest():
        with _step("tables"):
            open_node()
            applied = migrate_database()
        if "schema" in done and not applied:  # before a release a first migration may be rewritten in place
            err.print(
                "[yellow]![/] a migration changed after it was applied; `motcua demo --reset` starts afresh"
            )
    sample = f"{dossiers} dossiers, seed {_SEED}"
    if done.get("sample") != sample and find_spec(_SAMPLE):
        open_node()
        load_sample(dossiers, sample)


def load_sample(dossiers: int, stamp: str) -> None:
    """Load the sample province with a line of progress, and stamp the database."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from motcua.kernel.clock import now
    from motcua.platform.database.commands.stamps import put_stamp

    columns = (TextColumn("  {task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with _step("sample province"), Progress(*columns, console=err, transient=True) as bars:
        tasks: dict[str, object] = {}

        def progress(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bars.add_task(what, total=total)
            bars.update(tasks[what], completed=done, total=total)  # type: ignore[arg-type]  # rich's TaskID

        import_module(_SAMPLE).load_sample_province(dossiers=dossiers, seed=_SEED, progress=progress)
        put_stamp("sample", stamp, at=now())


def _start_all(port: int, children: list[Child]) -> None:
    """Start the processes of the node, and a provider for it unless it is configured with one."""
    environment = {
        "DATABASE_URL": database_or_leave(),
        "MOTCUA_LOG_LEVEL": os.environ.get("MOTCUA_LOG_LEVEL", "WARNING"),
    }
    provider_port = 0
    if not settings.NODE.oidc_issuer:
        provider_port = _free_port(port + 1)
        environment |= {
            "MOTCUA_OIDC_ISSUER": f"http://127.0.0.1:{provider_port}",
            "MOTCUA_OIDC_CLIENT_ID": "motcua-demo",
            "MOTCUA_OIDC_CLIENT_SECRET": secrets.token_urlsafe(24),
        }
    children.append(start("web", _MOTCUA, "serve", f"--port={port}", environment=environment))
    children.append(start("worker", _MOTCUA, "worker", environment=environment))
    if provider_port:
        children.append(start("provider", _PROVIDER, f"--port={provider_port}", environment=environment))


def _free_port(wanted: int) -> int:
    """Return ``wanted`` if nothing listens there, else a port the system chooses."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", wanted))
        except (OSError, OverflowError):
            probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_ready(base_url: str, children: list[Child]) -> None:
    deadline = time.monotonic() + _READY_WITHIN_S
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{base_url}/readyz", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            ended = first_to_end(children, within_s=0.1)
        if ended:
            leave(Exit.CANNOT_START, f"{ended.name} ended while starting (code {ended.process.returncode})")
    leave(Exit.CANNOT_START, f"{base_url}/readyz was not ready after {_READY_WITHIN_S:.0f} s")


def _drive_one_dossier(base_url: str) -> None:
    """Run the journey, print its steps as JSON, and leave with 1 naming the first step that failed."""
    if not find_spec(_JOURNEY):
        leave(Exit.FAILED, "this version has no journey to drive")
    started = time.perf_counter()
    steps = [asdict(step) for step in import_module(_JOURNEY).run(base_url)]
    failed = [step for step in steps if not step["ok"]]
    seconds = round(time.perf_counter() - started, 3)
    summary = {"ok": not failed, "seconds": seconds, "steps": steps}
    out.print_json(json.dumps(summary, ensure_ascii=False, default=str))
    if failed:
        leave(Exit.FAILED, f"step failed: {failed[0]['name']}")


def _print_addresses(base_url: str, seconds: float) -> None:
    pages = {
        "Cổng dịch vụ công": "/",
        "Bàn làm việc": "/ban-lam-viec/",
        "Quản trị": "/quan-tri/",
        "API": "/api/v1/",
    }
    out.print(f"\n[bold]motcua[/] ready in {seconds:.1f} s")
    for name, address in pages.items():
        out.print(f"  {name:<20} {base_url}{address}")
    if find_spec(_SAMPLE):
        out.print("\nSample people (one click on the sign-in page, or with these passwords):")
        for person in getattr(import_module(_SAMPLE), "ACCOUNTS", ()):
            out.print(f"  {person}")
    out.print("\nCtrl-C stops everything.")


def _stop_database(var: Path) -> None:
    from motcua.platform.database.commands import stop_embedded

    if not os.environ.get("DATABASE_URL"):
        stop_embedded(var)
