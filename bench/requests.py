"""What pages cost with 1,000 and with 100,000 dossiers in the node, beside an empty view of the same server.

    uv run python -m bench requests [--dossiers 100000] [--seconds 8] [--port 8600]

An embedded PostgreSQL with its normal durability, ``motcua serve`` with two processes, a load from a process of its
own over loopback. "/core" is what one core's worth of work answers: requests divided by the processor seconds that
server and database spent on them, so that neighbours on the machine and the load itself do not count.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPResponse
from pathlib import Path
from statistics import median, quantiles
from typing import Final

import psutil

SMALL: Final = 1_000
MANY: Final = 8
BAR_P95_MS, BAR_FLAT, BAR_PER_CORE = 60.0, 1.3, 100.0


@dataclass(frozen=True, slots=True)
class Figures:
    """How one page answered under one load."""

    per_s: float
    per_core_s: float
    p50_ms: float
    p95_ms: float


@dataclass(frozen=True, slots=True)
class Node:
    """A node under load."""

    port: int
    server: psutil.Process
    database: psutil.Process
    paths: dict[str, tuple[str, str]]  #: page → (address, cookie)
    queries: dict[str, int]
    submits: list[float]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--dossiers", type=int, default=100_000)
    parser.add_argument("--seconds", type=float, default=8.0)
    parser.add_argument("--port", type=int, default=8600)
    options = parser.parse_args()
    _say(f"load of the machine before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    inbox = {}
    for dossiers in (SMALL, options.dossiers):
        with (
            tempfile.TemporaryDirectory(prefix="motcua-bench-") as folder,
            _node(Path(folder), dossiers, options.port) as node,
        ):
            inbox[dossiers] = _measure(node, dossiers, options.seconds)
    flat = inbox[options.dossiers].p50_ms / inbox[SMALL].p50_ms
    _say(
        f"\ninbox, {options.dossiers:,} against {SMALL:,} dossiers: {flat:.2f} × {_bar(flat <= BAR_FLAT, BAR_FLAT)}"
    )
    return 0


def _measure(node: Node, dossiers: int, seconds: float) -> Figures:
    heads = ("/s", "p50 ms", "p95 ms", f"/s, {MANY} users", "p50 ms", "p95 ms", "/core", "queries")
    _say(f"\n{dossiers:>9,} dossiers  " + "".join(f"{head:>12}" for head in heads))
    alone: dict[str, Figures] = {}
    core = 0.0
    for page, (path, cookie) in node.paths.items():
        one = alone[page] = _load(node, path, cookie, users=1, seconds=seconds / 2)
        many = _load(node, path, cookie, users=MANY, seconds=seconds)
        figures = (one.per_s, one.p50_ms, one.p95_ms, many.per_s, many.p50_ms, many.p95_ms, many.per_core_s)
        _row(page, figures, node.queries[page])
        core = many.per_core_s if page == "inbox" else core
    middle, slow = median(node.submits), quantiles(node.submits, n=20)[-1]
    _row("submit", (1 / middle, middle * 1e3, slow * 1e3, 0, 0, 0, 0), node.queries["submit"])
    _say(f"submit, one user, p95: {slow * 1e3:.0f} ms {_bar(slow * 1e3 <= BAR_P95_MS, BAR_P95_MS)}")
    slowest = max(alone.values(), key=lambda one: one.p95_ms)
    _say(
        f"slowest page, one user, p95: {slowest.p95_ms:.0f} ms {_bar(slowest.p95_ms <= BAR_P95_MS, BAR_P95_MS)}"
    )
    _say(f"inbox a core and second: {core:.0f} {_bar(core >= BAR_PER_CORE, BAR_PER_CORE)}")
    _say(f"inbox against the empty view: {alone['inbox'].p50_ms / alone['empty view'].p50_ms:.1f} ×")
    _say(f"peak memory of the server's processes: {_peak_mb(node.server):.0f} MB")
    return alone["inbox"]


def _row(page: str, figures: tuple[float, ...], queries: int) -> None:
    _say(f"{page:20}" + "".join(f"{figure:12.1f}" for figure in figures) + f"{queries:12}")


def _bar(met: bool, bar: float) -> str:
    return f"(bar {bar:g} {'met' if met else 'MISSED'})"


@contextmanager
def _node(folder: Path, dossiers: int, port: int) -> Iterator[Node]:
    """Start a node of its own with so many dossiers; stop and remove it afterwards."""
    from motcua.platform.database.commands import create_database_if_missing, start_embedded, stop_embedded

    url = start_embedded(folder)
    create_database_if_missing(url)
    os.environ |= {
        "MOTCUA_MODE": "demo",
        "MOTCUA_VAR": str(folder),
        "MOTCUA_LOG_LEVEL": "ERROR",
        "MOTCUA_BASE_URL": f"http://127.0.0.1:{port}",
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "motcua.config.settings",
    }
    server = None
    try:
        _motcua("migrate")
        began = time.perf_counter()
        _motcua("sample", f"--dossiers={dossiers}")
        _say(f"\nloaded {dossiers:,} dossiers in {time.perf_counter() - began:.0f} s, province included")
        server = psutil.Popen([sys.executable, "-m", "motcua.interfaces.cli.main", "serve", f"--port={port}"])
        _wait(port)
        facts = json.loads(_inside(port))
        database = psutil.Process(facts["postmaster"])
        paths = {page: (path, cookie) for page, (path, cookie) in facts["paths"].items()}
        submits = [_submit(port, path, cookie) for path, cookie in facts["drafts"]]
        yield Node(port, server, database, paths, facts["queries"], submits)
    finally:
        if server is not None:
            server.terminate()
            server.wait(20)
        stop_embedded(folder)


def _motcua(*arguments: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "motcua.interfaces.cli.main", *arguments],
        check=True,
        stdout=subprocess.DEVNULL,
    )


def _inside(port: int) -> str:
    return subprocess.run(
        [sys.executable, "-m", "bench._inside", str(port)], check=True, stdout=subprocess.PIPE, text=True
    ).stdout


def _wait(port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit("the server did not become ready")


def _load(node: Node, path: str, cookie: str, *, users: int, seconds: float) -> Figures:
    task = {"port": node.port, "path": path, "cookie": cookie, "users": users, "seconds": seconds}
    warm = json.dumps(task | {"seconds": 0.5})
    subprocess.run(
        [sys.executable, "-m", "bench._load"], input=warm, check=True, stdout=subprocess.PIPE, text=True
    )
    before = _spent(node)
    told = subprocess.run(
        [sys.executable, "-m", "bench._load"],
        input=json.dumps(task),
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    spent = _spent(node) - before
    answer = json.loads(told.stdout)
    times = answer["times"]
    return Figures(
        len(times) / answer["wall"],
        len(times) / spent if spent else 0.0,
        median(times) * 1e3,
        quantiles(times, n=20)[-1] * 1e3,
    )


def _submit(port: int, path: str, cookie: str) -> float:
    """File one prepared draft and return the seconds until the answer."""
    token = dict(part.split("=", 1) for part in cookie.split("; "))["csrftoken"]
    body = f"truth=yes&csrfmiddlewaretoken={token}".encode()
    headers = {"Cookie": cookie, "Referer": f"http://127.0.0.1:{port}{path}", "X-CSRFToken": token}
    asked = urllib.request.Request(f"http://127.0.0.1:{port}{path}", data=body, headers=headers)
    began = time.perf_counter()
    opener = urllib.request.build_opener(_Stay)
    with opener.open(asked) as answer:
        if answer.status != 302:
            raise SystemExit(f"submit answered {answer.status}")
    return time.perf_counter() - began


class _Stay(urllib.request.HTTPErrorProcessor):
    """Take every answer as it is; follow nothing."""

    def http_response(self, request: urllib.request.Request, response: HTTPResponse) -> HTTPResponse:
        return response


def _spent(node: Node) -> float:
    """Return the processor seconds server and database have used so far."""
    total = 0.0
    for root in (node.server, node.database):
        for process in (root, *root.children(recursive=True)):
            try:
                used = process.cpu_times()
            except psutil.NoSuchProcess:
                continue
            total += used.user + used.system
    return total


def _peak_mb(root: psutil.Process) -> float:
    """Return the most memory the processes of the server ever held, added up."""
    total = 0
    for process in (root, *root.children(recursive=True)):
        status = Path(f"/proc/{process.pid}/status")
        if status.exists():
            peak = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
            total += int(peak.split()[1])
    return total / 1024


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
