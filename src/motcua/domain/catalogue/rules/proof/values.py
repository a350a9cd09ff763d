"""Representative answers: from each stretch of answers that the rules cannot tell apart, at least one.

Rules compare answers with values written in them; between two neighbouring values all answers are alike. So the
values themselves, their neighbours and the ends of what is allowed stand for all – as long as rules only compare.
"""

from collections.abc import Iterable, Iterator, Mapping, Set
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice, product
from typing import Final

from motcua.domain.catalogue.rules import reading
from motcua.domain.catalogue.types import MOST_ROWS, FieldType, FormField
from motcua.kernel.expressions import Node, names, walk
from motcua.kernel.expressions.trees import Binary, Call, Literal

Scalar = bool | int | float | str
MOST_WHOLE: Final = 10**15  #: the largest whole answer that can be typed (``reading``)
EVERY_ONE: Final = 40  #: a range this small is searched number by number
MOST_VALUES: Final = 60  #: representatives of one question
MOST_ROW_KINDS: Final = 12  #: representatives of one row of a table
_MONTH_DAYS: Final = 31
_TEXTS: Final = {FieldType.TEXT, FieldType.LONG_TEXT}
_SAMPLES: Final[Mapping[FieldType, tuple[str, ...]]] = {
    FieldType.PERSONAL_ID: ("064195001234", "001090012345"),
    FieldType.TAX_CODE: ("0100233488",),
    FieldType.PHONE: ("0905123456", "+84905123456"),
    FieldType.EMAIL: ("an@example.vn",),
    FieldType.PARTIAL_DATE: ("1950", "1980-03", "2000-03-14"),
    FieldType.TEXT: ("An",),
    FieldType.LONG_TEXT: ("An",),
}


@dataclass(frozen=True, slots=True)
class Compared:
    """What the rules compare answers with, as far as it concerns one question."""

    scalars: frozenset[Scalar]
    spans: frozenset[int]  #: whole numbers compared with days, months or years between dates
    alike: int = 1  #: how many questions are compared with one another
    counts: bool = False  #: whether rules count with the answer, beyond comparing it


def compared_with(keys: Set[str], rules: Iterable[Node]) -> Compared:
    """Return what ``rules`` compare an answer with: ``keys`` are its question and what is computed from it."""
    scalars: set[Scalar] = set()
    spans: set[int] = set()
    alike, counts = 1, False
    connected = [rule for rule in rules if keys & names(rule)]
    measured = any(map(_measures, connected))
    for rule in connected:
        alike = max(alike, len(names(rule)))
        for node in walk(rule):
            match node:
                case Literal(bool()):
                    continue
                case Literal(int() as number) if measured:
                    spans.add(number)
                    scalars.add(number)
                case Literal(int() | float() | str() as value):
                    scalars.add(value)
                case Binary("+" | "-" | "*" | "/" | "//" | "%"):
                    counts = True
                case Call("sum" | "round" | "int" | "double"):
                    counts = True
                case _:
                    continue
    if counts:
        scalars |= _quotients(scalars)
    return Compared(frozenset(scalars), frozenset(spans), min(alike, 3), counts)


def allowed(
    question: FormField, compared: Compared, today: date, *, full: bool = False
) -> tuple[object, ...]:
    """Return representative answers to ``question`` in canonical form, each one allowed on ``today``.

    ``full`` adds the largest table there may be.
    """
    kept: list[object] = []
    for value in islice(_candidates(question, compared, today, full=full), 4 * MOST_VALUES):
        with suppress(reading.Wrong):
            answer = reading.read(question, value, today)
            if answer not in kept and answer != []:
                kept.append(answer)
        if len(kept) >= MOST_VALUES:
            break
    return tuple(kept)


def whole_range(question: FormField) -> tuple[int, int]:
    """Return the least and the greatest whole answer ``question`` takes (``reading``)."""
    low = 0 if question.minimum is None else question.minimum
    high = MOST_WHOLE if question.maximum is None else question.maximum
    return low, high


