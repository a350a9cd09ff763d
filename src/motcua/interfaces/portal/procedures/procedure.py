"""The page of one procedure: plain words first, then what the law says, and "was this clear?".

A record speaks for the public text. Where the node has a definition but no record of its own, the plain words come
from the definition, which knows conditions and tiers; the legal text is then the record the definition implies.
"""

import json
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.core.cache import cache
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from motcua.domain.agencies import queries as agencies
from motcua.domain.agencies.types import AgencyId, AgencyView
from motcua.domain.catalogue import commands
from motcua.domain.catalogue import queries as catalogue
from motcua.domain.catalogue.queries import LocalRuleView
from motcua.domain.catalogue.types import (
    Channel,
    Definition,
    Instrument,
    Origin,
    ProcedureView,
    RecordState,
    RecordView,
    UnknownProcedure,
)
from motcua.interfaces.design import access, record_words
from motcua.interfaces.design.access import ActedRequest, open_to_all
from motcua.interfaces.design.conditions import in_words
from motcua.interfaces.portal.procedures.pages import (
    Paper,
    limit_in_words,
    offices_for,
    prices_of,
)
from motcua.interfaces.portal.templatetags.portal import language
from motcua.kernel.actors import Role
from motcua.kernel.clock import local_date, now
from motcua.kernel.text import sort_key

ANSWERS_PER_HOUR: Final = 10  #: of one address; more are thanked for and not kept


class ClarityForm(forms.Form):
    """Was the page clear, and what was not."""

    clear = forms.ChoiceField(choices=(("yes", gettext_lazy("Có")), ("no", gettext_lazy("Chưa"))))
    words = forms.CharField(max_length=500, required=False)


@open_to_all
@require_safe
def procedure(request: ActedRequest, code: str) -> HttpResponse:
    """Say what a procedure gives, how long it takes, what it costs, what to prepare and where to go."""
    on = local_date(now())
    rules = catalogue.local_rules(code, on=on)
    here = _chosen_place(request.GET.get("noi", ""), rules)
    if here:
        view, laid = catalogue.local_record(code, [here.id], on=on)
    else:
        view, laid = catalogue.record(code, on=on), None
    defined = _definition(code, view)
    parts = catalogue.plain(view.record)
    said = request.GET.get("truong-hop", "")
    chosen = _chosen_case(said, {group.number for group in parts.cases})
    shows_all = not parts.cases or said == "tat-ca"
    facts: dict[str, object] = {
        "view": view,
        "record": view.record,
        "definition": defined.definition if defined else None,
        "parts": parts,
        "groups": parts.groups if shows_all else catalogue.groups_for(parts, chosen),
        "shows_all": shows_all,
        "here": request.path,
        "place": here,
        "rule": next((rule for rule in rules if here and rule.agency_id == here.id), None),
        "laid": laid,
        "places": _places(rules),
        "chosen": chosen,
        "is_abolished": view.state is RecordState.ABOLISHED,
        "is_online": defined is not None and Channel.ONLINE in defined.definition.channels,
        "is_derived": view.origin is Origin.DERIVED and laid is None,
        "levels": record_words.joined(record_words.LEVELS[level] for level in view.record.levels),
        "subjects": record_words.joined(record_words.SUBJECTS[who] for who in view.record.subjects),
        "online": record_words.joined([record_words.ONLINE_LEVELS[view.online_level]]),
        "level_before": catalogue.level_before_2022(view.record),
        "service": _json_ld(
            catalogue.government_service(view.record, parts, url=request.build_absolute_uri(request.path))
        ),
        "address": request.build_absolute_uri(request.path),
        "missing": _missing(request, view),
        "titled": any(each.title for each in parts.instruments),
        "links": _anchors(parts.instruments),
        "related": catalogue.record_names(set(view.record.related), on=on) if view.record.related else {},
    }
    if defined and facts["is_derived"]:
        facts |= _of_definition(defined.definition)
    facts["drawn"] = _drawn_for(view, facts, tuple(rule.id for rule in rules))
    page = render(request, "portal/procedures/procedure.html", facts)
    page.content = unicodedata.normalize("NFC", page.content.decode()).encode()  # a quarter of records is not
    return page


