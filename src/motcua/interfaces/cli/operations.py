"""``motcua migrate``, ``check``, ``settings`` and ``createadmin``: what an operator does by hand."""

import json
import os
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Final

import typer
from django.conf import settings
from rich.table import Table

from motcua.interfaces.cli.node import Exit, leave, open_node, out, settings_or_leave
from motcua.kernel.clock import now

_OLDEST_SERVER: Final = 15
_SKEW: Final = timedelta(seconds=2)


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found."""

    name: str
    ok: bool
    detail: str


class Fault(Exception):
    """A check failed; the message says why and what to do."""


def migrate() -> None:
    """Bring the tables to this version. May be repeated."""
    open_node()
    from motcua.interfaces.cli.schema import migrate_database

    applied = migrate_database()
    for name in applied:
        out.print(f"applied {name}")
    out.print(f"{len(applied)} migrations applied" if applied else "the tables are current")


def check(as_json: Annotated[bool, typer.Option("--json", help="Print findings as JSON.")] = False) -> None:
    """Check settings, database, tables, storage, keys, clock and worker; exit 1 if one is not well."""
    settings_or_leave()
    findings = [Finding("settings", True, f"mode {settings.NODE.mode}")]
    open_node()
    findings += [
        _find("database", _database),
        _find("migrations", _migrations),
        _find("storage", _storage),
        _find("keys", _keys),
        _find("clock", _clock),
        _find("worker", _worker),
    ]
    if as_json:
        out.print_json(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False))
    else:
        table = Table(box=None, show_header=False)
        for finding in findings:
            table.add_row("[green]✓[/]" if finding.ok else "[red]✗[/]", finding.name, finding.detail)
        out.print(table)
    if not all(finding.ok for finding in findings):
        leave(Exit.FAILED)


def _find(name: str, look: Callable[[], str]) -> Finding:
    from django.db import DatabaseError

    try:
        return Finding(name, True, look())
    except (Fault, OSError, DatabaseError) as fault:
        lines = str(fault).strip().splitlines()
        return Finding(name, False, lines[0] if lines else type(fault).__name__)


def _database() -> str:
    from motcua.platform.database.queries import server_version

    version = server_version() // 10_000
    if version < _OLDEST_SERVER:
        raise Fault(f"PostgreSQL {version} is too old; {_OLDEST_SERVER} or newer is needed")
    kind = "external" if settings.NODE.database_url else "embedded"
    return f"PostgreSQL {version}, {kind}"


def _migrations() -> str:
    from motcua.platform.database.queries import pending_migrations

    pending = pending_migrations()
    if pending:
        raise Fault(f"{len(pending)} pending, first {pending[0]}; run `motcua migrate`")
    return "the tables are current"


def _storage() -> str:
    if settings.NODE.storage == "s3":
        return _bucket()
    folder = settings.VAR / "files"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder) as probe:
        probe.write(b"motcua")
        probe.flush()
        os.fsync(probe.fileno())
    room = os.statvfs(folder)
    return f"{folder}, {room.f_bavail * room.f_frsize / 2**30:.1f} GiB free"


def _bucket() -> str:
    import boto3
    from botocore.exceptions import BotoCoreError, ClientError

    node = settings.NODE
    try:
        client = boto3.client(
            "s3",
            endpoint_url=node.s3_endpoint or None,
            region_name=node.s3_region or None,
            aws_access_key_id=node.s3_access_key,
            aws_secret_access_key=node.s3_secret_key.get_secret_value(),
        )
        client.head_bucket(Bucket=node.s3_bucket)
    except (BotoCoreError, ClientError) as fault:
        raise Fault(f"bucket {node.s3_bucket}: {fault}") from fault
    return f"bucket {node.s3_bucket}"


def _keys() -> str:
    folder: Path = settings.VAR / "keys"
    files = [file for file in folder.rglob("*") if file.is_file()] if folder.exists() else []
    private = [file for file in files if file.suffix not in {".pub", ".crt", ".pem"}]
    open_ones = [file.name for file in private if file.stat().st_mode & 0o077]
    if open_ones:
        raise Fault(f"{', '.join(open_ones)} can be read by others; chmod 600")
    return f"{len(private)} in {folder}, readable by this user only"


def _clock() -> str:
    from django.db import connection

    before = now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        theirs = cursor.fetchone()[0]
    after = now()
    skew = max(before - theirs, theirs - after, timedelta(0))
    if skew > _SKEW:
        raise Fault(f"{skew.total_seconds():.1f} s apart from the database; synchronise with NTP")
    return f"{skew.total_seconds() * 1000:.0f} ms apart from the database"


def _worker() -> str:
    from motcua.platform.jobs.queries import health

    state = health(now())
    if not state.is_served:
        raise Fault("no worker is alive; start `motcua worker`")
    return f"{state.workers} alive; jobs: {state.waiting} waiting, {state.failed} failed"


def show_settings(
    markdown: Annotated[bool, typer.Option("--markdown", help="The page docs/settings.md.")] = False,
) -> None:
    """List every setting: variable, default, meaning. Secrets are not shown."""
    settings_or_leave()
    rows = setting_rows()
    if markdown:
        print(markdown_page(rows), end="")
        return
    table = Table("variable", "default", "meaning", box=None)
    for row in rows:
        table.add_row(*row)
    out.print(table)


def setting_rows() -> list[tuple[str, str, str]]:
    """Return (variable, default, meaning) of every setting, in the order of the code."""
    rows = []
    for name, field in type(settings.NODE).model_fields.items():
        default = field.get_default()
        shown = (
            ""
            if default is None or type(default).__name__ == "SecretStr"
            else ", ".join(map(str, default))
            if isinstance(default, list)
            else str(default)
        )
        variable = "DATABASE_URL" if name == "database_url" else f"MOTCUA_{name.upper()}"
        rows.append((variable, shown, field.description or ""))
    return rows


def markdown_page(rows: list[tuple[str, str, str]]) -> str:
    """Return the page docs/settings.md."""
    head = (
        "# Settings\n\n"
        "Read once from the environment at the start. An unknown `MOTCUA_*` variable, a wrong value or,\n"
        "with `MOTCUA_MODE=production`, an unsafe one stops the start with a line for each fault.\n"
        "This page is made by `uv run motcua settings --markdown`.\n\n"
        "| variable | default | meaning |\n|---|---|---|\n"
    )
    cell = [tuple(text.replace("|", "\\|") for text in row) for row in rows]
    return head + "".join(
        f"| `{name}` | {f'`{default}`' if default else ''} | {why} |\n" for name, default, why in cell
    )
