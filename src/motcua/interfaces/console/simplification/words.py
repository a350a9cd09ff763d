"""The words of the Standard Cost Model, and lines ready to be drawn."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.domain.catalogue.types import Channel
from motcua.domain.reform.types import (
    ActivityKind,
    BurdenView,
    ComparisonView,
    CostLine,
    SortKey,
    SubjectKind,
)
from motcua.interfaces.design import formats
from motcua.kernel.money import Money

KINDS: Final[Mapping[SubjectKind, object]] = {
    SubjectKind.INDIVIDUAL: gettext_lazy("Cá nhân, hộ gia đình"),
    SubjectKind.ENTERPRISE: gettext_lazy("Doanh nghiệp, tổ chức"),
}
SORTS: Final[Mapping[SortKey, object]] = {
    SortKey.ONCE: gettext_lazy("Chi phí một lần"),
    SortKey.YEAR: gettext_lazy("Chi phí một năm"),
    SortKey.PAPERS: gettext_lazy("Số giấy tờ"),
    SortKey.DAYS: gettext_lazy("Số ngày"),
    SortKey.VISITS: gettext_lazy("Số lần đi lại"),
    SortKey.STEPS: gettext_lazy("Số bước"),
    SortKey.FEE: gettext_lazy("Phí, lệ phí"),
}
ACTIVITIES: Final[Mapping[ActivityKind, object]] = {
    ActivityKind.PAPER: gettext_lazy("Chuẩn bị giấy tờ"),
    ActivityKind.FORM: gettext_lazy("Điền tờ khai"),
    ActivityKind.COPYING: gettext_lazy("In, sao chụp, chứng thực"),
    ActivityKind.SERVICE: gettext_lazy("Tư vấn, dịch vụ"),
    ActivityKind.SUBMIT: gettext_lazy("Việc nộp hồ sơ"),
    ActivityKind.RECEIVE: gettext_lazy("Nhận kết quả"),
    ActivityKind.FEE: gettext_lazy("Phí, lệ phí"),
    ActivityKind.OTHER: gettext_lazy("Chi phí khác"),
}
CHANNELS: Final[Mapping[Channel, object]] = {
    Channel.COUNTER: gettext_lazy("trực tiếp"),
    Channel.ONLINE: gettext_lazy("trực tuyến"),
    Channel.POST: gettext_lazy("bưu chính"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table of activities. ``share`` is "" where it happens every time; ``weight`` percent of all."""

    what: str
    of: str
    hours: str
    money_dong: int
    share: str
    dong: int
    weight: int


@dataclass(frozen=True, slots=True)
class Pair:
    """One figure before and after a change."""

    what: str
    before: str
    after: str
    change: str
    is_better: bool


def rows_of(view: BurdenView) -> list[Row]:
    """Return the activities that cost anything, in their order."""
    whole = view.cost.once_dong
    return [_row(view, line, whole) for line in view.cost.lines if line.dong]


def pairs_of(change: ComparisonView) -> list[Pair]:
    """Return what is counted before and after a change."""
    before, after = change.before, change.after
    counted: list[tuple[str, Decimal | int, Decimal | int]] = [
        (_("Giấy tờ"), before.counts.papers, after.counts.papers),
        (_("Câu hỏi phải tự điền"), before.counts.typed, after.counts.typed),
        (_("Câu hỏi đã biết sẵn"), before.counts.known, after.counts.known),
        (_("Bước"), before.counts.steps, after.counts.steps),
        (_("Lần đi lại ít nhất"), before.counts.visits, after.counts.visits),
        (_("Ngày làm việc"), before.counts.days, after.counts.days),
        (_("Giờ của người dân"), before.cost.hours, after.cost.hours),
    ]
    paid: list[tuple[str, Decimal | int, Decimal | int]] = [
        (_("Chi phí một lần"), before.cost.once_dong, after.cost.once_dong),
        (_("Chi phí một năm"), before.cost.year_dong, after.cost.year_dong),
    ]
    more_is_better = _("Câu hỏi đã biết sẵn")
    pairs = [_pair(what, one, two, money=False, up=what == more_is_better) for what, one, two in counted]
    return pairs + [_pair(what, one, two, money=True, up=False) for what, one, two in paid]


def dong(amount: int) -> str:
    """Return an amount with its sign, where it has one."""
    return f"−{Money(-amount)}" if amount < 0 else str(Money(amount))


def _row(view: BurdenView, line: CostLine, whole: int) -> Row:
    done = line.activity
    named = (
        CHANNELS[Channel(done.of)] if done.kind is ActivityKind.SUBMIT else view.paper_names.get(done.of, "")
    )
    return Row(
        what=str(ACTIVITIES[done.kind]),
        of=str(named),
        hours=formats.decimal(done.hours) if done.hours else "",
        money_dong=done.money_dong,
        share="" if done.share == 1 else f"{formats.decimal(done.share * 100)} %",
        dong=line.dong,
        weight=round(line.dong * 100 / whole) if whole else 0,
    )


def _pair(what: str, before: Decimal | int, after: Decimal | int, *, money: bool, up: bool) -> Pair:
    change = Decimal(after) - Decimal(before)
    sign = "+" if change > 0 else "−" if change < 0 else ""
    return Pair(
        what,
        _figure(before, money=money),
        _figure(after, money=money),
        f"{sign}{_figure(abs(change), money=money)}" if change else "",
        is_better=change > 0 if up else change < 0,
    )


def _figure(value: Decimal | int, *, money: bool) -> str:
    return dong(int(value)) if money else formats.decimal(value)
