"""Child processes of a command: started together, watched together, ended together.

The kernel kills a child whose parent dies (Linux), so ``kill -9`` of the parent leaves nothing.
"""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

_PR_SET_PDEATHSIG: Final = 1
_GRACE_S: Final = 12.0


@dataclass(frozen=True, slots=True)
class Child:
    """One running child."""

    name: str
    process: subprocess.Popen[bytes]


class Stopped(Exception):
    """The command was asked to end (SIGTERM or Ctrl-C)."""


def die_with_parent() -> None:
    """Ask the kernel to kill this process when its parent dies."""
    if sys.platform == "linux":
        parent = os.getppid()
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # it died in between
            os._exit(1)


def follow_server() -> None:
    """End a web process with the server that started it. Called by wsgi.py in every process."""
    if os.environ.get("GRANIAN_SERVES") == "motcua":
        die_with_parent()


def start(name: str, module: str, *arguments: str, environment: Mapping[str, str]) -> Child:
    """Start ``python -m module arguments`` in a session of its own, so that Ctrl-C reaches us alone."""
    command = [sys.executable, "-m", module, *arguments]
    process = subprocess.Popen(
        command,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=die_with_parent,  # noqa: PLW1509 -- the command has one thread
    )
    return Child(name, process)


def stop(children: list[Child]) -> None:
    """Ask every child to end, wait, and kill who does not. May be repeated."""
    for child in children:
        if child.process.poll() is None:
            child.process.terminate()
    deadline = time.monotonic() + _GRACE_S
    for child in children:
        try:
            child.process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.process.kill()
            child.process.wait()


def first_to_end(children: list[Child], *, within_s: float) -> Child | None:
    """Wait until a child ends and return it, or None after ``within_s``."""
    deadline = time.monotonic() + within_s
    while time.monotonic() < deadline:
        for child in children:
            if child.process.poll() is not None:
                return child
        time.sleep(0.05)
    return None


@contextmanager
def stop_signals_raise() -> Iterator[None]:
    """Let SIGTERM, SIGHUP and Ctrl-C raise Stopped in the main thread; a second one is ignored."""

    def raise_stopped(*_: object) -> None:
        for number in numbers:
            signal.signal(number, signal.SIG_IGN)
        raise Stopped

    numbers = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
    before = {number: signal.signal(number, raise_stopped) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
