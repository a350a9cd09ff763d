"""Numbers of legal instruments as they should be read.

Source: Decree 30/2020/NĐ-CP, annex I (number, year, kind, body) and Decree 34/2016/NĐ-CP for normative acts:
``226/2016/TT-BTC``, ``54/2014/QH13``. Published lists often run the number into the next word ("Thông tư", "Nghị
định", "Luật"), which leaves ``226/2016/TT-BTCT`` beside the true one.
"""

import re
from collections.abc import Iterable
from typing import Final

from motcua.domain.catalogue.types.record import Instrument

#: Bodies whose acts are cited, longest first so that BNNPTNT is not read as BNN.
BODIES: Final = sorted(
    (
        *("BCA", "BCT", "BCTT", "BGDĐT", "BGTVT", "BKHCN", "BKHĐT", "BLĐTBXH", "BNG", "BNN", "BNNMT"),
        *("BNNPTNT", "BNV", "BQP", "BTC", "BTNMT", "BTP", "BTTTT", "BVHTTDL", "BXD", "BYT", "BDTTG"),
        *("CP", "TTg", "CTN", "HĐND", "HĐTP", "KTNN", "NHNN", "QH", "TANDTC", "TTCP", "UBND", "UBDT"),
        *("UBTVQH", "VKSNDTC", "VPCP"),
    ),
    key=len,
    reverse=True,
)
_BODY = "|".join(BODIES)
_NUMBER = re.compile(rf"^(?P<true>.*-(?:{_BODY})(?:-(?:{_BODY}))*)(?P<glued>[A-ZĐ]{{0,4}})$")


def true_number(published: str) -> str:
    """Return the number without the letters of the next word; as published where nothing is glued to it.

    >>> true_number("226/2016/TT-BTCT"), true_number("50/2016/TT-BCTT"), true_number("54/2014/QH13")
    ('226/2016/TT-BTC', '50/2016/TT-BCTT', '54/2014/QH13')
    """
    found = _NUMBER.match(published)
    return found["true"] if found else published


def instruments(published: Iterable[Instrument]) -> tuple[Instrument, ...]:
    """Return each instrument once, under its true number, with the title if any entry has one."""
    found: dict[str, Instrument] = {}
    for each in published:
        number = true_number(each.number)
        if number not in found or (each.title and not found[number].title):
            found[number] = each.model_copy(update={"number": number})
    return tuple(found.values())
