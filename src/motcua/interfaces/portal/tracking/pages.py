"""Follow a dossier with the code and key of its receipt. Nothing personal is shown, nothing is indexed."""

import base64
from typing import Final
from urllib.parse import urlencode

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from motcua.domain.agencies import queries as agencies
from motcua.domain.cases import queries as cases
from motcua.domain.cases.types import UnknownDossier
from motcua.domain.catalogue import queries as catalogue
from motcua.interfaces.design import errors
from motcua.interfaces.design.access import ActedRequest, open_to_all
from motcua.interfaces.portal.dossiers import timeline
from motcua.interfaces.portal.tracking.forms import TrackForm
from motcua.kernel.clock import local_date

MISSES: Final = 10  #: wrong pairs one address may send within WINDOW_S
WINDOW_S: Final = 600


@open_to_all
@never_cache
@require_safe
def track(request: ActedRequest) -> HttpResponse:
    """Ask for code and key, or show where the dossier is."""
    asked = "ma" in request.GET or "khoa" in request.GET
    form = TrackForm(request.GET if asked else None)
    facts: dict[str, object] = {"form": form}
    if asked and form.is_valid():
        if misses(request) >= MISSES:
            return errors.page(request, 429)
        try:
            view = cases.track(form.cleaned_data["ma"], form.cleaned_data["khoa"])
        except UnknownDossier:
            note_miss(request)
            form.add_error(None, _("Mã hồ sơ và mã tra cứu không khớp. Hãy xem lại từng chữ trên giấy."))
        else:
            definition = catalogue.procedure(view.procedure_code, on=local_date(view.submitted_at)).definition
            office = agencies.agency(view.agency_id)
            facts |= {
                "tracked": view,
                "definition": definition,
                "office": office,
                "proof": cases.receipt_proof(form.cleaned_data["ma"], form.cleaned_data["khoa"]),
                "pair": urlencode({"ma": form.cleaned_data["ma"], "khoa": form.cleaned_data["khoa"]}),
                "moments": timeline.of_stranger(view, definition, office.short_name or office.name),
            }
    status = 422 if asked and form.errors else 200
    response = render(request, "portal/tracking/track.html", facts, status=status)
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response


@open_to_all
@never_cache
@require_safe
def proof(request: ActedRequest) -> HttpResponse:
    """Save the proof of a receipt as JSON, in the form ``docs/ledger.md`` teaches to check."""
    form = TrackForm(request.GET)
    if misses(request) >= MISSES:
        return errors.page(request, 429)
    if not form.is_valid():
        return errors.page(request, 404)
    try:
        found = cases.receipt_proof(form.cleaned_data["ma"], form.cleaned_data["khoa"])
    except UnknownDossier:
        note_miss(request)
        return errors.page(request, 404)
    if found is None:
        return errors.page(request, 404)
    receipt = {
        "leaf": found.leaf,
        "position": found.position,
        "path": [base64.b64encode(step).decode() for step in found.path],
        "head": found.head.note,
    }
    answer = JsonResponse(receipt, json_dumps_params={"ensure_ascii": False})
    answer["Content-Disposition"] = 'attachment; filename="bien-nhan.json"'
    answer["X-Robots-Tag"] = "noindex"
    return answer


def misses(request: HttpRequest) -> int:
    """Return how many wrong pairs came from this address lately."""
    return int(cache.get(_key(request), 0))


def note_miss(request: HttpRequest) -> None:
    """Count a wrong pair."""
    cache.add(_key(request), 0, timeout=WINDOW_S)
    cache.incr(_key(request))


def _key(request: HttpRequest) -> str:
    return f"tracking-misses-{request.META.get('REMOTE_ADDR', '')}"
