"""Time limits and the internal process – quy trình nội bộ.

Sources: Decree 61/2018/NĐ-CP and 118/2025/NĐ-CP (internal and electronic processes); provincial decisions
publishing them, e.g. 3857/QĐ-UBND of Nghệ An: the hours of the steps are the published limit.
"""

from collections.abc import Mapping
from datetime import time
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Final, Literal

from pydantic import Field

from motcua.domain.catalogue.types.words import Key, Part, Rule, Words
from motcua.kernel.actors import Role

HOURS_PER_WORKING_DAY: Final = 8  #: Provincial processes state "tính mỗi ngày 08 giờ làm việc".


class Channel(StrEnum):
    """How a dossier reaches the office; national codes 1, 2, 3."""

    COUNTER = "counter"  #: 1 – trực tiếp
    ONLINE = "online"  #: 2 – trực tuyến
    POST = "post"  #: 3 – bưu chính công ích


class Stage(StrEnum):
    """Whose turn the life cycle of a dossier says it is while a step runs."""

    RECEPTION = "reception"  #: the one-stop desk
    HANDLING = "handling"  #: the unit that examines
    DECISION = "decision"  #: whoever signs


class CaseSpec(Part):
    """A case – trường hợp. The first whose ``when`` holds is the dossier's; the last has none: "otherwise"."""

    key: Key
    name: Words
    when: Rule | None = None


class LimitSpec(Part):
    """Time limit – thời hạn giải quyết. Units and modes of the working calendar."""

    value: Annotated[Decimal, Field(gt=0)]
    unit: Literal["working_hour", "working_day", "calendar_day", "month"]
    mode: Literal["rolling", "date"] = "rolling"
    cutoff: time | None = None

    @property
    def hours(self) -> Decimal | None:
        """Working hours in the limit; None for calendar days and months, which have no fixed number."""
        each = {"working_hour": Decimal(1), "working_day": Decimal(HOURS_PER_WORKING_DAY)}.get(self.unit)
        return None if each is None else self.value * each


class OtherLimit(Part):
    """Another limit for some cases or channels (empty: any), with the hours of steps that differ under it."""

    cases: tuple[Key, ...] = ()
    channels: tuple[Channel, ...] = ()
    limit: LimitSpec
    hours: Mapping[Key, Annotated[Decimal, Field(ge=0)]] = {}


class SupplementSpec(Part):
    """What a request for more papers does to the clock, and how long the citizen has."""

    mode: Literal["reset", "pause"] = "reset"
    maximum: Annotated[int, Field(ge=1)] = 1
    autoclose_working_days: Annotated[int, Field(ge=1)] = 15


class StepSpec(Part):
    """One step of the internal process. ``hours`` are working hours.

    A step follows the one before it, or those named in ``after``: two with the same ``after`` run side by side,
    one with two in ``after`` waits for both. ``asks`` is the agency whose opinion the step asks for.
    ``returns_to`` is where the work goes back to when it is not accepted. ``when`` limits it to some dossiers.
    """

    key: Key
    stage: Stage
    role: Role
    name: Words
    hours: Annotated[Decimal, Field(ge=0)]
    unit: Words | None = None
    content: Words | None = None
    output: Words | None = None
    asks: Words | None = None
    after: tuple[Key, ...] = ()
    returns_to: Key | None = None
    when: Rule | None = None
