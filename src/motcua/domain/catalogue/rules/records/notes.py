"""What the note of a method says beyond its columns: the cost as the portal printed it, then an explanation.

Portals print "Miễn phí", "Không có thông tin" or "2,000 Việt Nam Đồng(/trang)" in front of the explanation; the
extraction kept the whole line in the note. Reading it finds the fee again; the note itself stays as published.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from motcua.domain.catalogue.types.record import Fee, Method
from motcua.kernel.text import fold

_CURRENCIES: Final = {
    "Việt Nam Đồng": "VND",
    "VNĐ": "VND",
    "Đồng": "VND",
    "USD": "USD",
    "Euro": "EUR",
    "EUR": "EUR",
}
_MONEY = re.compile(
    r"(?P<amount>\d{1,3}(?:,\d{3})+|\d+)(?:\.0+)? (?P<currency>" + "|".join(_CURRENCIES) + r")(?P<rest>.*)",
    re.DOTALL,
)
_RUN_IN = re.compile(r"^(,\d{3} )?(VNĐ|Việt Nam Đồng)")
_NOTHING = frozenset({"", "không", "không có", "- không có", "không quy định", "không quy định."})


class Cost(StrEnum):
    """What a method says about money."""

    FREE = "free"
    FEES = "fees"
    UNKNOWN = "unknown"  #: the record does not say


@dataclass(frozen=True, slots=True)
class Reading:
    """A note taken apart."""

    cost: Cost
    fees: tuple[Fee, ...]
    words: str  #: the explanation, without the opening


def read(method: Method) -> Reading:
    """Return what the method costs and the words beside it. Fees in their column win over the note."""
    note = method.note.strip()
    if fee_ran_into_time(method):  # the amount is lost; its currency still stands here
        return Reading(Cost.UNKNOWN, (), _worth(_RUN_IN.sub("", note)))
    if note.startswith("Miễn phí"):
        opening, rest = Cost.FREE, note.removeprefix("Miễn phí")
    elif note.startswith("Không có thông tin"):
        opening, rest = Cost.UNKNOWN, note.removeprefix("Không có thông tin")
    elif found := _MONEY.match(note):
        currency, amount = _CURRENCIES[found["currency"]], Decimal(found["amount"].replace(",", ""))
        text, rest = _bracket(found["rest"])
        fee = Fee(amount=amount, currency=currency, text=text)
        return Reading(Cost.FEES, method.fees or (fee,), rest)
    else:
        opening, rest = Cost.FREE if method.free else Cost.UNKNOWN, note
    if method.fees:
        return Reading(Cost.FEES, _distinct(method.fees), _worth(rest))
    return Reading(opening, (), _worth(rest))


class Topic(StrEnum):
    """What an explanation is about."""

    MONEY = "money"
    TIME = "time"


_TOPICS: Final = {
    Topic.MONEY: re.compile(r"\b(phi|le phi|dong|vnd|muc thu|mien giam|bieu phi)\b"),
    Topic.TIME: re.compile(r"\b(ngay|gio|thang|thoi han|thoi gian)\b(?! \d{1,2} \d{1,2} \d{4}| thang)"),
}


def topics(words: str) -> frozenset[Topic]:
    """Return what the words are about; empty: about neither money nor time, mostly about how to file."""
    folded = fold(words)
    return frozenset(topic for topic, pattern in _TOPICS.items() if pattern.search(folded))


def fee_ran_into_time(method: Method) -> bool:
    """Tell whether the number in the time column is the beginning of a fee: "120" before ",000 VNĐ"."""
    return method.unit is None and method.time is not None and bool(_RUN_IN.match(method.note))


def _bracket(text: str) -> tuple[str, str]:
    """Split ``(words)rest`` at the bracket that closes the first one."""
    if not text.startswith("("):
        return "", text.strip()
    depth = 0
    for index, char in enumerate(text):
        depth += (char == "(") - (char == ")")
        if depth == 0:
            return text[1:index].strip(), text[index + 1 :].strip()
    return text[1:].strip(), ""


def _worth(rest: str) -> str:
    """Return the explanation, or nothing where it only says that there is none."""
    words, after = _bracket(rest.strip())
    said = [part for part in (words, after) if part.casefold() not in _NOTHING]
    return " ".join(said)


def _distinct(fees: tuple[Fee, ...]) -> tuple[Fee, ...]:
    """Return each fee once: portals print the same line twice."""
    return tuple(dict.fromkeys(fees))
