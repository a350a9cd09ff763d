"""Scanners: none, said honestly; and ClamAV's daemon over TCP.

Source: clamd(8), command INSTREAM: pieces of a length (4 bytes, network order) and that many bytes, ended by
a length of zero; the answer is ``stream: OK`` or ``stream: <name> FOUND``.
"""

import socket
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Self

from django.conf import settings

from motcua.platform.files.types import ScannerSilent, State, Verdict

_PIECE = 1 << 16
_LONGEST_ANSWER = 4096


@dataclass(frozen=True, slots=True)
class NoScanner:
    """This node has no scanner: contents stay ``unscanned``, and people are told so."""

    initial: ClassVar[State] = State.UNSCANNED

    @classmethod
    def from_settings(cls) -> Self:
        return cls()

    def scan(self, chunks: Iterator[bytes]) -> Verdict:
        raise ScannerSilent("no scanner is configured")


@dataclass(frozen=True, slots=True)
class Clamd:
    """ClamAV's daemon, asked over TCP."""

    host: str
    port: int
    timeout_s: float = 60
    initial: ClassVar[State] = State.WAITING

    @classmethod
    def from_settings(cls) -> Self:
        host, _, port = settings.FILES_CLAMD.rpartition(":")
        return cls(host, int(port))

    def scan(self, chunks: Iterator[bytes]) -> Verdict:
        try:
            answer = self._ask(chunks)
        except OSError as error:
            raise ScannerSilent(str(error)) from error
        said = answer.removeprefix("stream: ")
        if said == "OK":
            return Verdict(State.CLEAN)
        if said.endswith(" FOUND"):
            return Verdict(State.INFECTED, said.removesuffix(" FOUND"))
        raise ScannerSilent(answer or "no answer")

    def _ask(self, chunks: Iterator[bytes]) -> str:
        with socket.create_connection((self.host, self.port), timeout=self.timeout_s) as line:
            line.sendall(b"zINSTREAM\0")
            for chunk in chunks:
                for place in range(0, len(chunk), _PIECE):
                    piece = chunk[place : place + _PIECE]
                    line.sendall(struct.pack(">I", len(piece)) + piece)
            line.sendall(struct.pack(">I", 0))
            answer = b""
            while b"\0" not in answer and len(answer) < _LONGEST_ANSWER and (more := line.recv(1024)):
                answer += more
        return answer.split(b"\0")[0].decode("utf-8", "replace").strip()
