"""Every address of the node. Each interface lists its own; this file only says where it stands."""

from django.urls import URLPattern, URLResolver, include, path

handler429 = "motcua.interfaces.portal.account.pages.too_many"  # allauth's limits end here

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("motcua.interfaces.portal.urls")),
    path("ban-lam-viec/", include("motcua.interfaces.desk.urls")),
    path("quan-tri/", include("motcua.interfaces.console.urls")),
    path("api/v1/", include("motcua.interfaces.api.urls")),
    path("", include("motcua.interfaces.design.urls")),
    path("", include("motcua.interfaces.operations.urls")),
]

handler400 = "motcua.interfaces.design.errors.bad_request"
handler403 = "motcua.interfaces.design.errors.forbidden"
handler404 = "motcua.interfaces.design.errors.not_found"
handler500 = "motcua.interfaces.design.errors.broken"
