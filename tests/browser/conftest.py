"""A served node on the test database, a Chromium, and people who open pages in it.

The node is ``motcua serve`` in a process of its own: compressed files, strict headers and all. The database
is the worker's; deeds done by a test are committed, and the next module starts from the template again.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.db import connection
from playwright.sync_api import Browser, sync_playwright
from pytest_django import DjangoDbBlocker

from motcua.platform.database.testing import CLUSTER, restore_worker_database
from tests.browser.people import Person, Site
from tests.world import World

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
READY_WITHIN_S = 60


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything here, and let one worker do it all: the server is started once."""
    missing = pytest.mark.skip(reason="no Chromium is installed")
    for item in items:
        if "tests/browser/" not in item.path.as_posix():
            continue
        item.add_marker(pytest.mark.browser)
        item.add_marker(pytest.mark.xdist_group("browser"))
        if CHROMIUM is None and "CI" not in os.environ:
            item.add_marker(missing)


@pytest.fixture(scope="session")
def site(django_db_setup: None) -> Iterator[Site]:
    """Serve the worker's database until the last test of this worker."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    place = connection.settings_dict
    given = {
        "DATABASE_URL": f"postgresql://{place['USER']}@/{place['NAME']}?host={place['HOST']}",
        "MOTCUA_VAR": str(settings.VAR),
        "MOTCUA_MODE": "demo",
        "MOTCUA_BASE_URL": f"http://localhost:{port}",
        "MOTCUA_LOG_LEVEL": "WARNING",
        "PYTHONPYCACHEPREFIX": str(CLUSTER / "bytecode"),
    }
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, "-m", "motcua.interfaces.cli.main", "serve", f"--port={port}", "--workers=1"]
    with subprocess.Popen(command, env=kept | given) as server:
        try:
            _wait_until_ready(server, port)
            yield Site(f"http://localhost:{port}")
        finally:
            server.terminate()


def _wait_until_ready(server: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + READY_WITHIN_S
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    pytest.fail("the server did not become ready")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Run one Chromium for a module.

    Playwright keeps an event loop in this thread, in which Django would not touch its database.
    """
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-background-networking"]
        )
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def world(site: Site, chromium: Browser, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """Make offices and people for a module; everything is gone after it."""
    with django_db_blocker.unblock():
        yield World()
        restore_worker_database()


@pytest.fixture
def person(site: Site, chromium: Browser, world: World) -> Iterator[Callable[..., Person]]:
    """Return a function that lets somebody of the world sit down at a browser: ``person("citizen A")``."""
    seated: list[Person] = []

    def sit_down(name: str = "anonymous", **how: object) -> Person:
        visitor = Person(site, chromium, world.visitors[name], **how)  # type: ignore[arg-type]
        seated.append(visitor)
        return visitor

    yield sit_down
    for visitor in seated:
        visitor.leave()
