"""``motcua backup`` and ``motcua restore``: the whole node in one file.

The archive is a tar: ``manifest.json`` first, then ``database.dump`` (pg_dump, custom format), then files
and keys. The manifest has the SHA-256 of every member and the number of rows of every table, both taken in
the snapshot the dump was taken in. A backup is not done before the archive was read again and its dump
restored into a scratch server with the same row counts.

Files are written once and never changed, so copying them after the dump loses none the dump knows of.
"""

import hashlib
import io
import json
import os
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import IO, Annotated, Final

import psycopg
import typer
from django.conf import settings
from psycopg import sql

from motcua.interfaces.cli.node import Exit, database_or_leave, err, leave, out, settings_or_leave
from motcua.kernel.clock import now
from motcua.platform.database.commands import create_database_if_missing, start_embedded, stop_embedded
from motcua.platform.database.queries import binaries, embedded_home

_FORMAT: Final = 1
_FOLDERS: Final = ("files", "keys")  #: under MOTCUA_VAR
_CHUNK_BYTES: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an archive says it holds."""

    format: int
    version: str  #: of motcua
    made_at: str
    storage: str  #: with s3 the bucket is backed up by its own means
    rows: Mapping[str, int]  #: table → rows
    sha256: Mapping[str, str]  #: member → digest


class BadArchive(Exception):
    """The archive does not hold what its manifest says."""


def backup(file: Annotated[Path, typer.Argument(help="Archive to write; must not exist.")]) -> None:
    """Write database, files and keys to one archive and prove that it can be restored."""
    settings_or_leave()
    if file.exists():
        leave(Exit.REFUSED, f"{file} exists already")
    url = database_or_leave()
    draft = file.with_name(f"{file.name}.part")
    try:
        with tempfile.TemporaryDirectory(prefix="motcua-backup-", dir=_scratch()) as scratch:
            dump = Path(scratch) / "database.dump"
            rows = _dump(url, dump)
            _write(draft, dump, rows)
            manifest = _verify(draft)
            _prove(dump, manifest)
        draft.replace(file)
    except (BadArchive, OSError, psycopg.Error, subprocess.CalledProcessError) as fault:
        draft.unlink(missing_ok=True)
        leave(Exit.FAILED, f"no backup was made: {_said(fault)}")
    size, total, files = file.stat().st_size, sum(manifest.rows.values()), len(manifest.sha256) - 1
    out.print(
        f"{file}: {size:,} bytes, {len(manifest.rows)} tables with {total:,} rows, {files:,} files; "
        "read again and restored once"
    )
    if manifest.storage != "local":
        err.print("files of dossiers lie in the bucket and are not in this archive; back the bucket up too")


def restore(
    file: Annotated[Path, typer.Argument(help="Archive to read.")],
    replace: Annotated[bool, typer.Option("--replace", help="Throw away what the node holds now.")] = False,
) -> None:
    """Bring back database, files and keys from an archive; refuses a node that holds anything."""
    settings_or_leave()
    try:
        manifest = _verify(file)
    except (BadArchive, OSError, tarfile.TarError) as fault:
        leave(Exit.REFUSED, f"{file} is no whole archive: {_said(fault)}")
    url = database_or_leave()
    if not replace and (_rows(url) or _holds_files()):
        leave(Exit.REFUSED, "the node is not empty; --replace throws away what it holds")
    try:
        with tempfile.TemporaryDirectory(prefix="motcua-restore-", dir=_scratch()) as scratch:
            _extract(file, Path(scratch))
            _load(url, Path(scratch) / "database.dump")
            _refuse_difference(manifest.rows, _rows(url))
            _swap_folders(Path(scratch))
    except (BadArchive, OSError, psycopg.Error, subprocess.CalledProcessError) as fault:
        leave(Exit.FAILED, f"the restore failed: {_said(fault)}")
    out.print(
        f"restored {len(manifest.rows)} tables and {len(manifest.sha256) - 1:,} files "
        f"of {manifest.made_at}; run `motcua migrate`, then start web and worker"
    )


def _dump(url: str, target: Path) -> Mapping[str, int]:
    """Dump the database and return the rows of its tables, both of the same snapshot."""
    with psycopg.connect(url) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        snapshot = connection.execute("SELECT pg_export_snapshot()").fetchone()
        assert snapshot
        _run("pg_dump", "--format=custom", f"--snapshot={snapshot[0]}", f"--file={target}", f"--dbname={url}")
        return _counted(connection)


def _load(url: str, dump: Path) -> None:
    """Make the database exactly what the dump holds, in one transaction."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("DROP SCHEMA IF EXISTS public CASCADE")
        connection.execute("CREATE SCHEMA public")
    options = ("--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction")
    with tempfile.NamedTemporaryFile("w", suffix=".list", dir=dump.parent) as contents:
        listed = _run("pg_restore", "--list", str(dump)).splitlines(keepends=True)
        contents.writelines(line for line in listed if " SCHEMA - public" not in line)
        contents.flush()
        _run("pg_restore", *options, f"--use-list={contents.name}", f"--dbname={url}", str(dump))


def _prove(dump: Path, manifest: Manifest) -> None:
    """Restore the dump into a scratch server and compare row counts. Raises BadArchive."""
    with _scratch_server() as url:
        _load(url, dump)
        _refuse_difference(manifest.rows, _rows(url))


