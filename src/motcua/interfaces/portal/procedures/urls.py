"""Addresses of procedures."""

from django.urls import URLPattern, URLResolver, path

from motcua.interfaces.portal.procedures import pages

urlpatterns: list[URLPattern | URLResolver] = [
    path("thu-tuc/", pages.procedures, name="procedures"),
    path("thu-tuc/<str:code>", pages.procedure, name="procedure"),
]
