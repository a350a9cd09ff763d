"""Invent the lives of dossiers: who asks for what, and every deed with its minute, ending at a given instant.

Pure: the same cast, seed and end give the same lives. Offices act in their office hours only, citizens when they
like by day; about 96 of 100 results are in time, the rest late, some with an apology (form 04).
"""

from bisect import bisect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Final

from motcua.domain.agencies.types import AgencyId
from motcua.domain.cases.types import Life, Move, Step
from motcua.domain.catalogue import queries as catalogue
from motcua.domain.catalogue.types import Channel, Definition
from motcua.domain.identity.types import PersonId
from motcua.kernel.actors import SYSTEM, Actor, Role
from motcua.kernel.calendar import (
    Limit,
    Mode,
    Unit,
    WorkCalendar,
    add_working_days,
    add_working_minutes,
    due,
    is_working_day,
    working_minutes_between,
)
from motcua.kernel.clock import VIETNAM, local_date
from motcua.platform.files.types import FileId
from motcua.processes.sample_province.people import Household, Someone
from motcua.processes.sample_province.requests import WANTED, Request, request

HISTORY: Final = timedelta(days=182)
_SHARES: Final = (  #: of a hundred dossiers, how many go which way
    ("smooth", 793),
    ("asked", 75),
    ("sent_back", 30),
    ("late", 20),
    ("apologised", 18),
    ("declined", 20),
    ("rejected", 12),
    ("withdrawn", 13),
    ("kept", 7),
    ("unanswered", 8),
    ("obliged", 4),
)
_WAYS: Final = tuple(name for name, _ in _SHARES)
_UP_TO: Final = tuple(sum(share for _, share in _SHARES[: n + 1]) for n in range(len(_SHARES)))

#: What some dossiers stand at when the history ends, so that every state is there: last deed, way, hours ago.
_STANDING: Final = (
    (Step.SUBMIT, "smooth", 60),
    (Step.FORWARD, "smooth", 80),
    (Step.PROPOSE, "smooth", 80),
    (Step.ASK_SUPPLEMENT, "asked", 200),
    (Step.APPROVE, "smooth", 100),
    (Step.ACCEPT, "smooth", 80),
    (Step.REQUIRE_PAYMENT, "obliged", 160),
    (Step.ASK_WITHDRAWAL, "withdrawn", 100),
    (Step.DECLINE, "declined", 300),
    (Step.REJECT, "rejected", 400),
    (Step.SUBMIT, "smooth", 60),
    (Step.CLAIM, "smooth", 100),
    (Step.FORWARD, "late", 140),
    (Step.SUPPLEMENT, "asked", 200),
    (Step.PROPOSE, "apologised", 160),
    (Step.REAPPOINT, "apologised", 160),
    (Step.SEND_BACK, "sent_back", 120),
)
_STANDING_AT_MOST: Final = 0.4  #: of the dossiers of an office
_TRIES: Final = 400


@dataclass(frozen=True, slots=True)
class Applicant:
    """A citizen with the household they live in."""

    id: PersonId
    someone: Someone
    household: Household

    @property
    def actor(self) -> Actor:
        return Actor(self.id, Role.CITIZEN)


