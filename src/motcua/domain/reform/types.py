"""Vocabulary of simplification: activities and their cost, the prices they are reckoned with, what is counted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Final

from motcua.kernel.errors import Invalid, Unknown

MONTHS: Final = 12


class SubjectKind(StrEnum):
    """Whose time is priced."""

    INDIVIDUAL = "individual"  #: cá nhân, hộ gia đình
    ENTERPRISE = "enterprise"  #: doanh nghiệp, tổ chức


class ActivityKind(StrEnum):
    """What an applicant does or pays in one performance, in the order it happens."""

    PAPER = "paper"  #: chuẩn bị một thành phần hồ sơ
    FORM = "form"  #: điền tờ khai
    COPYING = "copying"  #: in, sao chụp, công chứng, chứng thực
    SERVICE = "service"  #: tư vấn, dịch vụ
    SUBMIT = "submit"  #: nộp hồ sơ
    RECEIVE = "receive"  #: nhận kết quả
    FEE = "fee"  #: phí, lệ phí
    OTHER = "other"  #: kiểm tra, tập huấn, chi phí khác


class SortKey(StrEnum):
    """What the ranking looks at; the greatest stands first."""

    ONCE = "once"
    YEAR = "year"
    PAPERS = "papers"
    DAYS = "days"
    VISITS = "visits"
    STEPS = "steps"
    FEE = "fee"


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """One activity. ``share`` is the part of all performances in which it happens, e.g. of those filed online."""

    kind: ActivityKind
    hours: Decimal = Decimal(0)
    service_dong: int = 0
    copying_dong: int = 0
    travel_dong: int = 0
    paid_dong: int = 0  #: fees, charges and other sums, no work of the applicant
    share: Decimal = Decimal(1)
    of: str = ""  #: the key of the paper, or the channel of filing

    @property
    def money_dong(self) -> int:
        return self.service_dong + self.copying_dong + self.travel_dong + self.paid_dong


@dataclass(frozen=True, slots=True)
class CostLine:
    """An activity and what it costs on average, in whole đồng."""

    activity: Activity
    dong: int


@dataclass(frozen=True, slots=True)
class Cost:
    """What one performance costs, what makes it up, and what all of a year cost."""

    lines: tuple[CostLine, ...]
    performances: Decimal  #: in a year, by all applicants; 0 where nobody has said

    @property
    def once_dong(self) -> int:
        return sum(line.dong for line in self.lines)

    @property
    def year_dong(self) -> int:
        return whole(self.once_dong * self.performances)

    @property
    def hours(self) -> Decimal:
        """Hours of one performance on average."""
        return sum((line.activity.hours * line.activity.share for line in self.lines), Decimal(0))


@dataclass(frozen=True, slots=True)
class Saving:
    """What a change saves; negative when it costs more. ``percent`` has two decimals; None when there was no cost."""

    dong: int
    percent: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Prices:
    """What an hour is reckoned at in a year, and how much is filed online where it may be."""

    year: int
    kind: SubjectKind
    income_per_year_dong: int  #: GDP per capita
    days_per_month: int
    hours_per_day: int
    online_percent: int
    source: str

    @property
    def hourly_income_dong(self) -> int:
        """Return income per year / 12 / days / hours, in whole đồng."""
        return whole(Decimal(self.income_per_year_dong) / MONTHS / self.days_per_month / self.hours_per_day)


@dataclass(frozen=True, slots=True)
class PricesView:
    """Prices as they stand, and since when; those replaced are kept."""

    prices: Prices
    set_at: datetime
    replaced_at: datetime | None


@dataclass(frozen=True, slots=True)
class Counts:
    """What a procedure asks of people. ``days`` are working days as published."""

    papers: int
    typed: int  #: questions people answer by hand
    known: int  #: questions answered by what the node knows, or computed
    steps: int
    agencies: int
    visits: int  #: at least, by the easiest way of filing
    days: Decimal


@dataclass(frozen=True, slots=True)
class BurdenView:
    """What a procedure takes of people. ``is_assumed``: hours are the stated defaults, not its own."""

    code: str
    name: str
    version: int  #: of the definition; 0 for a record or a draft
    counts: Counts
    cost: Cost
    prices: Prices
    paper_names: Mapping[str, str]
    is_assumed: bool
    has_definition: bool


@dataclass(frozen=True, slots=True)
class ComparisonView:
    """A procedure before and after a change, with the same prices; each with its own applicants a year."""

    before: BurdenView
    after: BurdenView
    once: Saving
    year: Saving


@dataclass(frozen=True, slots=True)
class RankRow:
    """A procedure in the ranking."""

    code: str
    name: str
    ministry: str
    field: str
    counts: Counts
    once_dong: int
    year_dong: int
    fee_dong: int
    is_assumed: bool
    has_definition: bool


@dataclass(frozen=True, slots=True)
class SavedRow:
    """What one published version saves against the one before it."""

    code: str
    name: str
    version: int
    valid_from: date
    once: Saving
    year: Saving


class BadPrices(Invalid):
    """A figure is missing or out of its range; ``facts["fields"]`` names it."""

    code = "reform.bad_prices"


class NothingToCompare(Unknown):
    """There is no other version or draft to compare with."""

    code = "reform.nothing_to_compare"


def whole(dong: Decimal) -> int:
    """Return whole đồng, a half rounded up."""
    return int(dong.quantize(Decimal(1), ROUND_HALF_UP))
