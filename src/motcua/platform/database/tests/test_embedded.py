"""The embedded server survives what happens to processes, and says plainly why it cannot start."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from shutil import rmtree

import psutil
import psycopg
import pytest

from motcua.platform.database.commands import create_database_if_missing, start_embedded, stop_embedded
from motcua.platform.database.queries import embedded_home
from motcua.platform.database.types import DatabaseUnavailable

USER = """
import sys, time
from pathlib import Path
from motcua.platform.database.commands import start_embedded
print(start_embedded(Path(sys.argv[1])), flush=True)
time.sleep(60)
"""


@pytest.fixture
def var() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="motcua-pg-"))
    folder.chmod(0o755)
    yield folder
    stop_embedded(folder)
    rmtree(embedded_home(folder).root, ignore_errors=True)
    rmtree(folder, ignore_errors=True)


def postmaster(var: Path) -> psutil.Process:
    return psutil.Process(int((embedded_home(var).data / "postmaster.pid").read_text().split()[0]))


def test_it_ends_with_its_last_user_however_that_one_died(var: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", USER, str(var)], stdout=subprocess.PIPE, text=True) as user:
        assert user.stdout
        url = user.stdout.readline().strip()
        psycopg.connect(url.replace("/motcua?", "/postgres?")).close()
        server = postmaster(var)

        user.send_signal(signal.SIGKILL)

    psutil.wait_procs([server], timeout=10)
    assert not server.is_running()


def test_it_recovers_after_server_and_keeper_were_killed(var: Path) -> None:
    url = start_embedded(var)
    create_database_if_missing(url)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
    server = postmaster(var)
    keeper = server.parent()
    assert keeper
    keeper.kill()
    server.kill()
    psutil.wait_procs([server], timeout=10)
    pid_file = embedded_home(var).data / "postmaster.pid"
    pid_file.write_text(f"{os.getpid()}\n" + "\n".join(pid_file.read_text().splitlines()[1:]))

    url = start_embedded(var)

    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT number FROM kept").fetchone() == (7,)
    assert create_database_if_missing(url) is False


def test_a_second_user_shares_it(var: Path) -> None:
    start_embedded(var)
    first = postmaster(var).pid
    with subprocess.Popen([sys.executable, "-c", USER, str(var)], stdout=subprocess.PIPE, text=True) as user:
        assert user.stdout
        user.stdout.readline()

        stop_embedded(var)
        time.sleep(0.5)

        assert postmaster(var).pid == first
        user.kill()
    assert start_embedded(var)


def test_it_refuses_a_newer_database(var: Path) -> None:
    data = embedded_home(var).data
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("19\n")

    with pytest.raises(DatabaseUnavailable, match=r"written by PostgreSQL 19.*brings 18"):
        start_embedded(var)


def test_it_refuses_a_damaged_database(var: Path) -> None:
    data = embedded_home(var).data
    (data / "base").mkdir(parents=True)
    (data / "PG_VERSION").write_text("18\n")

    with pytest.raises(DatabaseUnavailable, match="damaged"):
        start_embedded(var)


def test_it_refuses_a_folder_with_other_things(var: Path) -> None:
    data = embedded_home(var).data
    data.mkdir(parents=True)
    (data / "letter.txt").write_text("…")

    with pytest.raises(DatabaseUnavailable, match="not empty and not a database"):
        start_embedded(var)


def test_it_refuses_a_file_in_place_of_the_folder(var: Path) -> None:
    (var / "pg").write_text("")

    with pytest.raises(DatabaseUnavailable, match="cannot use"):
        start_embedded(var)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to run it as another user")
def test_root_in_a_closed_folder_keeps_it_elsewhere(var: Path) -> None:
    var.chmod(0o700)

    url = start_embedded(var)

    assert str(var) not in url
    psycopg.connect(url.replace("/motcua?", "/postgres?")).close()
    assert var.stat().st_mode & 0o777 == 0o700
