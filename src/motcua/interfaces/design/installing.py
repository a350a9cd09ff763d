"""What makes the node installable: manifest, icons, the service worker and the page shown without a network.

Sources: W3C Web Application Manifest; W3C Service Workers. The worker keeps style sheet, script and the page
without a network; never a page with anything of anyone's.
"""

import json
from typing import Final

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from motcua.interfaces.design import lotus, navigation
from motcua.interfaces.design.access import ActedRequest, open_to_all

SHELL: Final = ("design/motcua.css", "design/motcua.js")
PAPER: Final = "#fbfaf7"
DAY_S: Final = 24 * 3600

installable = cache_control(max_age=DAY_S, public=True)


@open_to_all
@require_safe
@installable
def manifest(request: ActedRequest) -> HttpResponse:
    """Describe the node to a home screen."""
    links = navigation.links("portal", "")
    return JsonResponse(
        {
            "id": "/",
            "name": settings.NODE.name,
            "short_name": settings.NODE.name,
            "description": _("Dịch vụ công trực tuyến"),
            "lang": get_language(),
            "start_url": "/",
            "scope": "/",
            "display": "standalone",
            "background_color": PAPER,
            "theme_color": PAPER,
            "icons": [
                {"src": reverse("design:tab_icon"), "sizes": "any", "type": "image/svg+xml"},
                *(
                    {
                        "src": reverse("design:icon", args=[size]),
                        "sizes": f"{size}x{size}",
                        "type": "image/png",
                        "purpose": purpose,
                    }
                    for size in (192, 512)
                    for purpose in ("any", "maskable")
                ),
            ],
            "shortcuts": [{"name": link.words, "url": link.path} for link in links],
        },
        content_type="application/manifest+json",
        json_dumps_params={"ensure_ascii": False},
    )


@open_to_all
@require_safe
@installable
def tab_icon(request: ActedRequest) -> HttpResponse:
    """Draw the mark for a browser's tab."""
    return HttpResponse(lotus.svg(), content_type="image/svg+xml")


@open_to_all
@require_safe
@installable
def icon(request: ActedRequest, size: int) -> HttpResponse:
    """Draw the mark for a home screen."""
    if size not in lotus.SIZES:
        raise Http404
    return HttpResponse(lotus.png(size), content_type="image/png")


@open_to_all
@require_safe
@cache_control(no_cache=True)
def worker(request: ActedRequest) -> HttpResponse:
    """Hand out the service worker, which stands at the root to see every page of the node."""
    shell = [*(static(name) for name in SHELL), reverse("design:offline"), reverse("design:tab_icon")]
    facts = {
        "shell": mark_safe(json.dumps(shell)),
        "offline": mark_safe(json.dumps(reverse("design:offline"))),
    }
    return HttpResponse(render_to_string("design/worker.js", facts), content_type="text/javascript")


@open_to_all
@require_safe
@installable
def offline(request: ActedRequest) -> HttpResponse:
    """Say that there is no network. The worker asks for this page without cookies: it is nobody's own."""
    facts = {
        "title": _("Không có kết nối mạng"),
        "safe": _("Những gì bạn đã lưu vẫn còn trên hệ thống."),
        "next": _("Hãy kiểm tra mạng rồi mở lại trang. Bạn có thể làm tiếp từ chỗ đã lưu."),
        "again": True,
    }
    return HttpResponse(render_to_string("design/error.html", facts))
