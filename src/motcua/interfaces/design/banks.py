"""Banks of Vietnam as people name them, with the code NAPAS knows them by (BIN, six digits).

An answer holds the short name, so that it reads on paper; a bank that is not listed stays as it was typed.
"""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from motcua.kernel.text import fold


@dataclass(frozen=True, slots=True)
class Bank:
    bin: str
    short_name: str
    name: str

    @property
    def said(self) -> str:
        """How the list offers it: ``Vietcombank – Ngân hàng TMCP Ngoại thương Việt Nam``."""
        return f"{self.short_name} – {self.name}"


@cache
def banks() -> tuple[Bank, ...]:
    """Return every bank of the list, the largest first."""
    text = (files("motcua.interfaces.design") / "data" / "banks.csv").read_text(encoding="utf-8")
    return tuple(
        Bank(row["bin"], row["short_name"], row["name"]) for row in csv.DictReader(text.splitlines())
    )


def bank(typed: str) -> Bank | None:
    """Return the bank meant by its short name, full name, code or the words of the list."""
    return _by_name().get(fold(typed.strip()))


@cache
def _by_name() -> dict[str, Bank]:
    return {fold(name): one for one in banks() for name in (one.short_name, one.name, one.bin, one.said)}
