"""The command line on a node of its own: clear lines, clean ends, backups that come back."""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from shutil import rmtree

import psutil
import pytest

from motcua.interfaces.cli.node import Exit
from motcua.platform.database.queries import embedded_home
from motcua.platform.database.testing import CLUSTER

pytestmark = pytest.mark.xdist_group("node")  # one after the other: each starts servers


@pytest.fixture
def var() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="motcua-node-"))
    folder.chmod(0o755)
    yield folder
    rmtree(embedded_home(folder).root, ignore_errors=True)
    rmtree(folder, ignore_errors=True)


def environment(var: Path, **more: str) -> dict[str, str]:
    dropped = ("MOTCUA_", "DATABASE_", "PYTHONDONTWRITEBYTECODE")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(dropped)}
    return {**kept, "PYTHONPYCACHEPREFIX": str(CLUSTER / "bytecode"), "MOTCUA_VAR": str(var), **more}


def motcua(var: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "motcua.interfaces.cli.main", *arguments],
        env=environment(var, **more),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def processes_of(var: Path) -> list[psutil.Process]:
    found = []
    for process in psutil.process_iter():
        try:
            words = [*process.cmdline(), process.environ().get("MOTCUA_VAR", "")]
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue
        if process.pid != os.getpid() and any(str(var) in word for word in words):
            found.append(process)
    return found


def started_demo(var: Path, port: int) -> subprocess.Popen[str]:
    demo = subprocess.Popen(
        [sys.executable, "-m", "motcua.interfaces.cli.main", "demo", f"--port={port}", "--dossiers=0"],
        env=environment(var, PYTHONUNBUFFERED="1"),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert demo.stdout
    for line in demo.stdout:
        if "Ctrl-C" in line:
            return demo
    pytest.fail("the demo ended before it was ready")


@pytest.mark.parametrize(("ending", "code"), [(signal.SIGINT, 0), (signal.SIGKILL, -9)])
def test_a_demo_leaves_nothing_behind_however_it_ends(var: Path, ending: signal.Signals, code: int) -> None:
    port = free_port()
    with started_demo(var, port) as demo:
        assert len(processes_of(var)) >= 5
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/tai-khoan/dang-nhap/", timeout=10) as page:
            assert "/tai-khoan/dinh-danh/quoc-gia/" in page.read().decode()

        demo.send_signal(ending)

    assert demo.returncode == code
    psutil.wait_procs(processes_of(var), timeout=20)
    assert processes_of(var) == []
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", port))


def test_a_killed_demo_starts_again(var: Path) -> None:
    port = free_port()
    for _ in range(2):
        with started_demo(var, port) as demo:
            demo.kill()


def test_a_taken_port_is_a_clear_line(var: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = int(taken.getsockname()[1])

        run = motcua(var, "demo", f"--port={port}")

    assert run.returncode == Exit.CANNOT_START
    assert f"cannot listen on 127.0.0.1:{port}" in run.stderr
    assert f"--port {port + 1}" in run.stderr


def test_faulty_settings_are_clear_lines(var: Path) -> None:
    run = motcua(var, "check", MOTCUA_MODE="production", MOTCUA_TYPO="1")

    assert run.returncode == Exit.CANNOT_START
    assert "MOTCUA_TYPO is no setting" in run.stderr
    assert "MOTCUA_SECRET_KEY" in run.stderr
    assert "Traceback" not in run.stderr


def test_a_broken_folder_is_a_clear_line(var: Path) -> None:
    (var / "pg").write_text("")

    run = motcua(var, "migrate")

    assert run.returncode == Exit.CANNOT_START
    assert "cannot use" in run.stderr
    assert "Traceback" not in run.stderr


def test_a_backup_comes_back(var: Path) -> None:
    archive = var / "node.tar"
    assert motcua(var, "migrate").returncode == Exit.DONE
    (var / "files").mkdir()
    (var / "files" / "letter").write_text("đơn")

    made = motcua(var, "backup", str(archive))

    assert made.returncode == Exit.DONE, made.stderr
    assert archive.stat().st_mode & 0o777 == 0o600
    assert motcua(var, "restore", str(archive)).returncode == Exit.REFUSED  # the node is not empty

    fresh = var / "elsewhere"
    moved = motcua(fresh, "restore", str(archive))
    assert moved.returncode == Exit.DONE, moved.stderr
    assert (fresh / "files" / "letter").read_text() == "đơn"

    (var / "files" / "letter").unlink()
    restored = motcua(var, "restore", "--replace", str(archive))

    assert restored.returncode == Exit.DONE, restored.stderr
    assert (var / "files" / "letter").read_text() == "đơn"
    findings = {row["name"]: row["ok"] for row in json.loads(motcua(var, "check", "--json").stdout)}
    assert findings.pop("worker") is False
    assert all(findings.values()), findings


def test_a_damaged_archive_is_refused(var: Path) -> None:
    archive = var / "node.tar"
    motcua(var, "migrate")
    motcua(var, "backup", str(archive))
    whole = archive.read_bytes()
    archive.write_bytes(whole[:20_000] + b"?" + whole[20_001:])

    run = motcua(var, "restore", "--replace", str(archive))

    assert run.returncode == Exit.REFUSED
    assert "differ from the manifest" in run.stderr


def test_the_keeper_is_gone_after_a_command(var: Path) -> None:
    motcua(var, "migrate")
    deadline = time.monotonic() + 10
    while processes_of(var) and time.monotonic() < deadline:
        time.sleep(0.1)

    assert processes_of(var) == []