@open_to_all
@require_POST
def was_this_clear(request: ActedRequest, code: str) -> HttpResponse:
    """Keep whether the page was clear, with words if any; nothing about the reader."""
    form = ClarityForm(request.POST)
    if form.is_valid() and not _answered_too_often(request):
        commands.say_whether_clear(
            code,
            is_clear=form.cleaned_data["clear"] == "yes",
            words=form.cleaned_data["words"],
            actor=request.actor,
            at=now(),
        )
    messages.success(request, _("Cảm ơn bạn. Câu trả lời giúp chúng tôi viết rõ hơn."))
    return HttpResponseRedirect(reverse("portal:procedure", args=[code]))


def _drawn_for(view: RecordView, facts: Mapping[str, Any], rules: tuple[object, ...]) -> tuple[object, ...]:
    """Return all that the plain words and the text of the law depend on, to draw them once."""
    offices = tuple((office.id, office.name) for office in facts.get("offices", ()))
    place = facts["place"].id if facts["place"] else None
    version = (view.code, view.number, view.content_hash, view.state, view.valid_from, view.valid_to)
    return (*version, facts["is_derived"], facts["shows_all"], facts["chosen"], place, rules, offices)


def _of_definition(definition: Definition) -> dict[str, object]:
    prices = prices_of(definition)
    plain = [price.fee for price in prices if price.is_plain]
    return {
        "limit": limit_in_words(definition),
        "prices": prices,
        "plain_fees": plain,
        "has_other_fees": len(plain) < len(prices),
        "papers": [
            Paper(
                spec,
                in_words(definition, definition.logic.rule("paper", spec.key, "show_when"), language()),
            )
            for spec in definition.papers
        ],
        "offices": offices_for(definition),
        "channels": [str(channel) for channel in definition.channels],
    }


def _places(rules: Sequence[LocalRuleView]) -> list[AgencyView]:
    """Return the agencies that decided differently, by name (no query where there are none)."""
    found = agencies.agencies([AgencyId(rule.agency_id) for rule in rules]) if rules else {}
    return sorted(found.values(), key=lambda agency: sort_key(agency.name))


def _chosen_place(said: str, rules: Sequence[LocalRuleView]) -> AgencyView | None:
    return next((agency for agency in _places(rules) if agency.code == said), None) if said else None


def _definition(code: str, view: RecordView) -> ProcedureView | None:
    """Return the definition one can apply with today, if there is one."""
    if view.state is RecordState.ABOLISHED:
        return None
    try:
        return catalogue.procedure(code, on=local_date(now()))
    except UnknownProcedure:
        return None


def _chosen_case(said: str, numbers: set[int]) -> int | None:
    return int(said) if said.isdecimal() and len(said) < 4 and int(said) in numbers else None  # noqa: PLR2004


def _missing(request: ActedRequest, view: RecordView) -> Sequence[str]:
    """Return the parts the record lacks, for administrators only; one query for who is signed in."""
    if not view.missing or not request.user.is_authenticated:
        return ()
    if not any(seat.role is Role.ADMIN for seat in access.seats(request)):
        return ()
    return [_(record_words.PARTS[part]) for part in view.missing]


def _anchors(instruments: Sequence[Instrument]) -> dict[str, str]:
    return {each.number: f"vb-{index}" for index, each in enumerate(instruments, start=1)}


def _json_ld(data: object) -> SafeString:
    """Return JSON that cannot leave its script element; a data block, which the content policy lets be."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return mark_safe(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))


def _answered_too_often(request: ActedRequest) -> bool:
    """Count answers of one address within an hour; the address itself is not kept longer."""
    key = f"clarity:{request.META.get('REMOTE_ADDR', '')}"
    cache.add(key, 0, timeout=3600)
    try:
        return cache.incr(key) > ANSWERS_PER_HOUR
    except ValueError:  # the hour ended between the two lines
        return False
