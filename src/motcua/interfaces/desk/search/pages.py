"""Find a dossier of the office: by code, name, personal number, or a scanned QR code."""

import re
from typing import Final
from urllib.parse import parse_qs, urlsplit

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from motcua.domain.cases import queries as cases
from motcua.interfaces.design.access import ActedRequest, for_officers
from motcua.interfaces.desk.lines import lines
from motcua.kernel import clock
from motcua.kernel.identifiers import NotAnIdentifier, card_qr

PAGE_SIZE: Final = 30
LONGEST: Final = 2_000
CODE: Final = re.compile(r"^[A-Z0-9.]+-[0-9]{6}-[0-9]{4,}$")


@for_officers()
@require_safe
def search(request: ActedRequest) -> HttpResponse:
    """Show the dossiers that answer; a whole code leads straight to its dossier."""
    at, actor = clock.now(), request.actor
    typed = request.GET.get("q", "").strip()[:LONGEST]
    wanted = sought(typed)
    found = (
        cases.office_dossiers(
            actor=actor, at=at, words=wanted, after=request.GET.get("sau") or None, size=PAGE_SIZE
        )
        if wanted
        else None
    )
    if found is not None and len(found.items) == 1 and CODE.match(wanted.upper()):
        return redirect("desk:dossier", found.items[0].id)
    context = {
        "typed": typed if typed == wanted else wanted,
        "lines": lines(found.items, actor=actor, at=at, language=get_language()) if found else [],
        "next": found.next_cursor if found else None,
        "is_asked": found is not None,
    }
    return render(request, "desk/search/search.html", context)


def sought(typed: str) -> str:
    """Return what to look for in what was typed or scanned: a receipt's address, an identity card, or words."""
    if "?" in typed and "ma=" in typed:
        codes = parse_qs(urlsplit(typed).query).get("ma")
        return codes[0].strip() if codes else ""
    if "|" in typed:
        try:
            return card_qr.parse(typed).personal_id.number
        except NotAnIdentifier:
            return typed.split("|", maxsplit=1)[0].strip()
    return typed
