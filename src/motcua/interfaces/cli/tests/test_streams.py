"""Two gigabytes poured at a real server are refused at once, whether it is said how many there are or not."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing

import psutil
import pytest
from django.conf import settings

from motcua.interfaces.cli.tests.test_node import environment, free_port

pytestmark = [pytest.mark.xdist_group("node"), pytest.mark.django_db(transaction=True)]

PIECE = bytes(2**20)
PIECES = 2048
MOST_READ = 32  #: pieces that may lie in the buffers of two machines
MOST_MEMORY = 64 * 2**20
FORM = "/nop-ho-so/01a203fb-9e47-79f5-92bf-35a371e9f4f0/giay-to/birth_record/gui"
API = "/api/v1/files"
START_S = 40


@pytest.fixture
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[psutil.Process, int]]:
    """Serve the test database with the server of production; yield its process and port."""
    database, port = settings.DATABASES["default"], free_port()
    address = f"postgresql://{database['USER']}@/{database['NAME']}?host={database['HOST']}"
    var = tmp_path_factory.mktemp("streams")
    command = ["-m", "motcua.interfaces.cli.main", "serve", f"--port={port}", "--workers=1"]
    with subprocess.Popen(
        [sys.executable, *command],
        env=environment(var, DATABASE_URL=address, MOTCUA_MODE="demo"),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            wait_until_open(port)
            yield psutil.Process(process.pid), port
        finally:
            process.terminate()


def wait_until_open(port: int) -> None:
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail("the server did not open its port")


def memory_of(server: psutil.Process) -> int:
    return sum(one.memory_info().rss for one in [server, *server.children(recursive=True)])


def pour(port: int, path: str, length: str) -> tuple[str, int]:
    """Send two gigabytes until somebody answers; return the status line and how many pieces went out."""
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept: text/html\r\n"
        f"Content-Type: multipart/form-data; boundary=b\r\n{length}\r\n\r\n"
    )
    sent = 0
    with closing(socket.create_connection(("127.0.0.1", port), timeout=20)) as line:
        line.sendall(head.encode())
        try:
            while sent < PIECES:
                line.sendall(b"100000\r\n" + PIECE + b"\r\n" if "chunked" in length else PIECE)
                sent += 1
        except OSError:  # the server has heard enough and hung up
            pass
        return line.recv(4096).split(b"\r\n")[0].decode(), sent


def test_two_gigabytes_are_refused_without_being_read(server: tuple[psutil.Process, int]) -> None:
    process, port = server
    unsaid, said = "Transfer-Encoding: chunked", f"Content-Length: {PIECES * len(PIECE)}"
    pour(port, FORM, unsaid)  # the first request loads the pages
    before = memory_of(process)

    answers = {(path, length): pour(port, path, length) for path in (FORM, API) for length in (unsaid, said)}

    assert {key: status.split()[1] for key, (status, _) in answers.items()} == {
        (FORM, unsaid): "411",
        (FORM, said): "413",
        (API, unsaid): "411",
        (API, said): "413",
    }
    assert max(sent for _, sent in answers.values()) < MOST_READ
    assert memory_of(process) - before < MOST_MEMORY
