"""How far a procedure can be done online, then and now. Derived from the record, never typed in.

Sources: Decree 42/2022/NĐ-CP art. 11 (toàn trình, một phần); before 22 June 2022, Decree 43/2011/NĐ-CP art. 3 and
Circular 32/2017/TT-BTTTT (mức độ 1–4).
"""

from typing import Final

from motcua.domain.catalogue.rules.records import dossiers
from motcua.domain.catalogue.types.process import Channel
from motcua.domain.catalogue.types.record import OnlineLevel, Record

_OLD: Final = {OnlineLevel.FULL: 4, OnlineLevel.PARTIAL: 3}


def online_level(record: Record) -> OnlineLevel:
    """Return the level of today.

    Full: filed and handled online, the result comes online or by post, and nobody has to come, save where a law
    demands it. Partial: any other service that takes dossiers online. None: information only.
    """
    channels = {method.channel for method in record.methods}
    if Channel.ONLINE not in channels:
        return OnlineLevel.NONE
    comes_back = Channel.POST in channels or (
        bool(record.results) and all(result.is_electronic for result in record.results)
    )
    must_come = any(dossiers.is_presented(line) for line in record.dossier) and not record.presence
    return OnlineLevel.FULL if comes_back and not must_come else OnlineLevel.PARTIAL


def level_before_2022(record: Record) -> int:
    """Return mức độ 1–4: 1 information, 2 with forms to download, 3 filed online, 4 paid and received there too."""
    level = _OLD.get(online_level(record))
    if level is not None:
        return level
    return 2 if any(line.form_url or line.form_name for line in record.dossier) else 1
