"""The embedded PostgreSQL: started by the first process that needs it, gone with the last one.

Every process that uses the server holds a shared lock on ``users.lock`` for as long as it lives. A small
keeper process owns the server and waits for the exclusive lock; the kernel gives it the moment the last
user is gone, however that user died. So nothing is left behind after ``kill -9``, and no list of process
ids can go stale. The server in turn is told by the kernel when its keeper dies (Linux).
"""

import ctypes
import fcntl
import os
import pwd
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NoReturn

import psutil
import psycopg

from motcua.platform.database.queries.embedded import (
    SERVER_VERSION,
    SYSTEM_USER,
    Home,
    binaries,
    embedded_home,
)
from motcua.platform.database.types import DatabaseUnavailable

_START_TIMEOUT_S: Final = 120.0  #: a crashed server may have much to recover
_STOP_TIMEOUT_S: Final = 30.0
_PR_SET_PDEATHSIG: Final = 1
_held: dict[Path, int] = {}  #: root of a home → descriptor of the shared lock this process holds

SETTINGS: Final[Mapping[str, str]] = {
    "listen_addresses": "",
    "max_connections": "100",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
}


def start_embedded(var: Path, *, database: str = "motcua", settings: Mapping[str, str] | None = None) -> str:
    """Start the server of the node at ``var`` unless it runs, and return the address of ``database`` on it.

    May be repeated. The server runs until every process that called this has ended or called
    :func:`stop_embedded`. Raises DatabaseUnavailable with one line saying what to do.
    """
    with _plain_faults(var):
        var.mkdir(parents=True, exist_ok=True)
        home = embedded_home(var)
        _prepare(home)
        _join(home)
        try:
            with locked(home.starting):
                if not _answers(home):
                    _clear_leftovers(home)
                    _initialise(home)
                    _spawn_keeper(home, {**SETTINGS, **(settings or {})})
        except BaseException:
            _leave(home)
            raise
    return home.url(database)


def stop_embedded(var: Path) -> None:
    """Let go of the server; if this was its last user, wait until it has shut down. May be repeated."""
    home = embedded_home(var)
    _leave(home)
    deadline = time.monotonic() + _STOP_TIMEOUT_S
    while (home.data / "postmaster.pid").exists() and time.monotonic() < deadline:
        if _others_use(home):
            return
        time.sleep(0.05)


def keep(root: str, *command: str) -> NoReturn:
    """Run the server ``command`` until nobody uses it. The body of the keeper process."""
    for ignored in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_IGN)
    log = Path(root) / "postgres.log"
    with log.open("ab") as sink:
        server = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=sink,
            preexec_fn=_die_with_parent,  # noqa: PLW1509 -- the keeper has one thread
            user=_server_user(),
            group=_server_user(),
        )
    signal.signal(signal.SIGCHLD, lambda *_: os._exit(1))  # the server ended by itself
    if server.poll() is not None:
        os._exit(1)
    users = os.open(Path(root) / "users.lock", os.O_RDWR)
    fcntl.flock(users, fcntl.LOCK_EX)  # granted when the last user is gone
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    server.send_signal(signal.SIGINT)  # "fast" shutdown
    server.wait()
    os._exit(0)


@contextmanager
def _plain_faults(var: Path) -> Iterator[None]:
    """Turn what the operating system says into one line an operator can act on."""
    try:
        yield
    except OSError as fault:
        where = fault.filename or var
        raise DatabaseUnavailable(
            why=f"cannot use {where}: {fault.strerror}; choose another MOTCUA_VAR"
        ) from fault
    except subprocess.CalledProcessError as fault:
        said = (fault.stderr or "").strip().splitlines()
        raise DatabaseUnavailable(
            why=f"{fault.cmd[0]} failed in {var}: {said[-1] if said else fault}"
        ) from fault


def _prepare(home: Home) -> None:
    """Make the folders and, where the server's user cannot reach the wheel, copy its programs."""
    home.root.mkdir(parents=True, exist_ok=True)
    home.sockets.mkdir(parents=True, exist_ok=True)
    _refuse_if_foreign(home)
    if os.geteuid() == 0:
        _ensure_system_user()
        owner = pwd.getpwnam(SYSTEM_USER)
        for folder in {home.root, home.sockets}:
            folder.chmod(0o755)
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        if home.data.exists():
            os.chown(home.data, owner.pw_uid, owner.pw_gid)
        if not _can_run(_program(home, "postgres")):
            shutil.copytree(binaries().parent, home.root / "programs", dirs_exist_ok=True, symlinks=True)
    home.users.touch()
    home.starting.touch()


def _ensure_system_user() -> None:
    try:
        pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        command = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", SYSTEM_USER]
        subprocess.run(command, check=True, capture_output=True, text=True)


def _refuse_if_foreign(home: Home) -> None:
    """Refuse a data folder of another PostgreSQL version, or one that is not a data folder at all."""
    version = home.data / "PG_VERSION"
    if version.exists():
        found = version.read_text().strip()
        if found != str(SERVER_VERSION):
            raise DatabaseUnavailable(
                why=f"{home.data} was written by PostgreSQL {found}, this motcua brings {SERVER_VERSION}; "
                "move the folder away, or point DATABASE_URL at a server of that version"
            )
        missing = [
            name for name in ("base", "global/pg_control", "pg_wal") if not (home.data / name).exists()
        ]
        if missing:
            raise DatabaseUnavailable(
                why=f"{home.data} is damaged ({', '.join(missing)} missing); restore a backup, "
                "or in a demo run `motcua demo --reset`"
            )


