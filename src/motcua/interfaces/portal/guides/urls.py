"""Addresses of guides."""

from django.urls import URLPattern, URLResolver, path

from motcua.interfaces.portal.guides import pages

urlpatterns: list[URLPattern | URLResolver] = [
    path("huong-dan/", pages.guides, name="guides"),
    path("huong-dan/<slug:key>", pages.guide, name="guide"),
]