def is_listed_whole(question: FormField) -> bool:
    """Return whether every number ``question`` takes is among its representatives."""
    low, high = whole_range(question)
    return question.type in {FieldType.INTEGER, FieldType.MONEY} and high - low < EVERY_ONE


def _measures(rule: Node) -> bool:
    return any(isinstance(node, Call) and node.function.endswith("_between") for node in walk(rule))


def _quotients(scalars: Iterable[Scalar]) -> set[Scalar]:
    whole = [n for n in scalars if isinstance(n, int) and not isinstance(n, bool)][:8]
    found: set[Scalar] = set()
    for a, b in product(whole, whole):
        found |= {a - b, a // b} if b else {a}
    return found


def _candidates(  # noqa: PLR0911 - a case per kind of question
    question: FormField, compared: Compared, today: date, *, full: bool
) -> Iterator[object]:
    match question.type:
        case FieldType.YES_NO:
            return iter((True, False))
        case FieldType.SIGNATURE:
            return iter((True,) if question.required else (True, False))
        case FieldType.CHOICE:
            return _choices(question, compared)
        case FieldType.INTEGER | FieldType.MONEY:
            return _wholes(question, compared)
        case FieldType.NUMBER:
            return _numbers(question, compared)
        case FieldType.DATE:
            return _dates(compared, today)
        case FieldType.ADDRESS | FieldType.PERSON | FieldType.BANK_ACCOUNT:
            return _records(question, compared, today)
        case FieldType.TABLE:
            return _tables(question, compared, today, full=full)
        case _:
            return _texts(question, compared)


def _choices(question: FormField, compared: Compared) -> Iterator[object]:
    """Yield the choices rules name, and two others that stand for the rest."""
    keys = [choice.value for choice in question.choices]
    named = [key for key in keys if key in compared.scalars]
    yield from named
    yield from islice((key for key in keys if key not in named), 2)


def _wholes(question: FormField, compared: Compared) -> Iterator[object]:
    low, high = whole_range(question)
    if high - low < EVERY_ONE:
        yield from range(low, high + 1)
        return
    yield from (low, high)
    near = range(-compared.alike, compared.alike + 1)
    for value in sorted(v for v in compared.scalars if isinstance(v, int | float)):
        yield from (int(value) + step for step in near if low <= int(value) + step <= high)
    yield from (n for n in (low + 1, low + 2, high - 1) if low <= n <= high)


def _numbers(question: FormField, compared: Compared) -> Iterator[object]:
    low = float(0 if question.minimum is None else question.minimum)
    high = float(reading.MOST_NUMBER if question.maximum is None else question.maximum)
    step = 10.0**-question.decimals
    for value in sorted(v for v in compared.scalars if isinstance(v, int | float)):
        yield from (v for v in (float(value), value - step, value + step) if low <= v <= high)
    yield from (low, high, (low + high) / 2)


def around(written: Iterable[Scalar]) -> Iterator[date]:
    """Yield the days among ``written``, the day before and the day after each."""
    for value in written:
        if day := _day(value):
            yield from (day + timedelta(days=step) for step in (-1, 0, 1))


def _dates(compared: Compared, today: date) -> Iterator[object]:
    written = {day for value in compared.scalars if (day := _day(value))} | {today}
    for number in sorted(compared.spans):
        written |= {day for day in _apart(today, number) if day}
    near = range(-compared.alike, compared.alike + 1)
    for day in sorted(written):
        for step in near:
            with suppress(OverflowError):
                yield (day + timedelta(days=step)).isoformat()
    yield from (f"{reading.EARLIEST_YEAR}-01-01", "2000-02-29", "2100-01-01")


def _apart(today: date, number: int) -> Iterator[date | None]:
    """Yield the days that lie ``number`` days, months or years from ``today``, either way."""
    for sign in (-1, 1):
        with suppress(OverflowError):
            yield today + timedelta(days=sign * number)
        months = today.year * 12 + today.month - 1 + sign * number
        yield _safe(months // 12, months % 12 + 1, today.day)
        yield _safe(today.year + sign * number, today.month, today.day)


def _safe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, min(day, 28) if month == 2 else day)  # noqa: PLR2004 - February
    except ValueError:
        return None


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _texts(question: FormField, compared: Compared) -> Iterator[object]:
    yield from _SAMPLES.get(question.type, ("An",))
    written = sorted(v for v in compared.scalars if isinstance(v, str))
    yield from written
    if question.type in _TEXTS:
        sizes = sorted(v for v in compared.scalars if isinstance(v, int))
        near = sorted({n + d for n in sizes for d in (-1, 0, 1)} | {1, question.max_length})
        lengths = [n for n in near if 0 < n <= question.max_length]
        yield from (text + "x" for text in written)
        yield from ("x" + text for text in written)
        yield from ("x" * n for n in lengths)
        yield from (padded for text in written for n in lengths for padded in _of_length(text, n))
        yield from (f"{one}{other}" for one, other in islice(product(written, written), 16))


def _of_length(text: str, size: int) -> tuple[str, ...]:
    return (text.ljust(size, "x"), text.rjust(size, "x")) if len(text) <= size else ()


def _records(question: FormField, compared: Compared, today: date) -> Iterator[object]:
    texts = sorted(v for v in compared.scalars if isinstance(v, str))
    match question.type:
        case FieldType.ADDRESS:
            yield from (
                {"street": street, "commune_code": commune}
                for commune in ("23575", *texts)
                for street in ("12 Hùng Vương", "", *texts)
            )
        case FieldType.PERSON:
            yield from (
                {"full_name": name, "personal_id": number, "born_on": born}
                for name in ("An", *texts)
                for number in (_SAMPLES[FieldType.PERSONAL_ID][0], "", *texts)
                for born in ("", *islice(_dates(compared, today), 12))
            )
        case _:
            yield from (
                {"bank": bank, "number": number, "holder": "An"}
                for bank in ("VCB", *texts)
                for number in ("0123456789", *texts)
            )


def _tables(question: FormField, compared: Compared, today: date, *, full: bool) -> Iterator[object]:
    rows = list(islice(_rows(question, compared, today), MOST_ROW_KINDS))
    if not rows:
        return
    least, most = max(1, question.minimum or 0), question.maximum or MOST_ROWS
    if full:
        yield [_greatest(question, compared, today)] * most
    yield from ([row] * least for row in rows)
    yield from ([one, other] for one, other in islice(product(rows, rows), 36))
    sizes = sorted(v for v in compared.scalars if isinstance(v, int) and not isinstance(v, bool))
    for size in sorted({n + d for n in sizes for d in (-1, 0, 1)}):
        if least <= size <= most:
            yield from ([row] * size for row in rows[:3])


def _rows(question: FormField, compared: Compared, today: date) -> Iterator[Mapping[str, object]]:
    """Yield rows: first one column after the other takes each of its values, the rest stay as they were."""
    choices = {column.key: allowed(column, compared, today) for column in question.columns}
    if not all(choices.values()):
        return
    base = {key: cells[0] for key, cells in choices.items()}
    yield base
    for key, cells in choices.items():
        yield from ({**base, key: cell} for cell in cells[1:6])
    for column in question.columns:
        if not column.required:
            yield {key: cell for key, cell in base.items() if key != column.key}


def _greatest(question: FormField, compared: Compared, today: date) -> Mapping[str, object]:
    row: dict[str, object] = {}
    for column in question.columns:
        cells = allowed(column, compared, today)
        numbers = [cell for cell in cells if isinstance(cell, int | float)]
        row |= {column.key: max(numbers) if numbers else cells[0]} if cells else {}
    return row
