"""Addresses of simplification."""

from django.urls import URLPattern, URLResolver, path

from motcua.interfaces.console.simplification import pages

urlpatterns: list[URLPattern | URLResolver] = [
    path("don-gian/", pages.ranking, name="simplification"),
    path("don-gian/xuat", pages.export, name="simplification_export"),
    path("don-gian/don-gia", pages.prices, name="prices"),
    path("don-gian/<str:code>/", pages.burden, name="burden"),
]