@contextmanager
def _scratch_server() -> Iterator[str]:
    folder = Path(tempfile.mkdtemp(prefix="motcua-proof-", dir=_scratch()))
    folder.chmod(0o755)
    try:
        url = start_embedded(folder, settings={"fsync": "off", "shared_buffers": "64MB"})
        create_database_if_missing(url)
        yield url
    finally:
        stop_embedded(folder)
        shutil.rmtree(embedded_home(folder).root, ignore_errors=True)
        shutil.rmtree(folder, ignore_errors=True)


def _rows(url: str) -> Mapping[str, int]:
    with psycopg.connect(url) as connection:
        return _counted(connection)


def _counted(connection: psycopg.Connection) -> Mapping[str, int]:
    tables = connection.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
    ).fetchall()
    counted = {}
    for (name,) in tables:
        found = connection.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(name))).fetchone()
        counted[str(name)] = int(found[0]) if found else 0
    return counted


def _refuse_difference(wanted: Mapping[str, int], found: Mapping[str, int]) -> None:
    differing = sorted(name for name in wanted.keys() | found.keys() if wanted.get(name) != found.get(name))
    if differing:
        raise BadArchive(f"row counts differ in {', '.join(differing)}")


def _members() -> Iterator[tuple[str, Path]]:
    """Yield (name in the archive, path) of every file under MOTCUA_VAR that belongs into a backup."""
    for folder in _FOLDERS:
        for path in sorted((settings.VAR / folder).rglob("*")):
            if path.is_file():
                yield str(path.relative_to(settings.VAR)), path


def _holds_files() -> bool:
    """Tell whether anything was ever handed in here. Keys do not count: a node makes them when it first starts."""
    return any(path.is_file() for path in (settings.VAR / "files").rglob("*"))


def _write(target: Path, dump: Path, rows: Mapping[str, int]) -> None:
    """Write the archive, readable by its owner alone: it holds keys and personal data."""
    members = [("database.dump", dump), *_members()]
    manifest = Manifest(
        format=_FORMAT,
        version=version("motcua"),
        made_at=now().isoformat(timespec="seconds"),
        storage=str(settings.NODE.storage),
        rows=rows,
        sha256={name: _digest(path.open("rb")) for name, path in members},
    )
    text = json.dumps(asdict(manifest), indent=1).encode()
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as sink:
        with tarfile.open(fileobj=sink, mode="w", format=tarfile.PAX_FORMAT) as archive:
            head = tarfile.TarInfo("manifest.json")
            head.size = len(text)
            archive.addfile(head, io.BytesIO(text))
            for name, path in members:
                archive.add(path, name, recursive=False)
        sink.flush()
        os.fsync(sink.fileno())


def _verify(file: Path) -> Manifest:
    """Read the whole archive and compare every digest. Raises BadArchive."""
    with tarfile.open(file) as archive:
        head = archive.next()
        source = archive.extractfile(head) if head and head.name == "manifest.json" else None
        if source is None:
            raise BadArchive("it does not begin with a manifest")
        manifest = Manifest(**json.load(source))
        if manifest.format != _FORMAT:
            raise BadArchive(f"format {manifest.format} is not known to this version")
        found = {}
        for member in archive:
            content = archive.extractfile(member)
            if content is not None and member.name != "manifest.json":
                found[member.name] = _digest(content)
    if found != manifest.sha256:
        wrong = sorted(
            name
            for name in found.keys() | manifest.sha256.keys()
            if found.get(name) != manifest.sha256.get(name)
        )
        raise BadArchive(f"{len(wrong)} members differ from the manifest, first {wrong[0]}")
    return manifest


def _extract(file: Path, target: Path) -> None:
    """Write the members under ``target``, plain files only, and none outside it. Raises BadArchive.

    By hand: the filters of tarfile came with 3.11.4, and Debian 12 has 3.11.2.
    """
    with tarfile.open(file) as archive:
        for member in archive:
            place = (target / member.name).resolve()
            content = archive.extractfile(member)
            if content is None or not place.is_relative_to(target.resolve()):
                raise BadArchive(f"{member.name} does not belong into an archive")
            place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with content, place.open("wb") as sink:
                shutil.copyfileobj(content, sink, _CHUNK_BYTES)
            place.chmod(member.mode & 0o700)


def _swap_folders(source: Path) -> None:
    """Put restored folders in place of the node's own."""
    for folder in _FOLDERS:
        place = settings.VAR / folder
        shutil.rmtree(place, ignore_errors=True)
        if (source / folder).exists():
            shutil.move(source / folder, place)


def _digest(content: IO[bytes]) -> str:
    with content:
        digest = hashlib.sha256()
        while chunk := content.read(_CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()


def _run(program: str, *arguments: str) -> str:
    """Run a PostgreSQL program of the wheel and return what it printed."""
    command = [str(binaries() / program), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def _scratch() -> Path:
    """Return a folder on the node's own disk for what is large and short-lived."""
    folder: Path = settings.VAR / "scratch"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _said(fault: Exception) -> str:
    """Return the last line a fault says."""
    text = fault.stderr if isinstance(fault, subprocess.CalledProcessError) else str(fault)
    lines = (text or "").strip().splitlines()
    return lines[-1] if lines else type(fault).__name__