def _initialise(home: Home) -> None:
    """Create the data folder, in one step: a half-made one is thrown away."""
    if (home.data / "PG_VERSION").exists():
        return
    if home.data.exists() and any(home.data.iterdir()):
        raise DatabaseUnavailable(
            why=f"{home.data} is not empty and not a database; move it away or choose another MOTCUA_VAR"
        )
    making = home.root / "data.making"
    shutil.rmtree(making, ignore_errors=True)
    subprocess.run(
        [
            *(str(_program(home, "initdb")), "-U", "postgres", "--auth=trust", "--encoding=UTF8"),
            *("--locale=C.UTF-8", "--no-sync", "-D", str(making)),
        ],
        check=True,
        capture_output=True,
        text=True,
        cwd="/",
        user=_server_user(),
        group=_server_user(),
    )
    if home.data.exists():
        home.data.rmdir()
    making.rename(home.data)


def _spawn_keeper(home: Home, settings: Mapping[str, str]) -> None:
    """Start the keeper and wait until the server answers."""
    given = {**settings, "unix_socket_directories": str(home.sockets)}
    options = [part for name, value in given.items() for part in ("-c", f"{name}={value}")]
    command = [str(_program(home, "postgres")), "-D", str(home.data), *options]
    started_at_byte = home.log.stat().st_size if home.log.exists() else 0
    code = "import sys; from motcua.platform.database.commands import keep; keep(*sys.argv[1:])"
    keeper = subprocess.Popen(
        [sys.executable, "-c", code, str(home.root), *command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd="/",
        start_new_session=True,
        env={**os.environ, "XDG_RUNTIME_DIR": os.environ.get("XDG_RUNTIME_DIR", "/tmp")},
    )
    deadline = time.monotonic() + _START_TIMEOUT_S
    while not _answers(home):
        ended = keeper.poll() is not None
        if ended or time.monotonic() > deadline:
            raise DatabaseUnavailable(why=_last_words(home, started_at_byte))
        time.sleep(0.03)
    keeper.returncode = 0  # it outlives us on purpose: do not warn about a child still running


def _last_words(home: Home, since: int) -> str:
    """Return the most telling line the server logged in this start."""
    lines: list[str] = []
    if home.log.exists():
        with home.log.open("rb") as log:
            log.seek(since)
            lines = log.read().decode(errors="replace").splitlines()
    fatal = [line for line in lines if "FATAL" in line or "PANIC" in line]
    why = (fatal or lines or ["it said nothing"])[-1].split("] ", 1)[-1]
    return f"the embedded PostgreSQL did not start: {why} (log: {home.log})"


def _clear_leftovers(home: Home) -> None:
    """End a server without a keeper and drop the pid file of a dead one.

    Called with the start lock held and no server answering. A pid file may name a process id that has
    since been given to something else, which the server itself could take for a rival.
    """
    for process in _servers_of(home):
        process.send_signal(signal.SIGINT)
    _gone, alive = psutil.wait_procs(_servers_of(home), timeout=10)
    for process in alive:
        process.kill()
    psutil.wait_procs(alive, timeout=5)
    pid_file = home.data / "postmaster.pid"
    pid_file.unlink(missing_ok=True)


def _servers_of(home: Home) -> list[psutil.Process]:
    """Return processes, postmaster and children, that stand in this data folder."""
    found = []
    for process in psutil.process_iter(["name", "cwd"]):
        if process.info["name"] == "postgres" and process.info["cwd"] == str(home.data):
            found.append(process)
    return found


def _answers(home: Home) -> bool:
    """Say whether the server accepts connections."""
    if not (home.sockets / ".s.PGSQL.5432").exists():
        return False
    try:
        psycopg.connect(home.url("postgres"), connect_timeout=5).close()
    except psycopg.OperationalError:
        return False
    return True


def _join(home: Home) -> None:
    """Take the shared lock; waits while a keeper is shutting the server down."""
    if home.root in _held:
        return
    users = os.open(home.users, os.O_RDWR)
    fcntl.flock(users, fcntl.LOCK_SH)
    _held[home.root] = users


def _leave(home: Home) -> None:
    users = _held.pop(home.root, None)
    if users is not None:
        os.close(users)


def _others_use(home: Home) -> bool:
    """Say whether another process holds the shared lock: then exclusive fails and shared succeeds."""
    users = os.open(home.users, os.O_RDWR)
    try:
        return not _lockable(users, fcntl.LOCK_EX) and _lockable(users, fcntl.LOCK_SH)
    finally:
        os.close(users)


def _lockable(descriptor: int, kind: int) -> bool:
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    fcntl.flock(descriptor, fcntl.LOCK_UN)
    return True


@contextmanager
def locked(path: Path) -> Iterator[None]:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _program(home: Home, name: str) -> Path:
    copied = home.root / "programs" / "bin" / name
    return copied if copied.exists() else binaries() / name


def _can_run(program: Path) -> bool:
    try:
        run = subprocess.run(
            [program, "--version"],
            capture_output=True,
            check=False,
            cwd="/",
            user=_server_user(),
            group=_server_user(),
        )
    except PermissionError:
        return False
    return run.returncode == 0


def _server_user() -> str | None:
    """Return the user (and group) a child has to run as; None is whoever we are."""
    return SYSTEM_USER if os.geteuid() == 0 else None


def _die_with_parent() -> None:
    """Ask the kernel for SIGINT ("fast" shutdown) when the keeper dies. Runs in the child, after setuid."""
    os.setsid()
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGINT)
