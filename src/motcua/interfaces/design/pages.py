"""The switches every shell carries: language and theme. Both work without a script."""

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from motcua.interfaces.design.access import ActedRequest, open_to_all
from motcua.interfaces.design.templatetags.motcua import THEMES

YEAR_S = 365 * 24 * 3600


@open_to_all
@require_POST
def language(request: ActedRequest) -> HttpResponseBase:
    """Remember the language and go back."""
    return set_language(request)


@open_to_all
@require_POST
def theme(request: ActedRequest) -> HttpResponseBase:
    """Remember the theme and go back; an empty choice follows the system again."""
    response = HttpResponseRedirect(_back(request))
    chosen = request.POST.get("theme", "")
    if chosen in THEMES:
        response.set_cookie(
            "theme", chosen, max_age=YEAR_S, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
        )
    else:
        response.delete_cookie("theme", samesite="Lax")
    return response


def _back(request: HttpRequest) -> str:
    address = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(address, {request.get_host()}, request.is_secure())
    return address if safe else "/"
