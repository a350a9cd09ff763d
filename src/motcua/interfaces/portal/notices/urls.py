"""Addresses of notices."""

from django.urls import URLPattern, URLResolver, path

from motcua.interfaces.portal.notices import pages

urlpatterns: list[URLPattern | URLResolver] = [
    path("thong-bao/", pages.notices, name="notices"),
    path("thong-bao/da-doc", pages.read_all, name="read_all"),
    path("thong-bao/<uuid:notice_id>/mo", pages.open_notice, name="open_notice"),
]
