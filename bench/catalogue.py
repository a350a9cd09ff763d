"""The catalogue at its national size: import, export, and the pages and operations that read records.

    uv run python -m bench catalogue [--procedures 10000] [--seconds 4] [--port 8610] [--file records.jsonl.gz]

An embedded PostgreSQL with its normal durability and ``motcua serve`` with two processes. The records are those of
``--file``, repeated under other codes until there are enough; without a file, made-up ones of the usual size. Beside
each page stands an empty view of the same server.
"""

import argparse
import gzip
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles
from typing import Any, Final

import psutil

from bench.requests import MANY, Figures, _bar, _peak_mb, _say, _wait

BAR_IMPORT_S: Final = 30.0  #: for 2,642 records
NATIONAL: Final = 2_642
BAR_P95_MS: Final = 60.0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--procedures", type=int, default=10_000)
    parser.add_argument("--seconds", type=float, default=4.0)
    parser.add_argument("--port", type=int, default=8610)
    parser.add_argument("--file", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="motcua-bench-") as name:
        _measure(Path(name), options)
    return 0


def _measure(folder: Path, options: argparse.Namespace) -> None:
    from motcua.platform.database.commands import create_database_if_missing, start_embedded, stop_embedded

    records = list(_records(options.file, options.procedures))
    some, many = folder / "some.jsonl.gz", folder / "many.jsonl.gz"
    _write(some, records[:NATIONAL])
    _write(many, records)
    url = start_embedded(folder)
    create_database_if_missing(url)
    os.environ |= {
        "MOTCUA_MODE": "demo",
        "MOTCUA_VAR": str(folder),
        "MOTCUA_LOG_LEVEL": "ERROR",
        "MOTCUA_BASE_URL": f"http://127.0.0.1:{options.port}",
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "motcua.config.settings",
    }
    server = None
    try:
        _run("migrate")
        _imports(some, many)
        for kind in ("jsonl", "xlsx", "jsonld"):
            seconds, peak = _run("procedures", "export", str(folder / f"out.{kind}"))
            _say(f"export {kind:18}{seconds:8.1f} s {peak:8.0f} MB")
        server = psutil.Popen(
            [sys.executable, "-m", "motcua.interfaces.cli.main", "serve", f"--port={options.port}"]
        )
        _wait(options.port)
        worst = max(records, key=lambda each: len(each["dossier"]))["code"]
        _pages(server, options, records[len(records) // 2]["code"], worst)
    finally:
        if server is not None:
            server.terminate()
            server.wait(20)
        stop_embedded(folder)


def _imports(some: Path, many: Path) -> None:
    for label, arguments in {
        "dry run, 2,642": (str(some), "--dry-run"),
        "first import, 2,642": (str(some),),
        "the same again": (str(some),),
        "all": (str(many),),
        "all again": (str(many),),
    }.items():
        seconds, peak = _run("procedures", "import", *arguments, "--json")
        bar = _bar(seconds <= BAR_IMPORT_S, BAR_IMPORT_S) if label.startswith("first") else ""
        _say(f"{label:25}{seconds:8.1f} s {peak:8.0f} MB {bar}")


def _pages(server: psutil.Process, options: argparse.Namespace, code: str, worst: str) -> None:
    api = "/api/v1/procedures"
    paths = {
        "empty view": "/healthz",
        "page": f"/thu-tuc/{code}",
        "page, most papers": f"/thu-tuc/{worst}",
        "API record": f"{api}/{code}/record",
        "API CPSV-AP": f"{api}/{code}/cpsv",
        "API list of 50": f"{api}/records?limit=50&cursor={code}",
        "API completeness": f"{api}/completeness",
    }
    heads = ("/s", "p50 ms", "p95 ms", f"/s, {MANY} users", "p50 ms", "p95 ms")
    _say(f"\n{options.procedures:>9,} procedures" + "".join(f"{head:>12}" for head in heads))
    alone: dict[str, Figures] = {}
    for page, path in paths.items():
        one = alone[page] = _load(options.port, path, users=1, seconds=options.seconds / 2)
        many = _load(options.port, path, users=MANY, seconds=options.seconds)
        figures = (one.per_s, one.p50_ms, one.p95_ms, many.per_s, many.p50_ms, many.p95_ms)
        _say(f"{page:20}" + "".join(f"{figure:12.1f}" for figure in figures))
    slowest = max(
        alone[page].p95_ms for page in ("page", "page, most papers", "API record", "API list of 50")
    )
    _say(f"slowest page, one user, p95: {slowest:.0f} ms {_bar(slowest <= BAR_P95_MS, BAR_P95_MS)}")
    _say(f"page against the empty view: {alone['page'].p50_ms / alone['empty view'].p50_ms:.1f} ×")
    _say(f"peak memory of the server's processes: {_peak_mb(server):.0f} MB")


def _load(port: int, path: str, *, users: int, seconds: float) -> Figures:
    task = {"port": port, "path": path, "cookie": "", "users": users, "seconds": seconds}
    answer: dict[str, Any] = {}
    for given in (task | {"seconds": 0.5}, task):
        told = subprocess.run(
            [sys.executable, "-m", "bench._load"],
            input=json.dumps(given),
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        answer = json.loads(told.stdout)
    times = answer["times"]
    return Figures(len(times) / answer["wall"], 0.0, median(times) * 1e3, quantiles(times, n=20)[-1] * 1e3)


def _run(*arguments: str) -> tuple[float, float]:
    """Run a command of the node; return its seconds, start of Python and Django included, and peak megabytes."""
    began = time.perf_counter()
    process = psutil.Popen(
        [sys.executable, "-m", "motcua.interfaces.cli.main", *arguments], stdout=subprocess.DEVNULL
    )
    peak = 0
    while process.poll() is None:
        try:
            peak = max(peak, process.memory_info().rss)
        except psutil.NoSuchProcess:
            break
        time.sleep(0.02)
    if process.wait() != 0:
        raise SystemExit(f"motcua {' '.join(arguments)} failed")
    return time.perf_counter() - began, peak / 2**20


def _records(file: Path | None, count: int) -> Iterator[dict[str, Any]]:
    """Yield ``count`` records: those of a file, then the same under other codes and names."""
    if file is None:
        originals = [_made_up(number) for number in range(200)]
    else:
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            originals = [json.loads(line) for line in lines]
    for number in range(count):
        one = originals[number % len(originals)]
        again = number // len(originals)
        renamed = {"code": f"9.{number:06d}", "name": f"{one['name']} ({again})"} if again or not file else {}
        yield {**one, **renamed}


def _made_up(number: int) -> dict[str, Any]:
    """Return a record of the usual size: three ways, six papers, six instruments, 1,700 characters of steps."""
    return {
        "code": "9.000000",
        "name": f"Thủ tục cấp giấy phép hoạt động số {number}",
        "decision": f"{number}/QĐ-BTC",
        "ministry": f"Bộ {number % 7}",
        "field": f"Lĩnh vực {number % 143}",
        "levels": ["tinh"],
        "type": "Loại khác",
        "subjects": ["Công dân Việt Nam"],
        "performing_agency": "Sở Tài chính",
        "methods": [{"channel": n, "time": 5, "unit": "working_day", "note": "Miễn phí"} for n in (1, 2, 3)],
        "dossier": [{"group": "--", "name": f"Giấy tờ {n} " * 20, "originals": 1} for n in range(6)],
        "legal": [f"{n}/2025/NĐ-CP" for n in range(6)],
        "results": [{"name": "Giấy phép", "code": ""}],
        "sequence": "Người nộp nộp hồ sơ tại bộ phận một cửa.\n" * 40,
        "conditions": "",
        "source": "",
    }


def _write(path: Path, records: list[dict[str, Any]]) -> None:
    with gzip.open(path, "wt", encoding="utf-8", compresslevel=1) as out:
        out.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


if __name__ == "__main__":
    sys.exit(main())
