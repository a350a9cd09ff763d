"""Finding a procedure: the search, its suggestions while one types, the list with its filters.

Everything works as a plain form; the script only saves a press of Enter. What was chosen after which words is
counted without saying who (``catalogue.note_choice``), and teaches the search new words.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST, require_safe

from motcua.domain.catalogue import commands
from motcua.domain.catalogue import queries as catalogue
from motcua.domain.catalogue.types import Definition, Level, OnlineLevel, Record, Subject
from motcua.domain.catalogue.types.finding import Because, Facet, Filters, Found, Hit, Reason
from motcua.interfaces.design import record_words
from motcua.interfaces.design.access import ActedRequest, open_to_all
from motcua.interfaces.design.formats import decimal
from motcua.interfaces.portal.templatetags.portal import EVENTS, event_name, language
from motcua.kernel.clock import local_date, now

LONGEST_QUESTION: Final = 200
SHORTEST_TYPED: Final = 2
LEAST_DONG: Final = 1000
PAGE: Final = 15
MOST_VALUES: Final = 8  #: values of a facet that are offered

#: facet → its name in the address, its name on the page
FACETS: Final[Mapping[Facet, tuple[str, str]]] = {
    Facet.LEVEL: ("cap", gettext_noop("Cấp giải quyết")),
    Facet.ONLINE: ("truc-tuyen", gettext_noop("Làm trực tuyến")),
    Facet.SUBJECT: ("ai", gettext_noop("Dành cho ai")),
    Facet.LIFE_EVENT: ("viec", gettext_noop("Việc trong đời")),
    Facet.FIELD: ("linh-vuc", gettext_noop("Lĩnh vực")),
    Facet.MINISTRY: ("bo", gettext_noop("Bộ, ngành")),
    Facet.AGENCY: ("co-quan", gettext_noop("Cơ quan thực hiện")),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A procedure in the list."""

    hit: Hit
    name: str
    summary: str
    why: tuple[str, ...]
    where: str
    wait: str
    price: str
    online: str  #: full, partial or nothing


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a facet: how many procedures, and the address that narrows to it or opens it again."""

    words: str
    count: int
    address: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Narrowing:
    """A facet on the page."""

    words: str
    values: tuple[Value, ...]


@open_to_all
@require_safe
def procedures(request: ActedRequest) -> HttpResponse:
    """List procedures: all, narrowed, or those that answer a question."""
    words = asked(request.GET)
    filters = wanted(request.GET)
    start = (_page(request.GET) - 1) * PAGE
    if words:
        found = catalogue.search(words, filters=filters, limit=start + PAGE)
        hits = found.hits[start:]
    else:
        found = catalogue.browse(filters=filters, limit=PAGE, start=start)
        hits = found.hits
    shown = narrowings(found, filters, request.GET)
    facts = {
        "words": words,
        "found": found,
        "lines": lines(hits),
        "narrowings": shown,
        "chosen": [value for each in shown for value in each.values if value.chosen],
        "event": filters.wanted.get(Facet.LIFE_EVENT, ""),
        "events": EVENTS,
        "before": _address(request.GET, trang=str(start // PAGE)) if start else "",
        "after": _address(request.GET, trang=str(start // PAGE + 2)) if found.total > start + PAGE else "",
        "corrected": _address(request.GET, q=found.did_you_mean, trang="") if found.did_you_mean else "",
    }
    return render(request, "portal/procedures/list.html", facts)


@open_to_all
@require_safe
def suggestions(request: ActedRequest) -> JsonResponse:
    """Return procedures for a question still being typed, as JSON for the list under the search box."""
    words = asked(request.GET)
    hits = catalogue.suggest(words) if len(words) >= SHORTEST_TYPED else []
    defined = _definitions(hits)
    items = [
        {
            "name": _name(hit, defined),
            "where": _levels(hit),
            "why": "; ".join(reasons(hit.reasons)[:1]),
            "url": reverse("portal:procedure", args=[hit.code]),
            "code": hit.code,
        }
        for hit in hits
    ]
    return JsonResponse({"items": items})


@open_to_all
@require_POST
def chosen(request: ActedRequest) -> HttpResponse:
    """Count that a procedure was chosen after a question; nothing of the person is kept."""
    words, code = asked(request.POST), request.POST.get("code", "")[:8]
    if words and code:
        commands.note_choice(words, code, actor=request.actor, at=now())
    return HttpResponse(status=204)


def asked(sent: QueryDict) -> str:
    """Return the question of an address or a form."""
    return sent.get("q", "")[:LONGEST_QUESTION].replace("\x00", "").strip()


def wanted(sent: QueryDict) -> Filters:
    """Return what the address narrows to."""
    said = {facet: sent.get(key, "")[:300].replace("\x00", "") for facet, (key, _words) in FACETS.items()}
    return Filters({facet: value for facet, value in said.items() if value})


def lines(hits: Sequence[Hit]) -> list[Line]:
    """Return hits with what one wants to know before opening them. Two queries."""
    records = catalogue.records_of({hit.code for hit in hits}, on=local_date(now()))
    defined = _definitions(hits)
    return [
        Line(
            hit,
            _name(hit, defined),
            _summary(hit, defined),
            tuple(reasons(hit.reasons)),
            _levels(hit),
            wait(records[hit.code]) if hit.code in records else "",
            price(records[hit.code]) if hit.code in records else "",
            hit.row.online_level if hit.row.online_level != OnlineLevel.NONE else "",
        )
        for hit in hits
    ]


def reasons(found: Iterable[Reason]) -> list[str]:
    """Return why a procedure was found, in words; words that stand in its name need no telling."""
    said = []
    for reason in found:
        facts = {"asked": reason.asked, "found": reason.found}
        match reason.because:
            case Because.SYNONYM:
                said.append(_("“%(asked)s” là “%(found)s”") % facts)
            case Because.EVERYDAY:
                said.append(_("Nhiều người gọi là “%(asked)s”") % facts)
            case Because.CHOSEN:
                said.append(_("Nhiều người tìm “%(asked)s” đã chọn thủ tục này") % facts)
            case Because.CORRECTED:
                said.append(_("“%(asked)s” được hiểu là “%(found)s”") % facts)
            case Because.CODE:
                said.append(_("Đúng mã %(found)s") % facts)
            case Because.WORDS:
                pass
    return list(dict.fromkeys(said))


def wait(record: Record) -> str:
    """Return the time limit, from the shortest to the longest of the record."""
    times = {(m.unit, m.time) for m in record.methods if m.time is not None and m.unit is not None}
    if not times:
        return ""
    units = {unit for unit, _time in times}
    shown = sorted(times, key=lambda pair: pair[1])
    first = record_words.time(shown[0][1], shown[0][0])
    if len(times) == 1:
        return first
    if len(units) == 1:
        most = record_words.time(shown[-1][1], shown[-1][0])
        return _("%(least)s đến %(most)s") % {"least": decimal(shown[0][1]), "most": most}
    return _("từ %(least)s") % {"least": first}


def price(record: Record) -> str:
    """Return what it costs: free, one amount, or from an amount on; nothing where the record does not say."""
    fees = sorted({fee for m in record.methods for fee in m.fees if fee.amount}, key=lambda fee: fee.amount)
    if any(fee.currency == "VND" and fee.amount < LEAST_DONG for fee in fees):
        return ""  # written in thousands by mistake: better nothing than a wrong price
    if not fees:
        return _("miễn phí") if record.methods and all(m.free for m in record.methods) else ""
    if len({(fee.amount, fee.currency) for fee in fees}) == 1 and not any(m.free for m in record.methods):
        return record_words.fee(fees[0])
    return _("từ %(least)s") % {"least": record_words.fee(fees[0])}


def narrowings(found: Found, filters: Filters, sent: QueryDict) -> list[Narrowing]:
    """Return the facets that tell procedures apart here, each with its commonest values."""
    shown = []
    for facet, (key, words) in FACETS.items():
        chosen = filters.wanted.get(facet, "")
        counted = found.counts.get(facet, {})
        if len(counted) < 2 and not chosen:  # noqa: PLR2004  # nothing to choose
            continue
        names = list(counted)[:MOST_VALUES]
        if chosen and chosen not in names:
            names.append(chosen)
        values = tuple(
            Value(
                _value(facet, name),
                counted.get(name, 0),
                _address(sent, trang="", **{key: "" if name == chosen else name}),
                name == chosen,
            )
            for name in names
        )
        shown.append(Narrowing(_(words), values))
    return shown


def _value(facet: Facet, value: str) -> str:
    match facet:
        case Facet.LEVEL if value in set(Level):
            return _(record_words.LEVELS[Level(value)])
        case Facet.ONLINE if value in set(OnlineLevel):
            return _(record_words.ONLINE_LEVELS[OnlineLevel(value)])
        case Facet.SUBJECT if value in set(Subject):
            return _(record_words.SUBJECTS[Subject(value)])
        case Facet.LIFE_EVENT:
            return event_name(value)
    return value


def _definitions(hits: Iterable[Hit]) -> dict[str, Definition]:
    codes = {hit.code for hit in hits if hit.row.has_definition}
    if not codes:
        return {}
    views = catalogue.definitions_in_force(codes, on=local_date(now()))
    return {code: view.definition for code, view in views.items()}


def _name(hit: Hit, defined: Mapping[str, Definition]) -> str:
    return defined[hit.code].name.to(language()) if hit.code in defined else hit.name


def _summary(hit: Hit, defined: Mapping[str, Definition]) -> str:
    return defined[hit.code].summary.to(language()) if hit.code in defined else hit.row.description


def _levels(hit: Hit) -> str:
    return record_words.joined(record_words.LEVELS[level] for level in hit.row.levels)


def _page(sent: QueryDict) -> int:
    said = sent.get("trang", "")
    return max(1, min(int(said), 500)) if said.isascii() and said.isdigit() else 1


def _address(sent: QueryDict, **changed: str) -> str:
    keys = ["q", *(key for key, _words in FACETS.values()), "trang"]
    said = {key: changed.get(key, sent.get(key, "")) for key in keys}
    query = urlencode({key: value for key, value in said.items() if value})
    return f"{reverse('portal:procedures')}?{query}" if query else reverse("portal:procedures")