@dataclass(frozen=True, slots=True)
class Office:
    """A commune's desk at work."""

    id: AgencyId
    code: str
    weight: int
    calendar: WorkCalendar
    clerk: Actor
    handlers: tuple[Actor, Actor]  #: civil status and certification; business
    leader: Actor
    applicants: tuple[Applicant, ...]


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody and everything lives are made of."""

    offices: tuple[Office, ...]
    definitions: Mapping[str, Definition]
    paper: Callable[
        [PersonId, str, int], FileId
    ]  #: of a person, by component; 0 the first copy, 1 a better one


@dataclass(frozen=True, slots=True)
class Share:
    """What one office gets of the dossiers."""

    office: Office
    count: int
    standing: range  #: places in the list of what stands open at the end


def shares(cast: Cast, dossiers: int) -> tuple[Share, ...]:
    """Return what each office gets: by weight; the first, where one may enter as somebody, takes what is left."""
    total = sum(office.weight for office in cast.offices)
    counts = [dossiers * office.weight // total for office in cast.offices]
    counts[0] += dossiers - sum(counts)
    found, place = list[Share](), 0
    for office, count in zip(cast.offices, counts, strict=True):
        standing = min(int(count * _STANDING_AT_MOST), 2 * office.weight)
        found.append(Share(office, count, range(place, place + standing)))
        place += standing
    return tuple(found)


def standing_of(cast: Cast, share: Share, *, seed: int, until: datetime) -> Iterator[Life]:
    """Yield the lives that stand open at the end, so that every state is there, in the order in which they begin."""
    office, found = share.office, list[tuple[datetime, int]]()
    for number, place in enumerate(share.standing):
        last, way, hours = _STANDING[place % len(_STANDING)]
        key = _key(seed, office, number)
        found.append((_beginning_of_standing(cast, office, key, way, last, hours, until), number))
    for begins_at, number in sorted(found):
        last, way, _ = _STANDING[share.standing[number] % len(_STANDING)]
        yield _life(cast, office, _key(seed, office, number), way, begins_at, until, last)


def history_of(cast: Cast, share: Share, *, seed: int, until: datetime) -> Iterator[Life]:
    """Yield the other lives of an office in the order in which they begin."""
    office = share.office
    random = Random(f"{seed} {office.code} arrivals")
    days = _open_days(office, until)
    arrivals = [
        (_arrival(random, office, days, until), number, _way(random))
        for number in range(len(share.standing), share.count)
    ]
    arrivals.sort()
    for begins_at, number, way in arrivals:
        yield _life(cast, office, _key(seed, office, number), way, begins_at, until, None)


def _key(seed: int, office: Office, number: int) -> str:
    return f"{seed} {office.code} {number}"


def _beginning_of_standing(  # noqa: PLR0917 - what a life is made from, in that order
    cast: Cast, office: Office, key: str, way: str, last: Step, hours: int, until: datetime
) -> datetime:
    """Return a beginning from which the life of this key stands at ``last`` at the end, or the last one tried."""
    random = Random(f"{key} beginning")
    begins_at = until
    for _ in range(_TRIES):
        begins_at = _by_day(until - timedelta(minutes=random.randrange(1, hours * 60)))
        if begins_at < until and _life(cast, office, key, way, begins_at, until, last).moves[-1].step is last:
            return begins_at
    return begins_at


def _way(random: Random) -> str:
    return _WAYS[bisect(_UP_TO, random.randrange(_UP_TO[-1]))]


def _open_days(office: Office, until: datetime) -> list[date]:
    last = local_date(until)
    days = [last - timedelta(days=ago) for ago in range(HISTORY.days, -1, -1)]
    return [day for day in days if is_working_day(office.calendar, day)]


def _arrival(random: Random, office: Office, days: list[date], until: datetime) -> datetime:
    """Return an instant on a working day: three of four in office hours, the others before or after them."""
    while True:
        day = random.choice(days)
        opening = datetime.combine(day, time(7), tzinfo=VIETNAM)
        if random.random() < 0.75:
            at = add_working_minutes(office.calendar, opening, random.randrange(5, 470))
        else:
            at = datetime.combine(
                day, time(random.choice((6, 12, 18, 19, 20, 21)), random.randrange(60)), VIETNAM
            )
        if at < until:
            return at


def _by_day(at: datetime) -> datetime:
    """Return the instant itself, or the next morning if people are asleep."""
    here = at.astimezone(VIETNAM).replace(second=0, microsecond=0)
    if 6 <= here.hour < 22:
        return here
    return datetime.combine(here.date() + timedelta(days=here.hour >= 22), time(6, here.minute), VIETNAM)


def _life(  # noqa: PLR0917 - what a life is made from, in that order
    cast: Cast, office: Office, key: str, way: str, begins_at: datetime, until: datetime, last: Step | None
) -> Life:
    """Return the life of this key as far as it has come by ``until``."""
    random = Random(key)
    wanted = WANTED[-1] if way == "obliged" else random.choice(WANTED)
    applicant = _applicant(random, office, last)
    ask = request(random, wanted, applicant.someone, applicant.household, local_date(begins_at))
    definition = cast.definitions[ask.procedure]
    online = last is not None or way in {"declined", "withdrawn", "kept"} or random.random() < 0.62
    at_desk = online or _in_hours(office, begins_at)
    walk = _Walk(random, cast, office, applicant, ask, definition, begins_at, online or not at_desk)
    _TOLD[way](walk)
    moves = tuple(move for move in walk.moves if move.at <= until)
    return Life(
        ask.procedure,
        office.id,
        applicant.id,
        Channel.ONLINE if walk.online else Channel.COUNTER,
        ask.answers,
        {paper: (cast.paper(applicant.id, paper, 0),) for paper in ask.papers},
        not walk.online,
        moves,
    )


def _in_hours(office: Office, at: datetime) -> bool:
    return add_working_minutes(office.calendar, at, 0) == at


def _applicant(random: Random, office: Office, last: Step | None) -> Applicant:
    """Return who asks; what stands open is often asked by the first two, whom one may enter as."""
    if last is not None and random.random() < 0.25:
        return office.applicants[random.randrange(2)]
    return random.choice(office.applicants)


class _Walk:
    """A life being told: a clock that office and citizen move on, and the moves so far."""

    def __init__(  # noqa: PLR0917 - the parts of a life, each once
        self,
        random: Random,
        cast: Cast,
        office: Office,
        applicant: Applicant,
        ask: Request,
        definition: Definition,
        begins_at: datetime,
        online: bool,
    ) -> None:
        self.random, self.cast, self.office, self.applicant = random, cast, office, applicant
        self.ask, self.definition, self.online = ask, definition, online
        self.handler = office.handlers[1 if ask.procedure == WANTED[-1] else 0]
        self.moves: list[Move] = []
        self.now = begins_at
        self.has_fee = _costs(
            definition, ask.answers, begins_at, Channel.ONLINE if online else Channel.COUNTER
        )
        self.is_paid = False

    def does(self, step: Step, by: Actor, words: str = "") -> None:
        self.moves.append(Move(step, self.now, by, words))

    def says(self, *sentences: str) -> str:
        return self.random.choice(sentences)

    def office_works(self, least: int, most: int) -> None:
        """Let so many working minutes pass."""
        minutes = self.random.randint(least, most)
        self.now = add_working_minutes(self.office.calendar, self.now, minutes)

    def citizen_takes(self, least: int, most: int) -> None:
        """Let so many hours pass, until people are awake."""
        self.now = _by_day(self.now + timedelta(minutes=self.random.randint(least * 60, most * 60)))

    def due_at(self) -> datetime:
        """Return the appointment of a limit that begins now."""
        spec = self.definition.limit
        limit = Limit(Decimal(spec.value), Unit(spec.unit), Mode(spec.mode), spec.cutoff)
        return due(self.office.calendar, self.now, limit).at


def _costs(definition: Definition, answers: Mapping[str, object], at: datetime, channel: Channel) -> bool:
    form = catalogue.filled(definition, answers, today=local_date(at), channel=channel)
    return catalogue.total_fee_dong(form) > 0


def _received(walk: _Walk) -> None:
    """The citizen files, the desk accepts; or the desk registers at once."""
    if walk.online:
        walk.does(Step.SUBMIT, walk.applicant.actor)
        walk.office_works(10, 240)
        walk.does(Step.ACCEPT, walk.office.clerk)
        return
    walk.does(Step.REGISTER, walk.office.clerk)
    if walk.has_fee:
        _pays(walk)


def _pays(walk: _Walk) -> None:
    walk.office_works(1, 5)
    walk.does(Step.COLLECT_FEE, walk.office.clerk, f"BL-{walk.random.randrange(10**6):06d}")
    walk.is_paid = True


def _worked(walk: _Walk, pace: float, *, until: Step = Step.APPROVE, again: bool = False) -> None:
    """The unit works on it and takes ``pace`` of the time the limit gives; ``again``: it was forwarded before."""
    start, due_at = walk.now, walk.due_at()
    minutes = max(60.0, working_minutes_between(walk.office.calendar, start, due_at) * pace)
    if not again:
        _at(walk, start, minutes * 0.05)
        walk.does(Step.FORWARD, walk.office.clerk)
        if walk.random.random() < 0.6 or until is Step.CLAIM:
            _at(walk, start, minutes * walk.random.uniform(0.12, 0.3))
            walk.does(Step.CLAIM, walk.handler)
    if until is Step.CLAIM:
        return
    _at(walk, start, minutes * walk.random.uniform(0.4, 0.65))
    walk.does(Step.PROPOSE, walk.handler, _proposal(walk))
    if until is Step.SEND_BACK:
        _at(walk, start, minutes * 0.74)
        walk.does(Step.SEND_BACK, walk.office.leader, walk.says(*_SENT_BACK))
        _at(walk, start, minutes * 0.87)
        walk.does(Step.PROPOSE, walk.handler, _proposal(walk))
    _at(walk, start, minutes)


def _at(walk: _Walk, start: datetime, minutes: float) -> None:
    """Move the clock to so many working minutes after ``start``, but at least one on."""
    calendar = walk.office.calendar
    walk.now = max(
        add_working_minutes(calendar, start, int(minutes)), add_working_minutes(calendar, walk.now, 1)
    )


def _finished(walk: _Walk) -> None:
    walk.does(Step.APPROVE, walk.office.leader)
    walk.office_works(8, 700 if walk.ask.procedure == WANTED[0] else 300)
    if walk.has_fee and not walk.is_paid:
        _pays(walk)
        walk.office_works(1, 4)
    walk.does(Step.HAND_OVER, walk.office.clerk)


def _in_time(walk: _Walk) -> float:
    return walk.random.uniform(0.25, 0.9)


def _smooth(walk: _Walk) -> None:
    _received(walk)
    _worked(walk, _in_time(walk))
    _finished(walk)


def _late(walk: _Walk) -> None:
    _received(walk)
    _worked(walk, walk.random.uniform(1.1, 2.2))
    _finished(walk)


def _sent_back(walk: _Walk) -> None:
    _received(walk)
    _worked(walk, _in_time(walk), until=Step.SEND_BACK)
    _finished(walk)


def _asked(walk: _Walk) -> None:
    """Papers are missing: the desk notices before it accepts, or the handler later. The citizen answers."""
    if walk.online and walk.random.random() < 0.4:
        walk.does(Step.SUBMIT, walk.applicant.actor)
        walk.office_works(10, 240)
        _ask(walk, walk.office.clerk)
        _answer(walk)
        walk.office_works(10, 200)
        walk.does(Step.ACCEPT, walk.office.clerk)
        _worked(walk, _in_time(walk))
    else:
        _received(walk)
        _worked(walk, _in_time(walk), until=Step.CLAIM)
        walk.office_works(10, 90)
        _ask(walk, walk.handler)
        _answer(walk)
        _worked(walk, _in_time(walk), again=True)
    _finished(walk)


def _ask(walk: _Walk, by: Actor) -> None:
    item = (walk.ask.doubtful, walk.says(*_NEEDS))
    walk.moves.append(Move(Step.ASK_SUPPLEMENT, walk.now, by, walk.says(*_REASONS), items=(item,)))


def _answer(walk: _Walk) -> None:
    walk.citizen_takes(3, 150)
    by = walk.applicant.actor
    if not walk.online:
        walk.office_works(0, 30)
        by = walk.office.clerk
    key = walk.ask.doubtful
    if key in walk.ask.papers:
        files = {key: (walk.cast.paper(walk.applicant.id, key, 1),)}
        walk.moves.append(Move(Step.SUPPLEMENT, walk.now, by, files=files))
    else:
        walk.moves.append(Move(Step.SUPPLEMENT, walk.now, by, answers={key: walk.ask.answers[key]}))


def _unanswered(walk: _Walk) -> None:
    """The citizen does not answer within 15 working days; the node closes the dossier on the night after."""
    _received(walk)
    _worked(walk, _in_time(walk), until=Step.CLAIM)
    walk.office_works(10, 90)
    _ask(walk, walk.handler)
    days = walk.definition.supplement.autoclose_working_days
    last = add_working_days(walk.office.calendar, local_date(walk.now), days)
    walk.now = datetime.combine(last + timedelta(days=1), time(0, 20), VIETNAM)
    walk.does(Step.CLOSE_UNANSWERED, SYSTEM)


def _declined(walk: _Walk) -> None:
    walk.does(Step.SUBMIT, walk.applicant.actor)
    walk.office_works(15, 300)
    walk.does(Step.DECLINE, walk.office.clerk, walk.says(*_DECLINED))


def _rejected(walk: _Walk) -> None:
    _received(walk)
    _worked(walk, _in_time(walk))
    walk.does(Step.REJECT, walk.office.leader, walk.says(*_REJECTED))


def _withdrawn(walk: _Walk) -> None:
    walk.does(Step.SUBMIT, walk.applicant.actor)
    walk.office_works(10, 200)
    if walk.random.random() < 0.7:
        walk.does(Step.ACCEPT, walk.office.clerk)
        walk.office_works(2, 30)
    walk.citizen_takes(0, 2)
    walk.now += timedelta(minutes=1)
    walk.does(
        Step.ASK_WITHDRAWAL,
        walk.applicant.actor,
        walk.says("", "Tôi nộp nhầm thủ tục.", "Tôi sẽ nộp lại sau."),
    )
    walk.office_works(15, 300)
    walk.does(Step.GRANT_WITHDRAWAL, walk.office.clerk)


def _kept(walk: _Walk) -> None:
    """The citizen asks for the dossier back when the result is all but there; the desk says no, and it goes on."""
    _received(walk)
    walk.office_works(2, 30)
    walk.citizen_takes(0, 2)
    walk.now += timedelta(minutes=1)
    walk.does(Step.ASK_WITHDRAWAL, walk.applicant.actor, "Tôi muốn đổi ngày nhận kết quả.")
    walk.office_works(15, 200)
    walk.does(Step.DENY_WITHDRAWAL, walk.office.clerk, walk.says(*_NOT_WITHDRAWN))
    _worked(walk, _in_time(walk))
    _finished(walk)


def _obliged(walk: _Walk) -> None:
    """The citizen first meets a financial obligation; the clock stands still meanwhile."""
    _received(walk)
    _worked(walk, _in_time(walk), until=Step.CLAIM)
    walk.office_works(10, 120)
    walk.does(
        Step.REQUIRE_PAYMENT, walk.handler, "Nộp tiền thuê địa điểm chợ theo thông báo của Ban quản lý chợ."
    )
    walk.citizen_takes(4, 60)
    walk.office_works(0, 60)
    walk.does(Step.CONFIRM_PAYMENT, walk.office.clerk, f"GNT-{walk.random.randrange(10**6):06d}")
    _worked(walk, 0.3, again=True)
    _finished(walk)


def _apologised(walk: _Walk) -> None:
    """The office sees that it will be late, apologises before the appointment and keeps the new one."""
    _received(walk)
    due_at, start, calendar = walk.due_at(), walk.now, walk.office.calendar
    minutes = working_minutes_between(calendar, start, due_at)
    _worked(walk, 1.0, until=Step.CLAIM)
    _at(walk, start, minutes * 0.9)
    promised_at = add_working_minutes(calendar, max(due_at, walk.now), walk.random.randint(300, 900))
    words = walk.says(*_APOLOGIES)
    walk.moves.append(Move(Step.REAPPOINT, walk.now, walk.office.clerk, words, promised_at=promised_at))
    _at(walk, start, minutes + walk.random.randint(30, 150))
    walk.does(Step.PROPOSE, walk.handler, _proposal(walk))
    walk.office_works(10, 120)
    _finished(walk)


def _proposal(walk: _Walk) -> str:
    return walk.says(*_PROPOSALS)


_TOLD: Final[Mapping[str, Callable[[_Walk], None]]] = {
    "smooth": _smooth,
    "asked": _asked,
    "sent_back": _sent_back,
    "late": _late,
    "apologised": _apologised,
    "declined": _declined,
    "rejected": _rejected,
    "withdrawn": _withdrawn,
    "kept": _kept,
    "unanswered": _unanswered,
    "obliged": _obliged,
}
_PROPOSALS: Final = (
    "Hồ sơ đầy đủ, hợp lệ, đề nghị lãnh đạo ký.",
    "Đã đối chiếu thông tin với cơ sở dữ liệu, đề nghị cấp kết quả.",
    "Thành phần hồ sơ đúng quy định, kính trình lãnh đạo xem xét.",
)
_SENT_BACK: Final = (
    "Bổ sung căn cứ pháp lý vào phần đề xuất.",
    "Kiểm tra lại ngày sinh và nơi cư trú trước khi trình.",
)
_NEEDS: Final = ("Chụp lại rõ nét, đủ bốn góc", "Gửi bản có đóng dấu", "Ghi lại cho khớp với giấy tờ")
_REASONS: Final = (
    "Bản chụp bị mờ, không đọc được thông tin.",
    "Thông tin trên giấy tờ chưa khớp với tờ khai.",
    "Giấy tờ gửi kèm thiếu trang có chữ ký và dấu.",
)
_DECLINED: Final = (
    "Hồ sơ không thuộc thẩm quyền giải quyết của phường, xã này.",
    "Giấy tờ gửi kèm không phải của người nộp hồ sơ.",
    "Việc này đã được giải quyết ở hồ sơ nộp trước đó.",
)
_REJECTED: Final = (
    "Nội dung đề nghị không đủ điều kiện theo quy định của pháp luật.",
    "Thông tin khai không đúng với kết quả xác minh.",
)
_NOT_WITHDRAWN: Final = (
    "Ngày nhận kết quả đổi được mà không cần rút hồ sơ.",
    "Hồ sơ vẫn được giải quyết đúng hẹn; kết quả giữ tại quầy cho đến khi nhận.",
)
_APOLOGIES: Final = (
    "Cần xác minh thêm thông tin với nơi cư trú trước đây.",
    "Hệ thống dữ liệu dân cư gián đoạn trong buổi làm việc.",
)
